"""Places, territories and zonings read from files: what is right loads, what is wrong is named."""

import shutil
from pathlib import Path

import pytest

from advisor.errors import BadDataError
from advisor.reference.files.place_files import load_places
from advisor.reference.files.zoning_files import load_zonings

TESTS = Path(__file__).resolve().parents[1]
DATA = TESTS.parent / "data"
SMALL = TESTS / "data" / "small"
BROKEN = TESTS / "data" / "broken" / "zonings"
PLACES, TERRITORIES, LINES, HEADER = (
    "places/93.csv",
    "territories/93.csv",
    "zonings/essai.csv",
    "zonings/essai.yaml",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DATA / "schema", tmp_path / "données" / "schema")
    return Path(shutil.copytree(SMALL, tmp_path / "données", dirs_exist_ok=True))


def load(folder: Path) -> None:
    load_zonings(folder, load_places(folder))


def test_a_small_folder_loads_with_its_sources(folder: Path) -> None:
    places = load_places(folder)
    (zoning,) = load_zonings(folder, places)
    assert [place.code for place in places] == ["93001", "93059", "93079"]
    assert places[1].parent == "93079"
    assert str(places[1].ended) == "2025-01-01"
    assert [str(line.source) for line in zoning.lines] == ["sros L2", "sros L3"]
    assert [m.commune for m in zoning.lines[1].territory.members] == ["93059", "93079"]


SAMPLES = [
    ("places-code-in-double.csv", PLACES, 4, "93001 est déjà décrit"),
    ("places-malformed-code.csv", PLACES, 3, "« 9379 »"),
    ("places-unknown-parent.csv", PLACES, 4, "la commune 93999 est inconnue"),
    ("places-without-parent.csv", PLACES, 2, "la commune qui contient ce lieu"),
    ("places-bad-date.csv", PLACES, 4, "« 01/01/2025 » n’est pas une date"),
    ("places-former-without-end.csv", PLACES, 4, "a cessé"),
    ("places-unknown-kind.csv", PLACES, 2, "« village » est inconnu"),
    ("places-bad-population.csv", PLACES, 2, "« 90 000 » n’est pas un nombre entier"),
    ("places-population-without-year.csv", PLACES, 2, "une population va avec son année"),
    ("places-half-position.csv", PLACES, 2, "longitude et latitude vont ensemble"),
    ("places-position-off-the-globe.csv", PLACES, 2, "hors des bornes"),
    ("places-missing-cell.csv", PLACES, 3, "20 colonnes attendues, 19 lues"),
    ("places-wrong-header.csv", PLACES, 1, "l’en-tête n’est pas celui attendu"),
    ("places-windows-1252.csv", PLACES, 2, "n’est pas en UTF-8"),
    ("places-bad-postcode.csv", PLACES, 3, "« 9343 »"),
    ("territories-unknown-commune.csv", TERRITORIES, 2, "la commune 93998 est inconnue"),
    ("territories-commune-twice.csv", TERRITORIES, 2, "la commune 93079 est écrite deux fois"),
    ("territories-twice.csv", TERRITORIES, 3, "« groupe » est écrit deux fois"),
    ("territories-unknown-kind.csv", TERRITORIES, 2, "« quartier » est inconnu"),
    ("territories-code-of-a-commune.csv", TERRITORIES, 2, "déjà le code d’une commune"),
    ("territories-bad-yes.csv", TERRITORIES, 2, "« yes »"),
    ("lines-unknown-commune.csv", LINES, 3, "la commune 93999 est inconnue"),
    ("lines-unknown-territory.csv", LINES, 2, "le territoire « nulle-part » est inconnu"),
    ("lines-unknown-class.csv", LINES, 3, "« deficitaire » n’est pas une classe"),
    ("lines-unknown-adapted-class.csv", LINES, 2, "« ZIP » n’est pas une classe"),
    ("lines-territory-twice.csv", LINES, 4, "« 93001 » est déjà classé à la ligne 2"),
    ("lines-commune-classed-twice.csv", LINES, 3, "93079 est déjà classée à la ligne 2"),
    ("lines-without-locator.csv", LINES, 2, "« locator » est vide"),
    ("header-bad-date.yaml", HEADER, 7, "n’a pas la forme attendue pour first"),
    ("header-unknown-profession.yaml", HEADER, 3, "« rebouteux » est inconnu (professions)"),
    ("header-day-out-of-the-calendar.yaml", HEADER, 7, "« 2012-02-30 » n’est pas une date"),
    ("header-unknown-class.yaml", HEADER, 10, "« moyenne » est inconnu (classes)"),
    ("header-unknown-field.yaml", HEADER, 10, "humeur"),
    ("header-without-source.yaml", HEADER, 1, "source"),
    ("header-ends-before-it-begins.yaml", HEADER, 8, "le dernier jour précède le premier"),
    ("header-not-its-file-name.yaml", HEADER, 1, "n’est pas le nom du fichier"),
    ("header-not-yaml.yaml", HEADER, 4, "le fichier est illisible"),
    ("header-default-without-departement.yaml", HEADER, 10, "une classe par défaut"),
    (
        "header-no-profession-no-scheme.yaml",
        HEADER,
        1,
        "pour des professions (professions) ou fiscal",
    ),
    ("header-says-no-list.yaml", HEADER, 10, "dit ne pas avoir de liste"),
]


