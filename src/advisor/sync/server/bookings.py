"""Who takes which hours of each permanence: read once for a transaction, kept up to date in it."""

from advisor.sync.merge import Record
from advisor.sync.server.working_set import WorkingSet
from advisor.sync.slots import LAST_MINUTE, minutes_of

Minutes = tuple[int, int]
Hours = dict[int, dict[str, Minutes]]  # by hour, then by appointment


class Bookings:
    """The appointments of the permanences looked at, by hour; only those that may meet are read."""

    def __init__(self, held: WorkingSet) -> None:
        self._held = held
        self._taken: dict[str, Hours] = {}

    def double(self, booked: Record) -> bool:
        """Note an appointment as it now stands; tell whether another takes minutes of its own."""
        for hours in self._taken.values():
            for taken in hours.values():
                taken.pop(booked.id, None)
        place, mine = _place(booked), minutes_of(booked)
        if mine is None or place is None:
            return False
        hours = self._hours(place)
        met = [
            theirs
            for hour in _span(mine)
            for other, theirs in hours.get(hour, {}).items()
            if other != booked.id
        ]
        _put(hours, booked.id, mine)
        return any(mine[0] < theirs[1] and theirs[0] < mine[1] for theirs in met)

    def forget(self) -> None:
        """Read again from now on: records changed otherwise."""
        self._taken.clear()

    def _hours(self, place: str) -> Hours:
        if place not in self._taken:
            hours: Hours = {}
            for line in self._held.linked("permanence", [place]):
                taken = minutes_of(line.record) if line.record else None
                if taken is not None:
                    _put(hours, line.id, taken)
            self._taken[place] = hours
        return self._taken[place]


def _place(record: Record) -> str | None:
    held = record.fields.get("permanence")
    place = held.current.value if held else None
    return place if isinstance(place, str) else None


def _put(hours: Hours, appointment: str, taken: Minutes) -> None:
    for hour in _span(taken):
        hours.setdefault(hour, {})[appointment] = taken


def _span(taken: Minutes) -> range:
    """Return the hours touched; two that meet share the hour in which the later one begins."""
    first, end = taken
    return range(first // 60, max(first, min(end, LAST_MINUTE)) // 60 + 1)
