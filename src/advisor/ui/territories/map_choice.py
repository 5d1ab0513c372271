"""Communes chosen by hand: on the map by a click or Space, or in the list beside it.

Uses the ground of the map; must not know any service.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from advisor.domain.maps.layers import MapLayer, MapScene
from advisor.domain.maps.scopes import Scope
from advisor.domain.paper.map_writing import situation_layer
from advisor.ui.map.canvas import MapCanvas
from advisor.ui.map.ground import Later
from advisor.ui.map.places_table import CLASS, PlacesTable
from advisor.ui.map.shapes import Shapes
from advisor.ui.pieces.basics import column, label, row
from advisor.ui.pieces.fields import Choice
from advisor.ui.theme import Theme

BIG_TEXT = 1.4
HOW = (
    "Cliquez une commune pour la prendre ou la laisser. Au clavier\u202f: flèches pour aller à la "
    "voisine, Espace pour la prendre ou la laisser\u202f; dans la liste, Entrée."
)
CHOSEN = "dans le territoire"
PICKERS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChoiceCanvas(MapCanvas):
    """Emits ``toggled(code)`` when a place is clicked, or picked by Space or Enter."""

    toggled = Signal(str)

    def __init__(self, theme: Theme, later: Later) -> None:
        super().__init__(theme, later)
        self._is_clicking = False
        self.setAccessibleName("Carte des communes à choisir")
        self.setAccessibleDescription(HOW)
        self.chosen.connect(self._reached)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Take or leave the place clicked."""
        self._is_clicking = True
        super().mouseReleaseEvent(event)
        self._is_clicking = False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Take or leave the place reached."""
        if event.key() in PICKERS and self.selected:
            self.toggled.emit(self.selected)
            return
        super().keyPressEvent(event)

    def _reached(self, code: str) -> None:
        self.select(code)
        if self._is_clicking:
            self.toggled.emit(code)


class MapChoice(QWidget):
    """Emits ``scope_asked(key)`` and ``changed(codes)``."""

    scope_asked = Signal(object)
    changed = Signal(object)

    def __init__(self, theme: Theme, later: Later) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Communes choisies sur la carte")
        self.codes: dict[str, None] = {}
        self.scene: MapScene | None = None
        self.scope = Choice("Territoire de la carte", (), None)
        self.canvas = ChoiceCanvas(theme, later)
        self.table = PlacesTable(theme)
        self.table.setAccessibleName("Communes de la carte")
        self.scope.edited.connect(self.scope_asked)
        self.canvas.toggled.connect(self.toggle)
        self.canvas.chosen.connect(self.table.select)
        self.table.chosen.connect(self.canvas.select)
        self.table.opened.connect(self.toggle)
        whole = column(self, theme, spacing=6)
        whole.addWidget(label(HOW, "muted"))
        whole.addWidget(self.scope)
        halves: QBoxLayout = row(None, theme, spacing=8)
        halves.addWidget(self.canvas, 5)
        halves.addWidget(self.table, 4)
        self.table.horizontalHeader().hide()
        self.table.setColumnWidth(CLASS, theme.px(34))
        if theme.scale > BIG_TEXT:
            halves.setDirection(QBoxLayout.Direction.TopToBottom)
            self.canvas.setMinimumHeight(theme.px(260))
            self.table.setMinimumHeight(theme.px(200))
        whole.addLayout(halves, 1)

    def offer_scopes(self, scopes: Sequence[Scope], first: str) -> None:
        """Offer the territories of the map."""
        self.scope.clear()
        for one in scopes:
            self.scope.addItem(one.words, one.key)
        self.scope.show_value(first)

    def show_scene(self, shapes: Shapes) -> None:
        """Show another ground, the communes chosen kept."""
        self.scene = shapes.scene
        layer = self._layer(shapes.scene)
        self.canvas.show_scene(shapes, layer, ())
        self.table.show_places(shapes.scene.places, layer)

    def forget(self, codes: Iterable[str] = ()) -> None:
        """Choose these communes and no other."""
        self.codes = dict.fromkeys(codes)
        self._colour()

    def toggle(self, code: str) -> None:
        """Take a commune, or leave it."""
        if code in self.codes:
            del self.codes[code]
        else:
            self.codes[code] = None
        self._colour()
        self.changed.emit(tuple(self.codes))

    def _colour(self) -> None:
        if self.scene is not None:
            layer = self._layer(self.scene)
            self.canvas.show_layer(layer)
            self.table.places.show_layer(layer)

    def _layer(self, scene: MapScene) -> MapLayer:
        made = situation_layer(scene, tuple(self.codes), CHOSEN)
        entries = (replace(made.entries[0], letters="✓"), *made.entries[1:])
        return replace(made, entries=entries)
