"""The full pack, built from the official files: all of France, and what each file cannot say.

These tests read the folder named by ADVISOR_OPENDATA; the pack is built once for all of them.
"""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from advisor.config import Home
from advisor.domain.places.place import PlaceKind
from advisor.domain.structure import StructureKind
from advisor.errors import BadDataError
from advisor.reference.build import build_ledger
from advisor.reference.build.build_ledger import BuildReport
from advisor.reference.build.full_build import build_full
from advisor.reference.pack.installation import current_pack, install
from advisor.reference.pack.reader import Pack
from reference.test_regional_zonings import HEADER

NEEDED = (
    "cog-2026-datagouv/communes.csv",
    "cog-2026-datagouv/mouvements-communes.csv",
    "cog-2026-datagouv/donnees_communes.csv",
    "laposte-codes-postaux/laposte_hexasmal.csv",
)
BUILD = """
import sys
from pathlib import Path
from advisor.config import Home
from advisor.reference.build.full_build import build_full
build_full(Path(sys.argv[1]), Path(sys.argv[2]), Home(Path(sys.argv[3])))
"""
TODAY = date(2026, 2, 1)


def test_every_commune_of_the_official_code_is_there(full_pack: Pack) -> None:
    counts = full_pack.info.counts
    assert counts["communes"] == 34_875
    assert counts["arrondissements"] == 45
    assert len(full_pack.communes()) == 34_920
    assert counts["former"] > 1_000
    assert counts["delegated"] > 1_900


def test_a_pack_under_sixty_megabytes_dated_by_its_sources(
    full_pack: Pack, full_pack_file: Path
) -> None:
    assert full_pack_file.stat().st_size < 60_000_000
    assert full_pack.info.built_at == date(2026, 1, 1)
    assert full_pack.info.signed_by.startswith("local:")
    assert all(len(source.sha256) == 64 for source in full_pack.info.sources)


