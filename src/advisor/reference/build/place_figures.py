"""What official tables say of each commune: population, density, postal codes, intercommunality.

Each function returns the places completed, and reports the rows that name no place.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from advisor.domain.places.place import Commune, Epci, PlaceKind
from advisor.reference.build.build_ledger import Ledger, read_rows
from advisor.reference.build.sheet_rows import sheet_rows

Places = dict[str, Commune]

POPULATION = "cog-2026-datagouv/donnees_communes.csv"
MAYOTTE = "cog-2026-datagouv/donnees_communes_mayotte.csv"
POSTCODES = "laposte-codes-postaux/laposte_hexasmal.csv"
EPCI = "cog-2026-datagouv/epcicom.xlsx"
EPCI_COLUMNS = ("dept", "siren", "raison_sociale", "insee")
DENSITY = "anct-2026/densite.csv"
POPULATION_YEAR = 2023
IN_FORCE = date(2026, 1, 1)
POPULATION_SOURCE = "Insee, population municipale 2023 en vigueur au 01/01/2026"
LICENCE = "Licence Ouverte"


def with_populations(ledger: Ledger, places: Places) -> Places:
    """Add the municipal population of 2023; Paris, Lyon and Marseille are summed."""
    found: dict[str, int] = {}
    title = "Populations de référence 2023"
    path = ledger.source(POPULATION, title, "Insee", LICENCE, IN_FORCE)
    for line, row in read_rows(path, ("COM", "PMUN"), ";"):
        _note_population(ledger, POPULATION, line, row["COM"], row["PMUN"], places, found)
    if ledger.has(MAYOTTE, "Populations de Mayotte"):
        path = ledger.source(MAYOTTE, f"{title}, Mayotte", "Insee", LICENCE, IN_FORCE)
        for line, row in read_rows(path, ("DEP", "CODCOM", "PMUN"), ";"):
            code = f"{row['DEP'][:2]}{row['CODCOM']}"
            _note_population(ledger, MAYOTTE, line, code, row["PMUN"], places, found)
    sums: defaultdict[str, int] = defaultdict(int)
    for code, population in found.items():
        place = places[code]
        if place.kind is PlaceKind.ARRONDISSEMENT and place.parent:
            sums[place.parent] += population
    return {code: _with_population(place, found, sums) for code, place in places.items()}


def with_density(ledger: Ledger, places: Places) -> Places:
    """Add the class of the density grid to communes; arrondissements take their city's."""
    if not ledger.has(DENSITY, "Grille de densité"):
        return places
    path = ledger.source(DENSITY, "Grille communale de densité", "Insee, ANCT", LICENCE, None)
    classes: dict[str, str] = {}
    for line, row in read_rows(path, ("insee_com", "niveau_densite")):
        if row["insee_com"] in places:
            classes[row["insee_com"]] = row["niveau_densite"]
        else:
            ledger.reject(DENSITY, line, f"commune inconnue : « {row['insee_com']} »")
    return {
        code: replace(place, density_class=classes.get(_city_of(place), ""))
        for code, place in places.items()
    }


def with_postcodes(ledger: Ledger, places: Places) -> Places:
    """Add postal codes and positions; a city has those of its arrondissements and former parts."""
    path = ledger.source(POSTCODES, "Base officielle des codes postaux", "La Poste", LICENCE, None)
    codes: defaultdict[str, set[str]] = defaultdict(set)
    positions: dict[str, tuple[float, float]] = {}
    columns = ("code_commune_insee", "code_postal", "coordonnees_geographiques")
    for line, row in read_rows(path, columns, ";"):
        place = places.get(ledger.code(row["code_commune_insee"]))
        if place is None:
            where = row["code_commune_insee"]
            ledger.reject(POSTCODES, line, f"code absent du Code officiel géographique : {where}")
            continue
        for owner in (place.code, place.parent):
            if owner:
                codes[owner].add(row["code_postal"])
        position = _position(row["coordonnees_geographiques"])
        if position is not None:
            positions.setdefault(place.code, position)
    completed = {code: _posted(place, codes, positions) for code, place in places.items()}
    missing = sum(1 for p in completed.values() if p.kind is PlaceKind.COMMUNE and not p.postcodes)
    if missing:
        ledger.remark(f"{missing} communes sans code postal dans le fichier de La Poste.")
    return completed


