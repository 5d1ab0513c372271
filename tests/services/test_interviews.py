from datetime import date, time

import pytest

from advisor.domain.cases.appointment import (
    AppointmentStatus,
    Outcome,
    OutcomeKind,
    ReferralStatus,
    Slot,
)
from advisor.errors import BadDataError, NotFoundError, RefusedError
from advisor.services.cases import Cases


def test_a_new_interview_opens_that_days_permanence_and_keeps_what_was_said(
    cases: Cases, interview: str
) -> None:
    whole = cases.interviews.get(interview)
    assert (whole.permanence.departement, whole.permanence.day) == ("77", date(2026, 3, 10))
    assert whole.professional.display_name == "Alix Exemple"
    assert whole.professional.profession == "medecin_generaliste"
    assert whole.slot == Slot(time(9, 30), 30)
    assert whole.profile == {"profession": "medecin_generaliste", "sector": "1"}
    assert [(place.commune, place.name) for place in whole.places] == [("77288", "Melun")]
    assert (whole.status, whole.sync) == (AppointmentStatus.BOOKED, "local")


def test_a_second_interview_of_the_day_joins_the_same_permanence(
    cases: Cases, interview: str
) -> None:
    other = cases.interviews.new({"departement": "77", "date": "10/03/2026", "nom": "Autre"})
    first, second = cases.interviews.get(interview), cases.interviews.get(other.id)
    assert first.permanence == second.permanence
    assert len(cases.permanences.list("77")) == 1


def test_every_kind_of_field_is_set_by_its_name_and_told_with_old_and_new(
    cases: Cases, interview: str
) -> None:
    touched = cases.interviews.set(
        interview,
        {
            "sector": "2",
            "days_per_week": "4",
            "first_installation": "oui",
            "booking.nom": "Modèle",
            "booking.heure": "10h15",
            "recall_on": date(2026, 4, 1),
            "status": "recu",
        },
    )
    assert touched.spoken() == {
        "sector": ("1", "2"),
        "days_per_week": (None, 4),
        "first_installation": (None, True),
        "booking.nom": ("Exemple", "Modèle"),
        "booking.heure": ("09:30", "10:15"),
        "recall_on": (None, "2026-04-01"),
        "status": ("prevu", "recu"),
    }
    assert {change.interview for change in touched} == {interview}
    whole = cases.interviews.get(interview)
    assert (whole.status, whole.recall_on) == (AppointmentStatus.RECEIVED, date(2026, 4, 1))


def test_the_status_of_the_person_and_that_of_the_appointment_never_mix(
    cases: Cases, interview: str
) -> None:
    cases.interviews.set(interview, {"status": "remplacant"})
    cases.interviews.set(interview, {"status": "absent"})
    whole = cases.interviews.get(interview)
    assert (whole.profile["status"], whole.status) == ("remplacant", AppointmentStatus.ABSENT)
    with pytest.raises(BadDataError, match="Statut"):
        cases.interviews.set(interview, {"status": "peut-être"})


def test_none_forgets_a_field_and_an_unknown_or_bad_one_changes_nothing(
    cases: Cases, interview: str
) -> None:
    cases.interviews.set(interview, {"sector": None})
    assert "sector" not in cases.interviews.get(interview).profile
    for fields in ({"secteur": "1"}, {"sector": "7"}, {"booking.couleur": "bleu"}):
        with pytest.raises((BadDataError, RefusedError)):
            cases.interviews.set(interview, {"days_per_week": 3, **fields})
    assert "days_per_week" not in cases.interviews.get(interview).profile


def test_two_parts_of_a_project_are_two_fields_of_the_journal(cases: Cases, interview: str) -> None:
    cases.interviews.set(interview, {"project": {"kind": "msp", "works": 100_000}})
    touched = cases.interviews.set(interview, {"project.works": "120 000"})
    assert touched.spoken() == {"project.works": (100_000, 120_000)}
    assert cases.interviews.get(interview).profile["project"] == {"kind": "msp", "works": 120_000}
    cases.interviews.set(interview, {"project": {"kind": "cds"}})
    assert cases.interviews.get(interview).profile["project"] == {"kind": "cds"}


def test_moving_an_appointment_to_another_day_opens_that_day(cases: Cases, interview: str) -> None:
    cases.interviews.set(interview, {"booking.date": "2026-04-14"})
    assert cases.interviews.get(interview).permanence.day == date(2026, 4, 14)
    assert cases.permanences.day(date(2026, 3, 10)) == []


def test_at_most_four_places_are_compared_each_once_in_the_order_chosen(
    cases: Cases, interview: str
) -> None:
    for code in ("77186", "77284", "77305", "77186"):
        cases.interviews.add_place(interview, code)
    places = cases.interviews.get(interview).places
    assert [place.commune for place in places] == ["77288", "77186", "77284", "77305"]
    cases.interviews.move_place(places[3].id, 0)
    cases.interviews.remove_place(places[1].id)
    codes = [place.commune for place in cases.interviews.get(interview).places]
    assert codes == ["77305", "77288", "77284"]
    cases.interviews.add_place(interview, "77186")
    with pytest.raises(NotFoundError):
        cases.interviews.add_place(interview, "00000")
    with pytest.raises(RefusedError, match="au plus 4"):
        cases.interviews.add_place(interview, "77379")
    codes = [place.commune for place in cases.interviews.get(interview).places]
    assert codes == ["77305", "77288", "77284", "77186"]


def test_an_interview_with_too_many_or_unknown_places_is_not_opened_at_all(cases: Cases) -> None:
    booking = {"departement": "77", "nom": "Exemple"}
    with pytest.raises(RefusedError, match="au plus 4"):
        cases.interviews.new(booking, None, ["77288", "77186", "77284", "77305", "77379"])
    with pytest.raises(NotFoundError):
        cases.interviews.new(booking, None, ["00000"])
    assert cases.interviews.list() == []
    assert cases.permanences.list() == []


