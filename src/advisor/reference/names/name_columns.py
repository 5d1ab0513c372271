"""What the commune search holds in memory, and how it is laid out from communes.

Pure layout: numbers are positions. A *place* is a commune or an arrondissement of today,
numbered from the most to the least populated, so that a smaller number is a better rank. An
*entry* is a name: the first entries are the places' own names, with the same numbers, the next
are old names. Searching is in ``name_index``; bytes are in ``search_index``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from advisor.domain.places.name_search import joined, name_keys, words_of
from advisor.domain.places.name_typos import heads_of
from advisor.domain.places.place import Commune, PlaceKind

CROWD = 400
"""A start shared by more keys than this has its best ones written down beforehand."""
BEST_OF_CROWD = 40
LONGEST_CROWDED = 16
INSEE, POSTCODE, FORMER_CODE = 0, 1, 2
WHOLE, BARE, LATER = 0, 1, 2
LONGEST_CHAIN = 9
TOWN = 5000


@dataclass(slots=True)
class Columns:
    """The index as parallel lists.

    ``keys`` are sorted joined names; ``key_values`` hold ``entry * 4 + closeness`` (0 whole,
    1 without articles, 2 from a later word). ``numbers`` are sorted codes; ``number_values``
    hold ``place * 4 + kind``. Old names are the entries after the places. The first ``towns``
    places have 5 000 inhabitants or more.
    """

    codes: list[str] = field(default_factory=list)
    departements: list[str] = field(default_factory=list)
    old_places: list[int] = field(default_factory=list)
    old_names: list[str] = field(default_factory=list)
    spelled: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    key_values: list[int] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    number_values: list[int] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    crowded: dict[str, list[int]] = field(default_factory=dict)
    towns: int = 0


def lay_out(communes: Iterable[Commune]) -> Columns:
    """Return the columns of these communes, whatever the order they come in."""
    every = sorted(communes, key=lambda commune: (commune.code, commune.kind.value, commune.name))
    owners = _owners(every)
    today = _by_population([c for c, owner in zip(every, owners, strict=True) if owner is c])
    rank = {place.code: position for position, place in enumerate(today)}
    old = sorted(set(_old_names(every, owners, rank)))
    names = [*(place.name for place in today), *(name for _, _, name in old)]
    keyed = sorted(
        (key, entry * 4 + closeness)
        for entry, name in enumerate(names)
        for key, closeness in name_keys(name).items()
    )
    numbered = sorted(set(_numbers(every, owners, rank)))
    return Columns(
        codes=[place.code for place in today],
        departements=[place.departement for place in today],
        old_places=[place for _, place, _ in old],
        old_names=[name for _, _, name in old],
        spelled=[" " + " ".join(words_of(name)) for name in names],
        keys=[key for key, _ in keyed],
        key_values=[value for _, value in keyed],
        numbers=[number for number, _ in numbered],
        number_values=[value for _, value in numbered],
        heads=heads_of(key for key, _ in keyed),
        crowded=_crowded(keyed, LATER) | _crowded(numbered, FORMER_CODE),
        towns=sum((place.population or 0) >= TOWN for place in today),
    )


def _owners(every: Sequence[Commune]) -> list[Commune]:
    """Return, for each commune, the place of today that answers for it (itself, mostly)."""
    today = {c.code: c for c in every if c.kind in (PlaceKind.COMMUNE, PlaceKind.ARRONDISSEMENT)}
    parents = {c.code: c.parent for c in every if c.code not in today}
    orphans: dict[str, Commune] = {}
    owners = []
    for commune in every:
        owner = commune if today.get(commune.code) is commune else None
        code = commune.parent
        for _ in range(LONGEST_CHAIN):
            if owner or code is None:
                break
            owner, code = today.get(code), parents.get(code)
        owner = owner or today.get(commune.code) or orphans.setdefault(commune.code, commune)
        owners.append(owner)
    return owners


def _by_population(places: Sequence[Commune]) -> list[Commune]:
    """Return the most populated first; a commune without a figure has its arrondissements'."""
    parts: Counter[str] = Counter()
    for place in places:
        if place.parent is not None:
            parts[place.parent] += place.population or 0
    return sorted(places, key=lambda c: (-(c.population or parts[c.code]), c.name, c.code))


def _old_names(
    every: Sequence[Commune], owners: Sequence[Commune], rank: dict[str, int]
) -> Iterator[tuple[int, int, str]]:
    """Yield (minus its population, place of today, old name)."""
    for commune, owner in zip(every, owners, strict=True):
        own = () if commune is owner else (commune.name,)
        people = 0 if commune is owner else commune.population or 0
        for name in dict.fromkeys((*own, *commune.former_names)):
            if joined(words_of(name)) != joined(words_of(owner.name)):
                yield -people, rank[owner.code], name


def _numbers(
    every: Sequence[Commune], owners: Sequence[Commune], rank: dict[str, int]
) -> Iterator[tuple[str, int]]:
    """Yield (code, place * 4 + kind); a postal code goes to the arrondissement that has it."""
    taken: defaultdict[str, set[str]] = defaultdict(set)
    for commune in every:
        if commune.kind is PlaceKind.ARRONDISSEMENT and commune.parent:
            taken[commune.parent].update(commune.postcodes)
    for commune, owner in zip(every, owners, strict=True):
        place = rank[owner.code] * 4
        if commune is owner:
            yield commune.code, place + INSEE
        elif commune.code != owner.code:
            yield commune.code, place + FORMER_CODE
        for code in commune.former_codes:
            if code != owner.code:
                yield code, place + FORMER_CODE
        for postcode in commune.postcodes:
            if postcode not in taken[owner.code]:
                yield postcode, place + POSTCODE


def _crowded(rows: Sequence[tuple[str, int]], last_kind: int) -> dict[str, list[int]]:
    """Return, for each start shared by too many rows, its best values of the first kinds."""
    shared: Counter[str] = Counter()
    for key, _ in rows:
        shared.update(key[:size] for size in range(1, min(len(key), LONGEST_CROWDED) + 1))
    best: dict[str, list[int]] = {start: [] for start, n in shared.items() if n > CROWD}
    for key, value in rows:
        if value % 4 < last_kind:
            for size in range(1, min(len(key), LONGEST_CROWDED) + 1):
                if key[:size] in best:
                    best[key[:size]].append(value)
    return {start: sorted(values)[:BEST_OF_CROWD] for start, values in sorted(best.items())}
