"""Made-up correspondences, sound ones and one for each demand that it breaks."""

WORLD = """
document:red a mdt:Document . document:blue a mdt:Document .
passage:red mdt:inDocument document:red . passage:blue mdt:inDocument document:blue .
goal:home a mdt:Goal, skos:Concept . goal:nest a mdt:Goal, skos:Concept .
source:book a mdt:Source . source:other-book a mdt:Source .
term-use:red a mdt:TermUse ; mdt:inPassage passage:red ; mdt:refersTo goal:home .
term-use:blue a mdt:TermUse ; mdt:inPassage passage:blue ; mdt:refersTo goal:home .
term-use:blue-nest a mdt:TermUse ; mdt:inPassage passage:blue ; mdt:refersTo goal:nest .
in-text-reference:red a mdt:InTextReference ; mdt:inPassage passage:red ; mdt:refersToSource source:book .
in-text-reference:red-again a mdt:InTextReference ; mdt:inPassage passage:red ; mdt:refersToSource source:book .
in-text-reference:blue a mdt:InTextReference ; mdt:inPassage passage:blue ; mdt:refersToSource source:book .
in-text-reference:blue-other a mdt:InTextReference ; mdt:inPassage passage:blue ; mdt:refersToSource source:other-book .
claim:red a mdt:Claim ; mdt:statedIn document:red ; mdt:basis basis:survey .
claim:red-again a mdt:Claim ; mdt:statedIn document:red ; mdt:basis basis:survey .
claim:blue a mdt:Claim ; mdt:statedIn document:blue ; mdt:basis basis:survey .
claim:blue-opinion a mdt:Claim ; mdt:statedIn document:blue ; mdt:basis basis:none-stated .
assessment:blue a mdt:Assessment ; mdt:statedIn document:blue ; mdt:basis basis:none-stated ; mdt:figure measurement:blue .
definition:red a mdt:Definition ; mdt:statedIn document:red ; mdt:defines goal:home .
definition:blue-nest a mdt:Definition ; mdt:statedIn document:blue ; mdt:defines goal:nest .
measurement:red a mdt:Measurement ; mdt:statedIn document:red ; mdt:value 20 ; mdt:denominator 71 .
measurement:red-again a mdt:Measurement ; mdt:statedIn document:red ; mdt:minimum 20.0 ; mdt:maximum 40 .
measurement:blue a mdt:Measurement ; mdt:statedIn document:blue ; mdt:value 71 ; mdt:basis basis:none-stated .
measurement:blue-other a mdt:Measurement ; mdt:statedIn document:blue ; mdt:value 9 .
claim:small a mdt:Claim ; mdt:statedIn document:red . claim:large a mdt:Claim ; mdt:statedIn document:blue .
proposal:red a mdt:Proposal ; mdt:statedIn document:red ; mdt:proposalKind proposal-kind:open-question .
proposal:blue a mdt:Proposal ; mdt:statedIn document:blue ; mdt:proposalKind proposal-kind:suggestion .
"""
FOLDERS = (
    "assessment", "basis", "claim", "coder", "correspondence", "correspondence-kind", "definition",
    "document", "goal", "in-text-reference", "measurement", "passage", "proposal", "proposal-kind",
    "review-status", "source", "term-use",
)  # fmt: skip
COMMON = {
    "judgedBy": "coder:analyst",
    "judgedOn": '"2026-11-27"^^xsd:date',
    "reason": '"Why"@en, "Waarom"@nl',
    "reviewStatus": "review-status:drafted",
}


def beside(*things: str, **more: str) -> dict[str, str]:
    return {"setsBeside": ", ".join(things), **more}


def judged(statement: str, by: str, **more: str) -> dict[str, str]:
    return {"regards": statement, "inTheLightOf": by, **more}


NAMES = beside("term-use:red", "term-use:blue", shared="goal:home")
ALIKE = beside("goal:home", "goal:nest")
SAID = beside("claim:red", "claim:blue")
FIGURES = beside("measurement:red", "measurement:blue")
REFERENCES = beside("in-text-reference:red", "in-text-reference:blue", shared="source:book")
PROPOSALS = beside("proposal:red", "proposal:blue", shared="goal:home")
GROUNDED = judged("claim:red", "claim:blue")
NOT_FOUND = {"regards": "claim:red", "soughtIn": "document:blue"}
ANSWERED = judged("proposal:red", "claim:blue")

