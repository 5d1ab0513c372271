"""The legend: what each pattern and each mark means, the act and its date, what to know.

Must not know any service.
"""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from advisor.domain.maps.layers import LegendEntry, MapLayer, MapMark, MapScene, MarkKind
from advisor.domain.words.wording import NARROW, counted, number, short_date
from advisor.ui import wording
from advisor.ui.map.patterns import Swatch
from advisor.ui.map.symbols import LETTERS, draw_symbol, letters_of
from advisor.ui.pieces.basics import clear, column, label, row
from advisor.ui.pieces.flow import Flow
from advisor.ui.pieces.pressable import Lasting
from advisor.ui.theme import Theme

KINDS = {
    MarkKind.PERMANENCE: "permanences",
    MarkKind.CANDIDATE: "lieux de l’entretien",
    MarkKind.QPV: "communes avec quartiers prioritaires (QPV)",
    MarkKind.RANKED: "rang dans le classement",
}


class Symbol(QWidget):
    """A mark's drawing, beside its words."""

    def __init__(self, theme: Theme, kind: MarkKind, letters: str) -> None:
        super().__init__()
        self.theme, self.kind, self.letters = theme, kind, letters
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the room of a mark."""
        return QSize(self.theme.px(22), self.theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the mark as the map does."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(self.theme.px(11))
        font.setBold(True)
        painter.setFont(font)
        inset = self.theme.px(2)
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        draw_symbol(painter, self.kind, self.letters, box)
        painter.end()


class Legend(Lasting):
    """Says a layer and the marks on top of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Légende")
        self._inside = column(self, theme, spacing=3)
        self.title = label("", "strong")
        self.act = label("", "muted", selectable=True)
        self.notes = label("", "caution")
        self.missing = label("", "muted")
        self.has_marks = False
        self.lines, self.symbols = Lasting(), Lasting()
        self._flow = Flow(self.lines, theme.px(14), theme.px(3))
        self._marks = Flow(self.symbols, theme.px(14), theme.px(2))
        for piece in (
            self.title,
            self.lines,
            self.act,
            self.notes,
            self.symbols,
            self.missing,
        ):
            self._inside.addWidget(piece)
        self._inside.addStretch(1)

    def show_layer(
        self, scene: MapScene, layer: MapLayer, marks: Iterable[MapMark], missing: Iterable[str]
    ) -> None:
        """Say what the map shows now; ``missing`` are sentences on what it cannot show.

        The statement of a schematic map is read on the glass of the map; it is told here only to
        screen readers, which cannot read the glass.
        """
        self.title.setText(f"{layer.title} · {scene.title}")
        clear(self._flow)
        for entry in layer.entries:
            if entry.places or len(layer.entries) <= MOST_EMPTY:
                self._flow.addWidget(self._line(scene, layer, entry))
        clear(self._marks)
        marked = _marked(marks)
        self.has_marks = bool(marked)
        self.symbols.setVisible(self.has_marks)
        for kind, letters, words in marked:
            self._marks.addWidget(self._beside(Symbol(self.theme, kind, letters), words))
        self._say(self.act, _act(layer))
        self._say(self.notes, " ".join(layer.notes))
        self._say(self.missing, " ".join(one for one in missing if one))
        told = ", ".join(entry_words(scene, layer, entry) for entry in layer.entries)
        sentences = (f"{layer.title}{NARROW}: {told}.", _act(layer), scene.statement)
        self.setAccessibleDescription(" ".join(one for one in sentences if one))

    def _line(self, scene: MapScene, layer: MapLayer, entry: LegendEntry) -> QWidget:
        swatch = Swatch(self.theme, entry.pattern)
        return self._beside(swatch, entry_words(scene, layer, entry))

    def _beside(self, drawing: QWidget, words: str) -> QWidget:
        made = QWidget()
        line = row(made, self.theme, spacing=4)
        line.addWidget(drawing)
        line.addWidget(label(words, "small", wraps=False))
        return made

    def _say(self, piece: QWidget, words: str) -> None:
        piece.setVisible(bool(words))
        piece.setProperty("text", words)


MOST_EMPTY = 3


def entry_words(scene: MapScene, layer: MapLayer, entry: LegendEntry) -> str:
    """Return « ZIP · zone d’intervention prioritaire · 245 lieux », with people when all held."""
    letters = "" if entry.letters.lower() in entry.label.lower() else f"{entry.letters} · "
    words = f"{letters}{entry.label} · {counted(entry.places, 'lieu', 'lieux')}"
    known = all(one.key for one in layer.entries)  # people are never added up around a gap
    if known and is_whole(scene) and entry.population is not None:
        words += f", {number(entry.population)} hab."
    return words


def is_whole(scene: MapScene) -> bool:
    """Tell whether every commune of the map is held, so that people may be added up."""
    return {place.departement for place in scene.places} <= scene.whole


def _act(layer: MapLayer) -> str:
    parts = [layer.act] if layer.act else []
    if layer.act and layer.day:
        parts.append(f"en vigueur depuis le {short_date(layer.day)}")
    if layer.source:
        parts.append(f"source{NARROW}: {layer.source}")
    return " · ".join(parts)


def _marked(marks: Iterable[MapMark]) -> list[tuple[MarkKind, str, str]]:
    sorts: dict[str, int] = {}
    others: dict[MarkKind, int] = {}
    letters: dict[MarkKind, str] = {}
    for mark in marks:
        if mark.kind is MarkKind.STRUCTURE:
            sorts[mark.sort] = sorts.get(mark.sort, 0) + 1
        else:
            others[mark.kind] = others.get(mark.kind, 0) + 1
            letters.setdefault(mark.kind, letters_of(mark))
    found = [
        (
            MarkKind.STRUCTURE,
            LETTERS.get(sort, "?"),
            f"{wording.worded(wording.STRUCTURE_KIND, sort)} · {sorts[sort]}",
        )
        for sort in LETTERS
        if sort in sorts
    ]
    return found + [
        (kind, letters[kind], f"{KINDS[kind]} · {others[kind]}") for kind in KINDS if kind in others
    ]
