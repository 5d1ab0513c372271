"""Official tables brought in: what is recognised, what is rejected with its line, what changes.

Figures are invented for the tests; the layouts are those of the official workbooks.
"""

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from advisor.config import Home
from advisor.domain.indicator import Indicator
from advisor.domain.territories.kinds import Rule
from advisor.errors import BadDataError, NotFoundError
from advisor.reference.imported import dataset_file
from advisor.services.indicators import Draft, Indicators
from advisor.services.reference import Reference

TODAY = date(2026, 11, 22)
DOCTORS = {
    "territory": "CODGEO",
    "year": 2023,
    "source": "CPAM 2023",
    "columns": {"MG": "nombre_mg_liberaux"},
}


@pytest.fixture
def shelf(home: Home) -> Iterator[Indicators]:
    reference = Reference(home)
    made = Indicators(home, reference)
    yield made
    made.close()
    reference.close()


def table(tmp_path: Path, text: str, name: str = "table.csv", encoding: str = "utf-8") -> Path:
    file = tmp_path / name
    file.write_bytes(text.encode(encoding))
    return file


def read(shelf: Indicators, file: Path, mapping: dict[str, Any] | None = None) -> Draft:
    return shelf.read(file, DOCTORS if mapping is None else mapping, today=TODAY)


def one(shelf: Indicators, code: str, kind: str = "nombre_mg_liberaux") -> Indicator:
    (found,) = [each for each in shelf.of_communes([code]) if each.id == kind]
    return found


def test_a_table_is_taken_in_with_its_year_its_source_and_the_line_of_each_figure(
    shelf: Indicators, tmp_path: Path
) -> None:
    file = table(tmp_path, "CODGEO;LIBGEO;MG\n77379;Provins;12\n95051;Beauchamp;7\n")
    draft = read(shelf, file)
    assert (draft.rows, draft.accepted, draft.rejected) == (2, 2, ())
    shelf.accept(draft)
    figure = one(shelf, "95051").figure
    assert (figure.value, figure.unit, figure.year) == (7.0, "médecins", 2023)
    assert str(figure.source) == "CPAM 2023 (table.csv, ligne 3)"


def test_nothing_changes_until_the_draft_is_accepted(
    shelf: Indicators, home: Home, tmp_path: Path
) -> None:
    read(shelf, table(tmp_path, "CODGEO;MG\n95051;7\n"))
    assert shelf.datasets() == []
    assert not (home.reference / "imported").exists()
    assert shelf.of_communes(["95051"]) == []


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("CODGEO;MG;é\n95051;7;x\n95394;8;y\n", "cp1252"),
        ("CODGEO,MG\n95051,7\n95394,8\n", "utf-8"),
        ("CODGEO\tMG\n95051\t7\n95394\t8\n", "utf-16"),
        ("CODGEO\tMG\n95051\t7\n95394\t8\n", "utf-16-le"),
        ("\ufeffCODGEO|MG\r\n95051|7\r\n95394|8\r\n", "utf-8"),
    ],
)
def test_separator_and_encoding_are_found(
    shelf: Indicators, tmp_path: Path, text: str, encoding: str
) -> None:
    draft = read(shelf, table(tmp_path, text, encoding=encoding))
    assert (draft.accepted, draft.rejected) == (2, ())


def test_numbers_are_read_as_the_french_write_them(shelf: Indicators, tmp_path: Path) -> None:
    text = "CODGEO;PART;POP\n95051;26,5 %;9 849\n95394;1.5;10\u202f000\n"
    mapping = {**DOCTORS, "columns": {"PART": "part_c2s", "POP": "population_totale"}}
    shelf.accept(read(shelf, table(tmp_path, text), mapping))
    assert one(shelf, "95051", "part_c2s").figure.value == 26.5
    assert one(shelf, "95051", "population_totale").figure.value == 9849
    assert one(shelf, "95394", "population_totale").figure.value == 10_000


@pytest.mark.parametrize("mark", ["s", "nd", "n.d.", "***", "secret", "Non diffusé", "<5", "≤ 10"])
def test_statistical_secrecy_is_neither_zero_nor_missing(
    shelf: Indicators, tmp_path: Path, mark: str
) -> None:
    shelf.accept(read(shelf, table(tmp_path, f"CODGEO;MG\n95051;{mark}\n95394;0\n")))
    secret, zero = one(shelf, "95051").figure, one(shelf, "95394").figure
    assert (secret.value, secret.secret) == (None, True)
    assert (zero.value, zero.secret) == (0.0, False)