def test_a_note_is_dated_signed_and_keeps_every_text_it_had(cases: Cases, interview: str) -> None:
    note = cases.interviews.note(interview, "Cherche un cabinet.", "projet").id
    cases.identity.sign_in("Dominique Modèle", "ARS")
    cases.interviews.revise_note(note, "Cherche une maison de santé.")
    (kept,) = cases.interviews.get(interview).notes
    assert (kept.author, kept.organisation, kept.theme) == ("Camille Exemple", "URPS", "projet")
    assert kept.text == "Cherche une maison de santé."
    assert [(one.text, one.author) for one in kept.versions] == [
        ("Cherche un cabinet.", "Camille Exemple"),
        ("Cherche une maison de santé.", "Dominique Modèle"),
    ]
    with pytest.raises(RefusedError, match="vide"):
        cases.interviews.note(interview, "  ")


def test_a_text_like_a_social_security_number_is_saved_and_flagged(
    cases: Cases, interview: str
) -> None:
    touched = cases.interviews.note(interview, "Patient 1 84 12 76 451 089 46 vu hier")
    assert "numéro de sécurité sociale" in touched.warnings[0]
    assert len(cases.interviews.get(interview).notes) == 1
    assert cases.interviews.note(interview, "Rappeler au 06 12 34 56 78").warnings == ()


def test_an_orientation_an_outcome_and_a_satisfaction_are_kept(
    cases: Cases, interview: str
) -> None:
    referral = cases.interviews.refer(
        interview, "cpam-77", "CPAM 77", "contrat", date(2026, 4, 1)
    ).id
    cases.interviews.set_referral(referral, ReferralStatus.CONTACTED)
    cases.interviews.outcome(interview, Outcome(OutcomeKind.ABANDONED, why="déménage"))
    told = Outcome(OutcomeKind.INSTALLED, date(2026, 9, 1), "77288", "reprise")
    cases.interviews.outcome(interview, told)
    cases.interviews.satisfaction(interview, 5)
    whole = cases.interviews.get(interview)
    assert [(one.partner, one.status, one.due) for one in whole.referrals] == [
        ("cpam-77", ReferralStatus.CONTACTED, date(2026, 4, 1))
    ]
    assert (whole.outcome, whole.satisfaction) == (told, 5)
    assert cases.follow_up.by_outcome()[OutcomeKind.INSTALLED][0].id == interview
    assert cases.follow_up.by_outcome()[OutcomeKind.ABANDONED] == []
    with pytest.raises(RefusedError, match="de 1 à 5"):
        cases.interviews.satisfaction(interview, 6)


def test_a_frozen_evaluation_and_a_printed_document_are_kept_with_their_pack(
    cases: Cases, interview: str
) -> None:
    cases.interviews.freeze(interview, {"aids": ["caim"]}, "pack-2026")
    document = cases.interviews.printed(interview, "synthese", {"é": [1, None]}, "abc", "pack-2026")
    whole = cases.interviews.get(interview)
    assert whole.evaluation is not None
    assert (whole.evaluation["aids"], whole.evaluation["pack_version"]) == (["caim"], "pack-2026")
    (kept,) = whole.documents
    assert (kept.id, kept.kind, kept.sha256) == (document.id, "synthese", "abc")
    assert kept.content == {"é": [1, None]}
    (listed,) = cases.interviews.list()
    assert (listed.documents, listed.evaluation) == ((), None)


def test_people_to_call_back_come_with_the_oldest_reminder_first(
    cases: Cases, interview: str
) -> None:
    other = cases.interviews.new({"departement": "77", "nom": "Autre"}).id
    cases.interviews.set(interview, {"recall_on": "2026-05-02"})
    cases.interviews.set(other, {"recall_on": "2026-05-01"})
    due = cases.follow_up.to_call_back(date(2026, 5, 2))
    assert [one.id for one in due] == [other, interview]
    assert cases.follow_up.to_call_back(date(2026, 4, 30)) == []


def test_an_overlapping_slot_is_booked_with_a_warning(cases: Cases, interview: str) -> None:
    permanence = cases.interviews.get(interview).permanence.id
    touched = cases.permanences.book(permanence, Slot(time(9, 45), 30), {"nom": "Autre"})
    assert touched.warnings == ("Ce créneau chevauche celui de Alix Exemple, à 09:30.",)
    assert cases.interviews.get(touched.id).slot.at == time(9, 45)
    later = cases.permanences.book(permanence, Slot(time(10, 30), 30), {"nom": "Encore"})
    assert later.warnings == ()


def test_what_waits_is_counted_since_the_first_change(cases: Cases, interview: str) -> None:
    pending = cases.journal.pending()
    entries = cases.journal.entries()
    assert pending.count == len(entries)
    assert pending.since is not None
    assert cases.journal.waiting_by_kind() == {
        "appointment": 1,
        "candidate_place": 1,
        "permanence": 1,
        "professional": 1,
        "project": 1,
    }
    assert entries[-1].declared_at.startswith(f"{pending.since:%Y-%m-%dT%H:%M:%S}")


def test_an_unknown_interview_is_told_in_french(cases: Cases) -> None:
    for ask in (cases.interviews.get, cases.interviews.undo):
        with pytest.raises((NotFoundError, RefusedError)) as caught:
            ask("n-existe-pas")
        assert caught.value.message
    with pytest.raises(NotFoundError, match="n-existe-pas"):
        cases.interviews.note("n-existe-pas", "texte")