@pytest.mark.parametrize(("sample", "place", "line", "said"), SAMPLES, ids=str)
def test_a_broken_file_is_refused_with_its_name_and_line(
    folder: Path, sample: str, place: str, line: int, said: str
) -> None:
    shutil.copyfile(BROKEN / sample, folder / place)
    with pytest.raises(BadDataError) as refusal:
        load(folder)
    assert (Path(refusal.value.file), refusal.value.line) == (folder / place, line)
    assert said in refusal.value.message
    assert f"ligne {line}" in refusal.value.message


def test_every_broken_sample_is_tried() -> None:
    assert {sample for sample, *_ in SAMPLES} == {file.name for file in BROKEN.iterdir()}


@pytest.mark.parametrize(
    ("removed", "said"),
    [(LINES, "la liste essai.csv manque"), (HEADER, "l’en-tête essai.yaml manque")],
)
def test_a_list_and_its_header_go_together(folder: Path, removed: str, said: str) -> None:
    (folder / removed).unlink()
    with pytest.raises(BadDataError, match=said):
        load(folder)


def test_two_acts_of_one_profession_cannot_begin_on_the_same_day(folder: Path) -> None:
    zonings = folder / "zonings"
    header = (zonings / "essai.yaml").read_text(encoding="utf-8")
    (zonings / "second.yaml").write_text(header.replace("id: essai", "id: second"), "utf-8")
    shutil.copyfile(zonings / "essai.csv", zonings / "second.csv")
    with pytest.raises(BadDataError, match="commence le même jour que « essai »") as refusal:
        load(folder)
    assert (Path(refusal.value.file).name, refusal.value.line) == ("second.yaml", 7)


def test_a_folder_without_places_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDataError, match="aucun lieu"):
        load_places(tmp_path)


def test_the_shipped_places_hold_all_that_the_sources_need() -> None:
    places = load_places(DATA)
    count = {
        departement: sum(
            place.departement == departement and place.kind == "commune" for place in places
        )
        for departement in ("75", "92", "93", "94")
    }
    assert count == {"75": 1, "92": 36, "93": 39, "94": 47}
    assert sum(place.kind == "arrondissement" for place in places) == 20
    communes = [place for place in places if place.kind in {"commune", "arrondissement"}]
    for place in communes:
        assert place.population is not None, place.code
        assert place.population_year == 2023
        assert place.postcodes, place.code
        assert place.longitude is not None, place.code
        assert place.epci_siren, place.code
        assert place.source


def test_an_arrondissement_line_lets_the_city_say_that_it_depends() -> None:
    places = load_places(DATA)
    zoning = next(z for z in load_zonings(DATA, places) if z.id == "medecins-2022-03-30")
    line = next(line for line in zoning.lines if line.territory.id == "75119")
    assert [(m.commune, m.partial) for m in line.territory.members] == [
        ("75119", False),
        ("75056", True),
    ]
    assert line.territory.kind == "arrondissement"


def test_every_text_a_reader_sees_has_french_typography() -> None:
    for zoning in load_zonings(DATA, load_places(DATA)):
        texts = [zoning.title, zoning.legal_act, zoning.why_unknown, *zoning.remarks]
        texts += [*zoning.default_remarks, *(one.text for one in zoning.profession_remarks)]
        texts += [line.remark for line in zoning.lines]
        texts += [line.territory.name for line in zoning.lines if "-" in line.territory.id]
        for text in texts:
            assert "'" not in text, text
            assert not any(f" {mark}" in text for mark in ":;!?%"), text
