"""An update as its operations, each a text of its own that says which graph it writes.

What names no graph is written in the graph ``WRITTEN_GRAPH``, and the engine must not see it as its
unnamed graph: that one holds the merge which queries read. Operations are found by token, following
the grammar of `SPARQL 1.1 Update <https://www.w3.org/TR/sparql11-update/>`_ as far as it says where
one ends; whether what stands in a block is SPARQL, the engine decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from werkzaam.domain.characters import quoted
from werkzaam.domain.identifiers import WRITTEN_GRAPH, is_absolute_iri
from werkzaam.errors import BadRequest, QueryRefused
from werkzaam.store.federation_hosts import NOWHERE
from werkzaam.store.outward_calls import refuse_calls
from werkzaam.store.query_policy import refuse_undeclared, shallow_tokens
from werkzaam.store.sparql_tokens import Token
from werkzaam.store.token_walk import TokenWalk

MOST_CHARACTERS: Final = 1_000_000

_WRITTEN: Final = f"GRAPH <{WRITTEN_GRAPH}>"
Dataset = tuple[tuple[str, ...], tuple[str, ...]]
"""The graphs of USING and those of USING NAMED, as they are written."""

_OPERATIONS: Final = (
    "INSERT", "DELETE", "WITH", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY",
)  # fmt: skip
_SEVERAL: Final = ("NAMED", "ALL")


@dataclass(frozen=True)
class Operation:
    """One operation. ``head``: all of it, or what stands before its dataset and its pattern.

    ``using`` and ``using_named``: the graphs of its dataset as they are written. ``pattern``: the
    pattern with WHERE; empty where it has none. ``several``: NAMED or ALL, of which graphs are
    cleared or dropped. ``reads_merge``: the pattern sees the default graph of queries. ``sent``: what
    was sent, which began at ``start`` (line and column).
    """

    prologue: str
    head: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    pattern: str = ""
    several: str = ""
    reads_merge: bool = False
    sent: str = ""
    start: tuple[int, int] = (1, 1)

    def text(self, default: Sequence[str] | None = None) -> str:
        """What the engine is to do; ``default`` takes the place of ``using``."""
        graphs = self.using if default is None else default
        dataset = [f"USING {graph}" for graph in graphs]
        dataset += [f"USING NAMED {graph}" for graph in self.using_named]
        return "\n".join((self.prologue, self.head, *dataset, self.pattern))


@dataclass(frozen=True)
class ReadUpdate:
    """An update that may be worked out, by operation."""

    operations: tuple[Operation, ...]


def read_update(
    text: str, using: Sequence[str] = (), using_named: Sequence[str] = ()
) -> ReadUpdate:
    """Check ``text`` against the policy and find its operations.

    ``using`` and ``using_named`` are the IRIs of the protocol, for every pattern in it
    (`SPARQL 1.1 Protocol §2.2.3 <https://www.w3.org/TR/sparql11-protocol/#update-dataset>`_). Raises
    QueryRefused or QuerySyntaxError with the place, BadRequest where ``text`` names a dataset too.
    """
    if len(text) > MOST_CHARACTERS:
        raise QueryRefused(
            "The update has {length} characters; at most {most} are read. Send it in parts.",
            length=len(text),
            most=MOST_CHARACTERS,
        )
    found = shallow_tokens(text)
    refuse_calls(text, _without_silent_loads(found), NOWHERE)
    refuse_undeclared(text, found)
    dataset = (tuple(map(_protocol_graph, using)), tuple(map(_protocol_graph, using_named)))
    return ReadUpdate(tuple(_Reading(text, found, dataset).operations()))


def _without_silent_loads(found: Sequence[Token]) -> list[Token]:
    """The tokens without the word LOAD of what ``_Reading`` passes over; in a block it stays."""
    kept = []
    depth = 0
    for token, after in zip(found, [*(next_.keyword for next_ in found[1:]), ""], strict=False):
        if token.kind == "mark":
            depth += (token.text == "{") - (token.text == "}")
        if depth or (token.keyword, after) != ("LOAD", "SILENT"):
            kept.append(token)
    return kept


def _protocol_graph(iri: str) -> str:
    if not is_absolute_iri(iri):
        raise BadRequest(
            "{iri} is not an absolute IRI; using-graph-uri and using-named-graph-uri take the IRI of "
            "a graph.",
            iri=quoted(iri),
        )
    return f"<{iri}>"


class _Reading(TokenWalk):
    """A walk over one update, from its beginning to its end; ``dataset``: that of the protocol."""

    def __init__(self, text: str, found: Sequence[Token], dataset: Dataset) -> None:
        super().__init__(text, found)
        self._dataset = dataset
        self._prologue: list[str] = []
        self._labels: set[str] = set()

    def operations(self) -> list[Operation]:
        """All operations in order."""
        operations = []
        self._read_prologue()
        while not self.ended:
            start = self.at
            if self.keyword() == "LOAD":
                self._pass_silent_load()
            else:
                operation = self._operation()
                sent = self.slice(start, self.at)
                operations.append(replace(operation, sent=sent, start=self.place(start)))
            if not self.ended:
                self.expect(";")
            self._read_prologue()
        return operations

    def _read_prologue(self) -> None:
        while self.keyword() in ("BASE", "PREFIX"):
            words = [self.next().text]
            if words[0].upper() == "PREFIX":
                words.append(self._of_kind("name", "a prefix").text)
            words.append(self._of_kind("iri", "an IRI").text)
            self._prologue.append(" ".join(words))

    def _operation(self) -> Operation:
        if self.keyword() not in _OPERATIONS:
            self.fail("an operation such as INSERT, DELETE or CLEAR")
        keyword = self.next().keyword
        if keyword in ("CLEAR", "DROP"):
            return self._emptying(keyword)
        if keyword == "CREATE":
            silent = "SILENT " if self.accept("SILENT") else ""
            self.expect("GRAPH")
            return self._made(f"CREATE {silent}GRAPH {self._graph()}")
        if keyword in ("ADD", "MOVE", "COPY"):
            return self._copying(keyword)
        if keyword in ("INSERT", "DELETE") and self.accept("DATA"):
            return self._data(keyword)
        if keyword == "DELETE" and self.accept("WHERE"):
            return self._deleting_pattern()
        return self._modifying(keyword)

    def _data(self, keyword: str) -> Operation:
        start = self.at
        head = f"{keyword} DATA {self._block_in_written()}"
        labels = {}
        for place in range(start, self.at):
            if self.token(place).kind == "blank":
                labels[self.token(place).text] = place
        for label in sorted(self._labels & set(labels)):
            self.at = labels[label]
            self.fail("another blank node label than in an operation before it")
        self._labels |= set(labels)
        return self._made(head)

    def _emptying(self, keyword: str) -> Operation:
        # a store that does not record empty graphs always reports success (Update §3.1.3, §3.2.2)
        self.accept("SILENT")
        if self.keyword() in _SEVERAL:
            return self._made(f"{keyword} SILENT", several=self.next().keyword)
        if self.accept("DEFAULT"):
            return self._made(f"{keyword} SILENT {_WRITTEN}")
        self.expect("GRAPH")
        return self._made(f"{keyword} SILENT GRAPH {self._graph()}")

    def _pass_silent_load(self) -> None:
        """LOAD SILENT always succeeds, and here it never loads anything."""
        self.at += 2
        self._of_kind("iri", "an IRI")
        if self.accept("INTO"):
            self.expect("GRAPH")
            self._graph()

    def _copying(self, keyword: str) -> Operation:
        silent = self.accept("SILENT") or self.keyword() == "DEFAULT"
        source = self._graph_or_default()
        self.expect("TO")
        words = (keyword, "SILENT" if silent else "", source, "TO", self._graph_or_default())
        return self._made(" ".join(words))

    def _graph_or_default(self) -> str:
        if self.accept("DEFAULT"):
            return _WRITTEN
        self.accept("GRAPH")
        return f"GRAPH {self._graph()}"

    def _deleting_pattern(self) -> Operation:
        start = self.at
        template = self._block_in_written()
        pattern = f"WHERE {self.slice(start, self.at)}"
        return self._made(f"DELETE {template}", pattern, self._dataset)

    def _modifying(self, keyword: str) -> Operation:
        head = []
        with_graph = keyword == "WITH"
        if with_graph:
            head.append(f"WITH {self._graph()}")
            if self.keyword() not in ("INSERT", "DELETE"):
                self.fail("INSERT or DELETE")
            keyword = self.next().keyword
        block = self._block_as_written if with_graph else self._block_in_written
        head.append(f"{keyword} {block()}")
        if keyword == "DELETE" and self.accept("INSERT"):
            head.append(f"INSERT {block()}")
        own = self._using()
        if (with_graph or any(own)) and any(self._dataset):
            raise BadRequest(
                "The update has WITH or USING, and the request has using-graph-uri or "
                "using-named-graph-uri. Leave out one of the two."
            )
        self.expect("WHERE")
        pattern = f"WHERE {self._block_as_written()}"
        dataset = own if any(own) else self._dataset
        return self._made("\n".join(head), pattern, dataset, with_graph=with_graph)

    def _using(self) -> Dataset:
        default: list[str] = []
        named: list[str] = []
        while self.accept("USING"):
            part = named if self.accept("NAMED") else default
            part.append(self._graph())
        return tuple(default), tuple(named)

    def _made(
        self,
        head: str,
        pattern: str = "",
        dataset: Dataset = ((), ()),
        *,
        with_graph: bool = False,
        several: str = "",
    ) -> Operation:
        reads_merge = bool(pattern) and not (with_graph or any(dataset))
        prologue = " ".join(self._prologue)
        return Operation(prologue, head, *dataset, pattern, several, reads_merge)

    def _block_as_written(self) -> str:
        return self.slice(*self.block())

    def _block_in_written(self) -> str:
        """The block of quads that begins here; its triples outside a GRAPH are put in one."""
        self.expect("{")
        pieces = []
        start = self.at
        while self.here("}").text != "}":
            if self.keyword() == "GRAPH":
                pieces += [*self._in_written(start), self._named_block()]
                start = self.at
            elif self.here("}").text == "{":
                self.block()
            else:
                self.next()
        pieces += self._in_written(start)
        self.expect("}")
        return " ".join(("{", *pieces, "}"))

    def _named_block(self) -> str:
        start = self.at
        self.at += 2
        self.block()
        named = self.slice(start, self.at)
        self.accept(".")
        return named

    def _in_written(self, start: int) -> list[str]:
        """The triples since the token at ``start``; none, where there are no tokens."""
        triples = self.slice(start, self.at) if start < self.at else ""
        return [f"{_WRITTEN} {{ {triples} }}"] if triples else []

    def _graph(self) -> str:
        kind = "name" if self.here("the IRI of a graph").kind == "name" else "iri"
        return self._of_kind(kind, "the IRI of a graph").text

    def _of_kind(self, kind: str, expected: str) -> Token:
        if self.here(expected).kind != kind:
            self.fail(expected)
        return self.next()