def test_an_empty_cell_is_missing_and_its_line_is_taken(shelf: Indicators, tmp_path: Path) -> None:
    draft = read(shelf, table(tmp_path, "CODGEO;MG\n95051;\n95394;..\n"))
    assert (draft.accepted, draft.rejected) == (2, ())
    shelf.accept(draft)
    figure = one(shelf, "95394").figure
    assert (figure.value, figure.secret) == (None, False)


def test_a_text_in_a_number_is_rejected_with_its_line_and_its_column(
    shelf: Indicators, tmp_path: Path
) -> None:
    draft = read(shelf, table(tmp_path, "CODGEO;MG\n95051;sept\n95394;8\n"))
    assert (draft.rows, draft.accepted) == (2, 1)
    assert draft.rejected == ((2, "« sept » n’est pas un nombre (colonne « MG »)"),)


def test_a_wrong_separator_said_by_the_user_takes_nothing(
    shelf: Indicators, tmp_path: Path
) -> None:
    file = table(tmp_path, "CODGEO;MG\n95051;7\n95394;8\n")
    draft = read(shelf, file, {**DOCTORS, "separator": ","})
    assert draft.accepted == 0
    ((line, reason),) = draft.rejected
    assert line == 1
    assert "séparateur « , »" in reason
    with pytest.raises(BadDataError, match="Aucune ligne"):
        shelf.accept(draft)
    assert shelf.datasets() == []


def test_lines_cut_by_another_separator_than_the_header_are_each_rejected(
    shelf: Indicators, tmp_path: Path
) -> None:
    text = "CODGEO;LIBGEO;MG\n77379;Provins;3\n95051;Beauchamp;7\n95394,Méry,8\n"
    draft = read(shelf, table(tmp_path, text))
    assert draft.accepted == 2
    assert draft.rejected[0][0] == 4
    assert "1 cellule au lieu de 3" in draft.rejected[0][1]


def test_a_column_that_is_not_there_is_named_with_those_that_are(
    shelf: Indicators, tmp_path: Path
) -> None:
    draft = read(shelf, table(tmp_path, "CODGEO;NB\n95051;7\n"))
    assert draft.accepted == 0
    assert draft.rejected == (
        (1, "colonne introuvable\u202f: « MG » (lues\u202f: « CODGEO », « NB »)"),
    )


def test_merged_cells_reject_the_lines_they_touch(shelf: Indicators, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["CODGEO", "MG"], ["95051", 7], ["95394", 8], ["77379", 9], ["95428", 4]):
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    book.save(tmp_path / "table.xlsx")
    draft = read(shelf, tmp_path / "table.xlsx")
    assert (draft.rows, draft.accepted) == (4, 2)
    assert [line for line, _ in draft.rejected] == [3, 4]
    assert all("fusionnées (A3:A4)" in reason for _, reason in draft.rejected)


def test_zeros_that_a_spreadsheet_took_away_are_given_back(
    shelf: Indicators, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["CODGEO", "MG"])
    book.active.append([1060, 2])  # Brénod, 01060
    book.save(tmp_path / "table.xlsx")
    shelf.accept(read(shelf, tmp_path / "table.xlsx"))
    assert one(shelf, "01060").figure.value == 2


def test_unknown_codes_and_doubles_are_rejected(shelf: Indicators, tmp_path: Path) -> None:
    text = "CODGEO;MG\n95051;7\n95051;8\n99999;1\nBeauchamp;1\n;1\n"
    draft = read(shelf, table(tmp_path, text))
    reasons = dict(draft.rejected)
    assert draft.accepted == 1
    assert "déjà donné ligne 2" in reasons[3]
    assert "inconnu du référentiel" in reasons[4]
    assert "« Beauchamp » n’est pas un code" in reasons[5]
    assert "vide" in reasons[6]


def test_a_count_of_before_a_merger_is_added_to_today_s_commune(
    shelf: Indicators, tmp_path: Path
) -> None:
    """Pierrefitte-sur-Seine (93059) is in Saint-Denis (93066) since 1 January 2025: 90 + 20."""
    draft = read(shelf, table(tmp_path, "CODGEO;MG\n93066;90\n93059;20\n95051;7\n"))
    assert (draft.accepted, draft.rejected) == (3, ())
    shelf.accept(draft)
    assert one(shelf, "93066").figure.value == 110
    assert one(shelf, "95051").figure.value == 7


