"""How the files are written: canonical, without comments, without blank nodes, one name a prefix."""

from werkzaam.curation.parsed_content import ParsedContent, ParsedFile
from werkzaam.curation.turtle_format import canonical
from werkzaam.curation.turtle_positions import Prefix
from werkzaam.domain.findings import Finding
from werkzaam.errors import ContentError

_FORMAT = "Run `werkzaam fmt`."


def form(parsed: ParsedContent) -> list[Finding]:
    """The faults of form of every file that parses."""
    found = _prefixes(parsed)
    for file in parsed.files:
        found += _comments(file) or _canonical(file)
        if file.folder == "graph_data":
            found += _blank_nodes(file)
    return found


def _comments(file: ParsedFile) -> list[Finding]:
    lines = file.positions.comments
    if not lines:
        return []
    more = f" (and {len(lines) - 1} more in this file)" if len(lines) > 1 else ""
    return [
        Finding(
            file.path,
            lines[0],
            "comment",
            f"A comment would be lost when the file is written again{more}.",
            "Move it to rdfs:comment or skos:editorialNote.",
        )
    ]


def _canonical(file: ParsedFile) -> list[Finding]:
    try:
        wanted = canonical(file.data, file.path)
    except ContentError as fault:
        message = fault.template.format(**fault.values)
        return [Finding(file.path, fault.line or 0, "canonical", message, "It cannot be released.")]
    if wanted == file.data:
        return []
    message = "From this line on the file is not written in the canonical way."
    return [Finding(file.path, _first_difference(file.data, wanted), "canonical", message, _FORMAT)]


def _first_difference(data: bytes, wanted: bytes) -> int:
    ours, theirs = data.split(b"\n"), wanted.split(b"\n")
    same = 0
    while same < min(len(ours), len(theirs)) and ours[same] == theirs[same]:
        same += 1
    return min(same + 1, len(data.splitlines()) or 1)


def _blank_nodes(file: ParsedFile) -> list[Finding]:
    return [
        Finding(
            file.path,
            line,
            "blank-node",
            "There is a blank node here. It cannot be referred to, compared or kept by Protégé.",
            "Give it an IRI of its own under id/.",
        )
        for line in sorted(set(file.positions.blank_nodes))
    ]


def _prefixes(parsed: ParsedContent) -> list[Finding]:
    """A prefix with another namespace, or a namespace with another prefix, than in a file before."""
    namespaces: dict[str, Prefix] = {}
    names: dict[str, Prefix] = {}
    found = []
    for file in parsed.files:
        for prefix in file.positions.prefixes:
            by_name = namespaces.setdefault(prefix.name, prefix)
            by_namespace = names.setdefault(prefix.namespace, prefix)
            other = by_name if by_name.namespace != prefix.namespace else by_namespace
            if other.name != prefix.name or other.namespace != prefix.namespace:
                found.append(_other_prefix(file.path, prefix, other))
    return found


def _other_prefix(path: str, prefix: Prefix, other: Prefix) -> Finding:
    return Finding(
        path,
        prefix.line,
        "prefix",
        f"Here `{prefix.name}:` is <{prefix.namespace}>, while another file has "
        f"`{other.name}:` for <{other.namespace}>.",
        "Use one prefix for one namespace in the whole project.",
    )
