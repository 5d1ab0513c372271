from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum

import pytest

from advisor.domain.aids.aid import (
    AidAnswer,
    AidsForPlace,
    Amount,
    AmountComponent,
    Instalment,
    Money,
    Reason,
    Status,
)
from advisor.domain.paper.frozen_content import freeze, thaw, with_texts
from advisor.domain.paper.sheet_aids import (
    amount_text,
    cards,
    limit_lines,
    open_aids,
    over_places,
    refused_aids,
)
from advisor.domain.paper.sheet_notes import Notes
from advisor.domain.paper.sheet_places import PlaceFinding, strip_of, strips_of
from advisor.domain.paper.steps import Step, countdown
from advisor.domain.places.place import Commune
from advisor.domain.sourced import Confidence, Figure, Source
from advisor.domain.words.wording import (
    counted,
    euros_between,
    hour,
    long_date,
    number,
    span,
    typographic,
)
from advisor.domain.zones.classes import CLASS_LABELS
from advisor.domain.zones.marks import MARKS, UNKNOWN_MARK, mark_of
from advisor.domain.zones.zoning import UnknownZone, ZonesAtPlace
from advisor.errors import BadDataError

DAY = date(2026, 11, 22)
SOURCE = Source("Convention 2024", "art. 26")


def aid(name: str, status: Status, amount: Amount | None = None, **more: object) -> AidAnswer:
    usual = AidAnswer(
        id=name,
        title=f"Aide {name}",
        status=status,
        amount=amount,
        reasons=(),
        missing=(),
        payer="CPAM",
        counterpart="Rester trois ans.",
        exclusive_with=(),
        legal_refs=("art. 26",),
        source=SOURCE,
        valid_from=date(2026, 1, 1),
        valid_to=None,
        confidence=Confidence.OFFICIAL,
    )
    return replace(usual, **more)  # type: ignore[arg-type]


def lump(low: float, high: float | None = None) -> Amount:
    money = Money(low, low if high is None else high)
    part = AmountComponent("forfait", "lump", money)
    return Amount((part,), money, (Instalment("À la signature", low),), "Forfait.")


def found(name: str, *aids: AidAnswer, code: str = "77379") -> PlaceFinding:
    commune = Commune(
        code, name, "77", "11", population=11632, population_year=2023, source="Insee"
    )
    zones = ZonesAtPlace(code, DAY, (), (UnknownZone("infirmier", "la liste n’est pas détenue"),))
    return PlaceFinding(commune, zones, AidsForPlace(code, DAY, aids, (), None, Money(0, 0)))


def test_an_amount_is_said_with_narrow_spaces_and_two_readings_as_a_range() -> None:
    assert amount_text(lump(10000)) == "10\u202f000\u202f€"
    assert amount_text(lump(168000, 210000)) == "de 168\u202f000\u202f€ à 210\u202f000\u202f€"
    assert amount_text(lump(0, 5000)) == "jusqu’à 5\u202f000\u202f€"
    assert amount_text(None) == "sans montant"


def test_an_amount_the_sources_do_not_give_is_said_so_and_never_guessed() -> None:
    unknown = Amount((AmountComponent("majoration", "percent", None),), None, (), "Non chiffrée.")
    assert amount_text(unknown) == "montant non chiffré"
    yearly = Amount((AmountComponent("prime", "yearly", Money(3000, 3000)),), None, (), "")
    assert amount_text(yearly) == "3\u202f000\u202f€ par an"


def test_one_aid_stands_once_with_its_amount_for_each_place() -> None:
    places = [
        found("Provins", aid("a", Status.ELIGIBLE, lump(10000))),
        found("Avon", aid("a", Status.ELIGIBLE, lump(5000))),
        found("Melun", aid("a", Status.TO_VERIFY, lump(5000))),
    ]
    (card,) = cards(over_places(places), Notes())
    assert card.amount == "10\u202f000\u202f€ (Provins)\u202f; 5\u202f000\u202f€ (Avon)"
    assert card.places == "à vérifier pour Melun"
    assert card.schedule == "10\u202f000\u202f€ à la signature"
    assert card.commitments == "Rester trois ans"
    assert card.dates == "ouverte depuis le 01/01/2026"


