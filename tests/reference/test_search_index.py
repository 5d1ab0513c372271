"""The commune search answers first what the person who types has in mind."""

import json
import random
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain.places.name_search import fold, words_of
from advisor.domain.places.place import Commune, PlaceKind
from advisor.errors import PackError
from advisor.reference.files.place_files import load_places
from advisor.reference.names.search_index import Hit, NameIndex, build_index, load_index

from .national_places import every_place, needs_open_data

ROOT = Path(__file__).resolve().parents[2]
CASES = json.loads((ROOT / "tests" / "cases" / "search.json").read_text(encoding="utf-8"))
STARTER_PLACES = load_places(ROOT / "data")
STARTER = load_index(build_index(STARTER_PLACES))
TODAY = {
    place.code: place
    for place in STARTER_PLACES
    if place.kind in (PlaceKind.COMMUNE, PlaceKind.ARRONDISSEMENT)
}
LONG_NAMES = sorted(c.name for c in TODAY.values() if len(fold(c.name)) >= 6)


@pytest.fixture(scope="module")
def national() -> tuple[NameIndex, dict[str, Commune]]:
    places = every_place()
    today = (PlaceKind.COMMUNE, PlaceKind.ARRONDISSEMENT)
    return load_index(build_index(places)), {
        place.code: place for place in sorted(places, key=lambda place: place.kind in today)
    }


def of_today(places: dict[str, Commune]) -> list[Commune]:
    kinds = (PlaceKind.COMMUNE, PlaceKind.ARRONDISSEMENT)
    return [places[code] for code in sorted(places) if places[code].kind in kinds]


def first(index: NameIndex, typed: str, departement: str | None = None) -> str:
    return index.search(typed, departement)[0].code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param(case["typed"], case["first"], id=case["id"])
        for case in CASES
        if "full pack" not in case.get("needs", "")
    ],
)
def test_each_case_of_the_starter_pack_comes_first(typed: str, code: str) -> None:
    assert first(STARTER, typed) == code


@needs_open_data
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param(case["typed"], case["first"], id=case["id"])
        for case in CASES
        if "starter" not in case.get("needs", "")
    ],
)
def test_each_case_of_the_full_pack_comes_first(
    national: tuple[NameIndex, dict[str, Commune]], typed: str, code: str
) -> None:
    assert first(national[0], typed) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ST DENIS", "93066"),
        ("saintdenis", "93066"),
        ("stdenis", "93066"),
        ("Saint-Denis 93", "93066"),
        ("saint denis (93)", "93066"),
        ("93 saint denis", "93066"),
        ("saint denis seine saint denis", "93066"),
        ("ile st denis", "93039"),
        ("lhay les roses", "94038"),
        ("L’HAY-LES-ROSES", "94038"),
        ("hay", "94038"),
        ("mee s/seine", "77285"),
        ("Ferté-Gaucher (La)", "77182"),
        ("gaucher", "77182"),
        ("gaucer", "77182"),
        ("clichy 92", "92024"),
        ("clichy hauts de seine", "92024"),
        ("clichy sous bois", "93014"),
        ("clichy s/s bois", "93014"),
        ("fontenay s bois", "94033"),
        ("paris", "75056"),
        ("paris 19e", "75119"),
        ("paris 19ème", "75119"),
        ("19e arrondissement", "75119"),
        ("19e arr", "75119"),
        ("paris 1", "75101"),
        ("paris 1er", "75101"),
        ("75001", "75101"),
        ("75116", "75116"),
        ("75019 paris", "75119"),
        ("ivri", "94041"),
        ("ivry", "94041"),
        ("bry sur marne", "94015"),
        ("villeneuve garenne", "92078"),
        ("garenne villeneuve", "92078"),
        ("93066", "93066"),
        ("noisy le se", "93053"),
    ],
)
def test_the_place_meant_comes_first(typed: str, code: str) -> None:
    assert first(STARTER, typed) == code


def test_a_postal_code_shared_by_communes_gives_them_by_population() -> None:
    places = [
        Commune("01001", "Petite", "01", "84", postcodes=("01990",), population=10),
        Commune("01002", "Grande", "01", "84", postcodes=("01990",), population=900),
        Commune("01990", "Autre", "01", "84", population=1),
    ]
    index = load_index(build_index(places))
    assert [hit.code for hit in index.search("01990")] == ["01990", "01002", "01001"]
    assert [hit.code for hit in index.search("019")] == ["01002", "01001", "01990"]


def test_the_permanence_s_departement_comes_before_population_but_after_an_exact_name() -> None:
    places = [
        Commune("77001", "Villiers-Petit", "77", "11", population=10),
        Commune("94001", "Villiers-Grand", "94", "11", population=90000),
        Commune("86001", "Villiers", "86", "75", population=100),
        Commune("36001", "Villiers", "36", "24", population=90),
    ]
    index = load_index(build_index(places))
    typed = [hit.code for hit in index.search("villiers", "77")]
    assert typed == ["86001", "36001", "77001", "94001"]
    assert [hit.code for hit in index.search("villiers", "36")][:2] == ["36001", "86001"]
    assert first(index, "villie") == "94001"


def test_an_old_name_and_an_old_code_say_what_they_were() -> None:
    places = [
        Commune("77316", "Moret-Loing-et-Orvanne", "77", "11", population=12000),
        Commune("77316", "Moret-sur-Loing", "77", "11", kind=PlaceKind.DELEGATED, parent="77316"),
        Commune("77166", "Écuelles", "77", "11", kind=PlaceKind.FORMER, parent="77316"),
        Commune("77491", "Veneux-les-Sablons", "77", "11", kind=PlaceKind.FORMER, parent="77166"),
        Commune("93066", "Saint-Denis", "93", "11", former_codes=("75059",)),
    ]
    index = load_index(build_index(places))
    assert index.search("moret sur loing") == [Hit("77316", "Moret-sur-Loing")]
    assert index.search("ecueles") == [Hit("77316", "Écuelles")]
    assert index.search("veneux") == [Hit("77316", "Veneux-les-Sablons")]
    assert index.search("77166") == [Hit("77316", "77166")]
    assert index.search("75059") == [Hit("93066", "75059")]
    assert index.search("moret loing") == [Hit("77316", None)]


