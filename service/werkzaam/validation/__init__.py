"""Whether data meets the shapes: SHACL, on asserted statements and their superclasses only."""
