from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.domain.cases.disagreement import Keep
from advisor.domain.cases.field_words import Shape
from advisor.errors import AdvisorError
from advisor.services.cases import Cases
from advisor.sync.server.rights import Rights, Role
from two_offices import Offices, disagree

LONG = "Cherche un cabinet de groupe à Provins, conjoint enseignant."
OTHER = "Cherche une maison de santé à Provins, conjoint enseignant."


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    made = Offices(tmp_path)
    yield made
    made.close()


@pytest.fixture
def other(offices: Offices, cases: Cases) -> Cases:
    offices.admit(cases._desk.vault, "poste")
    return offices.open_other()


def torn_sector(offices: Offices, cases: Cases, other: Cases, interview: str) -> None:
    disagree(
        offices,
        cases,
        other,
        lambda one: one.interviews.set(interview, {"sector": "2"}),
        lambda one: one.interviews.set(interview, {"sector": "2_optam"}),
    )


def torn_note(offices: Offices, cases: Cases, other: Cases, interview: str) -> str:
    note = cases.interviews.note(interview, "Cherche à Provins.").id
    disagree(
        offices,
        cases,
        other,
        lambda one: one.interviews.revise_note(note, LONG),
        lambda one: one.interviews.revise_note(note, OTHER),
    )
    return note


def test_nothing_waits_for_a_decision_at_first(cases: Cases) -> None:
    assert cases.disagreements.decisions().count == 0
    assert cases.disagreements.conflicts() == []


def test_a_field_in_conflict_says_whose_it_is_who_said_what_and_when(
    offices: Offices, cases: Cases, other: Cases, interview: str
) -> None:
    torn_sector(offices, cases, other, interview)
    (one,) = cases.disagreements.conflicts()
    assert (one.title.split(",")[0], one.label) == ("Alix Exemple", "secteur")
    assert [voice.words for voice in one.voices] == [
        "Secteur 2 avec OPTAM",
        "Secteur 2 sans OPTAM",
    ]
    assert [(v.author, v.organisation, v.here) for v in one.voices] == [
        ("Dominique Autre", "ARS", False),
        ("Camille Exemple", "URPS", True),
    ]
    assert one.form.shape is Shape.CHOICE
    assert not one.can_keep_both
    assert cases.disagreements.fields_of(interview) == {"sector"}
    assert cases.disagreements.count() == 1


@pytest.mark.parametrize(
    ("keep", "kept"), [(Keep.CURRENT, "2_optam"), (Keep.OTHER, "2"), ("1", "1")]
)
def test_a_choice_closes_the_conflict_here_at_once_and_everywhere_after_a_sync(
    offices: Offices, cases: Cases, other: Cases, interview: str, keep: object, kept: str
) -> None:
    torn_sector(offices, cases, other, interview)
    (one,) = cases.disagreements.conflicts()
    changes = cases.disagreements.resolve(one.id, keep)
    assert changes.id == interview
    assert cases.disagreements.conflicts() == []
    offices.sync(cases, other)
    for office in (cases, other):
        assert office.interviews.get(interview).profile["sector"] == kept
        assert office.disagreements.count() == 0


def test_a_conflict_already_decided_elsewhere_is_refused_kindly(
    offices: Offices, cases: Cases, other: Cases, interview: str
) -> None:
    torn_sector(offices, cases, other, interview)
    (one,) = cases.disagreements.conflicts()
    other.disagreements.resolve(one.id, Keep.OTHER)
    offices.sync(other, cases)
    with pytest.raises(AdvisorError, match="déjà été tranché"):
        cases.disagreements.resolve(one.id, Keep.CURRENT)


def test_a_note_with_two_versions_keeps_both_texts_when_asked(
    offices: Offices, cases: Cases, other: Cases, interview: str
) -> None:
    note = torn_note(offices, cases, other, interview)
    (one,) = cases.disagreements.conflicts()
    assert (one.kind, one.entity_id) == ("note", note)
    cases.disagreements.resolve(one.id, Keep.BOTH)
    offices.sync(cases, other)
    (kept,) = other.interviews.get(interview).notes
    assert kept.text == f"{OTHER}\n\n{LONG}"
    assert {LONG, OTHER} <= {version.text for version in kept.versions}


def test_three_versions_are_all_there_and_any_may_win(
    offices: Offices, cases: Cases, other: Cases, interview: str
) -> None:
    third = offices.open_other("Sacha Tiers", "CPAM")
    note = cases.interviews.note(interview, "Cherche à Provins.").id
    offices.sync(cases, other, third)
    for office, text in ((cases, LONG), (other, OTHER), (third, "Ne cherche plus.")):
        office.interviews.revise_note(note, text)
    offices.sync(cases, other, third, cases)
    (one,) = cases.disagreements.conflicts()
    assert [voice.value for voice in one.voices] == [LONG, OTHER, "Ne cherche plus."]
    cases.disagreements.resolve(one.id, Keep.OTHER, one.voices[2].id)
    assert cases.interviews.get(interview).notes[0].text == "Ne cherche plus."


