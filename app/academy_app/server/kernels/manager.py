"""Kernel manager: kernels by owner, and who may have another."""

# mypy: disable-error-code="no-untyped-call"
# Voilà and Jupyter have few types, and super() calls escape untyped_calls_exclude.

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
import zmq
from jupyter_events import EventLogger
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from traitlets import default

from academy.errors import StoreError
from academy.private_names import is_tested
from academy.store.schema import Enrolment, PersonRow
from academy_app.kernels.merging import merging, saved_megabytes
from academy_app.kernels.process import ForkedProcess
from academy_app.server.edition_site import EditionSite
from academy_app.server.kernels.admission import Admission
from academy_app.server.kernels.backlog import Allowance, HeldMessages
from academy_app.server.kernels.culling import Culling
from academy_app.server.kernels.environment import KERNEL, kernel_environment
from academy_app.server.kernels.limits import all_memory
from academy_app.server.kernels.presence import Presence
from academy_app.server.signin.identity import Visitor
from academy_app.server.site import Site

__all__ = ["ASLEEP", "ENDED", "OwnedKernels"]

ENDED, ASLEEP = 4404, 4410
"""Codes with which a page's socket is closed: its kernel has ended; it was ended because nobody used the page."""


REASONS = ("left", "asleep", "room", "memory", "share", "died")
"""Why kernels end that their pages have not ended themselves: nobody came back to the page, nobody used it, others
waited, memory was short, the person opened more pages than are their share, the kernel died."""


_nobody = EventLogger()


class QuietKernel(ServerKernelManager):
    """A kernel whose comings and goings are events for nobody: upstream reads and checks a file to describe each."""

    @default("event_logger")
    def _tell_nobody(self) -> EventLogger:
        return _nobody


