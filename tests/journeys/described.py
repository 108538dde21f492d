"""The operations that an instance describes, and an address for each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """One method of one address; ``path`` begins behind ``/v1``."""

    method: str
    path: str
    told: dict[str, Any]

    @property
    def address(self) -> str:
        """Its address with the examples for all that is required; x where there is none."""
        path, keys = self.path, []
        for key in self.told.get("parameters", ()):
            if key["in"] == "path":
                path = path.replace(f"{{{key['name']}}}", str(_example(key)))
            elif key["in"] == "query" and key["required"]:
                keys.append((key["name"], str(_example(key))))
        return f"/v1{path}" + ("?" + urlencode(keys) if keys else "")

    @property
    def open(self) -> bool:
        """Whether it takes no token."""
        return not self.told.get("security")

    @property
    def forms(self) -> list[str]:
        """The media types of its answer."""
        return list(self.told["responses"].get("200", {}).get("content", ()))


def operations(described: dict[str, Any]) -> Iterator[Operation]:
    """Every operation of an OpenAPI document."""
    for path, methods in described["paths"].items():
        for method in METHODS:
            if method in methods:
                yield Operation(method.upper(), path, methods[method])


def _example(key: dict[str, Any]) -> Any:
    return key.get("example", key["schema"].get("enum", ["x"])[0])
