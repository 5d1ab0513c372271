import pytest

from advisor.domain.cases.appointment import Outcome, OutcomeKind
from advisor.errors import RefusedError
from advisor.services.cases import Cases


def test_undoing_reverts_edit_after_edit_and_stops_at_the_opening(
    cases: Cases, interview: str
) -> None:
    opened = cases.interviews.get(interview)
    cases.interviews.set(interview, {"sector": "2", "status": "recu"})
    cases.interviews.add_place(interview, "77186")
    cases.interviews.note(interview, "Une note.")
    cases.interviews.outcome(interview, Outcome(OutcomeKind.UNDER_WAY))
    assert cases.interviews.undo(interview).spoken()["outcome.kind"] == ("en_cours", None)
    for _ in range(3):
        cases.interviews.undo(interview)
    reverted = cases.interviews.get(interview)
    assert reverted.profile == opened.profile
    assert (reverted.places, reverted.notes, reverted.outcome) == (opened.places, (), None)
    assert reverted.status == opened.status
    with pytest.raises(RefusedError, match="Rien à annuler"):
        cases.interviews.undo(interview)


def test_undoing_brings_back_a_removed_place_and_a_former_text(
    cases: Cases, interview: str
) -> None:
    note = cases.interviews.note(interview, "Texte d’abord.").id
    cases.interviews.revise_note(note, "Texte ensuite.")
    place = cases.interviews.get(interview).places[0]
    cases.interviews.remove_place(place.id)
    cases.interviews.undo(interview)
    cases.interviews.undo(interview)
    whole = cases.interviews.get(interview)
    assert whole.places == (place,)
    assert whole.notes[0].text == "Texte d’abord."
    assert len(whole.notes[0].versions) == 3


def test_undo_is_itself_journaled_and_an_edit_after_it_is_undone_first(
    cases: Cases, interview: str
) -> None:
    cases.interviews.set(interview, {"sector": "2"})
    lines = cases.journal.pending().count
    cases.interviews.undo(interview)
    assert cases.journal.pending().count == lines + 1
    cases.interviews.set(interview, {"exercise": "msp"})
    cases.interviews.undo(interview)
    profile = cases.interviews.get(interview).profile
    assert (profile["sector"], "exercise" in profile) == ("1", False)


def test_an_outcome_said_again_after_an_undo_keeps_nothing_of_the_former(
    cases: Cases, interview: str
) -> None:
    cases.interviews.outcome(interview, Outcome(OutcomeKind.ABANDONED, why="déménage"))
    cases.interviews.undo(interview)
    cases.interviews.outcome(interview, Outcome(OutcomeKind.UNDER_WAY))
    assert cases.interviews.get(interview).outcome == Outcome(OutcomeKind.UNDER_WAY)


def test_a_printed_document_is_evidence_and_is_never_undone(cases: Cases, interview: str) -> None:
    cases.interviews.set(interview, {"sector": "2"})
    cases.interviews.printed(interview, "synthese", {}, "abc", "pack-2026")
    cases.interviews.undo(interview)
    whole = cases.interviews.get(interview)
    assert (len(whole.documents), whole.profile["sector"]) == (1, "1")


def test_undo_touches_only_the_interview_it_is_asked_for(cases: Cases, interview: str) -> None:
    other = cases.interviews.new({"departement": "77", "nom": "Autre"}).id
    cases.interviews.set(interview, {"booking.nom": "Modèle"})
    cases.interviews.set(other, {"booking.nom": "Encore"})
    cases.interviews.undo(interview)
    assert cases.interviews.get(interview).professional.nom == "Exemple"
    assert cases.interviews.get(other).professional.nom == "Encore"
