"""The list of diagnostics and worked examples, with what is known of the one reached.

Places widgets only.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QListWidget, QListWidgetItem, QWidget

from advisor.domain.words.wording import counted
from advisor.ui.pieces.basics import (
    button,
    clear,
    column,
    frame,
    label,
    row,
    scrolling,
    with_icon,
)
from advisor.ui.pieces.fields import Line
from advisor.ui.pieces.flow import Flow
from advisor.ui.pieces.pressable import Lasting
from advisor.ui.pieces.two_lines import TwoLines
from advisor.ui.territories.facts import EXAMPLE, OWN, Entry
from advisor.ui.theme import Theme

BIG_TEXT = 1.4
FILTERS = (("", "Tous"), (OWN, "Mes diagnostics"), (EXAMPLE, "Exemples"))
EMPTY = (
    "Aucun diagnostic commencé sur ce poste\u202f: « Nouveau diagnostic » en commence un, ou "
    "copiez un exemple de la liste."
)
NOTHING_FOUND = "Rien ne porte ces mots\u202f: essayez un autre nom, ou « Tous »."


class Library(QWidget):
    """Emits ``opened(kind, id)``, ``copied(id)`` of an example, ``begun()`` and ``importing()``."""

    opened = Signal(str, str)
    copied = Signal(str)
    begun = Signal()
    importing = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Diagnostics territoriaux")
        self.entries: list[Entry] = []
        self.shown: list[Entry] = []
        self.wanted = ""
        self.search = Line("Chercher un diagnostic ou un exemple")
        self.search.setPlaceholderText("Nom, département, intercommunalité…")
        self.search.edited.connect(lambda _text: self._show())
        self.list = QListWidget()
        self.list.setAccessibleName("Diagnostics et exemples")
        TwoLines(theme, self.list)
        self.list.currentRowChanged.connect(self._reach)
        self.list.itemActivated.connect(lambda _item: self._open())
        self.empty = label("", "muted")
        self.group = QButtonGroup(self)
        self._expected = ""
        self._build()

    def _build(self) -> None:
        theme = self.theme
        body = QWidget()
        whole = column(body, theme, spacing=10)
        whole.setContentsMargins(*(theme.px(size) for size in (24, 14, 24, 12)))
        whole.addWidget(label("Territoires", "display"))
        whole.addWidget(self._actions())
        whole.addWidget(self.empty)
        halves: QBoxLayout = row(None, theme, spacing=12)
        halves.addWidget(self.list, 5)
        halves.addWidget(self._card(), 6)
        whole.addLayout(halves, 1)
        if theme.scale > BIG_TEXT:  # one column when the text is that large
            halves.setDirection(QBoxLayout.Direction.TopToBottom)
            self.list.setMinimumHeight(theme.px(260))
        area = scrolling(body, "Diagnostics territoriaux")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column(self, theme).addWidget(area)

    def _actions(self) -> QWidget:
        made = Lasting()
        flow = Flow(made, self.theme.px(8))
        self.new = with_icon(
            button("Nouveau diagnostic", self.begun.emit, "primary"),
            "plus",
            self.theme,
            "accent_text",
        )
        bring = button("Importer un tableau d’indicateurs", self.importing.emit)
        self.search.setMinimumWidth(self.theme.px(300))
        for piece in (self.new, with_icon(bring, "import", self.theme), self.search):
            flow.addWidget(piece)
        for key, words in FILTERS:
            chip = button(words, partial(self._filter, key), "chip")
            chip.setCheckable(True)
            chip.setChecked(not key)
            self.group.addButton(chip)
            flow.addWidget(chip)
        return made

    def _card(self) -> QWidget:
        card = frame("card", "À propos du diagnostic")
        inside = column(card, self.theme, margin=14, spacing=8)
        self.name = label("", "title")
        self.facts = label("", "small")
        self.told = column(None, self.theme, spacing=6)
        self.open = button("Ouvrir", self._open, "primary")
        self.copy = button("Copier en diagnostic", self._copy)
        self.copy.setToolTip("Commence votre diagnostic sur le territoire de cet exemple.")
        line = row(None, self.theme)
        line.addWidget(self.open)
        line.addWidget(self.copy)
        line.addStretch(1)
        inside.addWidget(self.name)
        inside.addWidget(self.facts)
        inside.addLayout(self.told)
        inside.addLayout(line)
        inside.addStretch(1)
        self.card = card
        return card

    def expect(self, key: str) -> None:
        """Reach this line the next time it is listed: the one that was just left."""
        self._expected = key

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """List diagnostics and examples, keeping the one that was reached."""
        self.entries = list(entries)
        self._show()

    def _filter(self, kind: str) -> None:
        self.wanted = kind
        self._show()

    def _show(self) -> None:
        present = self._present()
        text = self.search.text()
        kept = [one for one in self.entries if self.wanted in {"", one.kind} and one.holds(text)]
        self.shown = kept
        self.list.blockSignals(True)
        self.list.clear()
        for one in kept:
            self.list.addItem(QListWidgetItem(f"{one.name}\n{one.facts}"))
        self.list.blockSignals(False)
        mine = any(one.kind == OWN for one in self.entries)
        self.empty.setText(NOTHING_FOUND if not kept and (text or mine) else EMPTY)
        self.empty.setVisible(not kept or not mine)
        self.card.setVisible(bool(kept))
        self.list.setAccessibleDescription(counted(len(kept), "ligne"))
        if kept:
            wanted = self._expected or (present.id if present else "")
            at = next((n for n, one in enumerate(kept) if one.id == wanted), 0)
            self._expected = "" if kept[at].id == self._expected else self._expected
            self.list.setCurrentRow(at)
            self._reach(at)

    def _present(self) -> Entry | None:
        at = self.list.currentRow()
        return self.shown[at] if 0 <= at < len(self.shown) else None

    def _reach(self, at: int) -> None:
        if not 0 <= at < len(self.shown):
            return
        one = self.shown[at]
        self.name.setText(one.name)
        self.facts.setText(one.facts)
        clear(self.told)
        for words in one.lines:
            self.told.addWidget(label(words, "small", selectable=True))
        self.open.setText("Ouvrir l’exemple" if one.kind == EXAMPLE else "Ouvrir")
        self.open.setAccessibleName(f"Ouvrir {one.name}")
        self.copy.setVisible(one.kind == EXAMPLE)

    def _open(self) -> None:
        one = self._present()
        if one is not None:
            self.opened.emit(one.kind, one.id)

    def _copy(self) -> None:
        one = self._present()
        if one is not None:
            self.copied.emit(one.id)

    def areas(self) -> list[QWidget]:
        """Return what F6 goes through."""
        return [self.list, self.search] if self.shown else [self.new, self.search]
