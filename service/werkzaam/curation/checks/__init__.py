"""The checks of the content, one concern a module: each gives findings and raises nothing."""
