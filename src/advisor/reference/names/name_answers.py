"""The answers of one commune search as they are gathered: each place once, in order of rank."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from advisor.reference.names.name_columns import Columns


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer: INSEE code of the place, and the old name or code it was found by, if so."""

    code: str
    was: str | None = None


@dataclass(slots=True)
class Answers:
    """What was found so far, for one permanence's ``departement`` (None when there is none).

    ``accepted`` limits the places that may enter; None accepts all.
    """

    columns: Columns
    limit: int
    departement: str | None
    accepted: AbstractSet[int] | None = None
    places: dict[int, str | None] = field(default_factory=dict)

    @property
    def full(self) -> bool:
        """Tell whether there is no room left."""
        return len(self.places) >= self.limit

    def among(self, places: AbstractSet[int]) -> "Answers":
        """Return a view that adds to the same answers, only from ``places``."""
        return Answers(self.columns, self.limit, self.departement, places, self.places)

    def take(self, entries: Iterable[int], *, most: int | None = None, was: str = "") -> None:
        """Add the entries' places, the permanence's département first, then by rank.

        ``most`` stops after that many new places; ``was`` is the old code they were found by.
        """
        if self.full:
            return
        columns, count = self.columns, len(self.columns.codes)
        ranked = []
        for entry in entries:
            place = entry if entry < count else columns.old_places[entry - count]
            if self.accepted is None or place in self.accepted:
                ranked.append((columns.departements[place] != self.departement, entry, place))
        ranked.sort()
        room = self.limit if most is None else min(self.limit, len(self.places) + most)
        for _, entry, place in ranked:
            if len(self.places) >= room:
                return
            old = columns.old_names[entry - count] if entry >= count else was
            self.places.setdefault(place, old or None)

    def hits(self) -> list[Hit]:
        """Return the answers in order."""
        codes = self.columns.codes
        return [Hit(codes[place], was) for place, was in self.places.items()]
