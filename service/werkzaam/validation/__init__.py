"""Whether data meets the shapes: SHACL, on asserted statements and their superclasses only.

pySHACL is the reference (``shacl``), and too slow for many records. ``two_stages`` gives the same results: a
shapes graph is read once (``shape_plan``), its constraints are applied to all nodes at once over columns of
terms (``columns``), those in SPARQL by pyoxigraph (``sparql_asking``); then nodes with violations, and a sample of
the others, are judged again by pySHACL on a part of the data that is cut out around them.

Columns and not SPARQL throughout: a store of pyoxigraph does not keep ``1.50`` or ``"01"^^xsd:integer``, and to fill
one takes as long as to judge by columns. pyshifty 0.5.1 found the same violations, and needed 8 s of processor time
for 1,000 projects and 32 s for 3,000, with our 36 constraints in SPARQL on them, where this way needs 13 s for 10,000.
"""