class Socket(Protocol):
    """A page's websocket."""

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Close it."""


@dataclass
class Owner:
    """Whose kernel it is, and what is known of who sits there."""

    person_id: str
    epoch: int
    edition: str
    presence: Presence = field(default_factory=Presence)


class OwnedKernels(AsyncMappingKernelManager):
    """Starts kernels only for a signed-in person, and remembers whose each is.

    A person keeps the newest few; all together stay below a cap, and `admission` is the line of those who wait.
    A kernel that died is forgotten, not restarted: it would come back without the page's widgets, and its page would
    wait for ever.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.kernel_manager_class = f"{__name__}.{QuietKernel.__name__}"
        self.context.max_sockets = self.context.get(zmq.SOCKET_LIMIT)  # five a page: 1,023 are too few
        self.owners: dict[str, Owner] = {}
        self.sockets: dict[str, list[Socket]] = defaultdict(list)
        self.passed: dict[str, dict[str, None]] = defaultdict(dict)
        self.allowances: dict[str, Allowance] = defaultdict(Allowance)
        self.ended: Counter[str] = Counter()
        self.culling = Culling(self)
        self.admission = Admission(self.site.limits.starting, self.culling.room)
        self._tasks: set[asyncio.Task[None]] = set()
        self._ending: set[str] = set()

    @property
    def site(self) -> Site:
        """The course and its people."""
        parent: Any = self.parent
        site: Site = parent.site
        return site

    async def start_kernel(self, **_: Any) -> str:  # type: ignore[override]
        """Refuse: without an owner no kernel starts."""
        raise PermissionError("kernels are started by start_for")

    async def start_for(self, visitor: Visitor, edition: EditionSite, folder: Path) -> str:
        """Start a kernel in a page's folder for whose turn it is; the oldest one beyond their share goes for it."""
        self._keep_share(visitor.person_id)
        kernel_id: str = await super().start_kernel(
            kernel_name=KERNEL,
            cwd=str(folder),
            env=kernel_environment(self.site, visitor.person_id, edition),
        )
        self.owners[kernel_id] = Owner(visitor.person_id, visitor.epoch, edition.id)
        self.site.fit(forked=self._is_forked(kernel_id))
        return kernel_id

    def is_owner(self, kernel_id: str, visitor: Visitor | None, edition: str | None = None) -> bool:
        """Whether this is the person's kernel, and of a session that was not ended since; one that ends is nobody's.

        At an address of an edition only kernels of that edition are anybody's.
        """
        owner = None if kernel_id in self._ending else self.owners.get(kernel_id)
        if owner is None or visitor is None or edition not in (None, owner.edition):
            return False
        return owner.person_id == visitor.person_id and owner.epoch == visitor.epoch

    @property
    def alive(self) -> list[str]:
        """Return the kernels that are not about to end."""
        return [kernel_id for kernel_id in self.owners if kernel_id not in self._ending]

    def presence(self, kernel_id: str) -> Presence | None:
        """Return what is known of who sits at a kernel's page."""
        owner = self.owners.get(kernel_id)
        return owner.presence if owner else None

    def state(self) -> dict[str, Any]:
        """Return how it is going, in numbers."""
        limits = self.site.limits
        return {
            "door": {**self.site.guesses.state(), **self.site.newcomers.state()},
            "kernels": {
                "alive": len(self.alive),
                "forked": sum(map(self._is_forked, self.alive)),
                "most": limits.kernels,
                "starting": self.admission.starting,
                "starting_at_once": limits.starting,
            },
            "waiting": self.admission.waiting,
            "ended": {reason: self.ended[reason] for reason in REASONS},
            "memory": {
                "all_mb": all_memory(),
                "free_mb": self.culling.memory,
                "reserve_mb": limits.reserve,
                "short": self.culling.pressed,
                "merging": merging(),
                "saved_mb": saved_megabytes(),
            },
        }

    def _is_forked(self, kernel_id: str) -> bool:
        kernel: Any = self.get_kernel(kernel_id)
        return isinstance(getattr(kernel.provisioner, "process", None), ForkedProcess)

    async def end(self, kernel_id: str, *, now: bool = False) -> None:
        """End a kernel if it is still there."""
        if kernel_id in self and kernel_id not in self._ending:
            self._ending.add(kernel_id)
            await self.shutdown_kernel(kernel_id, now=now)

    def put_to_sleep(self, kernel_id: str, reason: str) -> None:
        """End a kernel that nobody uses, beside what is going on. Its page is told, and wakes when it is touched."""
        if kernel_id not in self or kernel_id in self._ending:
            return
        self._ending.add(kernel_id)  # at once: whoever counts the kernels next does not count this one
        self.ended[reason] += 1
        for socket in list(self.sockets.get(kernel_id, [])):
            socket.close(ASLEEP, "the page was not used")
        self._later(self.shutdown_kernel(kernel_id))

    def end_all(self, person_id: str) -> None:
        """End all kernels of a person, beside what is going on: pages elsewhere open again by themselves."""
        for kernel_id in [
            kernel_id for kernel_id, owner in self.owners.items() if owner.person_id == person_id
        ]:
            self._later(self.end(kernel_id))

    async def end_revoked(self) -> None:
        """End kernels of people who were signed out everywhere or may no longer come into their edition."""
        ids = {owner.person_id for owner in self.owners.values()}
        if not ids:
            return
        query = (
            sa.select(PersonRow.id, Enrolment.edition, PersonRow.session_epoch)
            .join(Enrolment, Enrolment.person_id == PersonRow.id)
            .where(PersonRow.id.in_(ids), PersonRow.active, Enrolment.active)
        )
        try:
            with self.site.store.session() as session:
                valid = {(row[0], row[1]): row[2] for row in session.execute(query)}
        except StoreError:
            return  # it is looked again in a moment
        for kernel_id, owner in list(self.owners.items()):
            if valid.get((owner.person_id, owner.edition)) != owner.epoch:
                await self.end(kernel_id, now=True)

    def start_watching_activity(self, kernel_id: str) -> None:
        """Watch nothing: upstream reads all a kernel says through a socket of its own, `presence` knows more."""
        kernel: Any = self.get_kernel(kernel_id)
        kernel.execution_state = "idle"

    def start_buffering(self, kernel_id: str, session_key: str, channels: Any) -> None:
        """Keep what a kernel says while its page is away, within limits; upstream knows none."""
        super().start_buffering(kernel_id, session_key, channels)
        if not is_tested("kernel-buffers"):
            return
        buffers: Any = self._kernel_buffers
        if kernel_id in buffers and "buffer" in buffers[kernel_id]:
            buffers[kernel_id]["buffer"] = HeldMessages()

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel and close the sockets of its page."""
        self._ending.discard(kernel_id)
        self.owners.pop(kernel_id, None)
        self.passed.pop(kernel_id, None)
        self.allowances.pop(kernel_id, None)
        for socket in self.sockets.pop(kernel_id, []):
            socket.close(ENDED, "the kernel has ended")
        removed = super().remove_kernel(kernel_id)
        self.admission.call()
        return removed

    def _handle_kernel_died(self, kernel_id: str) -> None:
        """Clean up after a dead kernel; upstream only takes it off the list."""
        self.log.warning("Kernel %s died.", kernel_id)
        self.ended["died"] += 1
        self._later(self.end(kernel_id, now=True))

    def _keep_share(self, person_id: str) -> None:
        own = [kernel_id for kernel_id in self.alive if self.owners[kernel_id].person_id == person_id]
        own.sort(key=lambda k: (bool(self.sockets.get(k)), self.owners[k].presence.since))
        for kernel_id in own[: max(0, len(own) - self.site.options.kernels_per_person + 1)]:
            self.ended["share"] += 1
            self._later(self.end(kernel_id))

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        """Do it beside what is going on; asyncio itself holds tasks only weakly."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
