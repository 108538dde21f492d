"""Our things as linked data: what is known of one, as a record for pages and as a graph."""