def test_a_secret_of_before_a_merger_makes_the_sum_secret(
    shelf: Indicators, tmp_path: Path
) -> None:
    shelf.accept(read(shelf, table(tmp_path, "CODGEO;MG\n93066;90\n93059;s\n")))
    assert one(shelf, "93066").figure.secret
    assert one(shelf, "93066").figure.value is None


def test_a_share_of_before_a_merger_is_rejected_unless_its_weight_is_there(
    shelf: Indicators, tmp_path: Path
) -> None:
    """With the weight: (50 % of 90 + 20 % of 10) / 100 = 47 %."""
    text = "CODGEO;MG;P60\n93066;90;50\n93059;10;20\n95051;7;30\n"
    alone = {**DOCTORS, "columns": {"P60": "part_mg_plus_60_ans"}}
    draft = read(shelf, table(tmp_path, text), alone)
    assert draft.accepted == 1
    assert [line for line, _ in draft.rejected] == [2, 3]
    assert "ne s’additionne pas" in draft.rejected[0][1]
    both = {**DOCTORS, "columns": {"P60": "part_mg_plus_60_ans", "MG": "nombre_mg_liberaux"}}
    shelf.accept(read(shelf, table(tmp_path, text), both))
    assert one(shelf, "93066", "part_mg_plus_60_ans").figure.value == pytest.approx(47)


def test_a_former_commune_without_the_one_that_took_it_over_is_rejected(
    shelf: Indicators, tmp_path: Path
) -> None:
    draft = read(shelf, table(tmp_path, "CODGEO;MG\n93059;20\n95051;7\n"))
    assert draft.accepted == 1
    assert "Saint-Denis (93066), qui n’a pas de ligne" in draft.rejected[0][1]


def apl_workbook(path: Path) -> Path:
    """Write a workbook laid out as the DREES's: eight title lines, header, units, values."""
    book = openpyxl.Workbook()
    book.active.title = "Paramètres"
    for year, people in ((2022, 2020), (2023, 2021)):
        sheet = book.create_sheet(f"APL {year}")
        sheet.append([f"Accessibilité potentielle localisée aux médecins généralistes en {year}"])
        sheet.merge_cells("A1:F1")
        for number in range(2, 9):
            sheet.append([f"Note {number}"])
        sheet.append(
            [
                "Code commune INSEE",
                "Commune",
                "APL aux médecins généralistes",
                "APL aux médecins généralistes de 65 ans ou moins",
                f"Population standardisée {people}",
                f"Population totale {people}",
            ]
        )
        apl = "consultations par an et par habitant standardisé"
        sheet.append(["", "", apl, apl, "habitants", "habitants"])
        sheet.append(["95051", "Beauchamp", 2.5, 2.1, 8000.5, 8700])
        sheet.append(["95394", "Méry-sur-Oise", 1.5 + year - 2022, 1.2, 9000, 9600])
    book.save(path)
    return path


def test_the_drees_workbook_is_recognised_by_its_headers(shelf: Indicators, tmp_path: Path) -> None:
    draft = read(shelf, apl_workbook(tmp_path / "apl.xlsx"), {})
    assert (draft.rows, draft.accepted, draft.rejected) == (2, 2, ())
    assert draft.indicators == (
        "apl_mg",
        "apl_mg_65",
        "population_standardisee",
        "population_totale",
    )
    shelf.accept(draft)
    assert one(shelf, "95394", "apl_mg").figure.value == 2.5
    assert one(shelf, "95394", "apl_mg").figure.year == 2023
    assert one(shelf, "95051", "population_standardisee").figure.year == 2021


