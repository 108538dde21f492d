"""One service at a time in one folder."""

import os
from pathlib import Path

import pytest

from werkzaam.data_folder import held
from werkzaam.errors import DataFolderInUse, SettingsError


def test_a_second_holder_is_refused_with_the_first_ones_number(tmp_path: Path) -> None:
    with (
        held(tmp_path / "new" / "data"),
        pytest.raises(DataFolderInUse, match=str(os.getpid())),
        held(tmp_path / "new" / "data"),
    ):
        pass
    with held(tmp_path / "new" / "data"):
        pass


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="WERKZAAM_DATA_DIR"), held(tmp_path / "file" / "data"):
        pass
