"""The reading of 2012: four indicators, thresholds and weights that the user sets; not official.

Places widgets only.
"""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from advisor.domain.paper.territory_content import ReadingBlock
from advisor.domain.territories.reading_2012 import LABELS, Parameters
from advisor.domain.words.wording import NARROW
from advisor.errors import AdvisorError
from advisor.ui.pieces.basics import column, frame, label, row
from advisor.ui.pieces.fields import Line, number_line
from advisor.ui.theme import Theme

FIELDS = (
    (("density_below", "Densité sous"), ("activity_above", "Actes par médecin au-dessus de")),
    (("complementarity_below", "Densités, en % de la région, sous"),),
    (
        ("older_above", "60 ans et plus, % au-dessus de"),
        ("change_at_most", "Évolution d’au plus, %"),
    ),
    (("idh_below", "IDH sous"),),
)
BIG_TEXT = 1.4


class ReadingSection(QWidget):
    """Emits ``changed(Parameters)`` as thresholds are typed, ``misread`` with one sentence."""

    changed = Signal(object)
    misread = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Lecture par les quatre indicateurs de 2012")
        self.parameters = Parameters()
        self.marking = label("", "strong")
        self.result = label("", "strong")
        self.remarks = label("", "muted")
        self.fields: dict[str, Line] = {}
        self.weights: list[Line] = []
        self.answers = [label("", "strong") for _ in LABELS]
        self.measured = [label("", "muted", selectable=True) for _ in LABELS]
        whole = column(self, theme, spacing=8)
        whole.addWidget(label("LECTURE PAR LES QUATRE INDICATEURS DE 2012", "section"))
        mark = frame("ask", "Avertissement")
        row(mark, theme, margin=8).addWidget(self.marking)
        whole.addWidget(mark)
        for at in range(len(LABELS)):
            whole.addWidget(self._one(at))
        whole.addWidget(self.result)
        whole.addWidget(self.remarks)

    def _one(self, at: int) -> QWidget:
        box = frame("card", LABELS[at])
        grid = QGridLayout(box)
        grid.setSpacing(self.theme.px(6))
        grid.addWidget(label(LABELS[at], "strong"), 0, 0, 1, 4)
        grid.addWidget(self.measured[at], 1, 0, 1, 4)
        weight = number_line(f"Poids{NARROW}: {LABELS[at]}")
        weight.edited.connect(lambda value, n=at: self._weigh(n, value))
        self.weights.append(weight)
        pairs = [*((words, self._field(name, words)) for name, words in FIELDS[at])]
        pairs.append(("Poids", weight))
        across = 1 if self.theme.scale > BIG_TEXT else 3
        for n, wide in enumerate((230, 230, 120) if across > 1 else ()):
            grid.setColumnMinimumWidth(n, self.theme.px(wide))
        grid.setColumnStretch(3 if across > 1 else 0, 1)
        for n, (words, line) in enumerate(pairs):
            line.setMaximumWidth(self.theme.px(110))
            grid.addWidget(label(words, "small"), 2 + 2 * (n // across), n % across)
            grid.addWidget(line, 3 + 2 * (n // across), n % across)
        grid.addWidget(self.answers[at], 3, 3 if across > 1 else 1)
        return box

    def _field(self, name: str, words: str) -> Line:
        made = number_line(words)
        made.edited.connect(lambda value: self._set(name, value))
        made.misread.connect(self.misread)
        self.fields[name] = made
        return made

    def show_reading(self, parameters: Parameters, block: ReadingBlock) -> None:
        """Say the four answers with the thresholds in use."""
        self.parameters = parameters
        self.marking.setText(
            f"{block.marking[0].upper()}{block.marking[1:]}{NARROW}: les seuils et les poids sont "
            "les vôtres."
        )
        for name, line in self.fields.items():
            line.show_value(getattr(parameters, name))
        for line, weight in zip(self.weights, parameters.weights, strict=True):
            line.show_value(weight)
        for at, one in enumerate(block.lines):
            self.answers[at].setText(one.answer)
            self.measured[at].setText(f"Mesuré{NARROW}: {one.measured}")
        self.result.setText(block.result)
        self.remarks.setText(" ".join(block.remarks))

    def _set(self, name: str, value: Any) -> None:
        if name == "change_at_most" and value is None:
            value = Parameters().change_at_most
        self._try(**{name: value})

    def _weigh(self, at: int, value: Any) -> None:
        weights = list(self.parameters.weights)
        weights[at] = 0.0 if value is None else float(value)
        self._try(weights=tuple(weights))

    def _try(self, **changed: Any) -> None:
        kept = {name: getattr(self.parameters, name) for name in (*self.fields, "weights")}
        try:
            made = Parameters(**{**kept, **changed})
        except AdvisorError as error:
            self.misread.emit(error.message)
            return
        self.parameters = made
        self.changed.emit(made)
