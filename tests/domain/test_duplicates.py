"""Two records of one professional are seen; two people of one name are not."""

from dataclasses import replace

import pytest

from advisor.domain.cases.duplicates import (
    PersonFacts,
    Sign,
    find_duplicates,
    name_key,
    phone_key,
)

ONE = PersonFacts(
    "a", "Exemple", "Élodie", "sage_femme", "06 39 98 00 01", "e@exemple.fr", frozenset({"77"})
)


def pairs(*people: PersonFacts) -> list[tuple[str, str]]:
    return [one.ids for one in find_duplicates(people)]


@pytest.mark.parametrize(
    ("nom", "prenom"), [("EXEMPLE", "Elodie"), ("elodie", "exemple"), ("Exemple ", " élodie")]
)
def test_a_name_written_otherwise_is_the_same(nom: str, prenom: str) -> None:
    other = replace(ONE, id="b", nom=nom, prenom=prenom)
    assert pairs(other, ONE) == [("a", "b")]
    assert name_key("Lefœuvre", "Zoé") == name_key("zoe", "LEFOEUVRE")


@pytest.mark.parametrize("same", ["telephone", "email", "departements"])
def test_one_thing_more_than_name_and_profession_is_enough(same: str) -> None:
    bare = {"telephone": "", "email": "", "departements": frozenset[str]()}
    bare.pop(same)
    (found,) = find_duplicates([ONE, replace(ONE, id="b", **bare)])  # type: ignore[arg-type]
    assert len(found.why) == 3
    assert found.why[:2] == (Sign.NAME, Sign.PROFESSION)


def test_homonyms_are_two_people() -> None:
    elsewhere = replace(ONE, id="b", telephone="", email="", departements=frozenset({"38"}))
    assert pairs(ONE, elsewhere) == []
    another_phone = replace(ONE, id="c", telephone="01 99 00 00 02", email="")
    assert pairs(ONE, another_phone) == []
    assert pairs(ONE, replace(ONE, id="d", profession="infirmier")) == []
    assert pairs(ONE, replace(ONE, id="e", prenom="")) == []


def test_the_likeliest_pair_comes_first_and_says_why() -> None:
    close = replace(ONE, id="b")
    far = replace(ONE, id="c", telephone="", email="")
    first, *others = find_duplicates([far, close, ONE])
    assert (first.ids, first.score) == (("a", "b"), 130)
    assert first.why == tuple(Sign)
    assert [one.score for one in others] == [70, 70]


def test_a_number_is_the_same_however_it_is_written() -> None:
    written = ("06 39 98 00 01", "06.39.98.00.01", "+33 6 39 98 00 01", "0033639980001")
    assert {phone_key(one) for one in written} == {"0639980001"}
    assert phone_key("poste 12") == phone_key("") == ""
