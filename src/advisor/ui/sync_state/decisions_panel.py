"""What waits for somebody's choice: the list, and beside it the conflict or the entry chosen.

Places widgets only.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QListWidget, QListWidgetItem, QStackedWidget

from advisor.domain.cases.disagreement import Decisions, Disagreement, Held, conflict_words
from advisor.services.duplicates import Twins
from advisor.ui import wording
from advisor.ui.pieces.basics import column, frame, label, row
from advisor.ui.pieces.bring_to_view import bring_to_view
from advisor.ui.pieces.two_lines import TwoLines
from advisor.ui.sync_state.conflict_page import ConflictPage
from advisor.ui.sync_state.held_page import HeldPage
from advisor.ui.sync_state.twins_page import TwinsPage
from advisor.ui.theme import Theme

Waiting = Disagreement | Held | Twins
NOTHING = "Rien n’attend votre décision."
EXPLAINED = (
    "Quand deux personnes changent la même information avant de synchroniser, les deux versions "
    "s’affichent ici, côte à côte. Une saisie que le serveur central met de côté s’y affiche "
    "aussi, avec la raison. Rien n’est jamais jeté."
)


class DecisionsPanel(QFrame):
    """Lists the choices to make; the pages tell what is decided."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Décisions à prendre")
        self.list = QListWidget()
        self.list.setAccessibleName("Décisions à prendre, une par ligne")
        TwoLines(theme, self.list)
        self.list.currentRowChanged.connect(self._choose)
        self.conflict = ConflictPage(theme)
        self.held = HeldPage(theme)
        self.twins = TwinsPage(theme)
        self.pages = QStackedWidget()
        self.full = QFrame()
        self.empty = frame("card", "Rien à décider")
        self._shown: list[Waiting] = []
        self._present = ""
        self._build()

    def _build(self) -> None:
        theme = self.theme
        inside = column(self.empty, theme, margin=16, spacing=6)
        inside.addWidget(label(NOTHING, "title"))
        inside.addWidget(label(EXPLAINED))
        line: QBoxLayout = row(self.full, theme, spacing=12)
        line.addWidget(self.list, 4)
        self.card = frame("card", "Décision")
        held = column(self.card, theme, margin=14)
        self.pages.addWidget(self.conflict)
        self.pages.addWidget(self.held)
        self.pages.addWidget(self.twins)
        held.addWidget(self.pages)
        line.addWidget(self.card, 9)
        if theme.scale > 1.4:  # noqa: PLR2004  one column when the text is that large
            line.setDirection(QBoxLayout.Direction.TopToBottom)
            self.list.setMinimumHeight(theme.px(170))
            self.list.itemClicked.connect(lambda _item: bring_to_view(self.card))
        whole = column(self, theme)
        whole.addWidget(self.empty)
        whole.addWidget(self.full, 1)
        whole.addStretch(0)

    def show_decisions(self, decisions: Decisions, twins: Sequence[Twins] = ()) -> None:
        """List everything that waits, then pairs of records and what was left aside.

        The choice made stays.
        """
        waiting = [one for one in decisions.held if not one.aside]
        aside = [one for one in decisions.held if one.aside]
        shown: list[Waiting] = [*decisions.conflicts, *waiting, *twins, *aside]
        at = self._place(shown)
        self._shown = shown
        self.empty.setVisible(not shown)
        self.full.setVisible(bool(shown))
        self.list.blockSignals(True)
        self.list.clear()
        for one in shown:
            self.list.addItem(QListWidgetItem(_words(one)))
        self.list.setCurrentRow(at)
        self.list.blockSignals(False)
        if shown:
            self._choose(at)

    def choose(self, key: str) -> None:
        """Choose what is named: a decision, or the first one of an interview."""
        for at, one in enumerate(self._shown):
            if key in {one.id, getattr(one, "interview", "")}:
                self.list.setCurrentRow(at)
                return

    def _place(self, shown: list[Waiting]) -> int:
        """Return where the present choice stands now, or the one that took its place."""
        before = next((n for n, one in enumerate(self._shown) if one.id == self._present), 0)
        here = [n for n, one in enumerate(shown) if one.id == self._present]
        return here[0] if here else max(0, min(before, len(shown) - 1))

    def _choose(self, at: int) -> None:
        if not 0 <= at < len(self._shown):
            return
        one = self._shown[at]
        is_same = one.id == self._present
        self._present = one.id
        if isinstance(one, Disagreement):
            if not (is_same and one == self.conflict.present):
                self.conflict.show_conflict(one)
            self.pages.setCurrentWidget(self.conflict)
        elif isinstance(one, Twins):
            self.twins.show_twins(one)
            self.pages.setCurrentWidget(self.twins)
        else:
            alike = self._alike(one)
            if not (is_same and one == self.held.present and alike == self.held.alike):
                self.held.show_held(one, alike)
            self.pages.setCurrentWidget(self.held)

    def _alike(self, held: Held) -> tuple[str, ...]:
        """Return what waits for the same reason, and may be sent again."""
        every = (one for one in self._shown if isinstance(one, Held) and one.can_resend)
        return tuple(one.id for one in every if not one.aside and one.reason == held.reason)


def _words(one: Waiting) -> str:
    if isinstance(one, Disagreement):
        return f"{one.title}\n{wording.capital(conflict_words(one))}"
    if isinstance(one, Twins):
        return f"{one.kept.person.display_name}\nDeux fiches de la même personne\u202f?"
    state = "laissée de côté" if one.aside else "mise de côté"
    return f"{one.title}\n{wording.capital(one.what)} · {state}"
