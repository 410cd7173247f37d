"""Keeping a template process: rehearsed, renewed when its code changes, replaced when it dies."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from academy_app.kernels.process import NotForkedError, TemplateProcess
from academy_app.kernels.rehearsal import rehearse
from academy_app.kernels.template import TemplateSettings

__all__ = ["KEEPERS", "LEVELS", "Keeper", "Keepers"]

LEVELS = ("shell", "modules")
"""How much is shared, from most to least. What does not pass its rehearsal is not used."""
WAIT_SECONDS = 30.0
LOOK_SECONDS = 1.0
RETRY_SECONDS = 30.0
MOST_KEEPERS = 2
_NOT_BASE = ("JPY_", "KERNEL_")

Rehearse = Callable[[TemplateProcess, Mapping[str, str]], None]
"""Tries a template out, and raises whatever is wrong with it."""


class Keeper:
    """Keeps one template process for one environment, in a thread of its own that ends with this process."""

    def __init__(
        self,
        settings: TemplateSettings,
        environment: Mapping[str, str],
        log: logging.Logger,
        rehearse: Rehearse = rehearse,
    ) -> None:
        self.settings = settings
        self.environment = dict(environment)
        self._log: Any = log
        self._rehearse = rehearse
        self._lock = threading.Lock()
        self._ready: Future[TemplateProcess] = Future()
        self._closing = threading.Event()
        self._look = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="kernel-template", daemon=True)
        self._thread.start()

    async def template(self) -> TemplateProcess:
        """Return a template that is alive and up to date. Raises NotForkedError if there is none in good time."""
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                return await asyncio.wrap_future(self._current())
        except TimeoutError:
            raise NotForkedError("the template process is not ready") from None

    def wait(self) -> TemplateProcess:
        """The same where there is no loop."""
        try:
            return self._current().result(WAIT_SECONDS)
        except TimeoutError:
            raise NotForkedError("the template process is not ready") from None

    def close(self) -> None:
        """Keep no template any longer. Kernels go on."""
        self._closing.set()
        self._look.set()
        self._thread.join()

    def _current(self) -> Future[TemplateProcess]:
        """What the next kernel waits for: the template, or the one that takes its place."""
        with self._lock:
            if self._ready.done() and self._ready.exception() is None:
                template = self._ready.result()
                if not template.alive or template.outdated():
                    self._ready = Future()
                    self._look.set()
            return self._shielded(self._ready)

    @staticmethod
    def _shielded(source: Future[TemplateProcess]) -> Future[TemplateProcess]:
        """A future of one's own: who stops waiting must not cancel it for the others."""
        mine: Future[TemplateProcess] = Future()

        def pass_on(done: Future[TemplateProcess]) -> None:
            if mine.set_running_or_notify_cancel():
                if error := done.exception():
                    mine.set_exception(error)
                else:
                    mine.set_result(done.result())

        source.add_done_callback(pass_on)
        return mine

    def _keep(self) -> None:
        template: TemplateProcess | None = None
        while not self._closing.is_set():
            try:
                new = self._start()
            except NotForkedError as error:
                self._log.warning("Kernels are not forked: %s. They start one by one, and slower.", error)
                self._settle(error)
                self._look.wait(RETRY_SECONDS)
                self._look.clear()
                continue
            if template is not None:
                template.close()
            template = new
            self._settle(new)
            self._watch(new)
        if template is not None:
            template.close()

    def _start(self) -> TemplateProcess:
        """Start a template at the highest level that passes its rehearsal."""
        first = LEVELS.index(self.settings.level)
        reasons = []
        for level in LEVELS[first:]:
            try:
                template = TemplateProcess(replace(self.settings, level=level), self.environment)
            except (NotForkedError, OSError) as error:
                reasons.append(f"{level}: {error}")
                continue
            try:
                self._rehearse(template, self.environment)
            except Exception as error:
                template.close()
                reasons.append(f"{level}: the rehearsal failed: {error}")
                continue
            if reasons:
                self._log.warning("Kernels share less than they could (%s).", "; ".join(reasons))
            return template
        raise NotForkedError("; ".join(reasons))

    def _settle(self, result: TemplateProcess | NotForkedError) -> None:
        """Say what there is now, to those who wait and to those who come."""
        with self._lock:
            if self._ready.done():
                self._ready = Future()
            if isinstance(result, TemplateProcess):
                self._ready.set_result(result)
            else:
                self._ready.set_exception(result)

    def _watch(self, template: TemplateProcess) -> None:
        """Return when another template is needed, or none."""
        while not self._closing.is_set():
            asked = self._look.wait(LOOK_SECONDS)
            self._look.clear()
            if not template.alive:
                self._log.warning("The process that kernels are forked from has died; a new one starts.")
                return
            if asked or template.outdated():
                return


class Keepers:
    """The keepers of a process: one for kernels whose environments differ in their personal variables alone."""

    def __init__(
        self, make: Callable[[TemplateSettings, Mapping[str, str], logging.Logger], Keeper] = Keeper
    ) -> None:
        self._make = make
        self._kept: dict[tuple[TemplateSettings, frozenset[tuple[str, str]]], Keeper] = {}
        self._lock = threading.Lock()

    def of(self, settings: TemplateSettings, environment: Mapping[str, str], log: logging.Logger) -> Keeper:
        """Return the keeper for such kernels; the oldest beyond a few keeps its template no longer."""
        base = {
            name: value
            for name, value in environment.items()
            if name not in settings.personal and not name.startswith(_NOT_BASE)
        }
        key = (settings, frozenset(base.items()))
        with self._lock:
            if key not in self._kept:
                while len(self._kept) >= MOST_KEEPERS:
                    oldest = self._kept.pop(next(iter(self._kept)))
                    threading.Thread(target=oldest.close, daemon=True).start()
                self._kept[key] = self._make(settings, base, log)
            return self._kept[key]


KEEPERS = Keepers()
"""Those of this process."""
