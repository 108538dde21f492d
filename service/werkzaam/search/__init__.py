"""Full-text search over what the dataset holds: an index in memory, made anew for each version."""