def test_the_same_files_and_the_same_key_give_the_same_bytes(
    opendata: Path, full_pack_file: Path, full_home: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", BUILD, str(opendata), str(tmp_path / "again.pack")]
    source = Path(build_ledger.__file__).parents[2]
    settings = {**os.environ, "PYTHONPATH": str(source), "PYTHONHASHSEED": "7"}
    subprocess.run([*command, str(full_home)], check=True, env=settings)
    assert (tmp_path / "again.pack").read_bytes() == full_pack_file.read_bytes()


def test_populations_are_those_of_2023_and_great_cities_are_summed(full_pack: Pack) -> None:
    saint_denis = full_pack.commune("93066")
    assert (saint_denis.population, saint_denis.population_year) == (149_077, 2023)
    for city in ("75056", "69123", "13055"):
        parts = [p for p in full_pack.parts(city) if p.kind is PlaceKind.ARRONDISSEMENT]
        whole = full_pack.commune(city)
        assert whole.population == sum(part.population or 0 for part in parts)
        assert "somme des arrondissements" in whole.population_source
    assert full_pack.commune("97608").population == 17_831
    known = [one for one in full_pack.communes() if one.population is not None]
    assert len(known) == 34_920


def test_old_names_and_merged_communes_answer(full_pack: Pack) -> None:
    pierrefitte = full_pack.commune("93059")
    assert (pierrefitte.kind, pierrefitte.parent) == (PlaceKind.DELEGATED, "93066")
    assert pierrefitte.ended == date(2025, 1, 1)
    found = full_pack.search("pierrefitte sur seine")[0]
    assert (found.commune.code, found.was) == ("93066", "Pierrefitte-sur-Seine")
    courcouronnes = full_pack.commune("91182")
    assert (courcouronnes.kind, courcouronnes.parent) == (PlaceKind.FORMER, "91228")
    assert full_pack.commune("75066").code == "93066"
    assert full_pack.commune("27058").code == "27676"
    assert "Moret-sur-Loing" in full_pack.commune("77316").former_names


def test_every_part_leads_to_a_commune_of_today(full_pack: Pack) -> None:
    places = {one.code: one for one in full_pack.places()}
    for place in places.values():
        if place.kind is PlaceKind.COMMUNE:
            assert place.parent is None
        else:
            assert places[place.parent or ""].kind is PlaceKind.COMMUNE, place.code
        if place.kind is PlaceKind.FORMER:
            assert place.ended is not None


def test_every_commune_has_a_position_an_epci_where_there_is_one_and_postal_codes(
    full_pack: Pack,
) -> None:
    communes = full_pack.communes()
    assert [one.code for one in communes if one.longitude is None] == []
    assert len([one for one in communes if not one.postcodes]) <= 7
    assert len([one for one in communes if not one.epci_siren]) <= 4
    assert all(one.density_class for one in communes)
    assert full_pack.commune("75119").epci_name == "Métropole du Grand Paris"
    members = full_pack.epci("200054781").members
    assert "75056" in members
    assert "75119" not in members


def test_doctors_zones_are_held_for_all_of_france(full_pack: Pack) -> None:
    def zone(code: str) -> str | None:
        entry = full_pack.zones_at(code, TODAY, "medecin_generaliste").class_for(
            "medecin_generaliste"
        )
        return entry.zone_class if entry else None

    assert zone("77285") == "ZIP"
    assert zone("75119") == "ZIP"
    assert zone("75101") == "HZ"
    assert zone("69383") == "HZ"
    assert zone("02173") == "ZIP"
    assert zone("75056") is None
    reunion = full_pack.zones_at("97411", TODAY, "medecin_generaliste")
    assert reunion.why_unknown("medecin_generaliste")
    entry = full_pack.zones_at("38185", TODAY, "medecin_generaliste").zones[0]
    assert entry.confidence == "C"


def test_revitalisation_zones_end_on_30_june_2024(full_pack: Pack) -> None:
    def classes(code: str, day: date) -> list[tuple[str, bool]]:
        zones = full_pack.zones_at(code, day)
        return [(one.zone_class, one.partial) for one in zones.zones if one.scheme == "zrr"]

    assert classes("49220", date(2024, 6, 30)) == [("zrr", False)]
    assert classes("49220", date(2024, 7, 1)) == []
    assert classes("77285", date(2024, 6, 30)) == [("hors_zrr", False)]
    assert classes("97411", date(2024, 6, 30)) == [("zrr_partielle", True)]


def test_a_commune_made_of_several_since_a_list_keeps_what_each_part_had(full_pack: Pack) -> None:
    rows = full_pack._database.rows(
        "SELECT commune, count(*) FROM commune_class WHERE part <> '' GROUP BY commune, zoning"
    )
    assert rows
    for code, count in rows:
        assert count >= 2, code
    code = rows[0][0]
    answer = full_pack.zones_at(code, date(2024, 1, 1))
    assert any(one.partial for one in answer.zones)


def test_the_cases_of_the_sources_hold_in_the_full_pack_too(full_pack: Pack) -> None:
    cases = Path(__file__).parents[1] / "cases"
    for case in json.loads((cases / "zones.json").read_text(encoding="utf-8")):
        day = date.fromisoformat(case["date"])
        zones = full_pack.zones_at(case["commune"], day, case["profession"])
        entry = zones.class_for(case["profession"])
        assert entry is not None, case["id"]
        assert entry.zone_class == case["class"], case["id"]
    for case in json.loads((cases / "search.json").read_text(encoding="utf-8")):
        if "starter pack" not in case.get("needs", ""):
            assert full_pack.search(case["typed"])[0].commune.code == case["first"], case["id"]


def test_bassins_de_vie_and_priority_quarters_name_their_communes(full_pack: Pack) -> None:
    kinds = {unit.kind.value for unit in full_pack.territories(commune="93066")}
    assert kinds == {"bassin_de_vie", "qpv"}
    bassins = full_pack.territories(kind="bassin_de_vie")
    assert len(bassins) == 1_707
    quarters = full_pack.territories(kind="qpv")
    assert len(quarters) == 1_493
    assert all(member.partial for quarter in quarters for member in quarter.members)


def test_finess_keeps_four_categories_and_no_more(full_pack: Pack) -> None:
    finess = [one for one in full_pack.structures() if one.programme == "finess"]
    assert len(finess) == 747
    kinds = [one.kind for one in finess]
    assert kinds.count(StructureKind.MSP) == 372
    assert kinds.count(StructureKind.CDS) == 280
    assert kinds.count(StructureKind.CPTS) == 82
    assert kinds.count(StructureKind.DAC) == 13
    assert len({one.id for one in full_pack.structures()}) == len(full_pack.structures())


def test_outlines_are_in_metres_and_near_their_commune(full_pack: Pack) -> None:
    outlines = {one.code: one for one in full_pack.outlines()}
    bare = [one.code for one in full_pack.communes() if one.code not in outlines]
    assert len(bare) == 7
    melun = outlines["77288"]
    assert melun.frame == "lambert93"
    west, south, east, north = melun.bounds
    assert 660_000 < west < east < 690_000
    assert 6_820_000 < south < north < 6_840_000
    assert outlines["97411"].frame == "mercator"
    assert full_pack.outline("77", "departement") is not None
    assert full_pack.outline("974", "departement") is not None
    assert full_pack.outline("11", "region") is not None
    remark = next(r for r in full_pack.info.remarks if "sans contour" in r)
    assert all(code in remark for code in bare)


def test_rejected_rows_are_told_with_file_line_and_reason(
    full_build: tuple[Path, BuildReport], opendata: Path
) -> None:
    rejected = full_build[1].rejected
    assert rejected
    for one in rejected:
        assert (opendata / one.file).is_file()
        assert one.line > 0
        assert one.reason
    doctors = [one for one in rejected if one.file.endswith("zonmed.csv")]
    assert len(doctors) == 87
    assert all("classe non donnée" in one.reason for one in doctors)


def copy_of_the_needed(opendata: Path, folder: Path) -> Path:
    for name in NEEDED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(opendata / name, folder / name)
    return folder


def test_broken_rows_are_reported_and_missing_files_are_said(
    opendata: Path, tmp_path: Path
) -> None:
    sources = copy_of_the_needed(opendata, tmp_path / "sources")
    table = sources / NEEDED[2]
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    lines[1] = lines[1].replace(";860;", ";beaucoup;")
    lines[2] = lines[2].replace(";01002;", ";99999;")
    table.write_text("\n".join(lines), encoding="utf-8")
    home = Home(tmp_path / "home")
    add_zoning_of_2025(sources / "zonages")
    report = build_full(sources, tmp_path / "less.pack", home)
    assert {(one.line, one.reason) for one in report.rejected if one.file == NEEDED[2]} == {
        (2, "population illisible\u202f: « beaucoup »"),
        (3, "commune inconnue\u202f: « 99999 »"),
    }
    assert report.info.counts["communes"] == 34_875
    told = " ".join(report.info.remarks)
    for what in ("Mayotte", "Intercommunalités", "Contours", "Quartiers", "FINESS", "médecins"):
        assert what in told
    install(home, tmp_path / "less.pack")
    newest_act_answers(current_pack(home))


def add_zoning_of_2025(folder: Path) -> None:
    folder.mkdir()
    name = "medecins-2025-12-01"
    (folder / f"{name}.yaml").write_text(HEADER, encoding="utf-8")
    (folder / f"{name}.csv").write_text("codgeo;classe\n77379;ZAC\n", encoding="utf-8")


def newest_act_answers(pack: Pack) -> None:
    """The act of 2022 answers until the day before the one that was added."""

    def of(day: date) -> tuple[str, str, date | None]:
        one = pack.zones_at("77379", day).class_for("medecin_generaliste")
        assert one is not None
        return one.zone_class, one.legal_act, one.valid_to

    before, after = of(date(2025, 11, 30)), of(date(2025, 12, 1))
    assert (before[0], before[2]) == ("ZIP", date(2025, 11, 30))
    assert after == ("ZAC", "Arrêté d’essai du 1er décembre 2025", None)


@pytest.mark.parametrize("missing", NEEDED)
def test_a_needed_file_that_is_missing_is_named(
    opendata: Path, tmp_path: Path, missing: str
) -> None:
    sources = copy_of_the_needed(opendata, tmp_path / "sources")
    (sources / missing).unlink()
    with pytest.raises(BadDataError, match=Path(missing).name) as refused:
        build_full(sources, tmp_path / "none.pack", Home(tmp_path / "home"))
    assert "advisor reference fetch" in refused.value.hint
    assert not (tmp_path / "none.pack").exists()


def test_a_file_of_another_shape_is_refused_with_its_line(opendata: Path, tmp_path: Path) -> None:
    sources = copy_of_the_needed(opendata, tmp_path / "sources")
    (sources / NEEDED[2]).write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(BadDataError, match=r"ligne 1 .*colonne « COM »"):
        build_full(sources, tmp_path / "none.pack", Home(tmp_path / "home"))
