"""A service that takes updates, and who may send them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from tests.running_service import RunningService, secret


@dataclass
class WritingService:
    """A running service with updates switched on; ``admin``: headers of one who may write."""

    running: RunningService
    admin: dict[str, str]

    @property
    def client(self) -> httpx.Client:
        """A client without a token."""
        return self.running.client

    def update(self, text: str, **parameters: Any) -> httpx.Response:
        """Send an update directly, as admin."""
        headers = {**self.admin, "Content-Type": "application/sparql-update"}
        return self.client.post(
            "/sparql", content=text.encode(), params=parameters, headers=headers
        )

    def ask(self, query: str, **parameters: Any) -> bool:
        """Whether an ASK query holds now."""
        answer = self.client.get("/sparql", params={"query": query, **parameters})
        assert answer.status_code == 200, answer.text
        return bool(answer.json()["boolean"])

    def version(self) -> int:
        """The number of the last change, as an update that changes nothing tells it."""
        answer = self.update("DELETE DATA { <urn:no> <urn:no> <urn:no> }")
        return int(answer.headers["werkzaam-version"])


def token(folder: Path, role: str) -> dict[str, str]:
    """The headers of a new token with ``role``."""
    return {"Authorization": f"Bearer {secret(folder, role)}"}
