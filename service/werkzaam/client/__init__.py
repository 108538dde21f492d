"""Our questions on any SPARQL endpoint."""
