"""The lines of a legend: what each colour means, how many places wear it, how many people.

True on paper; no database, no window.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from advisor.domain.maps.layers import UNKNOWN, UNKNOWN_ENTRY, LegendEntry, MapPlace

_Count = tuple[Counter[str], Counter[str], set[str]]


def counted_entries(
    shapes: Sequence[LegendEntry], places: Iterable[MapPlace], keys: Mapping[str, str]
) -> tuple[LegendEntry, ...]:
    """Return the entries with their places and people, then the unknown when there is any."""
    numbers, people, untold = _count(places, keys)
    made = [
        replace(
            shape,
            places=numbers[shape.key],
            population=None if shape.key in untold else people[shape.key],
        )
        for shape in shapes
    ]
    if numbers[UNKNOWN]:
        told = None if UNKNOWN in untold else people[UNKNOWN]
        made.append(replace(UNKNOWN_ENTRY, places=numbers[UNKNOWN], population=told))
    return tuple(made)


def _count(places: Iterable[MapPlace], keys: Mapping[str, str]) -> _Count:
    held: defaultdict[str, list[int | None]] = defaultdict(list)
    for place in places:
        held[keys.get(place.code, UNKNOWN)].append(place.population)
    numbers = Counter({key: len(people) for key, people in held.items()})
    untold = {key for key, people in held.items() if None in people}
    people = Counter({key: sum(one or 0 for one in every) for key, every in held.items()})
    return numbers, people, untold
