"""The gate: an uploaded table of records in, a report with every cell at fault out."""
