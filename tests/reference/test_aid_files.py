"""Declared aids are refused by file and line when they are not written as they should."""

import shutil
from pathlib import Path

import pytest

from advisor.errors import BadDataError
from advisor.reference.files.aid_files import load_aid, load_aids
from advisor.reference.files.funding_files import load_funding, load_ranking

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "data" / "schema"
BROKEN = ROOT / "tests" / "data" / "broken" / "aids"


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        ("words_without_rule", 8, "il manque «\u202frule\u202f»"),
        ("unknown_field", 10, "champ de profil inconnu"),
        ("unknown_key", 5, "champ inconnu «\u202fcouleur\u202f»"),
        ("other_name", 1, "n’est pas le nom du fichier"),
        ("no_refused_profile", 15, "aucun profil d’exemple ne donne not_eligible"),
        ("bad_profile", 17, "Secteur"),
        ("bad_confidence", 5, "n’est pas admis"),
        ("same_condition_twice", 11, "deux conditions"),
        ("bad_date", 7, "n’a pas la forme attendue"),
    ],
)
def test_a_broken_aid_is_refused_with_its_file_and_line(name: str, line: int, words: str) -> None:
    file = BROKEN / f"{name}.yaml"
    with pytest.raises(BadDataError) as refused:
        load_aid(file, SCHEMA / "aid.schema.json")
    assert (refused.value.file, refused.value.line) == (str(file), line)
    assert words in refused.value.message


def test_a_file_that_is_not_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(BadDataError) as refused:
        load_aid(BROKEN / "not_yaml.yaml", SCHEMA / "aid.schema.json")
    assert refused.value.line is not None
    assert "illisible" in refused.value.message


def test_an_aid_that_names_an_unknown_one_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SCHEMA, tmp_path / "schema")
    (tmp_path / "aids").mkdir()
    shutil.copy(BROKEN / "unknown_aid.yaml", tmp_path / "aids")
    with pytest.raises(BadDataError, match="tombola"):
        load_aids(tmp_path / "aids")


def test_a_scheme_with_an_unknown_rate_is_refused_with_its_line(tmp_path: Path) -> None:
    shutil.copytree(SCHEMA, tmp_path / "schema")
    (tmp_path / "funding").mkdir()
    text = (ROOT / "data" / "funding" / "immobilier_idf_2018.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "funding" / "immobilier_idf_2018.yaml"
    broken.write_text(text.replace("rate: 0.4", "rate: beaucoup"), encoding="utf-8")
    with pytest.raises(BadDataError) as refused:
        load_funding(tmp_path / "funding")
    assert refused.value.line == 10


def test_a_criterion_nobody_measures_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SCHEMA, tmp_path / "schema")
    file = tmp_path / "ranking.yaml"
    file.write_text("criteria:\n  - {id: meteo, label: Météo, weight: 3}\n", encoding="utf-8")
    with pytest.raises(BadDataError, match="meteo") as refused:
        load_ranking(file)
    assert refused.value.line == 2
