"""All the ways to write a place name give the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain.places.departement_names import DEPARTEMENT_NAMES, departements_named
from advisor.domain.places.name_search import (
    fold,
    joined,
    name_keys,
    read,
    spellings,
    telling,
    words_of,
)
from advisor.domain.places.name_typos import SlipFinder, heads_of, span


@pytest.mark.parametrize(
    "written",
    [
        "Saint-Ouen-sur-Seine",
        "SAINT OUEN SUR SEINE",
        "st ouen s/ seine",
        "St. Ouen s/Seine",
        "  Saint‑Ouen – sur_Seine ",
        "saint-ouen/sur/seine",
        "Saint'Ouen’sur Seine",
    ],
)
def test_accents_case_signs_and_abbreviations_give_the_same_words(written: str) -> None:
    assert words_of(written) == ("saint", "ouen", "sur", "seine")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Œuf-en-Ternois", ("oeuf", "en", "ternois")),
        ("L'Haÿ-les-Roses", ("l", "hay", "les", "roses")),
        ("Oô", ("oo",)),
        ("Ste-Geneviève", ("sainte", "genevieve")),
        ("Stes-Maries", ("saintes", "maries")),
        ("Fontenay s/s Bois", ("fontenay", "sous", "bois")),
        ("Paris 19e Arrondissement", ("paris", "19", "arrondissement")),
        ("paris 1er ardt", ("paris", "1", "arrondissement")),
        ("Créteil Cedex 9", ("creteil",)),
        ("Ægerter", ("aegerter",)),
        ("…!?", ()),
    ],
)
def test_a_written_name_is_read_word_by_word(written: str, words: tuple[str, ...]) -> None:
    assert words_of(written) == words


def test_the_last_word_is_kept_as_typed_because_it_may_go_on() -> None:
    assert read("st").words == ("st",)
    assert spellings(read("st").words) == ("saint", "st")
    assert spellings(read("mont st").words) == ("montsaint", "montst")
    assert spellings(read("stdenis").words)[-1] == "saintdenis"


def test_a_number_alone_is_a_code_and_a_number_beside_words_is_not() -> None:
    assert read(" 2a004 ").code == "2A004"
    assert read("93").code == "93"
    assert read("saint denis (93)").code == ""
    assert read("saint denis (93)").numbers == ("93",)
    assert read("123456").code == ""


def test_articles_and_links_do_not_tell_unless_there_is_nothing_else() -> None:
    assert telling(words_of("La Ferté-sous-Jouarre")) == ("ferte", "jouarre")
    assert telling(("les",)) == ("les",)


def test_a_name_answers_whole_without_articles_and_from_a_later_word() -> None:
    keys = name_keys("La Ferté-sous-Jouarre")
    assert keys["lafertesousjouarre"] == 0
    assert keys["fertesousjouarre"] == 1
    assert keys["fertejouarre"] == 1
    assert keys["jouarre"] == 2
    assert name_keys("Paris 1er Arrondissement")["paris1"] == 0


def test_a_very_long_text_is_read_no_further_than_eighty_signs() -> None:
    assert len(joined(read("a" * 5000).words)) == 80


@given(st.text())
def test_any_text_folds_to_plain_letters_and_digits(text: str) -> None:
    folded = fold(text)
    assert all(letter.isascii() and (letter.isalnum() or letter == " ") for letter in folded)


def test_departements_are_known_by_name_and_by_the_start_of_it() -> None:
    assert len(DEPARTEMENT_NAMES) == 101
    assert departements_named(("hauts", "de", "seine")) == {"92"}
    assert departements_named(("val", "d", "oise")) == {"95"}
    assert departements_named(("reunion",)) == {"974"}
    assert departements_named(("seines",)) == {"93"}
    assert departements_named(("sei",)) == frozenset()


KEYS = sorted(["talence", "talencieux", "villeneuvelagarenne", "mer", "valence", "lyon"])
SLIPS = SlipFinder(KEYS, heads_of(KEYS))


@pytest.mark.parametrize("typed", ["talenxe", "tlence", "talencee", "atlence", "alence"])
def test_one_slip_finds_the_whole_name(typed: str) -> None:
    assert "talence" in SLIPS.whole(typed)


@pytest.mark.parametrize("typed", ["vileneuve", "villneuvelag", "vlil", "xilleneuvela"])
def test_one_slip_finds_the_name_while_it_is_being_typed(typed: str) -> None:
    starts = SLIPS.starts(typed)
    assert any(KEYS[span(KEYS, start)[0]] == "villeneuvelagarenne" for start in starts)


def test_three_letters_or_fewer_forgive_nothing() -> None:
    assert SLIPS.whole("mre") == []
    assert SLIPS.starts("mre") == []


def test_two_slips_are_not_forgiven() -> None:
    assert SLIPS.starts("vxlxeneuve") == []


@given(st.sampled_from(KEYS).filter(lambda key: len(key) > 4), st.data())
def test_every_single_edit_leads_back_to_the_name(key: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(key) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    edits = [
        key[:place] + key[place + 1 :],
        key[:place] + letter + key[place:],
        key[:place] + letter + key[place + 1 :],
        key[:place] + key[place : place + 2][::-1] + key[place + 2 :],
    ]
    for edited in edits:
        starts = [*SLIPS.starts(edited), edited]
        assert len(edited) < 4 or any(key.startswith(start) for start in starts)
        assert len(edited) < 4 or edited == key or key in SLIPS.whole(edited)
