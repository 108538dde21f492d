"""How much the graph holds: the numbers of the start page and of the page about this service."""

from werkzaam.store.embedded import EmbeddedStore
from werkzaam.web.lookups import codes, counts, kind_counts

STATEMENTS = ("Assessment", "Claim", "Definition", "Measurement", "Norm", "Proposal")


def test_the_numbers_agree(store: EmbeddedStore) -> None:
    total = counts(store)
    kinds = {kind.iri.rpartition("/")[2]: kind.number for kind in kind_counts(store, "nl")}
    assert total.statements + total.readings == sum(kinds[name] for name in STATEMENTS)
    assert total.statements > 400 > total.readings > 20
    assert (total.elements, total.goals) == (kinds["WorkingElement"], kinds["Goal"]) == (20, 7)
    assert (total.tensions, total.sources) == (kinds["Tension"], kinds["Source"])
    assert (total.documents, total.projects) == (4, 0)
    assert total.concepts == sum(
        kinds[name]
        for name in (
            "Assumption", "Barrier", "Bottleneck", "Condition", "EnablingFeature", "EncounterKind",
            "IntegrationComponent", "IntermediateOutcome", "Intervention", "InterventionType",
            "JourneyPhase", "KeyConcept", "Layer", "Limitation", "Location", "Mechanism",
            "NamedProject", "Opportunity", "OrganisationRole", "Pillar", "PolicyDomain",
            "Programme", "Proposition", "ResearchMethod", "Risk", "Route", "Strength",
            "TargetGroup", "Theme",
        )
    )  # fmt: skip


def test_values_of_code_lists_are_not_counted(store: EmbeddedStore) -> None:
    kinds = kind_counts(store, "en")
    assert not {"Presence", "Voice", "Polarity"} & {kind.iri.rpartition("/")[2] for kind in kinds}
    numbers = [kind.number for kind in kinds]
    assert numbers == sorted(numbers, reverse=True)
    assert all(kind.label and kind.definition for kind in kinds)


def test_codes_are_known_in_both_languages(store: EmbeddedStore) -> None:
    dutch, english = codes(store, "nl"), codes(store, "en")
    assert dutch.keys() == english.keys()
    denied = next(iri for iri in dutch if iri.endswith("/polarity/denied"))
    assert (dutch[denied].label, english[denied].label) == ("ontkend", "denied")
