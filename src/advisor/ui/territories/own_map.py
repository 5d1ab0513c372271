"""The communes of a diagnostic: their map and their list, each showing what the other chooses.

Places widgets only; must not know any service.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QTableWidgetItem, QWidget

from advisor.domain.maps.layers import MapLayer, MapMark
from advisor.domain.paper.territory_content import CommuneLine, TerritoryContent
from advisor.domain.words.wording import NARROW, counted
from advisor.ui.map.canvas import MapCanvas
from advisor.ui.map.ground import Later
from advisor.ui.map.legend import Legend
from advisor.ui.map.shapes import Shapes
from advisor.ui.pieces.basics import column, label, row
from advisor.ui.sync_state.tables import table_of
from advisor.ui.theme import Theme

BIG_TEXT = 1.4
COMMUNES = ("Commune", "Habitants", "Zone", "Structures")
PEOPLE = 1
EDGE = 6
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class OwnGround:
    """What the map of a territory is drawn from."""

    shapes: Shapes
    layer: MapLayer
    marks: tuple[MapMark, ...]


class OwnMap(QWidget):
    """Emits ``opened(code)`` when a commune of the list is opened by Enter or two clicks."""

    opened = Signal(str)

    def __init__(self, theme: Theme, later: Later) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Communes du territoire")
        self.lines: Sequence[CommuneLine] = ()
        self.canvas = MapCanvas(theme, later)
        self.canvas.setAccessibleName("Carte du territoire")
        self.legend = Legend(theme)
        self.count = label("", "section")
        self.table = table_of(theme, COMMUNES, "Communes du territoire", wide=0)
        self.table.setAccessibleDescription(
            "Flèches\u202f: commune suivante, montrée aussi sur la carte. Entrée\u202f: sa fiche."
        )
        self.table.setWordWrap(False)
        self.drawing = QWidget()
        self._build()
        self.canvas.chosen.connect(self.select)
        self.table.selectionModel().currentRowChanged.connect(self._reached)
        self.table.activated.connect(self._open)

    def _build(self) -> None:
        theme = self.theme
        left, right = column(self.drawing, theme, spacing=6), column(None, theme, spacing=6)
        left.addWidget(self.canvas, 1)
        left.addWidget(self.legend)
        right.addWidget(self.count)
        right.addWidget(self.table, 100)
        right.addStretch(1)
        halves: QBoxLayout = row(self, theme, spacing=20)
        halves.addWidget(self.drawing, 5)
        halves.addLayout(right, 4)
        self.canvas.setMinimumHeight(theme.px(220))
        if theme.scale > BIG_TEXT:
            halves.setDirection(QBoxLayout.Direction.TopToBottom)

    def show_lines(self, content: TerritoryContent) -> None:
        """List the communes; without any, nothing is shown at all."""
        self.lines = content.communes
        self.setVisible(bool(self.lines))
        words = counted(len(self.lines), "commune connue", "communes connues")
        self.count.setText(f"COMMUNES{NARROW}: {words.upper()}")
        year = f" ({content.population.year})" if content.population.year else ""
        self.table.setHorizontalHeaderLabels([COMMUNES[0], f"Habitants{year}", *COMMUNES[2:]])
        for at in (PEOPLE, len(COMMUNES) - 1):
            heading = self.table.horizontalHeaderItem(at)
            if heading is not None:
                heading.setTextAlignment(RIGHT)
        self.table.setRowCount(len(self.lines))
        self._fit()
        for at, one in enumerate(self.lines):
            zone = one.letters or "non connue"
            cells = (one.name, one.population, zone, one.structures.partition(" ")[0] or "–")
            whole = (one.name, f"{one.population} habitants", one.zone, one.structures or NONE)
            for across, (words, told) in enumerate(zip(cells, whole, strict=True)):
                item = QTableWidgetItem(words)
                item.setToolTip(told)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
                if across in {PEOPLE, len(cells) - 1}:
                    item.setTextAlignment(RIGHT)
                self.table.setItem(at, across, item)

    def _fit(self) -> None:
        """Ask for no more room than the lines take."""
        tall = self.table.verticalHeader().defaultSectionSize() * len(self.lines)
        head = self.table.horizontalHeader().sizeHint().height()
        most = self.theme.px(260) if self.theme.scale > BIG_TEXT else 100_000
        self.table.setMinimumHeight(min(head + tall + EDGE, self.theme.px(200)))
        self.table.setMaximumHeight(min(head + tall + EDGE, most))

    def show_ground(self, ground: OwnGround | None) -> None:
        """Draw the territory, or leave the whole room to the list."""
        self.drawing.setVisible(ground is not None)
        if ground is None:
            return
        scene = ground.shapes.scene
        self.canvas.show_scene(ground.shapes, ground.layer, ground.marks)
        self.legend.show_layer(scene, ground.layer, ground.marks, ())
        self.canvas.select(self.chosen)

    @property
    def chosen(self) -> str:
        """Return the code of the commune chosen, empty when there is none."""
        at = self.table.currentRow()
        return self.lines[at].code if 0 <= at < len(self.lines) else ""

    def select(self, code: str) -> None:
        """Show a commune as chosen, on the map and in the list."""
        self.canvas.select(code)
        at = next((n for n, one in enumerate(self.lines) if one.code == code), -1)
        if at >= 0 and at != self.table.currentRow():
            self.table.selectRow(at)

    def _reached(self, now: QModelIndex, _before: QModelIndex) -> None:
        if 0 <= now.row() < len(self.lines):
            self.canvas.select(self.lines[now.row()].code)

    def _open(self, at: QModelIndex) -> None:
        if 0 <= at.row() < len(self.lines):
            self.opened.emit(self.lines[at.row()].code)


NONE = "aucune structure connue"