def test_the_aids_that_bring_most_come_first() -> None:
    place = found(
        "Provins",
        aid("petite", Status.ELIGIBLE, lump(1000)),
        aid("grande", Status.ELIGIBLE, lump(50000)),
    )
    assert [card.id for card in cards(over_places([place]), Notes())] == ["grande", "petite"]


def test_the_aids_that_one_question_settles_come_first_with_that_question() -> None:
    place = found(
        "Provins",
        aid("riche", Status.TO_VERIFY, lump(50000), missing=("zone",)),
        aid("posée", Status.TO_VERIFY, lump(10), missing=("sector",)),
    )
    first, second = open_aids(over_places([place]), "sector", Notes())
    assert first.id == "posée"
    assert first.question.startswith("Quel sera votre secteur conventionnel")
    assert "ARS" in second.question


def test_what_the_sources_leave_open_is_the_question_when_nothing_else_is_missing() -> None:
    unsettled = aid("a", Status.TO_VERIFY, not_settled=("le montant diffère selon la page lue",))
    (one,) = open_aids(over_places([found("Provins", unsettled)]), "", Notes())
    assert one.question == "Le montant diffère selon la page lue."


def test_an_aid_refused_nearby_says_why_and_a_distant_one_is_only_counted() -> None:
    near = Reason("fermeture", Status.NOT_ELIGIBLE, "Contrat fermé depuis le 31/12/2025.")
    far = Reason("profession", Status.NOT_ELIGIBLE, "Réservé aux infirmiers.")
    place = found(
        "Provins",
        aid("close", Status.NOT_ELIGIBLE, reasons=(near,)),
        aid("autre", Status.NOT_ELIGIBLE, reasons=(far,)),
    )
    shown, others = refused_aids(over_places([place]))
    assert [(one.id, one.why) for one in shown] == [
        ("close", "contrat fermé depuis le 31/12/2025.")
    ]
    assert others.startswith("1 autre aide du catalogue ne concerne pas ce projet")


def test_a_limit_that_may_apply_is_said_and_one_that_does_not_is_not() -> None:
    applies = Reason("zone", Status.ELIGIBLE, "Zone sur-dotée\u202f: conventionnement limité.")
    limits = (
        aid("limite", Status.ELIGIBLE, reasons=(applies,)),
        aid("ailleurs", Status.NOT_ELIGIBLE),
    )
    place = found("Provins")
    place = replace(place, aids=replace(place.aids, limits=limits))
    (line,) = limit_lines(over_places([place], limits=True))
    assert line.why == "zone sur-dotée\u202f: conventionnement limité."


def test_an_unknown_zone_gives_its_reason_and_never_a_class() -> None:
    strip = strip_of(found("Provins"), "infirmier", Notes())
    assert (strip.letters, strip.zone) == ("?", "Zone inconnue")
    assert strip.act == "La liste n’est pas détenue."
    assert strip_of(found("Provins"), None, Notes()).act == "La profession n’est pas encore connue."


def test_a_figure_has_its_year_and_its_source_and_a_secret_one_is_never_zero() -> None:
    from advisor.domain.indicator import Indicator  # noqa: PLC0415 - one use

    secret = Figure(None, "pour 10\u202f000", 2022, SOURCE, secret=True)
    indicator = Indicator("densite", "Densité", "commune", "77379", "Provins", secret)
    notes = Notes()
    strip = strip_of(replace(found("Provins"), supply=(indicator,)), "infirmier", notes)
    assert strip.population == "11\u202f632 habitants (2023)\u202f[1]"
    assert strip.supply == "Offre\u202f: densité, non diffusé (2022)\u202f[2]"
    assert notes.lines() == ("[1] Insee.", "[2] Convention 2024, art. 26.")


