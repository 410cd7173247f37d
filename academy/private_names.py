"""Registry of private names of other packages that the kit uses, with the versions each was tested with.

Where another version is installed the other package's own way is taken, which works and is slower or says less, and
that is said once. `make test-newest` runs the tests of these places against the newest releases.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

__all__ = ["USES", "PrivateUse", "is_tested", "why_not"]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PrivateUse:
    """A place of ours that stands on private names."""

    where: str
    """The module of ours."""
    names: tuple[str, ...]
    """What is used or overridden, as it stands in the code."""
    tested: dict[str, tuple[str, ...]]
    """Distributions, with how the versions begin that it was tested with."""
    instead: str
    """What happens with any other version."""


USES = {
    "kernel-shell": PrivateUse(
        "academy_app.kernels.app",
        ("_ports", "_topic", "_stdout", "_stderr"),
        {"ipykernel": ("7.4.",), "ipython": ("9.",)},
        "Kernels are forked with their modules, and each makes its own shell.",
    ),
    "kernel-exit": PrivateUse(
        "academy_app.kernels.child",
        ("_run_exitfuncs",),
        {},
        "It is Python's own, and asked for only where it is there.",
    ),
    "kernel-buffers": PrivateUse(
        "academy_app.server.kernels.manager",
        ("_kernel_buffers", "_handle_kernel_died"),
        {"jupyter-server": ("2.",)},
        "What kernels say while their page is away is kept without a limit.",
    ),
    "kernel-line": PrivateUse(
        "academy_app.server.kernels.channels",
        ("_kernel_info_future",),
        {"jupyter-server": ("2.",)},
        "Pages wait for their kernel as JupyterLab does.",
    ),
    "full-page": PrivateUse(
        "academy_app.server.pages.full",
        ("_jinja_kernel_start", "_jinja_cell_generator"),
        {"voila": ("0.5.",)},
        "Notebooks are shown as light pages only.",
    ),
    "page-render": PrivateUse(
        "academy_app.server.pages.render",
        ("_preprocess",),
        {"nbconvert": ("7.",)},
        "Each page is copied and checked twice before it is rendered.",
    ),
    "formgrader-steps": PrivateUse(
        "academy_grading.formgrader.people",
        ("_filter_existing_notebooks",),
        {"nbgrader": ("0.9.",)},
        "Formgrader steps through the work of who has left too.",
    ),
    "feedback-pages": PrivateUse(
        "academy_grading.feedback",
        ("_preprocess", "_preprocessors", "_init_resources", "_nb_metadata"),
        {"nbconvert": ("7.",)},
        "Feedback pages are made by nbgrader itself, one after the other.",
    ),
}


def why_not(use: str) -> str | None:
    """Return why a private name is not used with what is installed, or None."""
    for package, known in USES[use].tested.items():
        installed = version(package)
        if not installed.startswith(known):
            return f"{package} {installed} is not a version that this was tested with"
    return None


@cache
def is_tested(use: str) -> bool:
    """Whether private names may be used with what is installed; the first time that they may not, say so."""
    reason = why_not(use)
    if reason is not None:
        log.warning("%s. %s", reason, USES[use].instead)
    return reason is None
