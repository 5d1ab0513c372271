"""A record as the central store holds it, and as every device must hold it.

True on paper; no database, no network. Values are JSON values, ``seq`` the server's order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

DELETED = "@deleted"  # the field that says whether a record is a tombstone; no typed field has it


class Life(StrEnum):
    """Whether a record lives, left a tombstone, or was erased down to a bare mark."""

    LIVE = "live"
    DELETED = "deleted"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Version:
    """One value somebody gave to a field; ``id`` is the op's, ``declared_at`` for display only."""

    id: str
    field: str
    value: Any
    author: str
    organisation: str
    declared_at: str
    seq: int

    @property
    def writer(self) -> str:
        """Return the device and incarnation that wrote it, as one text."""
        return self.id.rpartition("/")[0]

    @property
    def local_seq(self) -> int:
        """Return its place in its writer's own order."""
        return int(self.id.rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class FieldState:
    """The current value of a field and the server sequence that gave it."""

    value: Any
    seq: int


@dataclass(frozen=True, slots=True)
class RecordState:
    """A whole record at ``seq``. ``conflicts`` gives, by field, the current version then others.

    ``versions`` is the history of what is appended or last received. An erased record has
    neither fields nor versions. ``extra`` holds what a newer version says and we cannot read.
    """

    entity: str
    id: str
    departement: str
    seq: int
    life: Life
    created_at: str = ""
    updated_at: str = ""
    fields: Mapping[str, FieldState] = field(default_factory=dict)
    conflicts: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    versions: tuple[Version, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def seen(self) -> dict[str, int]:
        """Return, for each field, the newest sequence that whoever reads this record sees."""
        bases = {name: now.seq for name, now in self.fields.items()}
        for name, versions in self.conflicts.items():
            bases[name] = max(one.seq for one in versions)
        return bases


@dataclass(frozen=True, slots=True)
class Bucket:
    """How much of one kind is in one département: a count, and the sum of the records' marks."""

    entity: str
    departement: str
    count: int
    total: int