def with_epcis(ledger: Ledger, places: Places) -> tuple[Places, list[Epci]]:
    """Add the intercommunality of each commune; arrondissements and former parts follow."""
    if not ledger.has(EPCI, "Intercommunalités"):
        return places, []
    path = ledger.source(EPCI, "Composition des EPCI", "DGCL", LICENCE, IN_FORCE)
    epcis: dict[str, Epci] = {}
    member_of: dict[str, str] = {}
    for line, (departement, siren, name, code) in sheet_rows(path, EPCI_COLUMNS):
        if code not in places:
            ledger.reject(EPCI, line, f"commune inconnue : « {code} »")
            continue
        epcis.setdefault(siren, Epci(siren, name, departement))
        member_of[code] = siren
    completed: Places = {}
    for code, place in places.items():
        siren = member_of.get(_city_of(place), "")
        name = epcis[siren].name if siren else ""
        completed[code] = replace(place, epci_siren=siren, epci_name=name)
    return completed, [epcis[siren] for siren in sorted(epcis)]


def with_positions(
    places: Places, centres: dict[str, tuple[float, float]], came_from: dict[str, str]
) -> Places:
    """Fill missing positions: centre of the outline, else that of the place it is or was in."""
    filled: Places = {}
    for code, place in places.items():
        if place.longitude is None and code in centres:
            lon, lat = centres[code]
            source = f"{place.source}, position au centre du contour"
            filled[code] = replace(place, longitude=lon, latitude=lat, source=source)
        else:
            filled[code] = place
    for code, place in filled.items():
        parent = filled.get(place.parent or came_from.get(code, ""))
        if place.longitude is None and parent is not None:
            told = "qui la contient" if place.parent else "dont elle a été détachée"
            source = f"{place.source}, position de la commune {told}"
            filled[code] = replace(
                place, longitude=parent.longitude, latitude=parent.latitude, source=source
            )
    return filled


def _city_of(place: Commune) -> str:
    return place.parent or place.code


def _note_population(
    ledger: Ledger,
    file: str,
    line: int,
    code: str,
    text: str,
    places: Places,
    found: dict[str, int],
) -> None:
    if code not in places:
        ledger.reject(file, line, f"commune inconnue : « {code} »")
    elif not text.isdigit():
        ledger.reject(file, line, f"population illisible : « {text} »")
    else:
        found[code] = int(text)


def _with_population(place: Commune, found: dict[str, int], sums: dict[str, int]) -> Commune:
    source = POPULATION_SOURCE
    population = found.get(place.code)
    if population is None and place.code in sums:
        population = sums[place.code]
        source += " (somme des arrondissements)"
    if population is None:
        return place
    return replace(
        place,
        population=population,
        population_year=POPULATION_YEAR,
        population_source=source,
    )


def _posted(
    place: Commune, codes: dict[str, set[str]], positions: dict[str, tuple[float, float]]
) -> Commune:
    position = positions.get(place.code)
    return replace(
        place,
        postcodes=tuple(sorted(codes.get(place.code, ()))),
        latitude=position[0] if position else None,
        longitude=position[1] if position else None,
        source=f"{place.source}, La Poste 2023" if place.code in codes else place.source,
    )


def _position(text: str) -> tuple[float, float] | None:
    parts = text.split(",")
    try:
        latitude, longitude = (round(float(part), 5) for part in parts)
    except ValueError:
        return None
    return latitude, longitude
