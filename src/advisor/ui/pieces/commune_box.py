"""A box that finds a commune as it is typed: name, old name, postal code or INSEE code.

Asks through a function it is given; must not know where communes come from.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from advisor.domain.places.place import Commune, CommuneHit
from advisor.domain.words.wording import number
from advisor.ui.pieces.basics import column
from advisor.ui.theme import Theme

Ask = Callable[[str, Callable[[list[CommuneHit]], None]], None]
LONGEST_LIST = 8
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


def words_of(hit: CommuneHit) -> str:
    """Return « Provins (77) · 77160 · 11 632 hab. », with the old name when it was typed."""
    place = hit.commune
    parts = [f"{place.name} ({place.departement})", *place.postcodes[:1]]
    if place.population is not None:
        parts.append(f"{number(place.population)} hab.")
    if hit.was:
        parts.append(f"anciennement {hit.was}")
    return " · ".join(parts)


class CommuneBox(QLineEdit):
    """Emits ``chosen`` with a Commune; ``edited`` with its INSEE code, None when emptied."""

    chosen = Signal(object)
    edited = Signal(object)
    misread = Signal(str)

    def __init__(self, name: str, theme: Theme, ask: Ask, *, keeps: bool = True) -> None:
        super().__init__()
        self.theme = theme
        self._ask = ask
        self._keeps = keeps
        self._hits: list[CommuneHit] = []
        self._code: str | None = None
        self._asked = ""  # the text whose communes are still searched
        self._is_hurried = False  # Enter was pressed before they were found
        self.setAccessibleName(name)
        self.setPlaceholderText("commune, code postal…")
        self.popup: QFrame | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(f"Communes proposées pour {name}")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._take_item)
        self.textEdited.connect(self._typed)

    def value(self) -> str | None:
        """Return the INSEE code chosen, None when none is."""
        return self._code

    def show_place(self, place: Commune | None) -> None:
        """Show a place without telling anybody."""
        self._code = place.code if place else None
        if not self.hasFocus():
            self.setText(f"{place.name} ({place.departement})" if place else "")

    def offer(self, hits: Sequence[CommuneHit]) -> None:
        """Show the communes found under the box, the best one ready to take with Enter."""
        self._hits = list(hits)[:LONGEST_LIST]
        self.list.clear()
        for hit in self._hits:
            self.list.addItem(QListWidgetItem(words_of(hit)))
        if not self._hits:
            self.list.addItem(
                "Aucune commune trouvée\u202f: essayez un autre nom ou le code postal"
            )
        else:
            self.list.setCurrentRow(0)
        self._show_popup()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Move in the list with the arrows, take with Enter, close with Escape.

        What the list shows of a shorter text is never taken: Enter waits for the answer.
        """
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if self._is_offering and event.key() in moves:
            at = self.list.currentRow() + moves[Qt.Key(event.key())]
            self.list.setCurrentRow(max(0, min(at, len(self._hits) - 1)))
        elif self._asked and event.key() in ENTER:
            self._is_hurried = True
        elif self._is_offering and event.key() in ENTER:
            self._take(self.list.currentRow())
        elif self._is_offering and event.key() == Qt.Key.Key_Escape:
            self.close_list()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Close the list when the keyboard goes elsewhere."""
        super().focusOutEvent(event)
        self._asked = ""
        self.close_list()

    def close_list(self) -> None:
        """Hide what is offered."""
        if self.popup is not None:
            self.popup.hide()

    def _typed(self, text: str) -> None:
        self._asked, self._is_hurried = text.strip(), False
        if self._asked:
            self._ask(text, lambda hits: self._received(text, hits))
            return
        self.close_list()
        if self._code is not None:
            self._code = None
            self.edited.emit(None)

    def _received(self, text: str, hits: list[CommuneHit]) -> None:
        if text == self.text() and self.hasFocus():
            self._asked = ""
            self.offer(hits)
            if self._is_hurried and hits:
                self._take(0)
            self._is_hurried = False

    @property
    def _is_offering(self) -> bool:
        return self.popup is not None and self.popup.isVisible()

    def _take_item(self, item: QListWidgetItem) -> None:
        self._take(self.list.row(item))

    def _take(self, at: int) -> None:
        self.close_list()
        if not 0 <= at < len(self._hits):
            return
        place = self._hits[at].commune
        self._code = place.code if self._keeps else None
        self.setText(f"{place.name} ({place.departement})" if self._keeps else "")
        self.chosen.emit(place)
        self.edited.emit(place.code)

    def _show_popup(self) -> None:
        top: QWidget = self.window()
        if self.popup is None or self.popup.parent() is not top:
            self.popup = QFrame(top)
            self.popup.setObjectName("suggestions")
            column(self.popup, self.theme).addWidget(self.list)
        corner = self.mapTo(top, QPoint(0, self.height() + 2))
        width = min(max(self.width(), self.theme.px(330)), top.width())
        height = self.theme.px(38) * max(self.list.count(), 1) + self.theme.px(6)
        left = max(0, min(corner.x(), top.width() - width))
        self.popup.setGeometry(left, corner.y(), width, min(height, top.height() - corner.y()))
        self.popup.show()
        self.popup.raise_()
