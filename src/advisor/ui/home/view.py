"""Accueil's page: today on the left; reminders, decisions, sending and the pack on the right.

Places widgets only.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from advisor.domain.cases.appointment import Interview, Permanence
from advisor.domain.words.wording import counted, long_date, short_date
from advisor.ui import wording
from advisor.ui.foot import decisions_words
from advisor.ui.home.agenda_row import AgendaRow, next_to_receive
from advisor.ui.home.facts import DueStep, HomeFacts
from advisor.ui.pieces.basics import (
    button,
    clear,
    column,
    frame,
    label,
    row,
    scrolling,
    shape,
    with_icon,
)
from advisor.ui.pieces.keeping_focus import keeping_focus
from advisor.ui.pieces.pressable import Pressable
from advisor.ui.theme import Theme

MOST_REMINDERS, MOST_COMING, MOST_STEPS = 4, 3, 2


class HomeView(QWidget):
    """Emits ``received``, ``opened``, ``absent`` (interview) and ``went(screen, target)``."""

    received = Signal(str)
    opened = Signal(str)
    absent = Signal(str)
    went = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("Accueil")
        self.theme = theme
        self.day = label("", "display")
        self.adviser = label("", "muted")
        body = QWidget()
        whole = column(body, theme, spacing=12)
        whole.setContentsMargins(*(theme.px(size) for size in (24, 14, 24, 12)))
        heading = column(None, theme, spacing=0)
        heading.addWidget(self.day)
        heading.addWidget(self.adviser)
        whole.addLayout(heading)
        self.grid = QGridLayout()
        self.grid.setSpacing(theme.px(12))
        whole.addLayout(self.grid, 1)
        self.today = self._card("AUJOURD’HUI")
        self.reminders = self._card("À RELANCER")
        self.decisions = self._card("À DÉCIDER")
        self.sending = self._card("ENVOI")
        self.pack = self._card("RÉFÉRENTIEL")
        self.coming = self._card("PROCHAINES PERMANENCES")
        self._place_cards()
        self.area = scrolling(body, "Accueil, la journée")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column(self, theme).addWidget(self.area)

    def _place_cards(self) -> None:
        narrow = self.theme.scale > 1.4  # noqa: PLR2004  one column when the text is that large
        side = QFrame()
        stack = column(side, self.theme, spacing=12)
        for card in (self.reminders, self.coming, self.decisions, self.sending, self.pack):
            stack.addWidget(card[0])
        stack.addStretch(1)
        self.grid.addWidget(self.today[0], 0, 0)
        self.grid.addWidget(side, *((1, 0) if narrow else (0, 1)))
        self.grid.setColumnStretch(0, 13)
        self.grid.setColumnStretch(1, 0 if narrow else 8)

    def _card(self, heading: str) -> tuple[QFrame, QVBoxLayout]:
        made = frame("card", heading.capitalize())
        outside = column(made, self.theme, spacing=4)
        outside.setContentsMargins(*(self.theme.px(size) for size in (14, 10, 14, 10)))
        outside.addWidget(label(heading, "section"))
        inside = column(None, self.theme, spacing=4)
        outside.addLayout(inside)
        return made, inside

    def show_facts(self, facts: HomeFacts) -> None:
        """Say the whole day; the keyboard stays where it is."""
        with keeping_focus(self):
            self._show(facts)

    def _show(self, facts: HomeFacts) -> None:
        self.day.setText(wording.capital(long_date(facts.day)))
        who = facts.adviser
        self.adviser.setText(f"{who.name}, {who.organisation}" if who else "")
        self._show_today(facts)
        self._show_reminders(facts.reminders, facts.steps)
        self._show_coming(facts.coming)
        self._show_decisions(facts.decisions)
        self._show_sending(facts)
        self._show_pack(facts)

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through: the day, then what is to do."""
        found = [self._first_button(card) for card in (self.today[0], self.reminders[0])]
        return [one for one in found if one is not None] or [self.area]

    def _first_button(self, card: QWidget) -> QWidget | None:
        rows = card.findChildren(Pressable)
        following = [one for one in rows if one.property("role") == "next"]
        if rows:
            return [*following, *rows][0]
        for made in card.findChildren(QWidget):
            if made.focusPolicy() != Qt.FocusPolicy.NoFocus:
                return made
        return None

    def _show_today(self, facts: HomeFacts) -> None:
        inside = self.today[1]
        clear(inside)
        if not facts.permanences:
            self._show_no_session()
            inside.addStretch(1)
            return
        for one in facts.permanences:
            inside.addWidget(label(_where(one), "title"))
            present = ", ".join(one.partners) or "personne n’est encore noté présent"
            inside.addWidget(label(f"Présents\u202f: {present}", "muted"))
        if not facts.agenda:
            inside.addWidget(label("Aucun rendez-vous noté pour aujourd’hui."))
        inside.addSpacing(self.theme.px(4))
        following = next_to_receive(facts.agenda)
        for met in facts.agenda:
            made = AgendaRow(self.theme, met, is_next=met.id == following)
            made.received.connect(self.received)
            made.opened.connect(self.opened)
            made.absent.connect(self.absent)
            inside.addWidget(made)
        inside.addStretch(1)
        line = row(None, self.theme)
        walk_in = button(
            "Sans &rendez-vous", lambda: self.went.emit("permanences", "sans-rendez-vous")
        )
        line.addWidget(with_icon(walk_in, "person", self.theme))
        sheet = button("&Fiche de la journée", lambda: self.went.emit("permanences", "journee"))
        line.addWidget(with_icon(sheet, "document", self.theme))
        line.addStretch(1)
        inside.addLayout(line)

    def _show_no_session(self) -> None:
        inside = self.today[1]
        inside.addWidget(label("Pas de permanence aujourd’hui", "title"))
        inside.addWidget(
            label(
                "Ouvrez-en une pour recevoir quelqu’un, ou importez les rendez-vous pris "
                "(CSV ou iCalendar)\u202f: ils s’afficheront ici, dans l’ordre des heures.",
            )
        )
        line = row(None, self.theme)
        begin = button("&Ouvrir une permanence", lambda: self.went.emit("permanences", "nouvelle"))
        begin.setProperty("role", "primary")
        line.addWidget(with_icon(begin, "plus", self.theme, "accent_text"))
        bring = button(
            "I&mporter des rendez-vous", lambda: self.went.emit("permanences", "importer")
        )
        line.addWidget(with_icon(bring, "import", self.theme))
        line.addStretch(1)
        inside.addLayout(line)

    def _show_reminders(self, reminders: Sequence[Interview], steps: Sequence[DueStep]) -> None:
        inside = self.reminders[1]
        clear(inside)
        if not reminders:
            inside.addWidget(label("Aucune personne à rappeler aujourd’hui.", "small"))
        most = MOST_REMINDERS - min(len(steps), MOST_STEPS)
        for one in reminders[:most]:
            name, when = one.professional.display_name, wording.day(one.recall_on)
            made = self._reminder("phone", name, f"prévu le {when}", f"{name} · depuis le {when}")
            made.clicked.connect(lambda _checked, who=one.id: self.opened.emit(who))
            inside.addWidget(made)
        for step in steps[:MOST_STEPS]:
            words, when = f"{step.name}\u202f: {step.what}", f"pour le {wording.day(step.due)}"
            made = self._reminder("territory", words, when, f"{words}, {when}")
            made.clicked.connect(
                lambda _checked, key=step.diagnostic: self.went.emit("territories", key)
            )
            inside.addWidget(made)
        more = len(reminders) - most
        if more > 0:
            inside.addWidget(
                button(f"{counted(more, 'autre')} dans Suivi", self._go_follow_up, "quiet")
            )

    def _reminder(self, picture: str, words: str, when: str, said: str) -> Pressable:
        made = Pressable(f"À relancer\u202f: {said}")
        line = row(made, self.theme, margin=4, spacing=6)
        line.addWidget(shape(picture, self.theme, "amber", 16))
        line.addWidget(label(words), 1)
        line.addWidget(label(when, "muted", wraps=False))
        made.let_through()
        return made

    def _go_follow_up(self) -> None:
        self.went.emit("follow_up", "")

    def _show_coming(self, coming: Sequence[Permanence]) -> None:
        inside = self.coming[1]
        clear(inside)
        if not coming:
            inside.addWidget(label("Aucune n’est prévue.", "small"))
        for one in coming[:MOST_COMING]:
            made = Pressable(f"Permanence du {long_date(one.day)}, {one.place}")
            line = row(made, self.theme, margin=4, spacing=6)
            line.addWidget(label(f"{one.place} ({one.departement})"), 1)
            line.addWidget(label(long_date(one.day), "muted", wraps=False))
            made.let_through()
            made.clicked.connect(
                lambda _checked, which=one.id: self.went.emit("permanences", which)
            )
            inside.addWidget(made)

    def _show_decisions(self, count: int) -> None:
        inside = self.decisions[1]
        clear(inside)
        if not count:
            inside.addWidget(label("Rien n’attend votre décision.", "small"))
            return
        words = decisions_words(count)
        inside.addWidget(button(words, lambda: self.went.emit("sync", "decider"), "ask"))

    def _show_sending(self, facts: HomeFacts) -> None:
        inside = self.sending[1]
        clear(inside)
        inside.addWidget(label(f"{facts.waiting}."))
        if facts.failed_on is not None:
            words = f"Essai du {short_date(facts.failed_on)} sans succès, rien n’est perdu"
            inside.addWidget(button(words, lambda: self.went.emit("sync", "part"), "ask"))

    def _show_pack(self, facts: HomeFacts) -> None:
        inside = self.pack[1]
        clear(inside)
        built = facts.pack.built_at
        age = wording.ago(built, facts.day)
        inside.addWidget(label(f"Données du {short_date(built)} ({age})."))
        if facts.pack.warning:
            inside.addWidget(label(facts.pack.warning, "amber"))


def _where(one: Permanence) -> str:
    hours = "–".join(part for part in (wording.hour(one.starts), wording.hour(one.ends)) if part)
    return " · ".join(part for part in (f"{one.place} ({one.departement})", hours) if part)
