"""The one table that says, for each field, what may be written and who wins.

Built from the kinds declared by the case database, so that device and server cannot disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.appointment import AppointmentStatus, OutcomeKind, ReferralStatus
from advisor.domain.territories.territory import ChosenBy
from advisor.domain.territories.work import (
    MeasureKind,
    MeasureState,
    MeetingKind,
    StepKind,
    StepState,
)
from advisor.store.entities import ENTITIES, Policy

__all__ = ["RULES", "SCHEMAS", "Kind", "Policy", "Rule"]

SCHEMAS = ("0001", "0002", "0003", "0004")  # the schemas whose ops this version reads

_CHOICES: Mapping[tuple[str, str], type[StrEnum]] = {
    ("appointment", "status"): AppointmentStatus,
    ("outcome", "kind"): OutcomeKind,
    ("referral", "status"): ReferralStatus,
    ("territory_diagnostic", "chosen_by"): ChosenBy,
    ("territory_step", "kind"): StepKind,
    ("territory_step", "state"): StepState,
    ("territory_meeting", "kind"): MeetingKind,
    ("territory_measure", "kind"): MeasureKind,
    ("territory_measure", "state"): MeasureState,
}
_DAYS = {
    ("permanence", "day"),
    ("appointment", "recall_on"),
    ("outcome", "day"),
    ("referral", "due"),
    ("territory_diagnostic", "requested_on"),
    ("territory_step", "begun"),
    ("territory_step", "due"),
    ("territory_step", "done"),
    ("territory_meeting", "day"),
    ("territory_measure", "due"),
}
_TIMES = {("permanence", "starts"), ("permanence", "ends"), ("appointment", "at")}


@dataclass(frozen=True, slots=True)
class Rule:
    """One field: its policy, its Python type (``object``: any JSON), whether it may be empty."""

    policy: Policy
    type: type
    nullable: bool = True
    required: bool = False
    choices: frozenset[str] = frozenset()
    written: str = ""  # "day" or "time" when the text must read as one

    def accepts(self, value: Any) -> bool:
        """Tell whether a device may hold this value."""
        if value is None:
            return self.nullable
        if self.type is object:
            return True
        if type(value) is not self.type or (self.choices and value not in self.choices):
            return False
        return not self.written or _reads(self.written, str(value))


@dataclass(frozen=True, slots=True)
class Kind:
    """The fields of a kind of record; ``open`` when it takes any other field."""

    fields: Mapping[str, Rule]
    open: bool

    def rule(self, name: str) -> Rule:
        """Return the rule of a field; one this version does not know shows its conflicts."""
        return self.fields.get(name, _UNKNOWN)

    def required(self) -> set[str]:
        """Return the fields without which the record cannot be made."""
        return {name for name, rule in self.fields.items() if rule.required}


_UNKNOWN = Rule(Policy.CONFLICT, object)


def _reads(written: str, value: str) -> bool:
    try:
        (date if written == "day" else time).fromisoformat(value)
    except ValueError:
        return False
    return True


def _rule(kind: str, policy: Policy, column: sa.Column[Any]) -> Rule:
    shapes: dict[type, type] = {sa.Text: str, sa.Integer: int}
    key = (kind, column.name)
    return Rule(
        policy,
        shapes.get(type(column.type), object),
        nullable=bool(column.nullable),
        required=not column.nullable and column.server_default is None,
        choices=frozenset(_CHOICES.get(key, ())),
        written="day" if key in _DAYS else "time" if key in _TIMES else "",
    )


RULES: Mapping[str, Kind] = {
    kind: Kind(
        {name: _rule(kind, one, declared.table.c[name]) for name, one in declared.fields.items()},
        open=bool(declared.open_in),
    )
    for kind, declared in ENTITIES.items()
}
