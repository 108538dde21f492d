"""What stands at a node of a shapes graph: one value, a list, words in two languages."""

from rdflib import SH, Graph, Literal, URIRef
from rdflib.term import Node

from werkzaam.validation.shape_paths import Unsupported


def one(graph: Graph, node: Node, predicate: URIRef) -> Node | None:
    """The value, or None. Raises Unsupported where there are more."""
    found = list(graph.objects(node, predicate))
    if len(found) > 1:
        raise Unsupported(f"{predicate} has more than one value")
    return found[0] if found else None


def members(graph: Graph, node: Node) -> list[Node]:
    """The members of a list. Raises Unsupported where it is none, or empty."""
    try:
        found = list(graph.items(node))
    except ValueError:
        raise Unsupported("a list goes in circles") from None
    if not found:
        raise Unsupported("a list is empty")
    return found


def words(graph: Graph, node: Node) -> tuple[str, str]:
    """The message of ``node`` in Dutch and in English; where one lacks, one without a language, else
    any; "" where there is none."""
    texts = [text for text in graph.objects(node, SH.message) if isinstance(text, Literal)]
    by_language = {text.language: str(text) for text in sorted(texts, key=str, reverse=True)}
    other = by_language.get(None) or min(map(str, texts), default="")
    return by_language.get("nl", other), by_language.get("en", other)
