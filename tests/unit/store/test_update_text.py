"""Where one operation of an update ends, and which graph it writes."""

import pytest

from werkzaam.domain.identifiers import WRITTEN_GRAPH
from werkzaam.errors import BadRequest, QueryRefused, QuerySyntaxError
from werkzaam.store.update_text import MOST_CHARACTERS, read_update

WRITTEN = f"GRAPH <{WRITTEN_GRAPH}>"


def text_of(update: str) -> str:
    (operation,) = read_update(update).operations
    return " ".join(operation.text().split())


@pytest.mark.parametrize(
    ("update", "written"),
    [
        ("INSERT DATA {}", "INSERT DATA { }"),
        ("INSERT DATA {<a:s> <a:p> 1}", f"INSERT DATA {{ {WRITTEN} {{ <a:s> <a:p> 1 }} }}"),
        (
            "insert data { <a:s> <a:p> 1 . graph <a:g> { <a:s> <a:p> 2 } . <a:s> <a:p> 3 . }",
            f"insert DATA {{ {WRITTEN} {{ <a:s> <a:p> 1 . }} graph <a:g> {{ <a:s> <a:p> 2 }} "
            f"{WRITTEN} {{ <a:s> <a:p> 3 . }} }}",
        ),
        ("DELETE DATA {GRAPH <a:g> {}}", "DELETE DATA { GRAPH <a:g> {} }"),
        (
            "DELETE WHERE {?s ?p ?o}",
            f"DELETE {{ {WRITTEN} {{ ?s ?p ?o }} }} WHERE {{?s ?p ?o}}",
        ),
        (
            "WITH <a:g> DELETE {?s ?p ?o} WHERE {?s ?p ?o}",
            "WITH <a:g> DELETE {?s ?p ?o} WHERE {?s ?p ?o}",
        ),
        (
            "DELETE {?s ?p ?o} INSERT {GRAPH ?g {?s ?p ?o}} USING <a:g> USING NAMED <a:h> WHERE {}",
            f"DELETE {{ {WRITTEN} {{ ?s ?p ?o }} }} INSERT {{ GRAPH ?g {{?s ?p ?o}} }} "
            "USING <a:g> USING NAMED <a:h> WHERE {}",
        ),
        ("CLEAR DEFAULT", f"CLEAR SILENT {WRITTEN}"),
        ("DROP SILENT GRAPH <a:g>", "DROP SILENT GRAPH <a:g>"),
        ("CREATE GRAPH <a:g>", "CREATE GRAPH <a:g>"),
        ("MOVE DEFAULT TO <a:g>", f"MOVE SILENT {WRITTEN} TO GRAPH <a:g>"),
        ("COPY GRAPH <a:g> TO DEFAULT", f"COPY GRAPH <a:g> TO {WRITTEN}"),
    ],
)
def test_what_names_no_graph_is_written_in_the_graph_for_that(update: str, written: str) -> None:
    assert text_of(update).upper() == written.upper()


@pytest.mark.parametrize(
    "inside",
    [
        '"} ; GRAPH <a:x> {"',
        "'''\n}\n; DROP ALL'''",
        "1 # } ; DROP ALL\n",
        "<a:}>",
        '"a\\"} ; {"',
    ],
)
def test_braces_in_strings_and_comments_end_nothing(inside: str) -> None:
    if inside == "<a:}>":
        with pytest.raises(QuerySyntaxError):
            read_update(f"INSERT DATA {{ <a:s> <a:p> {inside} }} ; CLEAR DEFAULT")
        return
    read = read_update(f"INSERT DATA {{ <a:s> <a:p> {inside} }} ; CLEAR DEFAULT")
    assert [operation.head.split()[0] for operation in read.operations] == ["INSERT", "CLEAR"]
    assert "GRAPH <a:x> {" not in read.operations[0].head.replace('"} ; GRAPH <a:x> {"', "")


def test_each_operation_has_the_prologue_of_all_before_it() -> None:
    read = read_update(
        "PREFIX a: <a:> INSERT DATA { a:s a:p 1 } ; BASE <b:> PREFIX b: <b:> CLEAR GRAPH b:g"
    )
    assert [operation.prologue for operation in read.operations] == [
        "PREFIX a: <a:>",
        "PREFIX a: <a:> BASE <b:> PREFIX b: <b:>",
    ]


@pytest.mark.parametrize(
    ("update", "reads"),
    [
        ("INSERT DATA { <a:s> <a:p> 1 }", False),
        ("CLEAR ALL", False),
        ("DELETE WHERE { ?s ?p ?o }", True),
        ("INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", True),
        ("WITH <a:g> INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", False),
        ("INSERT { ?s ?p 1 } USING <a:g> WHERE { ?s ?p ?o }", False),
    ],
)
def test_only_a_pattern_without_a_dataset_reads_the_merge(update: str, reads: bool) -> None:
    (operation,) = read_update(update).operations
    assert operation.reads_merge is reads


