"""``queries/<topic>/<question>.rq`` files as catalogued questions; every fault with file and line."""

import contextlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from werkzaam.catalogue.header import read_header
from werkzaam.catalogue.members import members_query
from werkzaam.catalogue.query_text import (
    binding_places,
    is_ordered,
    line_of,
    query_form,
    selected_variables,
    significant,
)
from werkzaam.catalogue.tables import TRIPLE
from werkzaam.domain.content import Content, ContentFile
from werkzaam.domain.identifiers import THINGS, term
from werkzaam.domain.queries import (
    BELOW,
    Behind,
    Bilingual,
    Cases,
    CataloguedQuery,
    Column,
    Parameter,
)
from werkzaam.errors import ContentError, QueryRefused, QuerySyntaxError
from werkzaam.store.query_policy import read_query
from werkzaam.store.sparql_tokens import Token

_CONCEPT = "http://www.w3.org/2004/02/skos/core#Concept"
_NAME = re.compile(r"queries/([a-z0-9-]+/[a-z0-9-]+)\.rq")

HeaderLines = Mapping[tuple[str, ...], int]
"""The line, from 1, of each key of a header by its path."""


def load_queries(content: Content) -> list[CataloguedQuery]:
    """All catalogued queries in order of name. Raises ContentError for the first fault."""
    return [_read(file)[0] for file in content.under("queries", ".rq")]


def read_all(content: Content) -> list[tuple[CataloguedQuery, HeaderLines]]:
    """Every question whose file can be read, in order of name, with the lines of its header."""
    found = []
    for file in content.under("queries", ".rq"):
        with contextlib.suppress(ContentError):
            found.append(_read(file))
    return found


def faults(content: Content) -> list[ContentError]:
    """The first fault of every query file that has one."""
    found = []
    for file in content.under("queries", ".rq"):
        try:
            _read(file)
        except ContentError as fault:
            found.append(fault)
    return found


def _read(file: ContentFile) -> tuple[CataloguedQuery, HeaderLines]:
    match = _NAME.fullmatch(file.path)
    if not match:
        raise ContentError(
            file.path,
            None,
            "A query stands in queries/<topic>/<question>.rq, in lower case with hyphens. "
            "Move or rename it.",
        )
    try:
        text = file.data.decode()
    except UnicodeDecodeError as fault:
        line = file.data[: fault.start].count(b"\n") + 1
        raise ContentError(file.path, line, "This file is not UTF-8. Save it as UTF-8.") from None
    header, lines = read_header(file.path, text)
    query = _query(match[1], file.path, text, header)
    _check_text(query, lines)
    return query, lines


def _query(name: str, path: str, text: str, header: Mapping[str, Any]) -> CataloguedQuery:
    return CataloguedQuery(
        name=name,
        title=Bilingual(**header["title"]),
        question=Bilingual(**header["question"]),
        description=Bilingual(**header["description"]),
        tags=tuple(header["tags"]),
        shows=header["shows"],
        since=header["since"],
        parameters=tuple(_parameter(n, p) for n, p in header.get("parameters", {}).items()),
        columns=tuple(
            Column(n, Bilingual(**c["label"]), c["role"], c.get("of"), c.get("notKnown", ""))
            for n, c in header["columns"].items()
        ),
        text=text,
        path=path,
        figures=tuple(
            Behind(
                column=column,
                counts=said.get("counts", ""),
                out_of=said.get("outOf", ""),
                stated_by=said.get("statedBy", ""),
                words=said.get("words", ""),
            )
            for column, said in header.get("figures", {}).items()
        ),
        cases=_cases(header["cases"]) if "cases" in header else None,
        form="CONSTRUCT" if query_form(text) == "CONSTRUCT" else "SELECT",
    )


def _cases(header: Mapping[str, Any]) -> Cases:
    return Cases(Bilingual(**header["one"]), Bilingual(**header["many"]), header.get("column", ""))


def _parameter(name: str, header: Mapping[str, Any]) -> Parameter:
    of_class, scheme = header.get("class"), header.get("scheme")
    default, example = header.get("default"), header.get("example")
    if scheme and not of_class:
        choices_class: str | None = _CONCEPT
    else:
        choices_class = term(of_class.removeprefix("mdt:")) if of_class else None
    return Parameter(
        name=name,
        type=header["type"],
        label=Bilingual(**header["label"]),
        required=header.get("required", False),
        default=None if default is None else str(default),
        choices_class=choices_class,
        choices_scheme=f"{THINGS}scheme/{scheme}" if scheme else None,
        example=None if example is None else str(example),
    )