Case = tuple[str, dict[str, str]]
SOUND: dict[str, Case] = {
    "names by term uses": ("one-concept", NAMES),
    "names by a definition and a term use": (
        "one-concept", beside("definition:red", "term-use:blue", shared="goal:home"),
    ),
    "a name in the definition of another concept": (
        "one-concept", beside("term-use:red", "definition:blue-nest", shared="goal:home"),
    ),
    "look-alikes": ("look-alike", ALIKE),
    "similar concepts": ("similar", ALIKE),
    "statements that agree": ("agrees", SAID),
    "statements that conflict": ("conflicts", SAID),
    "figures that diverge": ("diverging-figures", FIGURES),
    "one figure in two documents": ("same-figure", FIGURES),
    "one figure twice in one document": (
        "same-figure", beside("measurement:red", "measurement:red-again"),
    ),
    "support by a claim with a ground": ("supports", GROUNDED),
    "support by a figure": ("supports", judged("claim:red", "measurement:blue")),
    "support by a statement with a figure": ("weakens", judged("claim:red", "assessment:blue")),
    "evidence not found": ("not-found", NOT_FOUND),
    "an answer": ("answers", ANSWERED),
    "an answer in part, without a ground": (
        "answers-in-part", judged("proposal:red", "claim:blue-opinion"),
    ),
    "a source that two documents cite": ("shared-source", REFERENCES),
    "proposals on one theme": ("shared-theme", PROPOSALS),
    "a proposal and a claim on one theme": (
        "shared-theme", beside("claim:red", "proposal:blue", shared="goal:home"),
    ),
    "statements that agree on something": ("agrees", beside(
        "claim:red", "measurement:blue", shared="goal:home",
    )),
    "more than another of its kind": (
        "conflicts", beside("claim:small", "claim:large", "claim:red-again"),
    ),
    "another kind": ("agrees", beside("claim:small", "claim:large")),
}  # fmt: skip
FAULTS: dict[str, tuple[str, dict[str, str], str]] = {
    "no kind": ("", SAID, "correspondence-kind"),
    "two kinds": ("agrees, correspondence-kind:conflicts", SAID, "correspondence-kind"),
    "no judge": ("agrees", {**SAID, "judgedBy": ""}, "judged-by"),
    "a judge of no kind": ("agrees", {**SAID, "judgedBy": "basis:survey"}, "judged-by"),
    "no day": ("agrees", {**SAID, "judgedOn": ""}, "judged-on"),
    "a day in words": ("agrees", {**SAID, "judgedOn": '"today"'}, "judged-on"),
    "no status": ("agrees", {**SAID, "reviewStatus": ""}, "review-status"),
    "a reason in Dutch only": ("agrees", {**SAID, "reason": '"Waarom"@nl'}, "reason"),
    "a document set beside": (
        "similar", beside("goal:home", "goal:nest", "document:red"), "concepts",
    ),
    "words set beside": ("similar", beside("goal:home", "goal:nest", '"home"'), "sets-beside concepts"),
    "what is shared set beside": (
        "similar", beside("goal:home", "goal:nest", shared="goal:home"), "sets-beside",
    ),
    "itself set beside": (
        "agrees", beside("claim:red", "claim:blue", "correspondence:itself-set-beside"),
        "statements",
    ),
    "two things shared": ("agrees", {**SAID, "shared": "goal:home, goal:nest"}, "shared"),
    "a statement shared": ("agrees", {**SAID, "shared": "claim:blue-opinion"}, "shared"),
    "two statements judged": (
        "supports", judged("claim:red, claim:red-again", "claim:blue"), "regards",
    ),
    "a concept judged": ("supports", judged("goal:home", "claim:blue"), "regards"),
    "a statement in the light of itself": (
        "supports", judged("claim:red", "claim:red, claim:blue"), "other-document regards",
    ),
    "a concept as a ground": (
        "supports", judged("claim:red", "goal:home, claim:blue"), "in-the-light-of",
    ),
    "a passage searched": (
        "not-found", {"regards": "claim:red", "soughtIn": "passage:blue"}, "sought-in",
    ),
    "one side": ("similar", beside("goal:home"), "two-sides"),
    "sides and a judged statement": ("agrees", {**SAID, "regards": "claim:red"}, "two-sides"),
    "sides and a light": ("agrees", {**SAID, "inTheLightOf": "claim:blue"}, "two-sides"),
    "sides and a search": ("agrees", {**SAID, "soughtIn": "document:blue"}, "two-sides"),
    "nothing judged": ("supports", {"inTheLightOf": "claim:blue"}, "judged-statement"),
    "judged and set beside": ("supports", {**GROUNDED, **SAID}, "judged-statement"),
    "support without a light": ("supports", {"regards": "claim:red"}, "light"),
    "support that was sought": ("supports", {**GROUNDED, "soughtIn": "document:blue"}, "light"),
    "nowhere searched": ("not-found", {"regards": "claim:red"}, "sought"),
    "found and not found": ("not-found", {**NOT_FOUND, "inTheLightOf": "claim:blue"}, "sought"),
    "an answer to a claim": ("answers", GROUNDED, "open-question"),
    "an answer to a suggestion": (
        "answers", judged("proposal:blue", "claim:red"), "open-question",
    ),
    "support by an opinion": ("supports", judged("claim:red", "claim:blue-opinion"), "ground"),
    "look-alike statements": ("look-alike", SAID, "concepts"),
    "similar term uses": ("similar", beside("term-use:red", "term-use:blue"), "concepts"),
    "agreeing concepts": ("agrees", ALIKE, "statements two-documents"),
    "diverging claims": ("diverging-figures", SAID, "figures"),
    "the same claim as a figure": ("same-figure", SAID, "figures same-number"),
    "names of no concept": (
        "one-concept", beside("term-use:red", "term-use:blue"), "names",
    ),
    "names of a source": (
        "one-concept", beside("claim:red", "claim:blue", shared="source:book"), "names",
    ),
    "names by references": (
        "one-concept",
        beside("in-text-reference:red", "in-text-reference:blue", shared="goal:home"), "names",
    ),
    "a name of another concept": (
        "one-concept", beside("term-use:red", "term-use:blue-nest", shared="goal:home"),
        "named-concept",
    ),
    "a name of another concept beside a definition": (
        "one-concept", beside("definition:red", "term-use:blue-nest", shared="goal:home"),
        "named-concept",
    ),
    "no shared source": (
        "shared-source", beside("in-text-reference:red", "in-text-reference:blue"), "source",
    ),
    "a concept as shared source": (
        "shared-source", {**REFERENCES, "shared": "goal:home"}, "source",
    ),
    "a reference to another source": (
        "shared-source",
        beside("in-text-reference:red", "in-text-reference:blue-other", shared="source:book"),
        "source",
    ),
    "a claim as a reference": (
        "shared-source", {**REFERENCES, **beside("in-text-reference:red", "claim:blue")}, "source",
    ),
    "no shared theme": ("shared-theme", beside("proposal:red", "proposal:blue"), "theme"),
    "figures on a theme": ("shared-theme", {**FIGURES, "shared": "goal:home"}, "theme"),
    "names in one document": (
        "one-concept", beside("term-use:red", "definition:red", shared="goal:home"), "two-documents",
    ),
    "agreement in one document": (
        "agrees", beside("claim:red", "claim:red-again"), "two-documents",
    ),
    "a source in one document": (
        "shared-source",
        beside("in-text-reference:red", "in-text-reference:red-again", shared="source:book"),
        "two-documents",
    ),
    "a ground in its own document": (
        "supports", judged("claim:red", "claim:red-again"), "other-document",
    ),
    "sought in its own document": (
        "not-found", {"regards": "claim:red", "soughtIn": "document:red"}, "sought-elsewhere",
    ),
    "figures with no number in common": (
        "same-figure", beside("measurement:red", "measurement:blue", "measurement:blue-other"),
        "same-number",
    ),
    "the same as another of its kind": ("conflicts", beside("claim:small", "claim:large"), "once"),
    "the other of the two": ("conflicts", beside("claim:large", "claim:small"), "once"),
}  # fmt: skip
"""By fault: kind, properties, and the demands that it does not meet (of ``shape:correspondence-…``)."""
REPEATED = {"more than another of its kind": set[str](), "another kind": set[str]()}
"""Sound cases that no other repeats; the other ones stand here more than once on purpose."""
