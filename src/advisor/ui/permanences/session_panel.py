"""One permanence: where and when, who is present, who comes, and what can be done about it.

Must not know any service.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from advisor.domain.cases.appointment import Interview, Permanence
from advisor.domain.words.wording import counted, long_date
from advisor.ui import wording
from advisor.ui.home.agenda_row import AgendaRow, next_to_receive
from advisor.ui.permanences.partner_chips import PartnerChips
from advisor.ui.permanences.person_form import PersonForm
from advisor.ui.pieces.basics import button, clear, column, label, scrolling, with_icon
from advisor.ui.pieces.flow import Flow
from advisor.ui.theme import Theme


class SessionPanel(QFrame):
    """Emits what is asked of the session shown."""

    received = Signal(str)
    opened = Signal(str)
    absent = Signal(str)
    sheet_asked = Signal()
    partners_set = Signal(object)
    noted = Signal(object)

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Permanence choisie")
        self.today = today
        self.theme = theme
        self.title = label("", "title")
        self.facts = label("", "muted")
        self.partners = PartnerChips(theme)
        self.partners.edited.connect(self.partners_set)
        self.form = PersonForm(theme)
        self.form.filled.connect(self._noted)
        self.form.given_up.connect(self.form.hide)
        self.form.hide()
        body = QWidget()
        self.slots: QVBoxLayout = column(body, theme, spacing=4)
        whole = column(self, theme, spacing=8)
        whole.setContentsMargins(*(theme.px(size) for size in (16, 12, 16, 12)))
        whole.addWidget(self.title)
        whole.addWidget(self.facts)
        whole.addWidget(label("INSTITUTIONS PRÉSENTES", "section"))
        whole.addWidget(self.partners)
        whole.addWidget(label("RENDEZ-VOUS", "section"))
        whole.addLayout(self._actions())
        whole.addWidget(self.form)
        self.area = scrolling(body, "Rendez-vous de la permanence")
        whole.addWidget(self.area, 1)

    def _actions(self) -> Flow:
        line = Flow(gap=self.theme.px(8))
        self.booking = button("&Noter un rendez-vous", lambda: self.begin(is_booked=True))
        walk_in = button("Sans &rendez-vous", lambda: self.begin(is_booked=False))
        sheet = button("&Fiche de la journée (PDF)", self.sheet_asked.emit)
        line.addWidget(with_icon(self.booking, "plus", self.theme))
        line.addWidget(with_icon(walk_in, "person", self.theme))
        line.addWidget(with_icon(sheet, "document", self.theme))
        return line

    @property
    def is_filling(self) -> bool:
        """Tell whether somebody is being noted."""
        return not self.form.isHidden()

    def first(self) -> QWidget:
        """Return where F6 arrives: the next person to receive, else the first thing to do."""
        if self.is_filling:
            return self.form.nom
        rows = self.findChildren(AgendaRow)
        following = [one.head for one in rows if one.head.property("role") == "next"]
        return [*following, *(one.head for one in rows), self.booking][0]

    def begin(self, *, is_booked: bool) -> None:
        """Open the form in place."""
        self.form.show()
        self.form.begin(is_booked=is_booked)

    def show_session(self, one: Permanence, people: Sequence[Interview]) -> None:
        """Say everything about a session."""
        self.title.setText(f"{one.place} ({one.departement})")
        hours = "–".join(
            part for part in (wording.hour(one.starts), wording.hour(one.ends)) if part
        )
        parts = (
            long_date(one.day),
            hours,
            counted(len(people), "rendez-vous", "rendez-vous") if people else "",
            "revient chaque mois" if one.series else "",
        )
        self.facts.setText(wording.capital(" · ".join(part for part in parts if part)))
        self.partners.show_chosen(one.partners)
        clear(self.slots)
        if not people:
            self.slots.addWidget(
                label(
                    "Aucun rendez-vous. Notez-en un, importez le fichier des réservations, ou "
                    "recevez quelqu’un sans rendez-vous.",
                    "muted",
                )
            )
        following = next_to_receive(people) if one.day == self.today else ""
        for met in people:
            made = AgendaRow(self.theme, met, is_next=met.id == following)
            made.received.connect(self.received)
            made.opened.connect(self.opened)
            made.absent.connect(self.absent)
            self.slots.addWidget(made)
        self.slots.addStretch(1)

    def _noted(self, person: object) -> None:
        self.form.hide()
        self.noted.emit(person)
