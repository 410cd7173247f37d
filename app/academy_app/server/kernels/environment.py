"""Kernel specs: the command and the environment with which kernels start."""

from __future__ import annotations

import os
import sys
from functools import cached_property
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel

from academy_app.kernels import PROVISIONER
from academy_app.server.edition_site import EditionSite
from academy_app.server.pages.modules import imported_by
from academy_app.server.site import Site

__all__ = ["KERNEL", "OneKernelSpec", "kernel_environment", "runtime_folders"]

KERNEL = "python3"
PROGRAM = Path(__file__).with_name("stock.py")
"""Run as a file: as a module of this package it would bring the whole server into each kernel."""
PASSED = (
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "TMPDIR",
    "LD_LIBRARY_PATH",
    "PYTHONPATH",
    "ACADEMY_EXERCISES",
    "ACADEMY_NOTEBOOKS",
    "ACADEMY_DATABASE",
    "ACADEMY_LIVE_TIES",
    "ACADEMY_GRADEBOOK",
)
"""What a kernel gets of the server's own environment. Everything else, secrets among it, stays out."""

PERSONAL = ("ACADEMY_PERSON", "ACADEMY_EDITION", "ACADEMY_BASE")
"""The variables in which the environments of two kernels differ."""


class OneKernelSpec(KernelSpecManager):
    """Knows one kernel, this Python, whatever kernels are installed for other users of the machine."""

    @cached_property
    def forking(self) -> dict[str, Any]:
        """What is shared by the kernels: modules that pages import, and what ours fill once for all."""
        parent: Any = self.parent
        return {
            "preload": ["ipywidgets", "anywidget"],
            "optional": sorted({name for pages in parent.site.pages() for name in imported_by(pages)}),
            "warm": ["academy_widgets.warm:warm"],
            "personal": list(PERSONAL),
            "heartbeat": False,
        }

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the kernel. Raises NoSuchKernel for any other name."""
        if kernel_name != KERNEL:
            raise NoSuchKernel(kernel_name)
        return KernelSpec(
            argv=[sys.executable, "-P", str(PROGRAM), "-f", "{connection_file}"],
            name=KERNEL,
            display_name="Python 3",
            language="python",
            metadata={"kernel_provisioner": {"provisioner_name": PROVISIONER, "config": self.forking}},
        )

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the one kernel; it has no folder."""
        return {KERNEL: ""}

    def get_all_specs(self) -> dict[str, object]:
        """Return the one kernel as its REST model."""
        return {KERNEL: {"resource_dir": "", "spec": self.get_kernel_spec(KERNEL).to_dict()}}


def runtime_folders(runtime: Path) -> dict[str, str]:
    """Make the folders that kernels write to, and return them by environment variable."""
    folders = {
        "HOME": runtime / "home",
        "IPYTHONDIR": runtime / "ipython",
        "JUPYTER_CONFIG_DIR": runtime / "config",
        "JUPYTER_DATA_DIR": runtime / "share",
        "JUPYTER_RUNTIME_DIR": runtime / "jupyter",
    }
    for folder in folders.values():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {name: str(folder) for name, folder in folders.items()}


def kernel_environment(site: Site, person_id: str = "", edition: EditionSite | None = None) -> dict[str, str]:
    """Return the environment of a person's kernel: small, and the only place that says who the person is, and where.

    Without an edition it is what all kernels share.
    """
    environment = {name: os.environ[name] for name in PASSED if name in os.environ}
    programs = str(Path(sys.executable).parent)
    environment |= {
        "PATH": os.pathsep.join([programs, os.environ.get("PATH", os.defpath)]),
        "PYTHONNOUSERSITE": "1",
        "ACADEMY_DATA": str(site.data.path),
        "ACADEMY_COURSES": " ".join(site.begun_with),
        "ACADEMY_PERSON": person_id,
        "ACADEMY_EDITION": "" if edition is None else edition.id,
        "ACADEMY_BASE": site.base if edition is None else edition.base,
        "ACADEMY_PAGE": "light",
    }
    return environment | runtime_folders(site.data.runtime)
