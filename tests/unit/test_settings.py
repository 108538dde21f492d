"""Environment variables: every one known, every value usable, or a clear refusal."""

from pathlib import Path

import pytest

from werkzaam.errors import SettingsError
from werkzaam.settings import Settings, read_settings
from werkzaam.store.embedded import StoreLimits
from werkzaam.store.federation_hosts import Host
from werkzaam.store.remote_address import basic, bearer


def test_without_any_there_are_defaults() -> None:
    assert read_settings({"PATH": "/bin"}) == Settings()


def test_the_store_gets_its_limits_and_a_command_its_own_number_of_readers() -> None:
    settings = Settings(query_seconds=3.0, query_memory_mb=64, readers=5)
    assert settings.store_limits() == StoreLimits(seconds=3.0, memory_bytes=64 << 20, readers=5)
    assert settings.store_limits(readers=1).readers == 1


def test_every_setting_is_read() -> None:
    assert read_settings(
        {
            "WERKZAAM_HOST": "0.0.0.0",
            "WERKZAAM_PORT": "0",
            "WERKZAAM_DATA_DIR": "/d",
            "WERKZAAM_CONTENT_DIR": "/c",
            "WERKZAAM_PUBLIC_URL": "https://example.nl/werkzaam/",
            "WERKZAAM_QUERY_SECONDS": "2.5",
            "WERKZAAM_TOKEN_QUERY_SECONDS": "20",
            "WERKZAAM_QUERY_MEMORY_MB": "512",
            "WERKZAAM_READERS": "1",
            "WERKZAAM_CONTACT_EMAIL": "team@example.nl",
            "WERKZAAM_PUBLISHER": "Voorbeeldorganisatie",
            "WERKZAAM_PUBLISHER_IRI": "https://example.nl/id/voorbeeld",
            "WERKZAAM_SERVICE_HOSTS": "query.example.nl, http://fuseki:3030",
        }
    ) == Settings(
        "0.0.0.0",
        0,
        Path("/d"),
        Path("/c"),
        "https://example.nl/werkzaam",
        2.5,
        512,
        1,
        "team@example.nl",
        publisher="Voorbeeldorganisatie",
        publisher_iri="https://example.nl/id/voorbeeld",
        service_hosts=(
            Host("https", "query.example.nl", 443),
            Host("http", "fuseki", 3030, private=True),
        ),
        token_query_seconds=20.0,
    )


def test_assistants_may_ask_unless_it_is_switched_off() -> None:
    assert read_settings({}).mcp
    assert read_settings({"WERKZAAM_MCP": "1"}).mcp
    assert not read_settings({"WERKZAAM_MCP": "0"}).mcp


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("WERKZAAM_PRT", "8080", "Did you mean WERKZAAM_PORT"),
        ("WERKZAAM_DATADIR", "x", "Did you mean WERKZAAM_DATA_DIR"),
        ("WERKZAAM_ZZZ_QQQ", "x", "The settings are"),
        ("WERKZAAM_PORT", "eighty", "from 0 to 65535"),
        ("WERKZAAM_PORT", "65536", "from 0 to 65535"),
        ("WERKZAAM_PORT", "", "from 0 to 65535"),
        ("WERKZAAM_HOST", " ", "empty"),
        ("WERKZAAM_QUERY_SECONDS", "nan", "0.1 to 600"),
        ("WERKZAAM_PUBLIC_URL", "example.nl", "https://"),
        ("WERKZAAM_PUBLIC_URL", "ftp://example.nl", "https://"),
        ("WERKZAAM_PUBLIC_URL", "http://[x", "https://"),
        ("WERKZAAM_PUBLIC_URL", 'http://a b/"><', "https://"),
        ("WERKZAAM_PUBLIC_URL", "http://u:p@h/", "https://"),
        ("WERKZAAM_PORT", "٣", "from 0 to 65535"),
        ("WERKZAAM_DATA_DIR", "~nobody-of-that-name/x", "WERKZAAM_DATA_DIR"),
        ("WERKZAAM_CONTACT_EMAIL", "team", "e-mail"),
        ("WERKZAAM_PUBLISHER", "two\nlines", "one line of at most 200"),
        ("WERKZAAM_PUBLISHER", "x" * 201, "one line of at most 200"),
        ("WERKZAAM_PUBLISHER_IRI", "mnre1034", "must be an IRI"),
        ("WERKZAAM_PUBLISHER_IRI", 'https://example.nl/"> .', "must be an IRI"),
        ("WERKZAAM_SERVICE_HOSTS", "a.nl,,b.nl", "query.example.nl"),
        ("WERKZAAM_SERVICE_HOSTS", "*", "query.example.nl"),
        ("WERKZAAM_ENDPOINT", "h/sparql", "address of a SPARQL engine"),
        ("WERKZAAM_ENDPOINT_UPDATE", "http://h/?a=b", "address of a SPARQL engine"),
        ("WERKZAAM_ENDPOINT_USER", "a:b", "colon"),
        ("WERKZAAM_ENDPOINT_PASSWORD", "", "cannot be sent"),
        ("WERKZAAM_ENDPOINT_TOKEN", "a b", "no token"),
        ("WERKZAAM_UPDATES", "yes", "1 .on. or 0"),
    ],
)
def test_a_wrong_one_is_refused_with_the_remedy(name: str, value: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        read_settings({name: value})


ENGINE = {"WERKZAAM_ENDPOINT": "http://h:3030/ds/query"}


def test_a_secret_is_used_and_never_shown(tmp_path: Path) -> None:
    for kind, text in (("bearer", "Bearer s3cret\n"), ("basic", "basic ann:s3cret")):
        file = tmp_path / kind
        file.write_text(text)
        settings = read_settings({**ENGINE, "WERKZAAM_ENDPOINT_AUTH_FILE": str(file)})
        address = settings.engine_address()
        assert address is not None
        assert address.authorization == (
            bearer("s3cret") if kind == "bearer" else basic("ann", "s3cret")
        )
        assert address.update == "http://h:3030/ds/update"
    by_name = read_settings(
        {**ENGINE, "WERKZAAM_ENDPOINT_USER": "ann", "WERKZAAM_ENDPOINT_PASSWORD": "s3cret"}
    )
    address = by_name.engine_address()
    assert address is not None
    assert address.authorization == basic("ann", "s3cret")
    assert "s3cret" not in f"{by_name} {address}"
    assert Settings().engine_address() is None


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"WERKZAAM_ENDPOINT_USER": "ann"}, "belong together"),
        ({"WERKZAAM_ENDPOINT_USER": "a", "WERKZAAM_ENDPOINT_TOKEN": "s3cret"}, "Keep one"),
        ({"WERKZAAM_ENDPOINT_AUTH_FILE": "/nowhere/s"}, "cannot be read"),
        ({"WERKZAAM_ENDPOINT_AUTH_FILE": "odd"}, "one line"),
        ({"WERKZAAM_ENDPOINT": "http://ann:s3cret@h/"}, "without a name or password"),
        ({"WERKZAAM_ENDPOINT_TOKEN": "s3cret\n"}, "no token"),
    ],
)
def test_a_wrong_way_in_is_refused_without_showing_it(
    environment: dict[str, str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "odd").write_text("s3cret")
    with pytest.raises(SettingsError, match=words) as caught:
        read_settings({**ENGINE, **environment}).engine_address()
    assert "s3cret" not in str(caught.value)


def test_the_readme_lists_every_setting(root: Path) -> None:
    from werkzaam.settings import _READERS

    readme = (root / "README.md").read_text("utf-8")
    assert [name for name in _READERS if f"`{name}`" not in readme] == []