def _check_text(query: CataloguedQuery, lines: HeaderLines) -> None:
    try:
        form = read_query(query.text).form
    except QueryRefused as refusal:
        line = refusal.line if isinstance(refusal, QuerySyntaxError) else refusal.values.get("line")
        raise ContentError(
            query.path, line if isinstance(line, int) else None, refusal.template, **refusal.values
        ) from None
    found = significant(query.text)
    if form != query.form or _is_short(found):
        raise ContentError(
            query.path,
            None,
            "A catalogued query is a SELECT, or a CONSTRUCT with a template and WHERE. Rewrite it as one.",
        )
    _check_order(query, found)
    _check_columns(query, found, lines)
    for parameter in query.parameters:
        _check_binding(query, found, parameter, lines)
    for behind in query.figures:
        _check_figure(query, behind, lines)
    if query.cases and query.cases.column not in ("", *query.key_columns):
        raise ContentError(
            query.path,
            lines[("cases", "column")],
            "The cases are told apart by {name}, which is no identifier and no category here. "
            "There is: {keys}.",
            name=query.cases.column,
            keys=", ".join(query.key_columns),
        )


def _is_short(found: Sequence[Token]) -> bool:
    """Whether it is a CONSTRUCT without a template, which takes no filter."""
    words = [token.keyword or token.text for token in found]
    return "CONSTRUCT" in words and words[words.index("CONSTRUCT") + 1] != "{"


def _check_order(query: CataloguedQuery, found: Sequence[Token]) -> None:
    """Without an order the same question has its rows now so, now otherwise, and pages of them overlap."""
    if query.form == "SELECT" and not is_ordered(found):
        select = next(token for token in found if token.keyword == "SELECT")
        raise ContentError(
            query.path,
            line_of(query.text, select),
            "This SELECT has no ORDER BY of its own. Order its rows, after its last brace, by "
            "columns that together tell any two rows apart.",
        )


def _check_columns(query: CataloguedQuery, found: Sequence[Token], lines: HeaderLines) -> None:
    selected = list(TRIPLE) if query.form == "CONSTRUCT" else selected_variables(found)
    declared = [column.name for column in query.columns]
    if selected != declared:
        raise ContentError(
            query.path,
            lines[("columns",)],
            "The columns of the header ({declared}) are not the variables of SELECT, in their "
            "order ({selected}). Make them the same.",
            declared=", ".join(declared),
            selected=", ".join(selected) or "none by name",
        )
    for column in query.columns:
        whole = column.not_known.removeprefix(BELOW)
        if whole != column.not_known and whole not in declared:
            raise ContentError(
                query.path,
                lines[("columns", column.name, "notKnown")],
                "Column {name}: notKnown names {whole}, which is no column. The columns are: {declared}.",
                name=column.name,
                whole=whole,
                declared=", ".join(declared),
            )
        if (column.role == "label") != (column.of is not None) or (
            column.of is not None and column.of not in declared
        ):
            raise ContentError(
                query.path,
                lines[("columns", column.name)],
                "Column {name}: a column with role label, and no other, says with `of` which "
                "column it labels ({declared}).",
                name=column.name,
                declared=", ".join(declared),
            )


def _check_figure(query: CataloguedQuery, behind: Behind, lines: HeaderLines) -> None:
    declared = [column.name for column in query.columns]
    named = [behind.column, behind.out_of, behind.stated_by, behind.words]
    unknown = [name for name in named if name and name not in declared]
    if unknown:
        raise ContentError(
            query.path,
            lines[("figures", behind.column)],
            "The figures name {name}, which is no column. The columns are: {declared}.",
            name=unknown[0],
            declared=", ".join(declared),
        )
    if behind.counts:
        try:
            read_query(members_query(query, behind, {}, {}))
        except QueryRefused as refusal:
            raise ContentError(
                query.path,
                lines[("figures", behind.column, "counts")],
                "The pattern of what {name} counts cannot be read: {reason}",
                name=behind.column,
                reason=refusal.template.format(**refusal.values),
            ) from None


def _check_binding(
    query: CataloguedQuery, found: Sequence[Token], parameter: Parameter, lines: HeaderLines
) -> None:
    places = binding_places(found, parameter.name)
    if len(places) == 1:
        return
    if places:
        raise ContentError(
            query.path,
            line_of(query.text, places[1][0]),
            "Parameter {name} is bound {count} times. Keep one `VALUES ?{name} {{ UNDEF }}`, in "
            "the innermost group that uses it.",
            name=parameter.name,
            count=len(places),
        )
    raise ContentError(
        query.path,
        lines[("parameters", parameter.name)],
        "Parameter {name} is nowhere bound. Write `VALUES ?{name} {{ UNDEF }}` in the innermost "
        "group that uses it, or take the parameter out of the header.",
        name=parameter.name,
    )
