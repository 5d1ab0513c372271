"""Synchronisation's page: how much waits, by kind, and the latest changes.

Places widgets only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from advisor.domain.words.wording import number
from advisor.ui import wording
from advisor.ui.pieces.basics import clear, column, frame, label, row, scrolling
from advisor.ui.pieces.flow import Flow
from advisor.ui.sync_state.journal_words import JournalLine
from advisor.ui.theme import Theme

EXPLAINED = (
    "Chaque saisie est à l’abri dans la base chiffrée de cet ordinateur et notée dans un journal. "
    "Le journal partira vers le serveur central quand celui-ci sera raccordé\u202f; d’ici là rien "
    "ne sort de cet ordinateur."
)
COLUMNS = ("Quand", "Quoi", "Détail", "Pour", "Par")


@dataclass(frozen=True, slots=True)
class SyncFacts:
    """What the screen says: a heading, counts by kind, the latest lines, the pack."""

    waiting: str
    kinds: Sequence[tuple[str, int]]
    lines: Sequence[JournalLine]
    pack: str
    total: int


class SyncView(QWidget):
    """The whole page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("Synchronisation")
        self.theme = theme
        self.waiting = label("", "title")
        self.kinds = Flow(gap=theme.px(8))
        self.pack = label("", "muted")
        self.heading = label("DERNIÈRES SAISIES EN ATTENTE", "section")
        self.empty = label("Rien n’attend\u202f: la prochaine saisie s’affichera ici.", "muted")
        self.table = _table(theme)
        self._build()

    def _build(self) -> None:
        theme = self.theme
        body = QWidget()
        whole = column(body, theme, spacing=12)
        whole.setContentsMargins(*(theme.px(size) for size in (24, 14, 24, 12)))
        whole.addWidget(label("Synchronisation", "display"))
        card = frame("card", "Ce qui attend")
        inside = column(card, theme, margin=14, spacing=8)
        inside.addWidget(self.waiting)
        inside.addWidget(label(EXPLAINED))
        inside.addLayout(self.kinds)
        inside.addWidget(self.pack)
        whole.addWidget(card)
        whole.addWidget(self.heading)
        whole.addWidget(self.empty)
        self.table.setMinimumHeight(theme.px(220))
        whole.addWidget(self.table, 1)
        area = scrolling(body, "Ce qui attend d’être envoyé")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column(self, theme).addWidget(area)

    def show_facts(self, facts: SyncFacts) -> None:
        """Say what waits."""
        self.waiting.setText(facts.waiting)
        self.pack.setText(facts.pack)
        clear(self.kinds)
        for words, count in facts.kinds:
            chip = frame("well", f"{words}\u202f: {count}")
            line = row(chip, self.theme, margin=6, spacing=6)
            line.addWidget(label(number(count), "strong", wraps=False))
            line.addWidget(label(words, "small", wraps=False))
            self.kinds.addWidget(chip)
        self.empty.setVisible(not facts.lines)
        self.table.setVisible(bool(facts.lines))
        self.table.setRowCount(len(facts.lines))
        shown = len(facts.lines)
        more = f" ({shown} sur {number(facts.total)})" if shown < facts.total else ""
        self.heading.setText(f"DERNIÈRES SAISIES EN ATTENTE{more}")
        for at, one in enumerate(facts.lines):
            when = f"{wording.day(one.at.date())} {one.at:%H:%M}"
            for across, words in enumerate((when, one.what, one.detail, one.about, one.who)):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.table.setItem(at, across, item)

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.table]


def _table(theme: Theme) -> QTableWidget:
    made = QTableWidget(0, len(COLUMNS))
    made.setAccessibleName("Saisies en attente d’envoi")
    made.setHorizontalHeaderLabels(list(COLUMNS))
    made.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(theme.px(34))
    made.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    made.setShowGrid(False)
    made.setTabKeyNavigation(False)
    header = made.horizontalHeader()
    for at in range(len(COLUMNS)):
        header.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    return made
