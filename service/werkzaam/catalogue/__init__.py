"""The questions: files that describe themselves, their parameters, and their answers."""