def test_a_remark_that_holds_for_all_the_places_is_said_once() -> None:
    one, shared = strips_of([found("Provins")], "infirmier", Notes())
    assert shared == ()
    assert len(one) == 1


def step(name: str, day: int | None, **more: object) -> Step:
    usual = Step(name, day, "Ordre", "Faire", (), (), (), SOURCE, Confidence.SECONDARY)
    return replace(usual, **more)  # type: ignore[arg-type]


def test_the_countdown_keeps_what_concerns_the_visitor_in_order() -> None:
    steps = (
        step("apres", 30),
        step("avant", -90),
        step("autre", -60, professions=("infirmier",)),
        step("etudes", None, statuses=("etudiant",)),
        step("jamais", 0, not_statuses=("remplacant",)),
    )
    kept = countdown(steps, "medecin_generaliste", "remplacant")
    assert [one.id for one in kept] == ["avant", "apres"]


def test_a_step_has_a_date_only_when_the_day_of_installation_is_known() -> None:
    assert step("a", -90).due(date(2027, 3, 1)) == date(2026, 12, 1)
    assert step("a", -90).due(None) is None
    assert step("a", None).due(date(2027, 3, 1)) is None
    assert [step("a", day).mark for day in (-90, 0, 30, None)] == [
        "J−90",
        "Jour J",
        "J+30",
        "dès maintenant",
    ]


def test_figures_dates_and_hours_are_said_as_in_french() -> None:
    assert number(1234567.5) == "1\u202f234\u202f567,5"
    assert euros_between(0, 10000) == "jusqu’à 10\u202f000\u202f€"
    assert long_date(date(2026, 12, 1)) == "mardi 1er décembre 2026"
    assert hour(time(9, 5)) == "9\u202fh\u202f05"
    assert hour(time(9)) == "9\u202fh"
    assert counted(0, "aide") == "0 aide"
    assert counted(2, "aide") == "2 aides"
    assert span(None, date(2029, 12, 31)) == "jusqu’au 31/12/2029"
    assert typographic("« l'aide » : quand ?") == "«\u202fl’aide\u202f»\u202f: quand\u202f?"


def test_every_class_of_the_zonings_has_letters_and_no_two_neighbours_share_a_pattern() -> None:
    fiscal = {"zrr", "zrr_partielle", "hors_zrr", "frr", "frr_plus", "hors_frr", "zfu", "hors_zfu"}
    assert set(CLASS_LABELS) - fiscal == set(MARKS)
    doctors = [MARKS[name] for name in ("ZIP", "ZAC", "ZAR", "ZV", "HZ")]
    assert len({mark.pattern for mark in doctors}) == len(doctors)
    assert [mark.rank for mark in doctors] == [0, 1, 2, 3, 4]
    assert mark_of("jamais vu") is UNKNOWN_MARK


class Colour(StrEnum):
    BLUE = "bleu"


@dataclass(frozen=True)
class Inner:
    colour: Colour
    day: date | None = None


@dataclass(frozen=True)
class Outer:
    at: datetime
    share: float
    parts: tuple[Inner, ...] = ()


def test_frozen_content_comes_back_equal_from_plain_values() -> None:
    held = Outer(
        datetime(2026, 1, 1, tzinfo=UTC), 0.5, (Inner(Colour.BLUE, DAY), Inner(Colour.BLUE))
    )
    assert thaw(Outer, freeze(held)) == held
    assert thaw(Outer, {**freeze(held), "newer": 1}) == held
    assert with_texts(held, str.upper) == held


@pytest.mark.parametrize(
    "broken", [{}, {"at": "hier", "share": 1}, {"at": "2026-01-01", "share": "beaucoup"}]
)
def test_content_that_cannot_be_read_back_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(BadDataError, match="ne se relit pas"):
        thaw(Outer, broken)


def test_what_is_not_plain_is_never_frozen_by_accident() -> None:
    with pytest.raises(TypeError):
        freeze({1, 2})
