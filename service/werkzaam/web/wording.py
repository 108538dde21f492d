"""Words of the interface that Python puts together."""

from werkzaam.messages import say, say_number

__all__ = ["say", "say_number"]
