"""What two places must share to get the same answers, so that answers are worked out once.

True on paper; no database, no window.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from advisor.domain.aid_rules import Aid
from advisor.domain.conditions import compare
from advisor.domain.conditions_places import FiscalRule, PlaceRule, ZoneRule
from advisor.domain.place_facts import PlaceFacts
from advisor.domain.profile import days_looked_at

Signature = tuple[Any, ...]


def rules_inside(item: Any) -> Iterable[Any]:
    """Yield every declared rule of an aid, however deep."""
    if isinstance(item, tuple | list):
        for part in item:
            yield from rules_inside(part)
    elif is_dataclass(item) and not isinstance(item, type):
        yield item
        for one in fields(item):
            yield from rules_inside(getattr(item, one.name))


@dataclass(frozen=True, slots=True)
class PlaceReader:
    """Reads from a place exactly what the rules of a catalogue look at."""

    facts: tuple[PlaceRule, ...]
    schemes: tuple[str, ...]
    professions: tuple[str, ...]
    days: tuple[date, ...]
    main: str | None

    @classmethod
    def of(cls, catalogue: Sequence[Aid], profile: Mapping[str, Any], day: date) -> "PlaceReader":
        """Gather the rules on places, and the professions and days they concern."""
        found = [rule for aid in catalogue for rule in rules_inside((aid.conditions, aid.amount))]
        own = profile.get("profession", "")
        others = {r.profession for r in found if isinstance(r, ZoneRule) and r.profession}
        return cls(
            facts=tuple(dict.fromkeys(r for r in found if isinstance(r, PlaceRule))),
            schemes=tuple(sorted({r.scheme for r in found if isinstance(r, FiscalRule)})),
            professions=tuple(sorted(others | {own})),
            days=days_looked_at(profile, day),
            main=profile.get("main_practice_commune"),
        )

    def signature(self, place: PlaceFacts) -> Signature:
        """Return what decides the answers for a place."""
        return (
            self._zones(place),
            tuple(_compared(place, rule) for rule in self.facts),
            tuple(place.fiscal(s, day) for s in self.schemes for day in self.days),
            place.qpv == (),
            self.main is None or self.main == place.code,
            self._zones(place.main_practice) if place.main_practice else None,
        )

    def _zones(self, place: PlaceFacts) -> Signature:
        return tuple(
            _class(place, profession, day) for profession in self.professions for day in self.days
        )


def _class(place: PlaceFacts, profession: str, day: date) -> Signature:
    entry = place.zone(profession, day)
    if entry is None:
        return ("", place.why_unknown(profession, day))
    return (entry.zone_class, entry.legal_act, entry.zoning, entry.remarks)


def _compared(place: PlaceFacts, rule: PlaceRule) -> Any:
    held = getattr(place, rule.fact)
    return None if held in (None, "") else compare(held, rule.operator, rule.expected)
