"""The tests of a suite run on an endpoint, and why each that fails does."""

import re
from collections.abc import Callable, Iterable

from tests.contract.w3c.endpoint import Endpoint, Refused
from tests.contract.w3c.results import Outcome, canonical, expected, same
from tests.contract.w3c.suites import Case, Dataset, Graphs, path_of, read_triples

QUERY_SUITES = (
    *("aggregates", "bind", "bindings", "construct", "csv-tsv-res", "exists", "functions"),
    *("grouping", "json-res", "negation", "project-expression", "property-path", "subquery"),
    *("syntax-query", "syntax-fed"),
)
FIRST_QUERY_SUITES = (
    *("basic", "triple-match", "open-world", "algebra", "bnode-coreference", "optional"),
    *("optional-filter", "graph", "dataset", "type-promotion", "cast", "bound", "expr-builtin"),
    *("boolean-effective-value", "expr-ops", "expr-equals", "regex", "i18n", "construct", "ask"),
    *("distinct", "sort", "solution-seq", "reduced", "syntax-sparql1", "syntax-sparql2"),
    *("syntax-sparql3", "syntax-sparql4", "syntax-sparql5"),
)
UPDATE_SUITES = (
    *("add", "basic-update", "clear", "copy", "delete", "delete-data", "delete-insert"),
    *("delete-where", "drop", "move", "update-silent", "syntax-update-1", "syntax-update-2"),
)
_ORDERED = re.compile(r"order\s+by", re.IGNORECASE)
_DATASET_CLAUSE = re.compile(r"from\s+(?:named\s+)?<([^>]*)>", re.IGNORECASE)
_ACCEPT = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}

Failures = dict[str, str]


def failures_of_queries(endpoint: Endpoint, cases: Iterable[Case]) -> Failures:
    """Load every file of ``cases`` as a graph of its own, ask each query on the graphs that its test
    names, and say of each test that fails why."""
    cases = list(cases)
    files = {file for case in cases for file in _files(case)}
    endpoint.fill({file: read_triples(file) for file in sorted(files)})
    found = {case.name: _wrong(endpoint, case) for case in cases}
    return {name: why for name, why in found.items() if why}


def failures_of_loaded_queries(endpoint: Endpoint, cases: Iterable[Case]) -> Failures:
    """The same, with the data of each test put in the default graph and the named graphs of the
    service by the Graph Store Protocol, and no dataset in the request."""
    found: Failures = {}
    loaded: Dataset | None = None
    for case in cases:
        if case.kind == "QueryEvaluationTest" and not _DATASET_CLAUSE.search(case.text):
            if case.data != loaded:
                endpoint.fill({})
                endpoint.put(case.data.graphs())
                loaded = case.data
            if why := _wrong_answer(case, lambda case=case: endpoint.ask(case.text)):  # type: ignore[misc]
                found[case.name] = why
    return found


def failures_of_updates(endpoint: Endpoint, cases: Iterable[Case]) -> Failures:
    """Before each update the service is filled with what the test says; after it, it must hold what
    the test says."""
    found = {case.name: _wrong_update(endpoint, case) for case in cases}
    return {name: why for name, why in found.items() if why}


def _files(case: Case) -> list[str]:
    graphs = [*case.data.default, *(file for _, file in case.data.named)]
    if case.kind == "QueryEvaluationTest":
        base = case.action.rpartition("/")[0]
        graphs += [f"{base}/{name}" for name in _DATASET_CLAUSE.findall(case.text)]
    return [file for file in graphs if path_of(file).is_file()]


def _wrong(endpoint: Endpoint, case: Case) -> str:
    named = [file for _, file in case.data.named]
    if "Syntax" in case.kind:
        return _wrong_syntax(case, lambda: endpoint.ask(case.text))
    accept = _ACCEPT.get(path_of(str(case.result)).suffix, "application/sparql-results+json")
    default = case.data.default
    if not (default or named or _DATASET_CLAUSE.search(case.text)):
        named = ["http://w3c.example/no-data"]
    return _wrong_answer(
        case, lambda: endpoint.ask(case.text, default=default, named=named, accept=accept)
    )


def _wrong_answer(case: Case, ask: Callable[[], Outcome]) -> str:
    try:
        got = ask()
    except Refused as refusal:
        return str(refusal)
    wanted = expected(str(case.result))
    ordered = bool(_ORDERED.search(case.text))
    return "" if same(wanted, got, ordered=ordered, lax=case.lax) else f"{got} is not {wanted}"


def _wrong_syntax(case: Case, ask: Callable[[], object]) -> str:
    try:
        ask()
    except Refused as refusal:
        fine = "Negative" in case.kind and refusal.status == 400
        return "" if fine else str(refusal)
    return "accepted" if "Negative" in case.kind else ""


def _wrong_update(endpoint: Endpoint, case: Case) -> str:
    if "Syntax" in case.kind:
        return _wrong_syntax(case, lambda: endpoint.update(case.text))
    assert isinstance(case.result, Dataset)
    endpoint.fill(case.data.graphs())
    try:
        endpoint.update(case.text)
    except Refused as refusal:
        return str(refusal)
    wanted, got = _comparable(case.result.graphs()), _comparable(endpoint.graphs())
    return "" if wanted == got else f"{got} is not {wanted}"


def _comparable(graphs: Graphs) -> dict[str, set[str]]:
    return {name: canonical(triples) for name, triples in graphs.items() if triples}
