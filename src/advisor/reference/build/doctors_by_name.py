"""The national list of doctors' zones, written by postal code and name, without INSEE code.

A row is tied to the place that has this postal code and this name, else to the only place of
that name in the département; a row that names none, or several, is reported.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from advisor.domain.places.name_search import joined, words_of
from advisor.domain.places.place import Commune, PlaceKind
from advisor.reference.build.build_ledger import Ledger, read_rows

FILE = "zonage-medecins-2025/zonmed.csv"
CLASSES = {"1_ZIP": "ZIP", "2_ZAC": "ZAC", "3_HZ": "HZ", "4_ZAR": "ZAR"}
POSTCODE_LENGTH = 5

Index = Mapping[tuple[str, str], set[str]]


def read_by_name(ledger: Ledger, places: Mapping[str, Commune]) -> Iterator[tuple[str, str]]:
    """Yield (INSEE code, class); rows that cannot be tied to one place are reported."""
    path = ledger.source(
        FILE, "Zonage des médecins, relevé de mi-2025", "ARS", "non précisée", None
    )
    index = _index(places)
    seen: dict[str, str] = {}
    for line, row in read_rows(path, ("Code_postal", "Nom_commune", "Zonage")):
        zone_class = CLASSES.get(row["Zonage"])
        code = _place_of(index, row["Code_postal"].zfill(POSTCODE_LENGTH), row["Nom_commune"])
        told = f"{row['Code_postal']} {row['Nom_commune']}"
        if zone_class is None:
            ledger.reject(FILE, line, f"classe non donnée pour {told}")
        elif code is None:
            ledger.reject(FILE, line, f"aucune commune, ou plusieurs, pour {told}")
        elif seen.setdefault(code, zone_class) != zone_class:
            ledger.reject(FILE, line, f"deux classes pour {told}\u202f: la première est gardée")
        else:
            yield code, zone_class


def _index(places: Mapping[str, Commune]) -> Index:
    index: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for place in places.values():
        if place.kind is PlaceKind.FORMER:
            continue
        for name in {_key(place.name), *map(_key, place.former_names)}:
            for postcode in place.postcodes:
                index[postcode, name].add(place.code)
            index[place.departement, name].add(place.code)
    return index


def _place_of(index: Index, postcode: str, name: str) -> str | None:
    key = _key(name)
    for where in (postcode, postcode[:2], postcode[:3]):
        found = index.get((where, key), set())
        if len(found) == 1:
            return next(iter(found))
    return None


def _key(name: str) -> str:
    return joined(words_of(name))
