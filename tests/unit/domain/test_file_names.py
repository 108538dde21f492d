"""Names of files as others gave them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkzaam.domain.characters import UNSAFE, is_visible
from werkzaam.domain.file_names import MOST_NAME_CHARACTERS, clean_name


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("projecten 2024.csv", "projecten 2024.csv"),
        ("Café – ronde 5a.csv", "Café – ronde 5a.csv"),
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\ik\\a.csv", "a.csv"),
        ("a\u202evsc.exe.csv", "avsc.exe.csv"),
        ("a\x1b[31m\0\ufffe.csv", "a[31m.csv"),
        ("a\r\nb.csv", "a b.csv"),
        ("\udce9.csv", ".csv"),
        ("..", "upload.csv"),
        ("a/", "upload.csv"),
        ("\u200b", "upload.csv"),
        ("\u0300", "upload.csv"),
        ("", "upload.csv"),
        ("a" * 200 + ".csv", "a" * 115 + "….csv"),
        ("a." + "b" * 200, "a." + "b" * 117 + "…"),
    ],
)
def test_a_name_is_its_last_part_without_what_cannot_be_seen(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


@given(st.text())
def test_any_name_becomes_a_safe_one_and_stays_so(name: str) -> None:
    cleaned = clean_name(name)
    assert clean_name(cleaned) == cleaned
    assert 0 < len(cleaned) <= MOST_NAME_CHARACTERS
    assert is_visible(cleaned)
    assert not UNSAFE.search(cleaned)
    assert not set(cleaned) & set("/\\\r\n")
