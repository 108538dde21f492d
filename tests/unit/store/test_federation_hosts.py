"""Which hosts an operator can list, and which addresses are on them."""

import pytest

from werkzaam.store.federation_hosts import Host, address_on, read_host


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("query.example.nl", Host("https", "query.example.nl", 443)),
        (" Query.Example.NL:8443 ", Host("https", "query.example.nl", 8443)),
        ("https://query.example.nl/", Host("https", "query.example.nl", 443, private=True)),
        ("http://fuseki_1:3030", Host("http", "fuseki_1", 3030, private=True)),
        ("localhost:8080", Host("https", "localhost", 8080, private=True)),
        ("10.0.0.5", Host("https", "10.0.0.5", 443, private=True)),
        ("http://[::1]:3030", Host("http", "[::1]", 3030, private=True)),
    ],
)
def test_an_entry_is_read(entry: str, expected: Host) -> None:
    assert read_host(entry) == expected


@pytest.mark.parametrize(
    "entry",
    ["", "*", "*.example.nl", "http://example.nl", "ftp://h", "h:0", "h:65536", "h/sparql", "u@h"]
    + ["h:", "[::1", "[1.2", "[zz]", "é.nl", "a b", "-a", "a.", "https://"],
)
def test_what_is_no_host_is_not_read(entry: str) -> None:
    assert read_host(entry) is None


LISTED = (Host("https", "a.nl", 443), Host("http", "b", 3030), Host("http", "[::1]", 80))


@pytest.mark.parametrize(
    ("iri", "host", "target"),
    [
        ("https://a.nl", "https://a.nl", "/"),
        ("HTTPS://A.NL:443/sparql?x=1#y", "https://a.nl", "/sparql?x=1"),
        ("http://b:3030/é q".replace(" ", "%20"), "http://b:3030", "/%C3%A9%20q"),
        ("http://[::1]/x", "http://[::1]", "/x"),
        ("https://a.nl?query=1", "https://a.nl", "/?query=1"),
    ],
)
def test_an_address_on_a_listed_host_is_found(iri: str, host: str, target: str) -> None:
    found = address_on(iri, LISTED)
    assert found is not None
    assert (str(found.host), found.target) == (host, target)


@pytest.mark.parametrize(
    "iri",
    ["http://a.nl/", "https://a.nl:8443/", "https://b:3030/", "http://b/", "https://a.nl.evil/"]
    + ["https://evil/a.nl", "https://a.nl@evil/", "https://u:p@a.nl/", "https://a.nl\\@evil/"]
    + ["https://a.nl:443:1/", "https://a.nl./", "//a.nl/", "a.nl", "", "https:a.nl", "file:///a.nl"]
    + ["https://a.nl/\r\nHost: evil", "https://a.nl/ x", "https://ａ.nl/", "https://a.nl%2eevil/"],
)
def test_any_other_address_is_not(iri: str) -> None:
    assert address_on(iri, LISTED) is None


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254"])
@pytest.mark.parametrize("written", ["{}", "::ffff:{}"])
def test_a_public_name_takes_no_private_address(address: str, written: str) -> None:
    assert not Host("https", "a.nl", 443).takes(written.format(address))
    assert Host("https", "a.nl", 443, private=True).takes(written.format(address))


@pytest.mark.parametrize(
    "address", ["::1", "fe80::1", "fd00::1", "0.0.0.0", "224.0.0.1", "ff02::1"]
)
def test_nor_one_of_this_machine_or_of_many(address: str) -> None:
    assert not Host("https", "a.nl", 443).takes(address)


@pytest.mark.parametrize("address", ["145.100.1.1", "2001:610::1"])
def test_a_public_address_is_taken(address: str) -> None:
    assert Host("https", "a.nl", 443).takes(address)
