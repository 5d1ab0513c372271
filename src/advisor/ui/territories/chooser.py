"""A new diagnostic: how its territory is chosen, what it would be, who asks.

Places widgets only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from advisor.domain.places.name_search import fold
from advisor.domain.territories.territory import ChosenBy
from advisor.ui.map.ground import Later
from advisor.ui.pieces.basics import button, column, label, row, scrolling
from advisor.ui.pieces.fields import Line
from advisor.ui.pieces.file_dialogs import ask_which
from advisor.ui.pieces.flow import Flow
from advisor.ui.pieces.pressable import Lasting
from advisor.ui.territories.map_choice import MapChoice
from advisor.ui.territories.parts import Text
from advisor.ui.territories.preview import Preview
from advisor.ui.theme import Theme

BIG_TEXT = 1.4
WAYS = (
    (ChosenBy.EPCI, "Intercommunalité"),
    (ChosenBy.HAND, "Sur la carte"),
    (ChosenBy.BASSIN, "Bassin de vie"),
    (ChosenBy.DEPARTEMENT, "Département"),
    (ChosenBy.LIST, "Liste de codes"),
)
NONE_HELD = {
    ChosenBy.BASSIN: "Les bassins de vie sont dans le référentiel complet, pas dans celui de "
    "départ\u202f: choisissez les communes sur la carte, ou collez leurs codes.",
}
LISTS = "Listes de communes (*.csv *.txt);;Tous les fichiers (*)"


@dataclass(frozen=True, slots=True)
class Unit:
    """Something to choose by its name."""

    code: str
    name: str
    facts: str = ""


class UnitList(QWidget):
    """A search over a list of units; emits ``chosen(code)``."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, words: str, none: str) -> None:
        super().__init__()
        self.units: Sequence[Unit] = ()
        self.shown: list[Unit] = []
        self.search = Line(f"Chercher\u202f: {words.lower()}")
        self.search.setPlaceholderText("Nom, département ou code…")
        self.list = QListWidget()
        self.list.setAccessibleName(words)
        self.none = label(none or "Rien de tel dans ce référentiel.", "muted")
        inside = column(self, theme, spacing=6)
        inside.addWidget(self.search)
        inside.addWidget(self.none)
        inside.addWidget(self.list, 1)
        self.list.setMinimumHeight(theme.px(220))
        self.search.edited.connect(lambda _text: self._show())
        self.list.currentRowChanged.connect(self._reach)

    def offer(self, units: Sequence[Unit]) -> None:
        """Offer units."""
        self.units = units
        self._show()

    def _show(self) -> None:
        words = fold(self.search.text()).split()
        self.shown = [
            one
            for one in self.units
            if all(word in fold(f"{one.name} {one.facts} {one.code}") for word in words)
        ]
        self.list.blockSignals(True)
        self.list.clear()
        for one in self.shown:
            said = " · ".join(part for part in (one.name, one.facts) if part)
            self.list.addItem(QListWidgetItem(said))
        self.list.blockSignals(False)
        self.none.setVisible(not self.units)
        self.list.setVisible(bool(self.units))

    def _reach(self, at: int) -> None:
        if 0 <= at < len(self.shown):
            self.chosen.emit(self.shown[at].code)


class CodesForm(QWidget):
    """Codes pasted, or read from a file; emits ``read(text)`` and ``file_chosen(path)``."""

    read = Signal(object)
    file_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.text = Text("Codes Insee des communes", theme, "77379\n77014\n…")
        self.text.setMinimumHeight(theme.px(180))
        self.text.setMaximumHeight(theme.px(400))
        self.report = label("", "caution")
        inside = column(self, theme, spacing=6)
        inside.addWidget(
            label("Collez les codes Insee, un par ligne ou séparés par des virgules.", "muted")
        )
        inside.addWidget(self.text, 1)
        inside.addWidget(self.report)
        read = button("Lire un fichier…", self.ask_for_file)
        inside.addWidget(read, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addStretch(1)
        self.text.edited.connect(self.read)

    def ask_for_file(self) -> None:
        """Ask which file holds the codes."""
        ask_which(self, "Liste de communes", LISTS, self.take_file)

    def take_file(self, path: Path) -> None:
        """Read this file."""
        self.file_chosen.emit(path)

    def say(self, words: str) -> None:
        """Say what could not be read."""
        self.report.setText(words)
        self.report.setVisible(bool(words))


class Chooser(QWidget):
    """Emits ``way_chosen(ChosenBy)`` and ``given_up()``; each panel says what is chosen."""

    way_chosen = Signal(object)
    given_up = Signal()

    def __init__(self, theme: Theme, later: Later, today: date) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Nouveau diagnostic")
        self.group = QButtonGroup(self)
        self.chips: dict[ChosenBy, QPushButton] = {}
        self.units: dict[ChosenBy, UnitList] = {
            way: UnitList(theme, words, NONE_HELD.get(way, ""))
            for way, words in WAYS
            if way in {ChosenBy.EPCI, ChosenBy.BASSIN, ChosenBy.DEPARTEMENT}
        }
        self.map = MapChoice(theme, later)
        self.codes = CodesForm(theme)
        self.panels: dict[ChosenBy, QWidget] = {
            **self.units, ChosenBy.HAND: self.map, ChosenBy.LIST: self.codes,
        }  # fmt: skip
        self.stack = QStackedWidget()
        self.preview = Preview(theme, today)
        self._build()

    def _build(self) -> None:
        theme = self.theme
        body = QWidget()
        whole = column(body, theme, spacing=8)
        whole.setContentsMargins(*(theme.px(size) for size in (24, 12, 24, 10)))
        head = row(None, theme)
        head.addWidget(label("Nouveau diagnostic", "display"), 1)
        head.addWidget(button("Tous les diagnostics", self.given_up.emit))
        whole.addLayout(head)
        whole.addWidget(self._ways())
        for panel in self.panels.values():
            self.stack.addWidget(panel)
        halves: QBoxLayout = row(None, theme, spacing=12)
        halves.addWidget(self.stack, 6)
        halves.addWidget(self.preview, 4)
        whole.addLayout(halves, 1)
        if theme.scale > BIG_TEXT:
            halves.setDirection(QBoxLayout.Direction.TopToBottom)
        area = scrolling(body, "Nouveau diagnostic")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column(self, theme).addWidget(area)

    def _ways(self) -> QWidget:
        made = Lasting()
        flow = Flow(made, self.theme.px(6))
        flow.addWidget(label("Territoire choisi par", "small", wraps=False))
        for way, words in WAYS:
            chip = button(words, partial(self.show_way, way), "chip")
            chip.setCheckable(True)
            self.group.addButton(chip)
            self.chips[way] = chip
            flow.addWidget(chip)
        return made

    def show_way(self, way: ChosenBy) -> None:
        """Show how the territory is chosen."""
        self.chips[way].setChecked(True)
        self.stack.setCurrentWidget(self.panels[way])
        self.way_chosen.emit(way)

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        panel = self.stack.currentWidget()
        first: QWidget = self.chips[ChosenBy.EPCI]
        if isinstance(panel, UnitList):
            first = panel.search
        elif panel is self.map:
            first = self.map.canvas
        elif panel is self.codes:
            first = self.codes.text
        return [first, self.preview.name]
