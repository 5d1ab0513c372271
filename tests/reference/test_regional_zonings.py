"""A newer act brought in by whoever builds the pack: its header, its list, and what is left out."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from advisor.config import data_folder
from advisor.domain.places.place import Commune
from advisor.domain.sourced import Source
from advisor.domain.zones.zoning import Membership, Territory, TerritoryKind, Zoning
from advisor.errors import BadDataError
from advisor.reference.build.build_ledger import Ledger
from advisor.reference.build.regional_zonings import read_regional
from advisor.reference.files.place_files import load_places

HEADER = """\
id: medecins-2025-12-01
title: Zonage des médecins de 2025
professions: [medecin_generaliste, medecin_specialiste]
departements: ["75", "77", "95"]
legal_act: Arrêté d’essai du 1er décembre 2025
status: arrêté
first: 2025-12-01
source: {document: Arrêté d’essai, locator: annexe, read_on: 2026-01-15}
confidence: A
classes: [ZIP, ZAC, HZ]
why_unknown: La liste de cet essai ne nomme pas cette commune.
"""
QUARTER = Territory(
    "QN07701M",
    TerritoryKind.QPV,
    "Quartier d’essai",
    "77",
    (Membership("77379", partial=True),),
    source=Source("essai", "un point"),
)
Read = Callable[[], tuple[Zoning, Mapping[str, str], Ledger]]


@pytest.fixture(scope="module")
def places() -> dict[str, Commune]:
    return {one.code: one for one in load_places(data_folder())}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "zonages"
    made.mkdir()
    (made / "medecins-2025-12-01.yaml").write_text(HEADER, encoding="utf-8")
    return made


def read(
    folder: Path, places: Mapping[str, Commune], shipped: Sequence[Zoning] = ()
) -> tuple[Zoning, dict[str, str], Ledger]:
    ledger = Ledger(folder.parent)
    zonings, classes = read_regional(ledger, places, shipped, [QUARTER])
    by_code = {one.commune: one.zone_class for one in classes[zonings[-1].id]}
    return zonings[-1], by_code, ledger


def test_a_list_of_communes_and_quarters_becomes_a_zoning_with_its_act(
    folder: Path, places: dict[str, Commune]
) -> None:
    rows = "Code commune;Commune;Classe\n77379;Provins;ZIP\n77014;Avon;zac\n75101;Paris 1er;HZ\n"
    file = folder / "medecins-2025-12-01.csv"
    file.write_text(f"{rows}QN07701M;;ZIP\n", encoding="cp1252")
    zoning, by_code, ledger = read(folder, places)
    assert by_code == {"77379": "ZIP", "77014": "ZAC"}
    assert {one.territory.id: one.zone_class for one in zoning.lines} == {
        "75101": "HZ",
        "QN07701M": "ZIP",
    }
    assert (zoning.legal_act, zoning.held) == ("Arrêté d’essai du 1er décembre 2025", True)
    assert ledger.rejected == []
    assert [one.id for one in ledger.sources] == [
        "zonages/medecins-2025-12-01.yaml",
        "zonages/medecins-2025-12-01.csv",
    ]


def test_the_workbook_of_the_ministry_is_read_sheet_by_sheet_the_region_deciding(
    folder: Path, places: dict[str, Commune]
) -> None:
    book = Workbook()
    about = book.active
    assert about is not None
    about.append(["Lisez-moi"])
    communes = book.create_sheet("Zonage_TVS")
    communes.append(["Zonage conventionnel des médecins"])
    names = ["Région", "Code TVS", "Code commune", "Commune"]
    communes.append([*names, "Qualification nationale", "Qualification régionale"])
    communes.append(["11", "11001", "77379", "Provins", "ZAC", "Zone d'intervention prioritaire"])
    communes.append(["11", "11001", "77014", "Avon", "ZAC", None])
    quarters = book.create_sheet("Zonage_QPV")
    quarters.append(["Code QPV", "Qualification nationale"])
    quarters.append(["QN07701M", "ZIP"])
    book.save(folder / "medecins-2025-12-01.xlsx")
    zoning, by_code, ledger = read(folder, places)
    assert ledger.rejected == []
    assert by_code == {"77379": "ZIP", "77014": "ZAC"}
    assert [one.territory.id for one in zoning.lines] == ["QN07701M"]


def test_a_line_that_says_nothing_sure_is_left_out_with_its_reason(
    folder: Path, places: dict[str, Commune]
) -> None:
    file = folder / "medecins-2025-12-01.csv"
    file.write_text(
        "codgeo,classe\n99999,ZIP\n77379,ZONE\n77014,ZAC\n77014,ZIP\n77288,\n", encoding="utf-8"
    )
    _, by_code, ledger = read(folder, places)
    assert by_code == {"77014": "ZAC"}
    reasons = {one.line: one.reason for one in ledger.rejected}
    assert {one.file for one in ledger.rejected} == {"zonages/medecins-2025-12-01.csv"}
    assert "« 99999 » est inconnu" in reasons[2]
    assert "« ZONE » n’est pas une classe" in reasons[3]
    assert "autre classe" in reasons[5]
    assert reasons[6] == "la classe manque"


@pytest.mark.parametrize(
    ("lists", "said"),
    [
        ({}, "manque à côté"),
        ({".csv": "codgeo;classe\n", ".xlsx": "PK"}, "deux fois"),
        ({".csv": "nom;population\nProvins;12\n"}, "colonne de classe"),
        ({".csv": ""}, "vide"),
        ({".xlsx": "PK damaged"}, "classeur XLSX lisible"),
    ],
)
def test_a_list_that_is_none_stops_the_build_with_one_sentence(
    folder: Path, places: dict[str, Commune], lists: dict[str, str], said: str
) -> None:
    for ending, text in lists.items():
        (folder / f"medecins-2025-12-01{ending}").write_text(text, encoding="utf-8")
    with pytest.raises(BadDataError, match=said):
        read(folder, places)


def test_a_zoning_already_held_is_not_replaced_in_silence(
    folder: Path, places: dict[str, Commune]
) -> None:
    (folder / "medecins-2025-12-01.csv").write_text("codgeo;classe\n77379;ZIP\n", encoding="utf-8")
    held, _, _ = read(folder, places)
    with pytest.raises(BadDataError, match="déjà dans le référentiel"):
        read(folder, places, [held])