def test_a_former_commune_whose_successor_is_not_held_answers_for_itself() -> None:
    alone = Commune("91511", "Pussay", "91", "11", kind=PlaceKind.FORMER, parent="91390")
    assert load_index(build_index([alone])).search("pussai") == [Hit("91511", None)]


def test_an_old_name_lets_a_town_that_begins_so_pass_first() -> None:
    places = [
        Commune("94041", "Ivry-sur-Seine", "94", "11", population=64000),
        Commune("21327", "Val-Mont", "21", "27", population=300, former_names=("Ivry",)),
    ]
    index = load_index(build_index(places))
    assert [hit.code for hit in index.search("ivry")] == ["94041", "21327"]
    assert [hit.code for hit in index.search("ivry", "21")] == ["21327", "94041"]


def test_one_letter_and_the_limit_are_respected() -> None:
    assert len(STARTER.search("s", limit=3)) == 3
    assert len(STARTER.search("s", limit=50)) == 50
    assert STARTER.search("s", limit=0) == []
    assert STARTER.search("") == []
    assert STARTER.search(" '- ") == []


def test_equal_communes_give_equal_bytes_whatever_their_order() -> None:
    assert build_index(STARTER_PLACES) == build_index(reversed(STARTER_PLACES))


@pytest.mark.parametrize("size", [0, 10, 40, 5000])
def test_a_cut_index_is_refused_in_a_sentence(size: int) -> None:
    with pytest.raises(PackError, match="référentiel"):
        load_index(build_index(STARTER_PLACES)[:size])


@given(st.text(), st.sampled_from([None, "93", "2A", "?"]))
def test_no_text_makes_the_search_fail(text: str, departement: str | None) -> None:
    hits = STARTER.search(text, departement)
    assert len({hit.code for hit in hits}) == len(hits) <= 10


@given(st.sampled_from(sorted(TODAY)))
def test_a_full_name_gives_its_commune_or_a_homonym_first(code: str) -> None:
    found = TODAY[first(STARTER, TODAY[code].name)]
    assert words_of(found.name) == words_of(TODAY[code].name)
    assert first(STARTER, code) == code


@given(st.sampled_from(LONG_NAMES), st.integers(0, 3), st.integers(0), st.sampled_from("aeinoxz"))
def test_one_slip_in_a_long_name_still_finds_it(name: str, kind: int, at: int, letter: str) -> None:
    slipped = with_a_slip(fold(name), kind, at, letter)
    names = [fold(TODAY[hit.code].name) for hit in STARTER.search(slipped)[:5]]
    assert fold(name) in names


def with_a_slip(name: str, kind: int, at: int, letter: str) -> str:
    place = at % len(name)
    if kind == 0:
        return name[:place] + name[place + 1 :]
    if kind == 1:
        return name[:place] + letter + name[place:]
    if kind == 2:
        return name[:place] + letter + name[place + 1 :]
    return name[:place] + name[place : place + 2][::-1] + name[place + 2 :]


@needs_open_data
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("eu", "76255"),
        ("oo", "31404"),
        ("mer", "41136"),
        ("la rochelle", "17300"),
        ("Rochelle (La)", "17300"),
        ("quim", "29232"),
        ("Talenc", "33522"),
        ("talenx", "33522"),
        ("lyon 3", "69383"),
        ("marseille 1", "13201"),
        ("marseille 1er", "13201"),
        ("saint denis 93", "93066"),
        ("saint denis reunion", "97411"),
        ("chalon/saone", "71076"),
        ("châlons en champagne", "51108"),
        ("oeuf en ternois", "62633"),
        ("mont michel", "50353"),
        ("st germain en laye", "78551"),
        ("2a004", "2A004"),
        ("evry courcouronnes", "91228"),
        ("la balme", "73028"),
        ("labalme", "01200"),
        ("pierrefitte sur seine", "93066"),
    ],
)
def test_over_all_of_france_the_place_meant_comes_first(
    national: tuple[NameIndex, dict[str, Commune]], typed: str, code: str
) -> None:
    assert first(national[0], typed) == code


@needs_open_data
def test_one_commune_of_france_in_five_is_first_or_homonym_when_its_name_is_typed_in_full(
    national: tuple[NameIndex, dict[str, Commune]],
) -> None:
    index, places = national
    for place in of_today(places)[::5]:
        found = places[first(index, place.name)]
        assert words_of(found.name) == words_of(place.name)
        assert first(index, place.code) == place.code


@needs_open_data
def test_over_all_of_france_one_slip_finds_the_name_among_the_first_five(
    national: tuple[NameIndex, dict[str, Commune]],
) -> None:
    index, places = national
    chance = random.Random(2026)  # noqa: S311 (a sample, not a secret)
    names = sorted(fold(place.name) for place in of_today(places) if len(fold(place.name)) >= 6)
    asked = chance.sample(names, 1500)
    found = 0
    for name in asked:
        letter = chance.choice(string.ascii_lowercase)
        slipped = with_a_slip(name, chance.randrange(4), chance.randrange(99), letter)
        found += name in {fold(places[hit.code].name) for hit in index.search(slipped)[:5]}
    assert found / len(asked) > 0.98
