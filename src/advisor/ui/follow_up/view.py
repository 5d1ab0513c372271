"""Suivi's page: people by what is to do, and beside them what became of their project.

Places widgets only.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from advisor.domain.cases.appointment import Interview
from advisor.domain.words.wording import NARROW
from advisor.ui import wording
from advisor.ui.interview.follow_bar import FollowBar
from advisor.ui.interview.notes_panel import entry
from advisor.ui.pieces.basics import button, clear, column, frame, label, row, scrolling, with_icon
from advisor.ui.pieces.commune_box import Ask
from advisor.ui.pieces.flow import Flow
from advisor.ui.pieces.two_lines import TwoLines
from advisor.ui.theme import Theme

TO_CALL, UNKNOWN = "a_rappeler", "issue_inconnue"
GROUPS = (
    (TO_CALL, "À rappeler"),
    (UNKNOWN, "Issue inconnue"),
    ("en_cours", "En cours"),
    ("installe", "Installés"),
    ("abandonne", "Abandonnés"),
    ("sans_suite", "Sans suite"),
)
EMPTY = {
    TO_CALL: "Personne à rappeler. Une date de relance notée pendant un entretien met la personne "
    "ici, la plus ancienne en premier.",
    UNKNOWN: "Toutes les personnes reçues ont une issue notée.",
}


class FollowUpView(QWidget):
    """Emits ``group_chosen(group)``, ``chosen(interview)`` and ``opened(interview)``."""

    group_chosen = Signal(str)
    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, ask: Ask) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("Suivi")
        self.theme = theme
        self.list = QListWidget()
        self.list.setAccessibleName("Personnes")
        TwoLines(theme, self.list)
        self.list.currentRowChanged.connect(self._choose)
        self.empty = label("", "muted")
        self.name = label("", "title")
        self.facts = label("", "muted", selectable=True)
        self.bar = FollowBar(theme, ask)
        self.present = ""
        self._ids: list[str] = []
        self.chips: dict[str, QWidget] = {}
        self._build()

    def _build(self) -> None:
        theme = self.theme
        body = QWidget()
        whole = column(body, theme, spacing=10)
        whole.setContentsMargins(*(theme.px(size) for size in (24, 14, 24, 12)))
        whole.addWidget(label("Suivi", "display"))
        line = Flow(gap=theme.px(6))
        self.group = QButtonGroup(self)
        for key, words in GROUPS:
            made = button(words, partial(self.group_chosen.emit, key), "chip")
            made.setCheckable(True)
            self.group.addButton(made)
            self.chips[key] = made
            line.addWidget(made)
        whole.addLayout(line)
        halves: QBoxLayout = row(None, theme, spacing=12)
        left = column(None, theme)
        left.addWidget(self.empty)
        left.addWidget(self.list, 1)
        halves.addLayout(left, 5)
        halves.addWidget(self._card(), 7)
        whole.addLayout(halves, 1)
        if theme.scale > 1.4:  # noqa: PLR2004  one column when the text is that large
            halves.setDirection(QBoxLayout.Direction.TopToBottom)
            self.list.setMinimumHeight(theme.px(220))
        area = scrolling(body, "Suivi des personnes reçues")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column(self, theme).addWidget(area)

    def _card(self) -> QWidget:
        self.card = frame("card", "Personne suivie")
        inside = column(self.card, self.theme, margin=14, spacing=10)
        inside.addWidget(self.name)
        inside.addWidget(self.facts)
        self.open = with_icon(
            button("&Rouvrir l’entretien", self._open, "primary"),
            "interview",
            self.theme,
            "accent_text",
        )
        line = row(None, self.theme)
        line.addWidget(self.open)
        line.addStretch(1)
        inside.addWidget(self.bar)
        self.note = label("", "small", selectable=True)
        inside.addWidget(self.note)
        inside.addLayout(line)
        self.notes: QVBoxLayout = column(None, self.theme)
        inside.addLayout(self.notes)
        inside.addStretch(1)
        return self.card

    def show_groups(self, counts: Mapping[str, int], present: str) -> None:
        """Say how many people are in each group."""
        for key, words in GROUPS:
            made = self.chips[key]
            made.setProperty("text", f"{words} ({counts.get(key, 0)})")
            made.setProperty("checked", key == present)
            made.setAccessibleName(f"{words}, {counts.get(key, 0)}")

    def show_people(self, group: str, people: Sequence[Interview]) -> None:
        """List the people of a group, keeping the one that was chosen."""
        self._ids = [one.id for one in people]
        self.list.blockSignals(True)
        self.list.clear()
        for one in people:
            self.list.addItem(QListWidgetItem(_words(one)))
        self.list.blockSignals(False)
        self.empty.setText(EMPTY.get(group, "Personne dans cette liste pour l’instant."))
        self.empty.setVisible(not people)
        self.list.setVisible(bool(people))
        self.card.setVisible(bool(people))
        if people:
            at = self._ids.index(self.present) if self.present in self._ids else 0
            self.list.setCurrentRow(at)

    def show_person(self, one: Interview) -> None:
        """Say who it is and how to call them."""
        self.present = one.id
        person = one.professional
        self.name.setText(person.display_name)
        parts = (
            wording.choice_words("profession", one.profile.get("profession") or person.profession),
            f"reçu le {wording.day(one.permanence.day)} à {one.permanence.place}",
            person.telephone,
            person.email,
        )
        self.facts.setText(" · ".join(part for part in parts if part))
        places = ", ".join(place.name for place in one.places)
        self.note.setText(f"Lieux envisagés{NARROW}: {places}" if places else "")
        self.note.setVisible(bool(places))
        clear(self.notes)
        if one.notes:
            self.notes.addWidget(label("NOTES", "section"))
        for note in reversed(one.notes):
            self.notes.addWidget(entry(self.theme, note))

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        first: QWidget = self.list if self._ids else self.chips[TO_CALL]
        return [first, self.bar.recall] if self._ids else [first]

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._ids):
            self.chosen.emit(self._ids[at])

    def _open(self) -> None:
        self.opened.emit(self.present)


def _words(one: Interview) -> str:
    person = one.professional
    second = [wording.choice_words("profession", person.profession)]
    if one.recall_on:
        second.append(f"à rappeler le {wording.day(one.recall_on)}")
    if one.outcome:
        when = f" le {wording.day(one.outcome.day)}" if one.outcome.day else ""
        second.append(wording.worded(wording.OUTCOME, one.outcome.kind) + when)
    return f"{person.display_name}\n{' · '.join(part for part in second if part)}"