def test_the_dataset_of_the_protocol_stands_before_every_pattern() -> None:
    read = read_update(
        "DELETE WHERE { ?s ?p ?o } ; INSERT DATA { <a:s> <a:p> 1 } ; INSERT {} WHERE {}",
        ["a:g"],
        ["a:h"],
    )
    texts = [operation.text() for operation in read.operations]
    assert ["USING <a:g>\nUSING NAMED <a:h>\nWHERE" in text for text in texts] == [
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "update",
    [
        "WITH <a:g> INSERT {} WHERE {}",
        "INSERT {} USING <a:g> WHERE {}",
        "INSERT {} USING NAMED <a:g> WHERE {}",
        "INSERT DATA {} ; DELETE {} USING <a:g> WHERE {}",
    ],
)
def test_a_dataset_of_the_protocol_and_one_of_the_text_exclude_each_other(update: str) -> None:
    using: list[tuple[list[str], list[str]]] = [(["a:g"], []), ([], ["a:g"])]
    for dataset in using:
        with pytest.raises(BadRequest, match="Leave out one"):
            read_update(update, *dataset)


@pytest.mark.parametrize("iri", ["", "g", "a:g> WHERE {} ; DROP ALL #", "a:g h", "a:{"])
def test_the_protocol_gives_absolute_iris_and_nothing_else(iri: str) -> None:
    using: list[tuple[list[str], list[str]]] = [([iri], []), ([], [iri])]
    for dataset in using:
        with pytest.raises(BadRequest, match="absolute IRI"):
            read_update("INSERT {} WHERE {}", *dataset)


@pytest.mark.parametrize(
    ("update", "line", "column"),
    [
        ("SELECT * {}", 1, 1),
        ("INSERT DATA {\n <a:s> <a:p> 1", 2, 15),
        ("CLEAR DEFAULT CLEAR DEFAULT", 1, 15),
        ("CLEAR GRAPH", 1, 12),
        ("DELETEWHERE { ?s ?p ?o }", 1, 1),
        ("WITH <a:g> CLEAR ALL", 1, 12),
        ("INSERT { ?s ?p 1 }\n{ ?s ?p ?o }", 2, 1),
        ("COPY <a:g> <a:h>", 1, 12),
        ("INSERT DATA { GRAPH", 1, 20),
        ("PREFIX", 1, 7),
        ("PREFIX 1 <a:>", 1, 8),
        ("INSERT DATA { _:b <a:p> 1 } ;\nINSERT DATA { <a:s> <a:p> _:b }", 2, 27),
        ("PREFIX a: b:c", 1, 11),
        ("BASE a:b", 1, 6),
    ],
)
def test_what_is_no_update_is_refused_with_its_place(update: str, line: int, column: int) -> None:
    with pytest.raises(QuerySyntaxError) as refusal:
        read_update(update)
    assert (refusal.value.line, refusal.value.column) == (line, column)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://h/x>",
        "LOAD SILENT <http://h/x> ; LOAD <http://h/x>",
        "INSERT DATA { LOAD SILENT <http://h/x> }",
        "INSERT { ?s ?p ?o } WHERE { ?s ?p ?o } LOAD <http://h/x>",
        "INSERT {} WHERE { SERVICE <http://h/> {} }",
        "INSERT DATA {} ; 1SERVICE<http://h/>{}",
        "INSERT DATA { <a:s> <a:p> " + "(" * 101 + ")" * 101 + " }",
        "#" * (MOST_CHARACTERS + 1),
    ],
)
def test_what_reaches_out_or_is_too_much_is_refused(update: str) -> None:
    with pytest.raises(QueryRefused):
        read_update(update)


def test_a_string_may_say_load_and_service() -> None:
    assert read_update("INSERT DATA { <a:s> <a:p> 'LOAD <x> SERVICE' }").operations


def test_a_silent_load_is_passed_over_and_never_reaches_the_engine() -> None:
    read = read_update("LOAD SILENT <http://h/x> INTO GRAPH <a:g> ; CLEAR ALL ; LOAD SILENT <b>")
    assert [operation.head for operation in read.operations] == ["CLEAR SILENT"]
    for text in ("LOAD SILENT", "LOAD SILENT <b> INTO <a:g>", "LOAD SILENT <b> CLEAR ALL"):
        with pytest.raises(QuerySyntaxError):
            read_update(text)
