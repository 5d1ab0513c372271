"""A tiny pack made in memory, and homes that sign it: quick to make, whole to install."""

from datetime import date
from pathlib import Path

from advisor.config import Home
from advisor.domain.pack import PackSource
from advisor.domain.places.place import Commune, Epci, PlaceKind
from advisor.domain.sourced import Confidence, Period, Source
from advisor.domain.zones.zoning import Membership, Territory, TerritoryKind, ZoneLine, Zoning
from advisor.reference.files.starter_files import NAMES
from advisor.reference.names.search_index import build_index
from advisor.reference.pack.assembly import Identity, write_file
from advisor.reference.pack.outline_blobs import to_contour
from advisor.reference.pack.signing import own_key
from advisor.reference.pack.writer import CommuneClass, PackContent

SOURCE = Source("document d’essai", "L1", date(2026, 1, 1))


def small_content(name: str = "Melun") -> PackContent:
    """Return two communes, an old one, a zoning by act and a zoning by commune."""
    communes = [
        Commune("77288", name, "77", "11", postcodes=("77000",), epci_siren="247700057"),
        Commune("77350", "Pamfou", "77", "11", former_codes=("78350",)),
        Commune(
            "77999",
            "Ville-Ancienne",
            "77",
            "11",
            PlaceKind.FORMER,
            parent="77288",
            ended=date(2020, 1, 1),
        ),
    ]
    unit = Territory("77350", TerritoryKind.COMMUNE, "Pamfou", "77", (Membership("77350"),))
    zonings = [_zoning("acte", lines=(ZoneLine(unit, "ZIP", SOURCE),)), _zoning("liste", "zrr")]
    contour = to_contour("commune", "77288", "lambert93", [[(0, 0), (10, 0), (10, 20), (0, 0)]])
    assert contour is not None
    return PackContent(
        communes=communes,
        epcis=[Epci("247700057", "CA Melun Val de Seine", "77")],
        zonings=zonings,
        classes={"liste": [CommuneClass("77288", "hors_zrr"), CommuneClass("77350", "zrr")]},
        contours=[contour],
        blobs={NAMES: build_index(communes)},
    )


def _zoning(name: str, scheme: str = "", lines: tuple[ZoneLine, ...] = ()) -> Zoning:
    return Zoning(
        id=name,
        title=name,
        professions=() if scheme else ("medecin_generaliste",),
        departements=("77",),
        legal_act="acte d’essai",
        period=Period(date(2022, 1, 1)),
        source=SOURCE,
        confidence=Confidence.OFFICIAL,
        lines=lines,
        why_unknown="liste d’essai",
        scheme=scheme,
    )


def small_identity(pack_id: str = "essai") -> Identity:
    """Return what names the small pack."""
    sources = (PackSource("essai.csv", "Essai", day=date(2026, 1, 1)),)
    return Identity(pack_id, date(2026, 1, 1), sources, "0" * 16)


def small_pack(out: Path, home: Home, name: str = "Melun") -> Path:
    """Write the small pack at ``out``, signed by the key of ``home``."""
    write_file(small_content(name), small_identity(), out, own_key(home.create()))
    return out
