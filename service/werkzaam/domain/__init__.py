"""The nouns of Werkzaam, without input or output."""
