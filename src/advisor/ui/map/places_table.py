"""The same places as the map, one line each: for the keyboard, and for those who see no map.

Must not know any service.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from advisor.domain.maps.layers import LayerKind, MapLayer, MapPlace
from advisor.domain.places.name_search import fold
from advisor.domain.words.wording import number
from advisor.ui.theme import Theme

HEADINGS = ("Rang", "Lieu", "Classe", "Habitants")
RANK, NAME, CLASS, PEOPLE = range(4)
Index = QModelIndex | QPersistentModelIndex
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
VALUES = {
    LayerKind.ZONES: "Classe",
    LayerKind.CHANGE: "Évolution",
    LayerKind.POPULATION: "Tranche",
    LayerKind.DENSITY: "Densité",
    LayerKind.SUPPLY: "Offre",
}


class PlacesModel(QAbstractTableModel):
    """Places of a scene by name, or by rank when they are ranked; ranked places come first."""

    def __init__(self) -> None:
        super().__init__()
        self.places: list[MapPlace] = []
        self.layer: MapLayer | None = None
        self.ranks: dict[str, int] = {}
        self._rows: dict[str, int] = {}

    def show_places(self, places: Sequence[MapPlace], layer: MapLayer) -> None:
        """List other places."""
        self.beginResetModel()
        self.layer, self.ranks = layer, {}
        self._order(places)
        self.endResetModel()

    def show_layer(self, layer: MapLayer) -> None:
        """Say another layer of the same places."""
        self.layer = layer
        last = self.index(max(len(self.places) - 1, 0), PEOPLE)
        self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, CLASS, CLASS)

    def show_ranks(self, ranks: Mapping[str, int]) -> None:
        """Put the ranked places first; without ranks, every place is back by name."""
        self.beginResetModel()
        self.ranks = dict(ranks)
        self._order(self.places)
        self.endResetModel()

    def row_of(self, code: str) -> int:
        """Return the line of a place, -1 when it is not listed."""
        return self._rows.get(code, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  Qt's name
        """Return how many places there are."""
        return 0 if parent.isValid() else len(self.places)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(  # noqa: N802  Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's heading."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            kind = self.layer.kind if self.layer else LayerKind.ZONES
            return VALUES[kind] if section == CLASS else HEADINGS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if section in {RANK, PEOPLE} else LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        place = self.places[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._said(place, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == CLASS and self.layer:
            return self.layer.told(place.code)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(place, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in {RANK, PEOPLE}:
            return RIGHT
        return None

    def _said(self, place: MapPlace, column: int) -> str:
        if column == RANK:
            return str(self.ranks.get(place.code, ""))
        if column == NAME:
            return f"{place.name} ({place.departement})"
        if column == PEOPLE:
            return "non connu" if place.population is None else number(place.population)
        if self.layer is None:
            return ""
        entry = self.layer.entry(self.layer.key_of(place.code))
        return entry.letters if entry.key else "non connu"

    def _spoken(self, place: MapPlace, column: int) -> str:
        if column == CLASS and self.layer is not None:
            return self.layer.told(place.code)
        return self._said(place, column)

    def _order(self, places: Sequence[MapPlace]) -> None:
        last = len(self.ranks) + 1
        self.places = sorted(
            places, key=lambda one: (self.ranks.get(one.code, last), fold(one.name), one.code)
        )
        self._rows = {place.code: row for row, place in enumerate(self.places)}


class PlacesTable(QTableView):
    """Emits ``chosen(code)`` as a line is reached, ``opened(code)`` on Enter."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.places = PlacesModel()
        self.setModel(self.places)
        self.setAccessibleName("Lieux de la carte")
        self.setAccessibleDescription("Flèches\u202f: lieu suivant, montré aussi sur la carte.")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(28))
        across = self.horizontalHeader()
        across.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((RANK, 48), (CLASS, 98), (PEOPLE, 92)):
            across.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, theme.px(width))
        self.setColumnHidden(RANK, True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.activated.connect(self._opened)

    def show_places(self, places: Sequence[MapPlace], layer: MapLayer) -> None:
        """List other places."""
        self.setColumnHidden(RANK, True)
        self.places.show_places(places, layer)

    def show_ranks(self, ranks: Mapping[str, int]) -> None:
        """Put ranked places first, with their rank; nothing ranked hides the column."""
        self.setColumnHidden(RANK, not ranks)
        self.places.show_ranks(ranks)
        self.scrollToTop()

    def select(self, code: str) -> None:
        """Go to a place's line without telling anybody."""
        row = self.places.row_of(code)
        model = self.selectionModel()
        model.blockSignals(True)
        if row < 0:
            self.clearSelection()
        else:
            index = self.places.index(row, NAME)
            self.setCurrentIndex(index)
            self.selectRow(row)
            self.scrollTo(index)
        model.blockSignals(False)
        self.viewport().update()

    def chosen_code(self) -> str:
        """Return the place of the current line, empty when there is none."""
        row = self.currentIndex().row()
        return self.places.places[row].code if 0 <= row < len(self.places.places) else ""

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.places.places[now.row()].code)

    def _opened(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.places.places[index.row()].code)
