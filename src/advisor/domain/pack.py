"""What is said of a reference pack: its version, its age, who signed it, what it holds.

True on paper; no database, no window.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PackSource:
    """One official file or document a pack was made from; ``day`` is the date of its content."""

    id: str
    title: str
    publisher: str = ""
    licence: str = ""
    day: date | None = None
    sha256: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PackInfo:
    """A pack's identity card.

    ``built_at`` is the newest date found in its sources, never the day of the build.
    ``signed_by`` is ``advisor`` for the starter pack, ``local:<fingerprint>`` for this home's own
    key, else ``publisher:<fingerprint>``. ``counts`` are numbers of objects. ``warning`` is a
    French sentence to show beside the pack, empty when all is well.
    """

    id: str
    version: str
    built_at: date
    signed_by: str
    counts: Mapping[str, int]
    sources: tuple[PackSource, ...]
    folder: Path
    warning: str = ""
    remarks: tuple[str, ...] = field(default=())

    @property
    def is_starter(self) -> bool:
        """Tell whether this is the pack shipped with the product."""
        return self.id == "starter"
