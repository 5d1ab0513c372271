"""``advisor diagnostic`` and ``advisor indicators``: the contract's JSON, the sources' figures."""

import json
from pathlib import Path
from typing import Any

import pytest
from cli_runner import Advisor

LEVELS = ("territory", "departement", "region", "france")
ISERE_EPCI = {  # SIREN: (installations for one departure, % over 60), deck L277-294
    "243801255": (3.0, 32),
    "200040111": (2.7, 30),
    "200085751": (1.6, 35),
    "200059392": (1.3, 18),
    "243801024": (1.0, 19),
    "200030658": (1.0, 18),
    "200068542": (1.0, 24),
    "200018166": (0.9, 27),
    "200077014": (0.8, 25),
    "200040715": (0.8, 33),
    "200040657": (0.8, 8),
    "243800984": (0.7, 26),
    "243800604": (0.6, 20),
    "243801073": (0.6, 7),
    "200068567": (0.6, 33),
    "243800935": (0.6, 38),
    "200070431": (0.4, 41),
    "243800745": (0.3, 33),
}
IDF = {  # printed population, protocol L128-155
    "Bussy-Saint-Georges": 26_346,
    "CC des Deux Morin": 27_000,
    "Houilles": 31_981,
    "Le Vésinet": 15_884,
    "Viroflay": 15_738,
    "Villetaneuse": 12_658,
    "Gif-sur-Yvette": 22_000,
    "Chennevières-sur-Marne": 18_000,
    "Pontoise": 29_800,
    "Enghien-les-Bains": 11_413,
    "Montmorency": 20_866,
    "Beauchamp": 8_703,
    "Méry-sur-Oise": 9_531,
}


def asked(advisor: Advisor, *words: str) -> dict[str, Any]:
    ran = advisor(*words, "--json")
    assert ran.status == 0, ran.err + ran.out
    found: dict[str, Any] = json.loads(ran.out)
    return found


def row(found: dict[str, Any], key: str) -> dict[str, Any]:
    return next(one for one in found["indicators"] if one["id"] == key)


def test_each_epci_of_isere_answers_from_its_printed_figures(reader: Advisor) -> None:
    for siren, (ratio, older) in ISERE_EPCI.items():
        found = asked(reader, "diagnostic", "territory", "--epci", siren)
        told = row(found, "ratio_installations_cessations_mg")
        assert (told["value"], told["year"], told["departement"]["value"]) == (ratio, 2023, 0.94)
        aged = row(found, "part_mg_plus_60_ans")
        assert (aged["value"], aged["departement"]["value"]) == (older, 26)
        assert found["population"] > 9_000


def test_the_figures_of_the_deck_come_out_again(reader: Advisor) -> None:
    found = asked(reader, "diagnostic", "territory", "--example", "isere")
    values = {one["id"]: one["value"] for one in found["indicators"]}
    assert (values["installations_mg"], values["cessations_mg"]) == (366, 391)
    assert values["ratio_installations_cessations_mg"] == 0.94
    assert values["part_mg_plus_60_ans"] == 26
    assert values["nombre_mg_liberaux"] == 1153
    scenario = found["scenario"]
    assert scenario["marking"] == "scénario, pas une prévision"
    assert (scenario["leaving"], scenario["installing"]) == (299.78, 280.61)
    assert found["reading_2012"]["marking"] == "non officiel"


def test_the_shape_is_the_contract_s(reader: Advisor) -> None:
    found = asked(reader, "diagnostic", "territory", "--epci", "200072544")
    assert {"territory", "population", "warnings", "indicators"} <= found.keys()
    expected = {"id", "label", "value", "unit", "year", "source", *LEVELS}
    for one in found["indicators"]:
        assert expected <= one.keys()
        for level in LEVELS:
            told = one[level]
            assert told["value"] is None or (told["source"] and not told["reason"])
            assert told["value"] is not None or told["reason"]
    assert (found["population"], found["population_year"]) == (26_513, 2023)
    assert len(found["territory"]["communes"]) == 31


def test_the_thirteen_diagnostics_open_and_two_are_under_the_floor(reader: Advisor) -> None:
    listed = asked(reader, "diagnostic", "examples")["examples"]
    printed = {
        one["name"]: one["printed_population"] for one in listed if "Isère" not in one["source"]
    }
    assert printed == IDF
    below = set()
    for one in listed:
        found = asked(reader, "diagnostic", "territory", "--example", one["id"])
        if any("sous le plancher" in text for text in found["warnings"]):
            below.add(found["territory"]["name"])
    assert below == {"Beauchamp", "Méry-sur-Oise"}


