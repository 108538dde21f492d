"""One service at a time in one folder."""

import errno
import os
from pathlib import Path

import pytest

from werkzaam.data_folder import held
from werkzaam.errors import DataFolderInUse, DataFolderUnusable


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
    with (
        pytest.raises(DataFolderUnusable, match="Not a directory.*WERKZAAM_DATA_DIR"),
        held(tmp_path / "file" / "data"),
    ):
        pass


def test_a_lock_that_cannot_be_written_to_still_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with (
        held(tmp_path),
        pytest.raises(DataFolderInUse, match="process unknown"),
        held(tmp_path),
    ):
        pass


def test_a_full_disk_asks_for_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", "service.lock")

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(DataFolderUnusable, match="has no room.*Free space"), held(tmp_path):
        pass
