"""One change, as the journal keeps it and the wire will carry it.

True on paper; no database, no network. Values are JSON values; instants are UTC text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

INTO = "into"  # the field by which a merged duplicate names the person kept


class Operation(StrEnum):
    """What one journal line does."""

    CREATE = "create"
    SET = "set"
    APPEND_NOTE = "append_note"
    REVISE_NOTE = "revise_note"
    DELETE = "delete"
    MERGE_PERSON = "merge_person"
    RESOLVE_CONFLICT = "resolve_conflict"
    ERASE_PERSON = "erase_person"
    VOID = "void"  # what the line said was erased; it only keeps its place in the order


class OpState(StrEnum):
    """Where a journal line stands: waiting, given to the central store, or received from it."""

    PENDING = "pending"
    SENT = "sent"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: the server sequence of the value the user saw (0: never synced), old, new."""

    base_seq: int
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Op:
    """A change and all that replaying it needs; ``(device, incarnation, local_seq)`` names it.

    ``unit`` groups the lines of one use case; ``undoes`` names the unit this one reverts.
    """

    device: str
    incarnation: str
    local_seq: int
    entity: str
    entity_id: str
    operation: Operation
    fields: Mapping[str, FieldChange]
    actor: str
    organisation: str
    declared_at: str
    schema_version: str
    pack_version: str
    departement: str
    unit: str
    interview: str | None = None
    undoes: str | None = None
    state: OpState = OpState.PENDING
    verdict: Mapping[str, Any] | None = field(default=None)

    @property
    def id(self) -> str:
        """Return the identity as one text, the same on every device."""
        return f"{self.device}/{self.incarnation}/{self.local_seq}"

    def new_values(self) -> dict[str, Any]:
        """Return the value each field takes."""
        return {name: change.new for name, change in self.fields.items()}

    def body(self) -> dict[str, Any]:
        """Return what is sent: everything but the local state and verdict, as JSON values."""
        whole = {name: getattr(self, name) for name in SENT}
        whole["operation"] = self.operation.value
        whole["fields"] = {
            name: {"base_seq": one.base_seq, "old": one.old, "new": one.new}
            for name, one in self.fields.items()
        }
        return whole


SENT = tuple(one.name for one in fields(Op) if one.name not in {"state", "verdict"})