def test_a_zoning_workbook_is_told_apart(shelf: Indicators, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Zonage_TVS"
    book.active.append(["région", "libellé", "code TVS", "commune", "qualification nationale"])
    book.save(tmp_path / "zonage.xlsx")
    draft = read(shelf, tmp_path / "zonage.xlsx", {})
    assert "est un zonage" in draft.rejected[0][1]


def test_a_new_indicator_says_its_unit_and_how_it_adds_up(
    shelf: Indicators, tmp_path: Path
) -> None:
    column = {"column": "TPS", "id": "temps_gare", "unit": "minutes", "rule": "moyenne"}
    mapping = {**DOCTORS, "columns": [column]}
    shelf.accept(read(shelf, table(tmp_path, "CODGEO;TPS\n95051;12\n"), mapping))
    assert shelf.kinds()["temps_gare"].rule is Rule.MEAN
    assert one(shelf, "95051", "temps_gare").figure.unit == "minutes"


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({**DOCTORS, "columns": {"MG": "Nombre MG"}}, "identifiant"),
        ({**DOCTORS, "columns": {"MG": "temps_gare"}}, "unité"),
        ({**DOCTORS, "columns": {"MG": 3}}, "associée à rien"),
        ({**DOCTORS, "colonnes": {}}, "colonnes"),
        ({**DOCTORS, "year": 20233}, "année"),
        ({**DOCTORS, "kind": "canton"}, "genre"),
        (
            {**DOCTORS, "columns": {"D": {"id": "densite_mg_liberaux", "unit": "pour 10 000 hab"}}},
            "pour 10 000",
        ),
    ],
)
def test_a_mapping_that_does_not_hold_is_refused_in_french(
    shelf: Indicators, tmp_path: Path, mapping: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadDataError, match=said):
        read(shelf, table(tmp_path, "CODGEO;MG\n95051;7\n"), mapping)


@pytest.mark.parametrize("name", ["year", "source"])
def test_a_figure_without_year_or_source_is_not_taken(
    shelf: Indicators, tmp_path: Path, name: str
) -> None:
    mapping = {key: value for key, value in DOCTORS.items() if key != name}
    draft = read(shelf, table(tmp_path, "CODGEO;MG\n95051;7\n"), mapping)
    assert draft.accepted == 0
    assert f"« {name} »" in draft.rejected[0][1]


def test_the_year_may_stand_in_each_line(shelf: Indicators, tmp_path: Path) -> None:
    text = "CODGEO;AN;MG\n95051;2022;7\n95051;2023;6\n95051;hier;5\n"
    draft = read(shelf, table(tmp_path, text), {**DOCTORS, "year": "AN"})
    assert (draft.accepted, draft.years) == (2, (2022, 2023))
    assert draft.rejected == ((4, "« hier » n’est pas une année"),)


def test_a_table_of_epci_answers_for_them(shelf: Indicators, tmp_path: Path) -> None:
    mapping = {**DOCTORS, "territory": {"column": "SIREN", "kind": "epci"}}
    draft = read(shelf, table(tmp_path, "SIREN;MG\n243801255;21\n999999999;1\n"), mapping)
    assert draft.accepted == 1
    shelf.accept(draft)
    assert [each.figure.value for each in shelf.at("epci", "243801255")] == [21.0]


def test_the_same_table_again_replaces_itself_and_a_newer_one_answers_first(
    shelf: Indicators, tmp_path: Path
) -> None:
    file = table(tmp_path, "CODGEO;MG\n95051;7\n")
    shelf.accept(read(shelf, file))
    shelf.accept(read(shelf, file))
    assert len(shelf.datasets()) == 1
    newer = table(tmp_path, "CODGEO;MG\n95051;6\n", "plus-recent.csv")
    made = shelf.accept(shelf.read(newer, DOCTORS, today=date(2026, 11, 23)))
    values = [each.figure.value for each in shelf.of_communes(["95051"])]
    assert values == [6.0, 7.0]
    shelf.forget(made.id)
    assert [each.figure.value for each in shelf.of_communes(["95051"])] == [7.0]
    with pytest.raises(NotFoundError):
        shelf.forget("../../case.db")


def test_what_was_imported_is_still_there_for_the_next_start(
    shelf: Indicators, home: Home, tmp_path: Path
) -> None:
    shelf.accept(read(shelf, table(tmp_path, "CODGEO;MG\n95051;7\n")))
    again = Indicators(home, Reference(home))
    assert one(again, "95051").figure.value == 7
    again.close()


