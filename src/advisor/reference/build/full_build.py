"""The full pack: every commune of France, built from a folder of official files.

The folder is laid out like the one ``fetch`` fills (its SOURCES.md names each file). The pack
also holds everything that is shipped in ``data/``. Same files, same key: same bytes.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

from advisor.config import Home, data_folder
from advisor.domain.places.place import Commune, Epci
from advisor.errors import BadDataError, PackError
from advisor.reference.build.build_ledger import BuildReport, Ledger, Progress, Rejected
from advisor.reference.build.cog_movements import Movements, read_movements
from advisor.reference.build.cog_places import read_places
from advisor.reference.build.contours import centres, contours_of, read_shapes
from advisor.reference.build.finess import read_finess
from advisor.reference.build.national_units import read_bassins, read_quarters
from advisor.reference.build.national_zonings import read_doctors, read_zrr
from advisor.reference.build.place_figures import (
    with_density,
    with_epcis,
    with_populations,
    with_positions,
    with_postcodes,
)
from advisor.reference.build.regional_zonings import read_regional
from advisor.reference.files.starter_files import NAMES, shipped_content
from advisor.reference.names.search_index import build_index
from advisor.reference.pack import signing
from advisor.reference.pack.assembly import Identity, write_file
from advisor.reference.pack.data_hash import data_hash
from advisor.reference.pack.writer import PackContent

FULL = "france"
__all__ = ["BuildReport", "Progress", "Rejected", "build_full"]


def build_full(
    sources: Path, out: Path, home: Home, key: Path | None = None, progress: Progress | None = None
) -> BuildReport:
    """Write the full pack at ``out``; signed with ``key``, else with this home's own.

    Raises BadDataError when an indispensable file is missing or is not what it should be,
    PackError when the key or the disk refuses. Rows left out are in the report.
    """
    tell = progress or _say_nothing
    private_key = signing.read_private_key(key) if key else signing.own_key(home)
    if not sources.is_dir():
        raise BadDataError("ce dossier de fichiers officiels n’existe pas.", file=sources)
    ledger = Ledger(sources)
    content = _content(ledger, data_folder(), tell)
    tell("Écriture du paquet")
    identity = Identity(
        FULL,
        ledger.newest or date.min,
        tuple(sorted(ledger.sources, key=lambda source: source.id)),
        data_hash(data_folder()),
        tuple(ledger.remarks),
    )
    try:
        manifest = write_file(content, identity, out, private_key)
    except OSError as error:
        raise PackError(
            f"Le paquet n’a pas pu être écrit : {out}", "Vérifiez la place et les droits."
        ) from error
    signer = signing.name_of(home, signing.public_part(private_key))
    return BuildReport(manifest.info(out.parent, signer), tuple(ledger.rejected))


def _say_nothing(_step: str) -> None:
    pass


def _content(ledger: Ledger, folder: Path, tell: Progress) -> PackContent:
    tell("Fiches livrées avec l’application")
    content = shipped_content(folder)
    tell("Communes et mouvements depuis 1943")
    movements = read_movements(ledger)
    places, epcis = _places(ledger, movements, tell)
    tell("Contours")
    shapes = read_shapes(ledger, places)
    places = with_positions(places, centres(shapes), movements.came_from)
    content.contours = contours_of(ledger, shapes)
    content.communes = _with_shipped(ledger, places, content.communes)
    content.epcis = epcis
    tell("Zonages, bassins de vie et quartiers prioritaires")
    content.territories = [*read_bassins(ledger, places), *read_quarters(ledger, places)]
    zonings, doctors = read_doctors(ledger, places, content.zonings)
    zonings, fiscal = read_zrr(ledger, places, zonings)
    content.zonings, added = read_regional(ledger, places, zonings, content.territories)
    content.classes = {**doctors, **fiscal, **added}
    tell("Structures FINESS")
    content.structures = [*content.structures, *read_finess(ledger, places)]
    tell("Index de recherche")
    content.blobs[NAMES] = build_index(content.communes)
    return content


def _places(
    ledger: Ledger, movements: Movements, tell: Progress
) -> tuple[dict[str, Commune], list[Epci]]:
    places = read_places(ledger, movements)
    tell("Populations, codes postaux, intercommunalités")
    places = with_populations(ledger, places)
    places = with_density(ledger, places)
    places = with_postcodes(ledger, places)
    return with_epcis(ledger, places)


def _with_shipped(
    ledger: Ledger, places: dict[str, Commune], shipped: list[Commune]
) -> list[Commune]:
    """Return the places, with the old names and codes that only the shipped files know."""
    for known in shipped:
        place = places.get(known.code)
        if place is None:
            places[known.code] = known
            ledger.remark(f"{known.name} ({known.code}) vient des fiches livrées seules.")
            continue
        names = [n for n in known.former_names if n not in {place.name, *place.former_names}]
        codes = [c for c in known.former_codes if c not in place.former_codes]
        if names or codes:
            places[known.code] = replace(
                place,
                former_names=(*place.former_names, *names),
                former_codes=(*place.former_codes, *codes),
            )
    return [places[code] for code in sorted(places)]