@pytest.mark.parametrize("keep", [Keep.CURRENT, Keep.OTHER])
def test_a_deletion_against_an_edit_asks_to_keep_or_to_delete(
    offices: Offices, cases: Cases, other: Cases, interview: str, keep: Keep
) -> None:
    note = cases.interviews.note(interview, "Cherche à Provins.").id
    offices.sync(cases, other)
    with other._desk.write() as work:
        work.delete("note", note)
    cases.interviews.revise_note(note, LONG)
    offices.sync(cases, other, cases)
    (one,) = cases.disagreements.conflicts()
    assert one.is_life
    assert {voice.words for voice in one.voices} == {"garder la fiche", "supprimer la fiche"}
    cases.disagreements.resolve(one.id, keep)
    offices.sync(cases, other)
    left = [len(office.interviews.get(interview).notes) for office in (cases, other)]
    assert left == ([1, 1] if one.voices[keep is Keep.OTHER].value is False else [0, 0])


def without_rights(offices: Offices, device: str) -> None:
    offices.engine.admit(Rights(device, "URPS", Role.READER, frozenset({"77"})))


def with_rights(offices: Offices, device: str) -> None:
    offices.engine.admit(Rights(device, "URPS", Role.ADVISER, frozenset({"77"})))


def test_an_entry_set_aside_says_why_what_was_typed_and_is_sent_again(
    offices: Offices, cases: Cases, other: Cases, interview: str
) -> None:
    offices.sync(cases)
    without_rights(offices, "poste")
    cases.interviews.set(interview, {"sector": "2"})
    offices.sync(cases)
    assert cases.interviews.get(interview).profile["sector"] == "1"
    (held,) = cases.disagreements.quarantined()
    assert "pas le droit" in held.reason
    assert "référent" in held.advice
    (typed,) = held.values
    assert (typed.label, typed.words, typed.now_words) == (
        "secteur",
        "Secteur 2 sans OPTAM",
        "Secteur 1",
    )
    with_rights(offices, "poste")
    cases.disagreements.mend_and_resend(held.id, {"sector": "2_optam"})
    assert cases.disagreements.count() == 0
    offices.sync(cases, other)
    assert other.interviews.get(interview).profile["sector"] == "2_optam"


def test_a_record_set_aside_takes_along_what_was_typed_in_it_since(
    offices: Offices, cases: Cases, other: Cases, interview: str
) -> None:
    offices.sync(cases, other)
    without_rights(offices, "poste")
    note = cases.interviews.note(interview, "Un.").id
    cases.interviews.revise_note(note, "Deux.")
    offices.sync(cases)
    assert cases.disagreements.count() == 2
    with_rights(offices, "poste")
    made = cases.disagreements.quarantined()[-1]
    cases.disagreements.mend_and_resend(made.id)
    offices.sync(cases, other)
    assert [one.text for one in other.interviews.get(interview).notes] == ["Deux."]


def test_everything_set_aside_for_one_reason_goes_again_at_once_and_only_once(
    offices: Offices, cases: Cases, other: Cases, interview: str
) -> None:
    offices.sync(cases, other)
    without_rights(offices, "poste")
    note = cases.interviews.note(interview, "Un.").id
    cases.interviews.revise_note(note, "Deux.")
    cases.interviews.set(interview, {"sector": "2"})
    offices.sync(cases)
    held = cases.disagreements.quarantined()
    assert len(held) == 3
    with_rights(offices, "poste")
    cases.disagreements.leave_aside(held[0].id)
    cases.disagreements.resend_all([one.id for one in held])
    assert [one.id for one in cases.disagreements.quarantined()] == [held[0].id]
    cases.disagreements.resend_all([one.id for one in held])
    offices.sync(cases, other)
    assert cases.disagreements.count() == other.disagreements.count() == 0
    found = other.interviews.get(interview)
    assert [one.text for one in found.notes] == ["Deux."]
    assert found.profile["sector"] == "1"


def test_what_is_left_aside_is_kept_and_no_longer_counted(
    offices: Offices, cases: Cases, other: Cases, interview: str
) -> None:
    offices.sync(cases)
    without_rights(offices, "poste")
    cases.interviews.set(interview, {"sector": "2"})
    offices.sync(cases)
    (held,) = cases.disagreements.quarantined()
    cases.disagreements.leave_aside(held.id)
    assert cases.disagreements.count() == 0
    assert [one.aside for one in cases.disagreements.quarantined()] == [True]
    assert cases.interviews.get(interview).sync == "sent"
    cases.disagreements.leave_aside(held.id, aside=False)
    assert cases.disagreements.count() == 1
    assert cases.interviews.get(interview).sync == "quarantined"
