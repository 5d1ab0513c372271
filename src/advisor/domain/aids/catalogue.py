"""A catalogue of aids with what its rules look at, gathered once and kept.

True on paper; no database, no window.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any

from advisor.domain.aids.conditions_places import FiscalRule, PlaceRule, ZoneRule
from advisor.domain.aids.rules import Aid
from advisor.domain.aids.situation import Term

KEPT = 4


def rules_inside(item: Any) -> Iterable[Any]:
    """Yield every declared rule of an aid, however deep."""
    if isinstance(item, tuple | list):
        for part in item:
            yield from rules_inside(part)
    elif is_dataclass(item) and not isinstance(item, type):
        yield item
        for one in fields(item):
            yield from rules_inside(getattr(item, one.name))


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The declared aids, their terms and exclusions, and the facts of places they read."""

    aids: tuple[Aid, ...]

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """How long each aid runs."""
        return {aid.id: aid.term for aid in self.aids}

    @cached_property
    def conflicts(self) -> Mapping[str, frozenset[str]]:
        """The exclusions, both ways."""
        found: dict[str, set[str]] = {aid.id: set(aid.exclusive_with) for aid in self.aids}
        for aid in self.aids:
            for other in aid.exclusive_with:
                found.setdefault(other, set()).add(aid.id)
        return {name: frozenset(others) for name, others in found.items()}

    @cached_property
    def _rules(self) -> tuple[Any, ...]:
        return tuple(
            rule for aid in self.aids for rule in rules_inside((aid.conditions, aid.amount))
        )

    @cached_property
    def place_rules(self) -> tuple[PlaceRule, ...]:
        """The comparisons of facts of places, each once."""
        return tuple(dict.fromkeys(r for r in self._rules if isinstance(r, PlaceRule)))

    @cached_property
    def schemes(self) -> tuple[str, ...]:
        """The fiscal lists that are read."""
        return tuple(sorted({r.scheme for r in self._rules if isinstance(r, FiscalRule)}))

    @cached_property
    def professions(self) -> frozenset[str]:
        """The professions whose zones are read whatever the person's own."""
        return frozenset(
            r.profession for r in self._rules if isinstance(r, ZoneRule) and r.profession
        )


_recent: list[Catalogue] = []


def _same(held: Sequence[Aid], aids: Sequence[Aid]) -> bool:
    if held is aids:
        return True
    return len(held) == len(aids) and all(a is b for a, b in zip(held, aids, strict=True))


def prepared(aids: Sequence[Aid]) -> Catalogue:
    """Return the catalogue of these very aids, gathered only the first time."""
    for catalogue in _recent:
        if _same(catalogue.aids, aids):
            return catalogue
    catalogue = Catalogue(tuple(aids))
    _recent[:] = [catalogue, *_recent[: KEPT - 1]]
    return catalogue
