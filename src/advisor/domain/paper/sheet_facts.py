"""What a sheet is written from, and how its plain values are said.

True on paper; no database, no page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from advisor.domain.aids.conditions import value_text
from advisor.domain.cases.appointment import Interview
from advisor.domain.cases.people import Adviser, Partner
from advisor.domain.cases.profile import read_value
from advisor.domain.cases.profile_fields import FIELDS, label_of
from advisor.domain.pack import PackInfo
from advisor.domain.paper.sheet import TO_CONFIRM
from advisor.domain.paper.sheet_places import PlaceFinding
from advisor.domain.paper.steps import Step, countdown

MOST_PLACES = 4


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a sheet is written from; ``printed_at`` is an instant with its offset.

    ``profile`` is the interview's with the profession of the person received;
    ``conflicts`` names the profile fields (or ``booking.nom``…) that two people left in conflict.
    """

    interview: Interview
    profile: Mapping[str, Any]
    findings: tuple[PlaceFinding, ...]
    partners: tuple[Partner, ...]
    steps: tuple[Step, ...]
    pack: PackInfo
    adviser: Adviser | None
    printed_at: datetime
    conflicts: frozenset[str] = frozenset()

    @property
    def shown(self) -> tuple[PlaceFinding, ...]:
        """Return the places that stand on the sheet, at most four."""
        return self.findings[:MOST_PLACES]

    @property
    def profession(self) -> str | None:
        """Return the profession code, None when unknown; one in conflict holds meanwhile."""
        return self.profile.get("profession")

    def doubts(self, name: str) -> bool:
        """Tell whether people left several values in a field of the profile."""
        return bool({name, f"booking.{name}"} & self.conflicts)


def field_text(facts: SheetFacts, name: str) -> str:
    """Return a profile value in words, followed by « à confirmer » when people disagree."""
    value = facts.profile.get(name)
    if value is None:
        return f"{label_of(name).lower()} {TO_CONFIRM}" if facts.doubts(name) else ""
    words = value_text(name, read_value(name, value) if name in FIELDS else value)
    return f"{words} ({TO_CONFIRM})" if facts.doubts(name) else words


def installation_day(facts: SheetFacts) -> date | None:
    """Return the day of installation, None when unknown or to be confirmed."""
    value = facts.profile.get("installation_date")
    if value is None or facts.doubts("installation_date"):
        return None
    day: date = read_value("installation_date", value)
    return day


def steps_of(facts: SheetFacts) -> tuple[Step, ...]:
    """Return the steps that concern this visitor, in the order of the countdown."""
    return countdown(facts.steps, facts.profession, facts.profile.get("status"))
