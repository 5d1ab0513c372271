from datetime import date, time

import pytest

from advisor.domain.cases.bookings import (
    Booking,
    profession_code,
    read_day,
    read_hour,
    read_minutes,
)
from advisor.domain.cases.nir import looks_like_nir
from advisor.domain.words.month_days import month_later


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("médecin généraliste", "medecin_generaliste"),
        ("Médecins généralistes", "medecin_generaliste"),
        ("MG", "medecin_generaliste"),
        ("IDE", "infirmier"),
        ("infirmier(ère)", "infirmier"),
        ("Infirmière libérale", "infirmier"),
        ("kiné", "masseur_kinesitherapeute"),
        ("Masseur-kinésithérapeute D.E.", "masseur_kinesitherapeute"),
        ("Sage-femme", "sage_femme"),
        ("chirurgien-dentiste", "chirurgien_dentiste"),
        ("pédicure podologue", "pedicure_podologue"),
        ("infirmier", "infirmier"),
        ("medecin_specialiste", "medecin_specialiste"),
        ("ostéopathe", None),
        ("", None),
    ],
)
def test_a_profession_is_known_as_people_write_it(typed: str, code: str | None) -> None:
    assert profession_code(typed) == code


def test_days_hours_and_lengths_are_read_as_offices_write_them() -> None:
    assert read_day("10/03/2026") == read_day("2026-03-10") == read_day("10.3.26")
    assert read_day("10/13/2026") is None
    assert [read_hour(text) for text in ("9h", "09:30", "9 h 30", "09:30:00", "24:00", "midi")] == [
        time(9),
        time(9, 30),
        time(9, 30),
        time(9, 30),
        None,
        None,
    ]
    assert [read_minutes(text) for text in ("45", "45 min", "1h", "1h15", "0", "9999", "long")] == [
        45,
        45,
        60,
        75,
        None,
        None,
        None,
    ]


def test_accents_and_case_do_not_make_another_booking() -> None:
    day = date(2026, 3, 10)
    one = Booking("77", day, time(9), nom="Éxemple", prenom="Zoé")
    same = Booking("77", day, time(9), nom="EXEMPLE", prenom="zoe", motif="autre")
    later = Booking("77", day, time(10), nom="Éxemple", prenom="Zoé")
    assert one.fingerprint == same.fingerprint
    assert one.fingerprint != later.fingerprint


@pytest.mark.parametrize(
    "text",
    [
        "184127645108946",
        "1 84 12 76 451 089 46",
        "NIR : 1.84.12.76.451.089",
        "n° 2 69 05 2A 004 012 dans la marge",
    ],
)
def test_a_social_security_number_is_recognised_with_or_without_blanks(text: str) -> None:
    assert looks_like_nir(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "06 12 34 56 78",
        "184127645108947",
        "SIRET 732 829 320 00074",
        "9 84 12 76 451 089",
        "1 84 13 76 451 089",
        "2026-03-10 09:30, 77288 Melun, 120 000 euros",
        "118412764510894612345",
    ],
)
def test_other_figures_are_not_taken_for_one(text: str) -> None:
    assert not looks_like_nir(text)


def test_a_month_later_is_the_same_weekday_of_the_same_rank() -> None:
    assert month_later(date(2026, 12, 8), 1) == date(2027, 1, 12)
    assert month_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert month_later(date(2026, 3, 10), 0) == date(2026, 3, 10)
