"""Where the ontology, shapes, queries and curated data are read from.

A checkout keeps them at its top level; a wheel carries them in ``_content/``.
"""

from pathlib import Path

from werkzaam.domain.content import Content, ContentFile
from werkzaam.errors import SettingsError

_PACKAGE = Path(__file__).parent
_SHIPPED = _PACKAGE / "_content"

DEFAULT_FOLDER = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parents[1]
FOLDERS = ("ontology", "graph_data", "shapes", "queries")
_ENDINGS = (".ttl", ".rq", ".json")


def read_content(folder: Path) -> Content:
    """The files of the four content folders below ``folder``, as bytes, in order of path.

    Hidden files are left out; a missing folder is an empty one. Raises SettingsError where
    ``folder`` itself is not a folder that can be read.
    """
    if not folder.is_dir():
        raise SettingsError(
            "There is no content folder {folder}. Set WERKZAAM_CONTENT_DIR to a folder that holds "
            "ontology/, graph_data/, shapes/ and queries/.",
            folder=folder,
        )
    paths = sorted(
        (path.relative_to(folder).as_posix(), path)
        for name in FOLDERS
        for path in (folder / name).rglob("*")
        if path.suffix in _ENDINGS and path.is_file() and not path.name.startswith(".")
    )
    return Content(tuple(ContentFile(name, path.read_bytes()) for name, path in paths))
