"""The same question asked from a terminal, Python and R, quoted for each."""

import json
import shlex

from werkzaam.web.pieces import Snippet


def answer_snippets(csv_url: str) -> list[Snippet]:
    """How a program gets the answer whose CSV is at ``csv_url``."""
    quoted = json.dumps(csv_url)
    python = f"""import csv
import io
from urllib.request import urlopen

url = {quoted}
with urlopen(url) as answer:
    rows = list(csv.DictReader(io.TextIOWrapper(answer, "utf-8", newline="")))

for row in rows:
    print(row)
"""
    return [
        Snippet("snippet-curl", "curl", f"curl --fail --location {shlex.quote(csv_url)}\n"),
        Snippet("snippet-python", "Python", python),
        Snippet(
            "snippet-r",
            "R",
            f"""answer <- read.csv(
  {quoted},
  fileEncoding = "UTF-8"
)
head(answer)
""",
        ),  # fmt: skip
    ]


def query_snippets(endpoint: str, query: str, media_type: str) -> list[Snippet]:
    """How a program sends ``query`` to ``endpoint``."""
    text = f"""curl --fail {shlex.quote(endpoint)} \\
  --header 'Accept: {media_type}' \\
  --data-urlencode {shlex.quote("query=" + query)}
"""
    return [Snippet("snippet-curl", "curl", text)]
