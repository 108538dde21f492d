"""The words and symbols of the page about the journey, for one reader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from werkzaam.api.figure_links import tally_href
from werkzaam.api.links import Links
from werkzaam.web.addresses import thing_href
from werkzaam.web.journey_choice import NONE, Choice, address
from werkzaam.web.journey_facts import Concept
from werkzaam.web.languages import Languages
from werkzaam.web.pieces import Named
from werkzaam.web.wording import say, say_number


@dataclass(frozen=True)
class JourneyWords:
    """How a reader of ``languages`` is told of kinds, counts and places, with the ways to them."""

    links: Links
    languages: Languages

    def kind(self, kind: str) -> str:
        """The heading above findings of ``kind``."""
        language = self.languages.interface
        headings = {
            "strength": say("Strengths", language),
            "bottleneck": say("Bottlenecks", language),
            "suggestion": say("Suggestions", language),
            "recommendation": say("Recommendations", language),
            "mixed": say("Strength and bottleneck in one", language),
            "neither": say("Explanation without judgement", language),
        }
        return headings[kind]

    def meaning(self, kind: str) -> str:
        """What ``kind`` stands for, in the legend."""
        language = self.languages.interface
        meanings = {
            "strength": say("What works well or yields something.", language),
            "bottleneck": say("What goes badly or stands in the way.", language),
            "suggestion": say("What could be done otherwise or better.", language),
            "recommendation": say("A suggestion that the authors recommend.", language),
            "mixed": say("One statement with something good and something bad.", language),
            "neither": say("Background; the matrix only counts these statements.", language),
        }
        return meanings[kind]

    def statements(self, number: int) -> str:
        """“3 statements”."""
        return say_number(
            "{number} statement", "{number} statements", number, self.languages.interface
        )

    def counted(self, number: int, *, filtered: bool) -> str:
        """As ``statements``; in words where there are none."""
        if number:
            return self.statements(number)
        language = self.languages.interface
        return (
            say("none with these filters", language) if filtered else say("not reported", language)
        )

    def more(self, number: int) -> str:
        """“3 more”, for what is opened."""
        return say_number("{number} more", "{number} more", number, self.languages.interface)

    def silent(self) -> str:
        """Why there is nothing at a place from which nothing is reported; the page says once what
        that means."""
        return say("No findings from this place.", self.languages.interface)

    def own(self, text: str) -> Named:
        """``text`` of ours."""
        return Named(text, language=self.languages.interface)

    def name(self, concept: Concept) -> Named:
        """``concept`` with the way to its page."""
        href = thing_href(concept.iri, self.links)
        return Named(concept.label, href, self.languages.content, concept.iri)

    def plain(self, concept: Concept) -> Named:
        """``concept`` by its name alone."""
        return Named(concept.label, language=self.languages.content, iri=concept.iri)

    def definition(self, concept: Concept) -> Named:
        """What ``concept`` means."""
        return Named(concept.definition, language=self.languages.content)

    def without_phase(self) -> Named:
        """The name of the row for what stands in no phase."""
        return self.own(say("Tied to no phase", self.languages.interface))

    def phase(self, slug: str, phases: Iterable[Concept]) -> Named:
        """The phase with ``slug``, also for none."""
        if slug == NONE:
            return self.without_phase()
        return next(self.plain(phase) for phase in phases if phase.slug == slug)

    def places(self, iris: Iterable[frozenset[str]], locations: Sequence[Concept]) -> list[Named]:
        """The locations of several statements in words, with whether some name none."""
        said = list(iris)
        named = [self.plain(one) for one in locations if any(one.iri in where for where in said)]
        unnamed = say("no place named", self.languages.interface)
        return [*named, *([] if all(said) else [self.own(unnamed)])]

    def addressed(self, concept: Concept) -> str:
        """By how many proposals a bottleneck is addressed, and who says so."""
        language = self.languages.interface
        number = concept.stated + concept.read
        if not number:
            return ""
        if not concept.read:
            return say_number(
                "{number} proposal, by the document", "{number} proposals, by the document",
                number, language,
            )  # fmt: skip
        if not concept.stated:
            return say_number(
                "{number} proposal, by our reading", "{number} proposals, by our reading",
                number, language,
            )  # fmt: skip
        return say(
            "{number} proposals: {stated} by the document, {read} by our reading",
            language, number=number, stated=concept.stated, read=concept.read,
        )  # fmt: skip

    def sheet(self, choice: Choice, finding: str = "", tally: str = "journey") -> str:
        """The way to what defends the number of statements that ``choice`` opens, of those on one
        ``finding`` if that is given; or of the bottlenecks that another ``tally`` counts there."""
        keys = ("phase", "voice", "kind") if tally == "journey" else ()
        given = {name: getattr(choice, name) for name in (*keys, "location", "theme")}
        without = [name for name, value in given.items() if value == NONE]
        wanted = {name: value for name, value in given.items() if value != NONE}
        if tally == "journey":
            wanted |= {"finding": finding, "addressed": choice.addressed}
        return tally_href(self.links, tally, **wanted, without=" ".join(without))

    def way(self, choice: Choice) -> str:
        """The address of the page for ``choice``."""
        return address(choice, self.links, self.languages)
