"""The built stylesheet, script and icon, found by the manifest that Vite writes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from werkzaam.errors import SettingsError

FOLDER = Path(__file__).parent / "static"
_FOR_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Assets:
    """Paths below ``/static/``; each name holds a hash of its content."""

    style: str
    script: str
    icon: str


def read_assets(folder: Path = FOLDER) -> Assets:
    """The files that the manifest in ``folder`` names. Raises SettingsError where it is missing."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        return Assets(
            _file(manifest, "src/style.css"),
            _file(manifest, "src/page.ts"),
            _file(manifest, "src/icon.svg"),
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise SettingsError(
            "The stylesheet of the pages was not built ({reason}). Run npm ci and npm run build in "
            "service/frontend, or install werkzaam again.",
            reason=str(fault),
        ) from None


def _file(manifest: Mapping[str, Any], source: str) -> str:
    return str(manifest[source]["file"])


class HashedFiles(StaticFiles):
    """Static files that a cache may keep for good, since a changed file gets another name."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file at ``path``, to be kept for a year."""
        response = await super().get_response(path, scope)
        if response.status_code in (200, 304) and path.startswith("assets"):
            response.headers["Cache-Control"] = _FOR_A_YEAR
        return response
