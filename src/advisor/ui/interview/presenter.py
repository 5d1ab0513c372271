"""What the interview decides: what is saved, what is worked out, what is asked next.

Knows the services and the view; places no widget.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from advisor.domain.cases.appointment import AppointmentStatus, CandidatePlace, Changed, Interview
from advisor.domain.places.place import Commune
from advisor.ui.desk import Desk
from advisor.ui.interview.contested import Contested
from advisor.ui.interview.decisions import Decisions
from advisor.ui.interview.live_aids import LiveAids
from advisor.ui.interview.notebook import Notebook
from advisor.ui.interview.printing import print_sheet
from advisor.ui.interview.profile_in_hand import ProfileInHand
from advisor.ui.interview.saving import Saving
from advisor.ui.interview.summaries import Question, SeenPlace
from advisor.ui.interview.view import InterviewView


class InterviewPresenter(QObject):
    """One interview at a time; ``arrive`` opens it by its identifier."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.titles = {aid.id: aid.title for aid in desk.services.reference.pack.aids()}
        catalogue = sorted(self.titles.items(), key=lambda pair: pair[1])
        self.view: InterviewView = InterviewView(desk.theme, desk.find_communes, catalogue)
        super().__init__(self.view)
        self.saving = Saving(desk.jobs, desk.news, desk.now)
        self.live = LiveAids(desk.services, desk.jobs)
        self.decisions = Decisions(desk, self.saving, self._present, self.reload)
        self.notebook = Notebook()
        self.contested = Contested(desk, self.view)
        self.whole: Interview | None = None
        self.profile = ProfileInHand()
        self.chosen = ""
        self._expected: Commune | None = None
        self.seen: list[SeenPlace] = []
        self._listen()

    def _listen(self) -> None:
        view = self.view
        view.form.edited.connect(self.edit)
        view.form.misread.connect(lambda words: self.desk.news.said.emit("ask", words, "", None))
        view.places.added.connect(self.add_place)
        view.places.removed.connect(self.decisions.remove_place)
        view.places.chosen.connect(self.choose_place)
        view.places.mapped.connect(lambda: self.desk.news.went.emit("map", self.chosen))
        view.aids.asked.connect(view.go_to_field)
        view.notes.typed.connect(self.type_note)
        view.notes.another.connect(self.begin_note)
        view.follow.referred.connect(self.decisions.refer)
        view.follow.referral_set.connect(self.decisions.set_referral)
        view.follow.recall_set.connect(lambda day: self.edit("recall_on", day))
        view.follow.outcome_set.connect(self.decisions.set_outcome)
        view.follow.satisfaction_set.connect(self.decisions.rate)
        view.status_set.connect(self.decisions.set_status)
        view.print_asked.connect(self.print_sheet)
        view.waiting.received.connect(self.open)
        view.waiting.went.connect(lambda screen: self.desk.news.went.emit(screen, ""))
        self.saving.stated.connect(view.notes.show_saved)
        self.live.answered.connect(self._show_seen)
        self.live.failed.connect(self.desk.news.refuse)
        self.desk.news.changed.connect(self._on_changed)

    # --- the screen ---------------------------------------------------------------------------

    def arrive(self, target: str) -> None:
        """Open an interview, or show who may be received."""
        if target:
            self.open(target)
        elif self.whole is None:
            self._ask_who_waits()

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return self.view.areas()

    def leave(self) -> None:
        """Put on disk what was just typed."""
        self._expected = None
        self.saving.flush()

    def expect(self, place: Commune) -> None:
        """Keep a place for whoever is received next; leaving this screen forgets it."""
        self._expected = place
        words = f"Choisissez qui vous recevez\u202f: {place.name} sera ajouté à ses lieux."
        self.desk.news.said.emit("ask", words, "", None)

    def open(self, interview: str) -> None:
        """Show one interview whole."""
        self.saving.flush()
        self.desk.jobs.store(
            lambda: self.desk.cases.interviews.get(interview), self._show, label="Ouverture"
        )

    def _present(self) -> str:
        return self.whole.id if self.whole else ""

    def reload(self, *_touched: object) -> None:
        """Read the interview again after something other than a field changed."""
        if self.whole is not None:
            self.open(self.whole.id)

    def _ask_who_waits(self) -> None:
        today = self.desk.today
        self.desk.jobs.store(
            lambda: self.desk.cases.permanences.day(today), self._show_who_waits, label="Agenda"
        )

    def _show_who_waits(self, people: list[Interview]) -> None:
        gone = {AppointmentStatus.ABSENT, AppointmentStatus.CANCELLED}
        self.view.waiting.show_people([one for one in people if one.status not in gone])
        if self.whole is None:
            self.view.show_nobody()

    def _show(self, whole: Interview) -> None:
        is_other = self.whole is None or self.whole.id != whole.id
        self.whole = whole
        self.desk.departement = whole.permanence.departement
        self.desk.interview = whole.id
        self.profile.take(whole)
        if is_other:
            self.chosen, self.seen = "", []
            self.view.notes.show_saved("", "")
        self.view.show_heading(whole)
        self.view.form.show_profile(self.profile.values)
        self.view.form.show_person(whole.professional)
        text = self.notebook.settle(whole.id, whole.notes)
        self.view.notes.show_notes(self.notebook.earlier(whole.id, whole.notes), text)
        self.contested.look(whole.id)
        self._show_names(whole)
        self._offer_partners(whole)
        self._work_out()
        if self._expected is not None:
            place, self._expected = self._expected, None
            self.add_place(place)

    def _show_names(self, whole: Interview) -> None:
        form, follow = self.view.form, self.view.follow
        for name in ("home_commune", "main_practice_commune"):
            self._name(self.profile.values.get(name), partial(form.show_commune, name))
        where = whole.outcome.commune if whole.outcome else ""
        self._name(where, lambda place: follow.show_interview(whole, place))

    def _name(self, code: object, then: Callable[[Commune | None], None]) -> None:
        if not isinstance(code, str) or not code:
            then(None)
            return
        reference = self.desk.services.reference
        self.desk.jobs.read(lambda: reference.commune(code), then, lambda _error: then(None))

    def _offer_partners(self, whole: Interview) -> None:
        reference = self.desk.services.reference
        departement = whole.permanence.departement
        profession = self.profile.values.get("profession")
        self.desk.jobs.read(
            lambda: reference.partners(departement=departement, profession=profession),
            self.view.follow.offer_partners,
        )

    def _on_changed(self, changes: list[Changed]) -> None:
        if self.whole is None or self.saving.is_telling:
            return
        if any(self.whole.id in {change.id, change.interview} for change in changes):
            self.reload()

    # --- what is typed ------------------------------------------------------------------------

    def edit(self, name: str, value: Any) -> None:
        """Keep one field; the aids follow at once, the disk within a second."""
        if self.whole is None:
            return
        interview, fields = self.whole.id, self.profile.edit(name, value)
        self.saving.put(name, lambda: self.desk.cases.interviews.set(interview, fields), self._kept)
        if name == "profession":
            self.view.form.fit_profession(value)
            self._offer_partners(self.whole)
        if not name.startswith("booking.") and name != "recall_on":
            self._work_out()

    def _kept(self, touched: object) -> None:
        self.view.notes.warn(" ".join(getattr(touched, "warnings", ())))

    def type_note(self, text: str) -> None:
        """Keep the note being written."""
        if self.whole is None:
            return
        interview, draft = self.whole.id, self.notebook.draft(self.whole.id)
        draft.text = text
        write = self.notebook.write
        self.saving.put("note", lambda: write(self.desk.cases, interview, draft, text), self._kept)

    def begin_note(self) -> None:
        """Close the present note and begin another, dated now."""
        if self.whole is not None:
            self.saving.flush()
            self.notebook.begin_another(self.whole.id)
            self.reload()
            self.view.notes.editor.setFocus()

    # --- what is decided ----------------------------------------------------------------------

    def add_place(self, place: Commune) -> None:
        """Compare one more place, and show its aids."""
        self.chosen = place.code
        self.decisions.add_place(place)

    def choose_place(self, code: str) -> None:
        """Show the aids of one of the places."""
        self.chosen = code
        self._show_seen(self.seen)

    def undo(self) -> None:
        """Take back the last thing saved in this interview."""
        self.decisions.undo()

    def print_sheet(self) -> None:
        """Hand over the two pages."""
        if self.whole is not None:
            self.saving.flush()
            print_sheet(self.desk, self.whole)

    # --- what is worked out -------------------------------------------------------------------

    def _work_out(self) -> None:
        if self.whole is None:
            return
        places = self.whole.places
        if not places:
            self._show_seen([])
            return
        self.live.ask(Question(dict(self.profile.values), places, self.desk.today))

    def _show_seen(self, seen: list[SeenPlace]) -> None:
        self.seen = seen
        codes = [one.summary.code for one in seen]
        if self.chosen not in codes:
            self.chosen = codes[0] if codes else ""
        self.view.places.show_places([one.summary for one in seen], self.chosen)
        present = next((one for one in seen if one.summary.code == self.chosen), None)
        if present is None:
            self.view.aids.show_nothing(NO_PLACE)
            self.view.form.show_questions((), None)
        elif present.aids is None:
            self.view.aids.show_nothing(present.refusal)
        else:
            self.view.aids.show_answers(present.summary.name, present.aids, self.titles)
            missing = {name for aid in present.aids.aids for name in aid.missing}
            self.view.form.show_questions(missing, present.aids.next_question)

    def places(self) -> tuple[CandidatePlace, ...]:
        """Return the places compared now."""
        return self.whole.places if self.whole else ()


NO_PLACE = (
    "Ajoutez un lieu\u202f: les aides possibles s’y calculent pendant que vous remplissez "
    "le projet."
)
