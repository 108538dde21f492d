"""Werkzaam: what makes encounters and integration in Dutch youth community service work, as a graph."""

__version__ = "0.1.0"
