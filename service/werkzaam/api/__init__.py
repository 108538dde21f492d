"""HTTP for machines: SPARQL, the REST interface under /v1, health."""
