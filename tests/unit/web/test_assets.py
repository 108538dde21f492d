"""The manifest that Vite writes."""

import json
from pathlib import Path

import pytest

from werkzaam.errors import SettingsError
from werkzaam.web.assets import FOLDER, read_assets


def test_manifest_names_the_files(tmp_path: Path) -> None:
    manifest = {
        "src/style.css": {"file": "assets/style-1.css"},
        "src/page.ts": {"file": "assets/page-2.js"},
        "src/icon.svg": {"file": "assets/icon-3.svg"},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assets = read_assets(tmp_path)
    assert (assets.style, assets.script, assets.icon) == (
        "assets/style-1.css", "assets/page-2.js", "assets/icon-3.svg",
    )  # fmt: skip


@pytest.mark.parametrize("text", [None, "", "{}", "[]"])
def test_a_missing_front_end_says_what_to_do(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match="npm run build"):
        read_assets(tmp_path)


def test_what_was_built_asks_nothing_of_another_host() -> None:
    assets = read_assets()
    for name in (assets.style, assets.script):
        text = (FOLDER / name).read_text("utf-8")
        assert "http://" not in text.replace("http://www.w3.org/", "")
        assert "https://" not in text
        assert "@import" not in text
    assert "innerHTML" not in (FOLDER / assets.script).read_text("utf-8")
