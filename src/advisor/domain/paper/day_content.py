"""The adviser's day sheet as frozen content: one permanence on one page.

True on paper; no database, no page. Texts are French and ready to print.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from advisor.domain.paper.frozen_content import freeze, thaw

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class DayLine:
    """An appointment of the day; empty texts leave room for handwriting."""

    time: str
    minutes: str
    name: str
    profession: str
    reason: str
    wished: str
    phone: str
    status: str


@dataclass(frozen=True, slots=True)
class DaySession:
    """A permanence of the day: place, hours, institutions present and its appointments."""

    departement: str
    place: str
    hours: str
    partners: tuple[str, ...]
    lines: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True)
class DayContent:
    """One day for one adviser. ``printed_at`` is an instant in UTC."""

    schema_version: int
    title: str
    day: str
    printed_at: datetime
    printed_on: str
    adviser: str
    sessions: tuple[DaySession, ...]
    pack_version: str
    notice: str

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values, ``schema_version`` inside."""
        frozen: dict[str, Any] = freeze(self)
        return frozen

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "DayContent":
        """Return the content that ``to_json`` gave; BadDataError when it cannot be read."""
        return thaw(cls, value)