def test_a_list_of_communes_is_read_one_by_line(reader: Advisor, tmp_path: Path) -> None:
    file = tmp_path / "communes.txt"
    file.write_text("code;nom\n95051;Beauchamp\n95394\n\n", encoding="utf-8")
    found = asked(reader, "diagnostic", "territory", "--communes", str(file))
    assert [one["code"] for one in found["territory"]["communes"]] == ["95051", "95394"]
    assert found["population"] == 9_849 + 9_983
    assert found["warnings"] == []


def test_a_former_commune_gives_today_s_and_says_so(reader: Advisor, tmp_path: Path) -> None:
    file = tmp_path / "communes.txt"
    file.write_text("93059\n", encoding="utf-8")
    found = asked(reader, "diagnostic", "territory", "--communes", str(file))
    assert [one["code"] for one in found["territory"]["communes"]] == ["93066"]
    assert "Pierrefitte-sur-Seine (93059) est aujourd’hui dans Saint-Denis." in found["warnings"]


def test_a_list_may_come_from_a_spreadsheet_and_hold_several_codes_on_a_line(
    reader: Advisor, tmp_path: Path
) -> None:
    file = tmp_path / "communes.csv"
    file.write_bytes("Code;Nom\n95394;Méry-sur-Oise\n95051, 95428\n".encode("cp1252"))
    found = asked(reader, "diagnostic", "territory", "--communes", str(file))
    codes = [one["code"] for one in found["territory"]["communes"]]
    assert codes == ["95394", "95051", "95428"]


def test_an_arrondissement_is_not_counted_twice_with_its_city(
    reader: Advisor, tmp_path: Path
) -> None:
    file = tmp_path / "communes.txt"
    file.write_text("75101\n75056\n", encoding="utf-8")
    found = asked(reader, "diagnostic", "territory", "--communes", str(file))
    assert [one["code"] for one in found["territory"]["communes"]] == ["75056"]
    assert "Paris 1er Arrondissement est déjà compté dans Paris." in found["warnings"]


def test_all_the_codes_that_are_no_commune_are_told_at_once(
    reader: Advisor, tmp_path: Path
) -> None:
    file = tmp_path / "communes.txt"
    file.write_text("95051\n99998\n99999\n", encoding="utf-8")
    ran = reader("diagnostic", "territory", "--communes", str(file))
    assert (ran.status, ran.out) == (1, "")
    assert "99998 et 99999" in ran.err


@pytest.mark.parametrize("wrong", ["nan", "inf", "deux"])
def test_an_hypothesis_that_is_no_number_is_refused_in_french(reader: Advisor, wrong: str) -> None:
    words = ("diagnostic", "territory", "--example", "isere", "--departure-age", wrong)
    ran = reader(*words)
    assert (ran.status, ran.out) == (2, "")
    assert f"« {wrong} » n’est pas un nombre" in ran.err


def test_each_value_is_told_with_its_year_and_its_source(reader: Advisor) -> None:
    lines = reader("diagnostic", "territory", "--example", "isere").out.splitlines()
    told = next(one for one in lines if "Médecins généralistes libéraux, médecins" in one)
    number = told.split("1\u202f153 (2023) [")[1].split("]")[0]
    assert any(one.startswith(f"[{number}] Réunion d’information") for one in lines)


