"""What a file to fill in says of itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AboutTemplate:
    """What a template was made by: version of the package, and of the dataset that its lists are of."""

    package_version: str
    dataset_version: int | None = None
