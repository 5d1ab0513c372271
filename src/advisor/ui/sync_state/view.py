"""Synchronisation's page: how things stand, one big button, then what leaves, came, is to decide.

Places widgets only.
"""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QTableWidget, QWidget

from advisor.domain.words.wording import counted, number
from advisor.ui.pieces.basics import button, column, label, scrolling
from advisor.ui.pieces.flow import Flow
from advisor.ui.pieces.keeping_focus import keeping_focus
from advisor.ui.sync_state.decisions_panel import DecisionsPanel
from advisor.ui.sync_state.enrolment_form import EnrolmentForm
from advisor.ui.sync_state.facts import SyncFacts
from advisor.ui.sync_state.file_panel import FilePanel
from advisor.ui.sync_state.locked_page import LockedPage
from advisor.ui.sync_state.state_card import StateCard
from advisor.ui.sync_state.tables import CamePanel, LeavingPanel
from advisor.ui.theme import Theme

DECIDE, LEAVES, CAME, FILES, TIE = "decider", "part", "arrive", "fichier", "rattachement"
WORDS = {
    DECIDE: "À décider",
    LEAVES: "Ce qui part",
    CAME: "Ce qui est arrivé",
    FILES: "Par clé USB",
    TIE: "Rattachement",
}
WHEN_LOCKED = {FILES, TIE}


class SyncView(QWidget):
    """The whole page; ``part_chosen(part)`` tells which part is looked at.

    ``pack_asked`` when the reference pack given out is to be installed.
    """

    part_chosen = Signal(str)
    pack_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("Synchronisation")
        self.theme = theme
        self.state = StateCard(theme)
        self.locked = LockedPage(theme)
        self.decisions = DecisionsPanel(theme)
        self.leaving = LeavingPanel(theme)
        self.came = CamePanel(theme)
        self.files = FilePanel(theme)
        self.tie = EnrolmentForm(theme)
        self.pack = label("", "muted")
        self.offer = label("", "strong")
        self.install = button("Installer ce référentiel", self.pack_asked.emit)
        self.stack = QStackedWidget()
        self.chips: dict[str, QPushButton] = {}
        self.part = ""
        self._build()

    @property
    def waiting(self) -> QWidget:
        """Return the label that says how much waits."""
        return self.state.waiting

    @property
    def table(self) -> QTableWidget:
        """Return the list of what waits to be sent."""
        return self.leaving.table

    def _build(self) -> None:
        theme = self.theme
        body = QWidget()
        whole = column(body, theme, spacing=10)
        whole.setContentsMargins(*(theme.px(size) for size in (24, 14, 24, 12)))
        whole.addWidget(label("Synchronisation", "display"))
        whole.addWidget(self.locked)
        whole.addWidget(self.state)
        line = Flow(gap=theme.px(6))
        group = QButtonGroup(self)
        panels = (self.decisions, self.leaving, self.came, self.files, self.tie)
        for (key, words), panel in zip(WORDS.items(), panels, strict=True):
            made = button(words, partial(self.show_part, key), "chip")
            made.setCheckable(True)
            group.addButton(made)
            self.chips[key] = made
            line.addWidget(made)
            self.stack.addWidget(panel)
        whole.addLayout(line)
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.pack)
        offered = Flow(gap=theme.px(10))
        offered.addWidget(self.offer)
        offered.addWidget(self.install)
        whole.addLayout(offered)
        self.area = scrolling(body, "Synchronisation, toute la page")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column(self, theme).addWidget(self.area)

    def show_part(self, part: str) -> None:
        """Show one part of the page."""
        self.part = part
        at = list(WORDS).index(part)
        for place in range(self.stack.count()):
            panel = self.stack.widget(place)
            if panel is not None:
                panel.setVisible(place == at)
        self.stack.setCurrentIndex(at)
        self.chips[part].setChecked(True)
        self.part_chosen.emit(part)

    def show_facts(self, facts: SyncFacts) -> None:
        """Say everything; the keyboard stays where it is."""
        with keeping_focus(self):
            self._show(facts)

    def _show(self, facts: SyncFacts) -> None:
        state = facts.state
        self.locked.setVisible(state.locked)
        self.state.setVisible(not state.locked)
        self.state.show_facts(facts)
        self.leaving.show_facts(facts)
        self.came.show_came(facts.came)
        self.decisions.show_decisions(facts.decisions, facts.twins)
        self.tie.show_tie(state.enrolment, locked=state.locked)
        self.pack.setText(facts.pack)
        self.offer.setText(facts.offer)
        for made in (self.offer, self.install):
            made.setVisible(bool(facts.offer))
        counts = {DECIDE: _to_decide(facts), LEAVES: number(facts.total) if facts.total else ""}
        for key, made in self.chips.items():
            words = " · ".join(one for one in (WORDS[key], counts.get(key, "")) if one)
            made.setText(words)
            made.setAccessibleName(words)
            made.setVisible(not state.locked or key in WHEN_LOCKED)
        if not self.part or (state.locked and self.part not in WHEN_LOCKED):
            self.show_part(_first_part(facts))

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        first = self.state.go if not self.state.go.isHidden() else self.state.enrol
        chip = self.chips.get(self.part) or next(iter(self.chips.values()))
        inside = {
            DECIDE: self.decisions.list,
            LEAVES: self.leaving.table,
            CAME: self.came.table,
            FILES: self.files.phrase,
            TIE: self.tie.address,
        }.get(self.part)
        found = [first, chip, *([inside] if inside is not None else [])]
        return [one for one in found if one.isVisible()] or [chip]


def _to_decide(facts: SyncFacts) -> str:
    """Return the count that Accueil tells too, then what is only proposed."""
    many, twins = facts.decisions.count, len(facts.twins)
    proposed = counted(twins, "doublon possible", "doublons possibles") if twins else ""
    return " · ".join(one for one in (number(many) if many else "", proposed) if one)


def _first_part(facts: SyncFacts) -> str:
    if facts.state.locked or facts.state.enrolment is None:
        return TIE if facts.state.locked else LEAVES
    if facts.decisions.count or facts.total:
        return DECIDE if facts.decisions.count else LEAVES
    if facts.twins:
        return DECIDE
    return CAME if facts.came else LEAVES