@pytest.mark.parametrize(
    ("text", "said"), [("Provins\n77379\nProvins", "ligne 3"), ("", "au moins une commune")]
)
def test_a_bad_list_is_refused_in_french(
    reader: Advisor, tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "communes.txt"
    file.write_text(text, encoding="utf-8")
    ran = reader("diagnostic", "territory", "--communes", str(file))
    assert (ran.status, ran.out) == (1, "")
    assert said in ran.err


def test_an_unknown_epci_is_not_found(reader: Advisor) -> None:
    assert reader("diagnostic", "territory", "--epci", "123456789").status == 1
    assert reader("diagnostic", "territory").status == 2


def test_hypotheses_move_the_scenario_and_only_it(reader: Advisor) -> None:
    words = ("diagnostic", "territory", "--example", "isere")
    calm, moved = asked(reader, *words), asked(reader, *words, "--pace", "1,5", "--patients", "800")
    assert moved["indicators"] == calm["indicators"]
    assert moved["scenario"]["installing"] == pytest.approx(420.92)
    assert moved["scenario"]["hypotheses"]["patients_per_doctor"] == 800
    assert reader(*words, "--pace", "9").status == 1


def test_a_diagnostic_is_printed(advisor: Advisor, tmp_path: Path) -> None:
    out = tmp_path / "diagnostic.pdf"
    found = asked(advisor, "diagnostic", "territory", "--epci", "200072544", "--pdf", str(out))
    assert found["pdf"] == str(out)
    assert out.read_bytes().startswith(b"%PDF")


def test_an_imported_table_answers_in_the_next_diagnostic(advisor: Advisor, tmp_path: Path) -> None:
    """5 + 3 doctors for 9 849 + 9 983 inhabitants: 40,34 for 100 000."""
    file, chosen = tmp_path / "cpam.csv", tmp_path / "communes.txt"
    file.write_text("CODGEO;MG;C2S\n95051;5;s\n95394;3;8,5\n95428;sept;1\n", encoding="utf-8")
    chosen.write_text("95051\n95394\n", encoding="utf-8")
    columns = {"MG": "nombre_mg_liberaux", "C2S": "part_c2s"}
    mapping = json.dumps(
        {"territory": "CODGEO", "year": 2024, "source": "CPAM 95", "columns": columns}
    )
    words = ("indicators", "import", str(file), "--mapping", mapping)
    dry = asked(advisor, *words, "--dry-run")
    assert (dry["rows"], dry["accepted"]) == (3, 2)
    assert dry["rejected"] == [
        {"line": 4, "reason": "« sept » n’est pas un nombre (colonne « MG »)"}
    ]
    assert asked(advisor, "indicators", "list")["datasets"] == []
    ask = ("diagnostic", "territory", "--communes", str(chosen))
    assert row(asked(advisor, *ask), "nombre_mg_liberaux")["value"] is None
    asked(advisor, *words)
    found = asked(advisor, *ask)
    told = row(found, "nombre_mg_liberaux")
    assert (told["value"], told["year"]) == (8, 2024)
    assert "CPAM 95 (cpam.csv, lignes 2 à 3)" in told["source"]
    assert row(found, "densite_mg_liberaux")["value"] == pytest.approx(40.34, abs=0.01)
    secret = row(found, "part_c2s")["territory"]
    assert (secret["value"], secret["secret"], secret["reason"]) == (None, True, "non diffusé")
    (kept,) = asked(advisor, "indicators", "list")["datasets"]
    asked(advisor, "indicators", "forget", kept["id"])
    assert row(asked(advisor, *ask), "nombre_mg_liberaux")["value"] is None


def test_a_table_without_a_good_line_exits_with_1_and_its_report(
    advisor: Advisor, tmp_path: Path
) -> None:
    file = tmp_path / "table.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    ran = advisor("indicators", "import", str(file), "--json")
    assert ran.status == 1
    found = json.loads(ran.out)
    assert (found["rows"], found["accepted"]) == (0, 0)
    assert found["rejected"][0]["line"] == 1


def test_a_mapping_may_stand_in_a_file(advisor: Advisor, tmp_path: Path) -> None:
    table, mapping = tmp_path / "table.csv", tmp_path / "mapping.json"
    table.write_text("INSEE;MG\n95051;5\n", encoding="utf-8")
    said = {"year": 2024, "source": "CPAM", "columns": {"MG": "nombre_mg_liberaux"}}
    mapping.write_text(json.dumps(said), encoding="utf-8")
    words = ("indicators", "import", str(table), "--mapping", str(mapping), "--dry-run")
    assert asked(advisor, *words)["accepted"] == 1


def test_a_mapping_that_is_not_json_is_refused(advisor: Advisor, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("INSEE;MG\n95051;5\n", encoding="utf-8")
    ran = advisor("indicators", "import", str(file), "--mapping", "{MG: 3}")
    assert (ran.status, ran.out) == (1, "")
    assert "JSON" in ran.err


def test_the_age_groups_of_a_table_make_the_doctors_their_density_and_the_pyramid(
    advisor: Advisor, tmp_path: Path
) -> None:
    """3 + 2 + 1 + 1 + 2 + 1 = 10 doctors, 3 of them 60 or more; 10 for 9 849: 101,53."""
    file, chosen = tmp_path / "ages.csv", tmp_path / "communes.txt"
    file.write_text("CODGEO;A;B;C;D;E;F\n95051;3;2;1;1;2;1\n", encoding="utf-8")
    chosen.write_text("95051\n", encoding="utf-8")
    named = ("mg_moins_40_ans", "mg_40_49_ans", "mg_50_54_ans", "mg_55_59_ans", "mg_60_64_ans",
             "mg_65_ans_et_plus")  # fmt: skip
    columns = dict(zip("ABCDEF", named, strict=True))
    said = {"year": 2023, "source": "CPAM 95", "columns": columns}
    asked(advisor, "indicators", "import", str(file), "--mapping", json.dumps(said))
    found = asked(advisor, "diagnostic", "territory", "--communes", str(chosen))
    assert row(found, "nombre_mg_liberaux")["value"] == 10
    assert row(found, "part_mg_plus_60_ans")["value"] == 30
    assert row(found, "densite_mg_liberaux")["value"] == pytest.approx(101.53, abs=0.01)
    assert found["scenario"]["leaving"] == 3
