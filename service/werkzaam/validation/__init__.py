"""Whether data meets the shapes: SHACL, on asserted statements and their superclasses only.

pySHACL is the reference (``shacl``), and too slow for many records. ``two_stages`` gives the same results: a
shapes graph is read once (``shape_plan``), its constraints are applied to all nodes at once over columns of
terms (``columns``), those in SPARQL by pyoxigraph (``sparql_asking``); then nodes with violations, and a sample of
the others, are judged again by pySHACL on a part of the data that is cut out around them.
"""
