"""The interview, from booking to outcome: everything is saved as it is typed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from advisor.domain.cases.appointment import Interview, Outcome, ReferralStatus
from advisor.domain.cases.changes import Changes
from advisor.domain.cases.open_fields import checked_fields
from advisor.errors import RefusedError
from advisor.services.desk import Desk
from advisor.services.edits import sorted_edits
from advisor.services.openings import (
    add_places,
    booking_of,
    open_interview,
    permanence_on,
    person_in,
    slot_of,
)
from advisor.store.permanences import write_date
from advisor.store.undo import undo_last

BEST = 5


class InterviewService:
    """One method for each thing an adviser does while receiving somebody."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def get(self, interview_id: str) -> Interview:
        """Return one interview whole; NotFoundError when there is none."""
        with self._desk.read() as look:
            return look.interviews.get(interview_id)

    def list(
        self,
        *,
        departement: str | None = None,
        first: date | None = None,
        last: date | None = None,
        permanence: str | None = None,
    ) -> Sequence[Interview]:
        """Return interviews by day then hour, without their frozen documents."""
        with self._desk.read() as look:
            return look.interviews.find(
                departement=departement, first=first, last=last, permanence=permanence
            )

    def new(
        self,
        booking: Mapping[str, Any],
        profile: Mapping[str, Any] | None = None,
        places: Sequence[str] = (),
    ) -> Changes:
        """Open an interview from the named columns of a booking; its id is ``.id``.

        Opens that day's session when there is none. ``places`` are commune codes.
        """
        named = [(code, self._desk.name_of(code)) for code in dict.fromkeys(places)]
        asked = booking_of(booking, self._desk.vault.around.now().astimezone().date())
        with self._desk.write() as work:
            permanence = permanence_on(work, asked.departement, asked.day, asked.place)
            interview = open_interview(
                work,
                permanence,
                asked.departement,
                slot_of(asked),
                person_in(asked),
                profile=profile,
            )
            add_places(work, interview, asked.departement, named)
        return work.changes

    def set(self, interview_id: str, fields: Mapping[str, Any]) -> Changes:
        """Give fields their new values; None forgets one.

        Names are profile fields, ``booking.`` columns, ``status`` or ``recall_on``. A status of
        appointment (« recu ») is the appointment's, any other is the professional's own.
        """
        edits = sorted_edits(fields)
        with self._desk.write() as work:
            held = work.held("appointment", interview_id)
            present = work.held("project", interview_id)
            edits.project = checked_fields(edits.project, present=present)
            moved = edits.moved_to(work.permanences.get(held["permanence"]))
            if moved is not None:
                edits.appointment["permanence"] = permanence_on(work, *moved)
            for kind, values in edits.by_kind():
                record = held["professional"] if kind == "professional" else interview_id
                work.set(kind, record, values, interview=interview_id)
        return work.changes

    def add_place(self, interview_id: str, commune: str) -> Changes:
        """Add a place to compare; at most four, each once."""
        name = self._desk.name_of(commune)
        with self._desk.write() as work:
            scope = work.departement_of(interview_id)
            if all(place.commune != commune for place in work.interviews.places(interview_id)):
                add_places(work, interview_id, scope, [(commune, name)])
        return work.changes

    def remove_place(self, place_id: str) -> Changes:
        """Take a place out of the comparison."""
        with self._desk.write() as work:
            work.delete("candidate_place", place_id)
        return work.changes

    def move_place(self, place_id: str, position: int) -> Changes:
        """Put a place at a position counted from 0, the others closing up."""
        with self._desk.write() as work:
            interview = work.interview_of("candidate_place", place_id)
            places = work.interviews.places(interview)
            order = [one.id for one in places if one.id != place_id]
            order.insert(max(0, position), place_id)
            for index, one in enumerate(order):
                work.set("candidate_place", one, {"position": index})
        return work.changes

    def note(self, interview_id: str, text: str, theme: str = "") -> Changes:
        """Append a dated entry signed by the adviser; the note's id is ``.id``."""
        if not text.strip():
            raise RefusedError("La note est vide.")
        with self._desk.write() as work:
            adviser = work.signature.adviser
            values = {
                "interview": interview_id,
                "text": text,
                "theme": theme,
                "author": adviser.name,
                "organisation": adviser.organisation,
            }
            work.create("note", values, departement=work.departement_of(interview_id))
        return work.changes

    def revise_note(self, note_id: str, text: str) -> Changes:
        """Add a version to a note; the former texts stay readable."""
        with self._desk.write() as work:
            work.revise_note(note_id, text)
        return work.changes

    def refer(
        self,
        interview_id: str,
        partner_id: str,
        partner_name: str,
        note: str = "",
        due: date | None = None,
    ) -> Changes:
        """Send the person to a partner; the referral's id is ``.id``."""
        with self._desk.write() as work:
            values = {
                "interview": interview_id,
                "partner": partner_id,
                "partner_name": partner_name,
                "status": ReferralStatus.TO_CONTACT.value,
                "note": note,
                "due": write_date(due),
            }
            work.create("referral", values, departement=work.departement_of(interview_id))
        return work.changes

    def set_referral(self, referral_id: str, status: ReferralStatus) -> Changes:
        """Say where an orientation stands."""
        return self._desk.set("referral", referral_id, {"status": ReferralStatus(status).value})

    def outcome(self, interview_id: str, outcome: Outcome) -> Changes:
        """Say what became of the project; said again, it replaces what was said."""
        values = {
            "kind": outcome.kind.value,
            "day": write_date(outcome.day),
            "commune": outcome.commune,
            "how": outcome.how,
            "why": outcome.why,
        }
        with self._desk.write() as work:
            work.put("outcome", interview_id, values, work.departement_of(interview_id))
        return work.changes

    def satisfaction(self, interview_id: str, score: int) -> Changes:
        """Keep the visitor's satisfaction, from 1 to 5."""
        if not 1 <= score <= BEST:
            raise RefusedError(f"La satisfaction se note de 1 à {BEST}.")
        return self._desk.set("appointment", interview_id, {"satisfaction": score})

    def freeze(
        self, interview_id: str, evaluation: Mapping[str, Any], pack_version: str
    ) -> Changes:
        """Keep the aids as worked out now, with the pack they come from."""
        with self._desk.write() as work:
            values = {
                "interview": interview_id,
                "pack_version": pack_version,
                "content": dict(evaluation),
            }
            work.create("evaluation", values, departement=work.departement_of(interview_id))
        return work.changes

    def printed(
        self,
        interview_id: str,
        kind: str,
        content: Mapping[str, Any],
        sha256: str,
        pack_version: str,
    ) -> Changes:
        """Keep the frozen content of a document handed over; the document's id is ``.id``."""
        with self._desk.write() as work:
            values = {
                "interview": interview_id,
                "kind": kind,
                "pack_version": pack_version,
                "content": dict(content),
                "sha256": sha256,
            }
            work.create("document", values, departement=work.departement_of(interview_id))
        return work.changes

    def undo(self, interview_id: str) -> Changes:
        """Revert the last edit of this interview; again, the one before."""
        with self._desk.write() as work:
            undo_last(work, interview_id)
        return work.changes