def test_a_damaged_table_on_disk_answers_nothing_and_stops_nobody(
    shelf: Indicators, home: Home, tmp_path: Path
) -> None:
    shelf.accept(read(shelf, table(tmp_path, "CODGEO;MG\n95051;7\n")))
    shelf.close()
    (kept,) = (home.reference / "imported").glob("*.sqlite")
    kept.write_bytes(b"abime" * 1000)
    assert shelf.of_communes(["95051"]) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("vide.csv", b""),
        ("image.xlsx", b"PK\x03\x04 rien"),
        ("ancien.xls", b"\xd0\xcf\x11\xe0xxxx"),
        ("page.xls", b"<html><table><tr><td>CODGEO</td></tr></table></html>"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_french(
    shelf: Indicators, tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(BadDataError, match=name):
        read(shelf, file)


def test_a_workbook_with_one_cell_of_a_hundred_megabytes_is_told(
    shelf: Indicators, tmp_path: Path
) -> None:
    file = tmp_path / "enorme.csv"
    with file.open("wb") as stream:
        stream.write(b"CODGEO;MG\n95051;7\n")
        for _ in range(100):
            stream.write(b"9" * 1_000_000)
    draft = read(shelf, file)
    assert draft.accepted == 1
    assert [line for line, _ in draft.rejected] == [3]
    assert "ne se découpe pas" in draft.rejected[0][1]


def test_a_great_many_bad_lines_are_counted_and_only_the_first_are_told(
    shelf: Indicators, tmp_path: Path
) -> None:
    text = "CODGEO;MG\n95051;7\n" + "99999;1\n" * 6000
    draft = read(shelf, table(tmp_path, text))
    assert (draft.rows, draft.accepted, len(draft.rejected)) == (6001, 1, 5001)
    assert "1\u202f000 autres lignes" in draft.rejected[-1][1]


def test_a_workbook_packed_to_fill_the_memory_is_refused(
    shelf: Indicators, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor.reference.imported.tables.LARGEST_WORKBOOK", 1000)
    with zipfile.ZipFile(tmp_path / "bombe.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", "0" * 100_000)
    with pytest.raises(BadDataError, match="trop gros"):
        read(shelf, tmp_path / "bombe.xlsx")


def test_what_is_kept_names_no_folder_of_this_machine(
    shelf: Indicators, home: Home, tmp_path: Path
) -> None:
    shelf.accept(read(shelf, table(tmp_path, "CODGEO;MG\n95051;7\n")))
    (kept,) = (home.reference / "imported").glob("*.sqlite")
    assert str(tmp_path).encode() not in kept.read_bytes()
    assert json.dumps(str(tmp_path)).encode() not in kept.read_bytes()


def test_a_percentage_of_a_sheet_is_read_as_it_is_shown(shelf: Indicators, tmp_path: Path) -> None:
    """A sheet shows « 26 % » and keeps 0.26."""
    book = openpyxl.Workbook()
    book.active.append(["CODGEO", "C2S", "MG"])
    book.active.append(["95051", 0.26, 7])
    book.active["B2"].number_format = "0.0%"
    book.save(tmp_path / "table.xlsx")
    mapping = {**DOCTORS, "columns": {"C2S": "part_c2s", "MG": "nombre_mg_liberaux"}}
    shelf.accept(read(shelf, tmp_path / "table.xlsx", mapping))
    assert one(shelf, "95051", "part_c2s").figure.value == 26
    assert one(shelf, "95051").figure.value == 7


def test_what_an_indicator_cannot_be_is_rejected(shelf: Indicators, tmp_path: Path) -> None:
    text = "CODGEO;MG;C2S\n95051;7;126 %\n95394;-2;8\n95428;26 %;8\n77379;9;8\n"
    mapping = {**DOCTORS, "columns": {"C2S": "part_c2s", "MG": "nombre_mg_liberaux"}}
    draft = read(shelf, table(tmp_path, text), mapping)
    reasons = dict(draft.rejected)
    assert draft.accepted == 1
    assert "de 0 à 100" in reasons[2]
    assert "négatif" in reasons[3]
    assert "est un pourcentage, « médecins » est attendu" in reasons[4]


def test_fractions_in_a_column_of_shares_are_doubted_and_a_factor_mends_them(
    shelf: Indicators, tmp_path: Path
) -> None:
    text = "CODGEO;C2S\n95051;0,26\n95394;0,1\n95428;0,2\n77379;0,3\n38185;0,4\n"
    plain = {**DOCTORS, "columns": {"C2S": "part_c2s"}}
    (doubt,) = read(shelf, table(tmp_path, text), plain).remarks
    assert "fractions" in doubt
    mended = {**DOCTORS, "columns": {"C2S": {"id": "part_c2s", "factor": 100}}}
    draft = read(shelf, table(tmp_path, text), mended)
    assert draft.remarks == ()
    shelf.accept(draft)
    assert one(shelf, "95051", "part_c2s").figure.value == 26
    for wrong in (0, "cent", True):
        columns = {"C2S": {"id": "part_c2s", "factor": wrong}}
        with pytest.raises(BadDataError, match="factor"):
            read(shelf, table(tmp_path, text), {**DOCTORS, "columns": columns})


def test_two_columns_of_one_name_and_two_sheets_that_fit_are_never_chosen_between(
    shelf: Indicators, tmp_path: Path
) -> None:
    twice = read(shelf, table(tmp_path, "CODGEO;MG;MG\n95051;7;8\n"))
    assert twice.rejected == ((1, "deux colonnes s’appellent « MG »"),)
    book = openpyxl.Workbook()
    for name in ("2022", "2023"):
        sheet = book.create_sheet(name)
        for row in (["Médecins"], [], [], ["CODGEO", "MG"], ["95051", int(name)]):
            sheet.append(row)
    book.save(tmp_path / "table.xlsx")
    draft = read(shelf, tmp_path / "table.xlsx")
    assert "plusieurs feuilles conviennent (« 2022 », « 2023 »)" in draft.rejected[0][1]
    named = read(shelf, tmp_path / "table.xlsx", {**DOCTORS, "sheet": "2023"})
    assert (named.accepted, named.sheet) == (1, "2023")
    shelf.accept(named)
    assert one(shelf, "95051").figure.value == 2023


def test_a_quotation_mark_left_open_names_the_lines_it_swallows(
    shelf: Indicators, tmp_path: Path
) -> None:
    draft = read(shelf, table(tmp_path, 'CODGEO;MG\n95051;7\n"95394;8\n95428;4\n'))
    assert draft.accepted == 1
    assert draft.rejected == ((3, "un guillemet n’est pas fermé (lignes 3 à 4)"),)


def test_a_table_without_a_line_under_its_header_says_so(shelf: Indicators, tmp_path: Path) -> None:
    draft = read(shelf, table(tmp_path, "CODGEO;MG\n"))
    assert draft.rejected == ((1, "aucune ligne sous l’en-tête"),)


def test_the_arrondissements_of_a_city_make_the_city(shelf: Indicators, tmp_path: Path) -> None:
    lines = "".join(f"751{number:02d};{number};10\n" for number in range(1, 21))
    both = {**DOCTORS, "columns": {"MG": "nombre_mg_liberaux", "C2S": "part_c2s"}}
    shelf.accept(read(shelf, table(tmp_path, f"CODGEO;MG;C2S\n{lines}"), both))
    figure = one(shelf, "75056").figure
    assert figure.value == sum(range(1, 21))
    assert "par arrondissement" in str(figure.source)
    assert [each.id for each in shelf.of_communes(["75056"])] == ["nombre_mg_liberaux"]


def test_a_city_that_lacks_an_arrondissement_is_missing(shelf: Indicators, tmp_path: Path) -> None:
    lines = "".join(f"751{number:02d};{number}\n" for number in range(1, 20))
    shelf.accept(read(shelf, table(tmp_path, f"CODGEO;MG\n{lines}")))
    assert shelf.of_communes(["75056"]) == []


def test_a_zoning_saved_as_csv_is_told_apart_too(shelf: Indicators, tmp_path: Path) -> None:
    for text in ("région;code TVS;commune;qualification nationale\n11;77;Provins;ZIP\n",
                 "Code QPV;Commune;Zonage 2025\nQN1;Aix;ZIP\n"):  # fmt: skip
        draft = read(shelf, table(tmp_path, text), {})
        assert draft.accepted == 0
        assert "est un zonage" in draft.rejected[0][1]


def test_a_full_temporary_folder_is_told_and_changes_nothing(
    shelf: Indicators, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite itself says that there is no room: the draft may not grow beyond a few pages."""
    made = dataset_file.create

    def small(path: Path) -> sqlite3.Connection:
        connection = made(path)
        connection.execute("PRAGMA max_page_count = 6")
        return connection

    monkeypatch.setattr(dataset_file, "create", small)
    lines = "".join(f"{code};1\n" for code in shelf_codes(home))
    with pytest.raises(BadDataError, match="temporaire est plein"):
        read(shelf, table(tmp_path, f"CODGEO;MG\n{lines}"))
    assert not (home.reference / "imported").exists()


def shelf_codes(home: Home) -> list[str]:
    reference = Reference(home)
    try:
        return [one.code for one in reference.communes()]
    finally:
        reference.close()
