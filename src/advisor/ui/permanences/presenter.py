"""What Permanences decides: which month, which session, what is created or brought in.

Knows the services and the view; places no widget.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from advisor.domain.cases.appointment import AppointmentStatus, Changed, Interview, Permanence, Slot
from advisor.errors import AdvisorError, RefusedError
from advisor.ui.desk import Desk
from advisor.ui.permanences.bringing_in import BringingIn
from advisor.ui.permanences.person_form import NewPerson
from advisor.ui.permanences.session_form import NewSession
from advisor.ui.permanences.view import FORM, NOTHING, SESSION, PermanencesView

WALK_IN, DAY_SHEET, NEW, BRING_IN = "sans-rendez-vous", "journee", "nouvelle", "importer"


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """The sessions of every month, and the people of the chosen one."""

    sessions: Sequence[Permanence]
    chosen: Permanence | None
    people: Sequence[Interview]


class PermanencesPresenter(QObject):
    """Sessions and their slots."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view: PermanencesView = PermanencesView(desk.theme, desk.today)
        super().__init__(self.view)
        self.sessions: Sequence[Permanence] = ()
        self.present = ""
        self.departement: str | None = None
        self._then = ""
        self.bringing = BringingIn(desk, self.view)
        self._listen()

    def _listen(self) -> None:
        view, session = self.view, self.view.session
        view.chosen.connect(self.choose)
        view.filtered.connect(self._filter)
        view.file_chosen.connect(lambda path: self.bringing.begin(Path(path)))
        view.creating.connect(self._begin_creation)
        view.month.turned.connect(self._turn)
        view.month.chosen.connect(self._choose_day)
        view.form.filled.connect(self._create)
        view.form.given_up.connect(self._show_present)
        view.report.closed.connect(self._show_present)
        session.opened.connect(lambda who: self.desk.news.went.emit("interview", who))
        session.received.connect(self.desk.receive)
        session.absent.connect(self._note_absent)
        session.sheet_asked.connect(self.print_day)
        session.partners_set.connect(self._set_partners)
        session.noted.connect(self._note_person)
        self.desk.news.changed.connect(self._on_changed)

    def arrive(self, target: str) -> None:
        """Show the month; ``target`` is a session, or what to begin at once."""
        if target in {WALK_IN, DAY_SHEET, NEW, BRING_IN}:
            self._then = target
            self.present = ""
        elif target:
            self.present = target
        self._read()

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return self.view.areas()

    def leave(self) -> None:
        """Nothing waits here: each entry is written when it is given."""

    def choose(self, permanence: str) -> None:
        """Show one session."""
        self.present = permanence
        self.view.show_page(SESSION)
        self._read()

    def _read(self) -> None:
        present, today = self.present, self.desk.today
        cases = self.desk.cases

        def work() -> MonthFacts:
            sessions = cases.permanences.list()
            chosen = _chosen(sessions, present, today)
            people = cases.interviews.list(permanence=chosen.id) if chosen else []
            return MonthFacts(sessions, chosen, people)

        self.desk.jobs.store(work, self._show, label="Lecture des permanences")

    def _show(self, facts: MonthFacts) -> None:
        self.sessions = facts.sessions
        self.view.offer_departements(sorted({one.departement for one in facts.sessions}))
        is_new = facts.chosen is not None and facts.chosen.id != self.present
        if facts.chosen is not None:
            if is_new or self.view.right.currentIndex() == NOTHING:
                self.view.month.month = facts.chosen.day.replace(day=1)
            self.present = facts.chosen.id
            self.view.session.show_session(facts.chosen, facts.people)
            if self.view.right.currentIndex() == NOTHING:
                self.view.show_page(SESSION)
        elif self.view.right.currentIndex() == SESSION:
            self.view.show_page(NOTHING)
        self._show_month(self.view.month.month)
        self._go_on()

    def _go_on(self) -> None:
        then, self._then = self._then, ""
        if then == NEW:
            self._begin_creation()
        elif then == BRING_IN:
            self.view.ask_for_file()
        elif then == WALK_IN and self.present:
            self.view.show_page(SESSION)
            self.view.session.begin(is_booked=False)
        elif then == DAY_SHEET and self.present:
            self.print_day()

    def _show_month(self, first: date) -> None:
        kept = [one for one in self.sessions if self.departement in {None, one.departement}]
        counts: dict[date, int] = {}
        for one in kept:
            counts[one.day] = counts.get(one.day, 0) + 1
        chosen = {one.day for one in kept if one.id == self.present}
        self.view.month.show_month(first, counts, chosen)
        here = [one for one in kept if (one.day.year, one.day.month) == (first.year, first.month)]
        self.view.show_sessions(here, self.present)

    def _turn(self, first: date) -> None:
        self._show_month(first)

    def _filter(self, departement: str | None) -> None:
        self.departement = departement
        self._show_month(self.view.month.month)

    def _choose_day(self, day: date) -> None:
        here = [one for one in self.sessions if one.day == day]
        if here:
            self.choose(here[0].id)
        else:
            self._begin_creation(day)

    def _begin_creation(self, day: date | None = None) -> None:
        present = self._session()
        departement = self.departement or (present.departement if present else "")
        self.view.show_page(FORM)
        self.view.form.begin(departement, day or self.desk.today)

    def _show_present(self) -> None:
        self.view.show_page(SESSION if self.present else NOTHING)
        self._read()

    def _create(self, new: NewSession) -> None:
        cases = self.desk.cases

        def work() -> object:
            return cases.permanences.create(
                new.departement,
                new.day,
                new.place,
                new.starts,
                new.ends,
                every_month=new.months,
                partners=new.partners,
            )

        self.desk.jobs.store(work, self._created, self._refused_creation)

    def _created(self, touched: object) -> None:
        self.present = getattr(touched, "id", "")
        session = next((one for one in self.sessions if one.id == self.present), None)
        if session is None:
            self.view.month.month = (self.view.form.day.value() or self.desk.today).replace(day=1)
        self.view.show_page(SESSION)
        self.desk.news.settle("Permanence créée.")
        self.desk.news.announce(touched)

    def _refused_creation(self, error: AdvisorError) -> None:
        self.view.form.say(f"{error.message} {error.hint}".strip())

    def _session(self) -> Permanence | None:
        return next((one for one in self.sessions if one.id == self.present), None)

    def _on_changed(self, _changes: list[Changed]) -> None:
        if self.view.isVisible():
            self._read()

    def _write(self, work: object) -> None:
        self.desk.jobs.store(work, self.desk.news.announce)  # type: ignore[arg-type]

    def _note_absent(self, interview: str) -> None:
        cases = self.desk.cases
        self._write(lambda: cases.permanences.set_status(interview, AppointmentStatus.ABSENT))

    def _set_partners(self, names: Sequence[str]) -> None:
        cases, present = self.desk.cases, self.present
        self._write(lambda: cases.permanences.set_partners(present, names))

    def _note_person(self, new: NewPerson) -> None:
        cases, present = self.desk.cases, self.present
        if new.is_booked:
            slot = Slot(new.at, new.minutes, new.reason)
            self._write(lambda: cases.permanences.book(present, slot, new.person))
            return

        def received(touched: object) -> None:
            self.desk.news.announce(touched)
            self.desk.news.went.emit("interview", getattr(touched, "id", ""))

        self.desk.jobs.store(lambda: cases.permanences.walk_in(present, new.person), received)

    def print_day(self) -> None:
        """Write the day sheet of the session shown and open it."""
        session = self._session()
        if session is None:
            return
        path = self.desk.sheets_folder() / f"journee-{session.departement}-{session.day}.pdf"
        documents_of = self.desk.services

        def work() -> Path:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise RefusedError(f"Le dossier {path.parent} ne peut pas être créé.") from error
            return documents_of.documents.print_day(session.day, path, session.departement)

        def done(_path: Path) -> None:
            self.desk.show_file(path)
            offer = ("Ouvrir le dossier", lambda: self.desk.show_file(path.parent))
            self.desk.news.settle(f"Fiche de la journée écrite\u202f: {path}.", "", offer)

        self.desk.jobs.store(work, done, label="Mise en page de la journée")


def _chosen(sessions: Sequence[Permanence], present: str, today: date) -> Permanence | None:
    """Return the session named, else today's, else the next one, else the last one."""
    named = next((one for one in sessions if one.id == present), None)
    coming = next((one for one in sessions if one.day >= today), None)
    return named or coming or (sessions[-1] if sessions else None)
