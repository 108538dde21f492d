"""From a figure to its sheet."""

from werkzaam.api.figure_links import cell_href, cell_json_url, figure_href, tally_href
from werkzaam.api.links import Links
from werkzaam.domain.answers import Term
from werkzaam.domain.queries import Behind, Bilingual, CataloguedQuery, Column

LINKS = Links("https://example.nl/w")
THING = "https://w3id.org/mdt-kennisgraaf/id/"
WORDS = Bilingual("x", "x")
QUERY = CataloguedQuery(
    "pilot/x", WORDS, WORDS, WORDS, (), "table", "0.1.0", (),
    (Column("bottleneck", WORDS, "identifier"), Column("number", WORDS, "measure"),
     Column("value", WORDS, "measure"), Column("said", WORDS, "text")),
    "SELECT *", "queries/pilot/x.rq",
    (Behind("number", counts="?member a ?x"), Behind("value", stated_by="bottleneck"),
     Behind("said", words="number")),
)  # fmt: skip
ROW = {"bottleneck": Term("uri", THING + "measurement/m"), "number": Term("literal", "3")}


def test_only_measurements_judgements_and_sources_have_a_sheet_of_their_own() -> None:
    assert figure_href(THING + "measurement/m", LINKS) == "/w/figures/measurement/m"
    assert figure_href(THING + "source/blonk-2019", LINKS) == "/w/figures/source/blonk-2019"
    assert figure_href(THING + "claim/c", LINKS) == ""
    assert figure_href("https://example.org/measurement/m", LINKS) == ""


def test_a_cell_leads_to_what_it_counts_or_to_what_states_it() -> None:
    row = "row=id%2Fmeasurement%2Fm"
    counted = "/w/figures/queries/pilot/x/number"
    assert cell_href(LINKS, QUERY, "number", ROW, {}) == f"{counted}?{row}"
    assert cell_href(LINKS, QUERY, "said", ROW, {"goal": "g"}) == f"{counted}?goal=g&{row}"
    assert cell_href(LINKS, QUERY, "value", ROW, {}) == "/w/figures/measurement/m"
    assert cell_href(LINKS, QUERY, "bottleneck", ROW, {}) == ""
    assert cell_href(LINKS, QUERY, "value", {}, {}) == ""


def test_for_programs_the_address_is_whole_and_gives_json() -> None:
    address = cell_json_url(LINKS, QUERY, "value", ROW, {}, 3)
    assert address == "https://example.nl/w/v1/figures/measurement/m?version=3"
    counted = cell_json_url(LINKS, QUERY, "number", ROW, {"goal": "g"}, 3)
    row = "row=id%2Fmeasurement%2Fm"
    assert counted.endswith(f"/v1/figures/queries/pilot/x/number?goal=g&{row}&version=3")
    assert cell_json_url(LINKS, QUERY, "bottleneck", ROW, {}, 3) == ""


def test_a_count_on_a_page_leads_to_its_list_with_what_is_given() -> None:
    assert (
        tally_href(LINKS, "journey", phase="start", voice="")
        == "/w/figures/counts/journey?phase=start"
    )
