"""The ten-year scenario: three hypotheses moved by hand, its figures following at once.

Places widgets only; always marked « scénario, pas une prévision ».
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QBoxLayout, QSlider, QWidget

from advisor.domain.paper.territory_content import ScenarioBlock
from advisor.domain.territories.scenario import AGES, PACES, Hypotheses, Scenario
from advisor.domain.words.wording import NARROW
from advisor.ui.pieces.basics import button, clear, column, frame, label, row
from advisor.ui.pieces.fields import number_line
from advisor.ui.sync_state.tables import fill, table_of
from advisor.ui.territories.bars import PathChart
from advisor.ui.territories.tables import fit_height
from advisor.ui.theme import Theme

BIG_TEXT = 1.4
MOST_PATIENTS = 3000.0
PER_HUNDRED = (
    "Le nombre de médecins de ce territoire n’est pas connu\u202f: tout est calculé pour 100 "
    "médecins."
)


NO_ORIGIN = "Rien n’est observé sur ce territoire\u202f: importez un tableau d’indicateurs."


class Slider(QSlider):
    """A slider that the wheel never moves."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  Qt's name
        """Let the page scroll."""
        event.ignore()


@dataclass(frozen=True, slots=True)
class Reach:
    """The bounds of a hypothesis; ``step`` is the least move, ``decimals`` how it is written."""

    name: str
    low: float
    high: float
    step: float
    decimals: int = 0
    suffix: str = ""


REACHES = (
    Reach("Âge de départ des médecins", *AGES, 1, suffix="ans"),
    Reach("Rythme d’installation, par rapport à l’observé", *PACES, 0.05, 2, "fois"),
    Reach("Patients par médecin", 1, MOST_PATIENTS, 10, suffix="patients"),
)


class Hypothesis(QWidget):
    """A slider and a number that say the same; emits ``moved`` with the number."""

    moved = Signal(float)

    def __init__(self, theme: Theme, reach: Reach) -> None:
        super().__init__()
        self.reach = reach
        self.slider = Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(reach.low / reach.step), round(reach.high / reach.step))
        self.slider.setPageStep(max(1, round((reach.high - reach.low) / reach.step / 10)))
        self.slider.setAccessibleName(f"{reach.name}, curseur")
        self.number = number_line(reach.name)
        self.number.setFixedWidth(theme.px(84))
        self.number.setPlaceholderText("à poser")
        self.slider.valueChanged.connect(self._slid)
        self.number.edited.connect(self._typed)
        inside = column(self, theme, spacing=2)
        inside.addWidget(label(reach.name, "small"))
        line = row(None, theme)
        line.addWidget(self.slider, 1)
        line.addWidget(self.number)
        line.addWidget(label(reach.suffix, "small", wraps=False))
        inside.addLayout(line)

    def show_value(self, value: float | None) -> None:
        """Show a value without telling anybody; None is a hypothesis nobody has made yet."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(round((value or self.reach.low) / self.reach.step))
        self.number.show_value(None if value is None else round(value, self.reach.decimals))

    def _slid(self, steps: int) -> None:
        value = min(max(steps * self.reach.step, self.reach.low), self.reach.high)
        self.number.show_value(round(value, self.reach.decimals))
        self.moved.emit(value)

    def _typed(self, value: float | None) -> None:
        is_good = value is not None and self.reach.low <= value <= self.reach.high
        self.number.mark("" if is_good or value is None else "wrong")
        if value is None or not is_good:
            return
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(value / self.reach.step))
        self.moved.emit(float(value))


class ScenarioSection(QWidget):
    """Emits ``moved(Hypotheses)`` each time one of the three is moved."""

    moved = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Scénario à 10 ans")
        self.hypotheses = Hypotheses()
        self.marking = label("", "strong")
        self.age, self.pace, self.patients = (Hypothesis(theme, one) for one in REACHES)
        self.reset = button("Revenir à ce qui est observé", self._reset)
        self.lines = table_of(theme, ("Ce que cela donne", "Nombre", "Comment"), "Scénario", 2)
        self.path = PathChart(theme)
        self.remarks = column(None, theme, spacing=4)
        self.origins = column(None, theme, spacing=4)
        self.age.moved.connect(lambda value: self._move(departure_age=round(value)))
        self.pace.moved.connect(lambda value: self._move(pace=round(value, 2)))
        self.patients.moved.connect(lambda value: self._move(patients_per_doctor=value))
        self._build()

    def _build(self) -> None:
        theme = self.theme
        mark = frame("ask", "Avertissement")
        row(mark, theme, margin=8).addWidget(self.marking)
        left, right = column(None, theme, spacing=10), column(None, theme, spacing=8)
        left.addWidget(label("HYPOTHÈSES À DÉPLACER", "section"))
        for piece in (self.age, self.pace, self.patients):
            left.addWidget(piece)
        left.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        left.addLayout(self.remarks)
        left.addStretch(1)
        right.addWidget(label("DANS DIX ANS", "section"))
        right.addWidget(self.lines)
        right.addWidget(self.path)
        right.addWidget(label("CE DONT IL PART", "section"))
        right.addLayout(self.origins)
        right.addStretch(1)
        halves: QBoxLayout = row(None, theme, spacing=20)
        halves.addLayout(left, 4)
        halves.addLayout(right, 6)
        if theme.scale > BIG_TEXT:
            halves.setDirection(QBoxLayout.Direction.TopToBottom)
        whole = column(self, theme, spacing=8)
        whole.addWidget(mark)
        whole.addLayout(halves)
        whole.addStretch(1)

    def show_origins(self, origins: Sequence[str]) -> None:
        """Say the year and source of each figure the scenario starts from."""
        clear(self.origins)
        for words in origins or (NO_ORIGIN,):
            self.origins.addWidget(label(words, "muted", selectable=True))

    def show_scenario(self, scenario: Scenario, block: ScenarioBlock) -> None:
        """Say the scenario with its hypotheses."""
        self.hypotheses = scenario.hypotheses
        per = f" {PER_HUNDRED}" if scenario.per_hundred else ""
        self.marking.setText(f"{block.marking[0].upper()}{block.marking[1:]}.{per}")
        self.age.show_value(scenario.departure_age)
        self.pace.show_value(scenario.hypotheses.pace)
        self.patients.show_value(scenario.patients_per_doctor)
        fill(self.lines, [(one.label, _minus(one.text), one.how) for one in block.lines])
        fit_height(self.lines, self.theme.px(420))
        self.path.setVisible(bool(block.path))
        self.path.show_path(block.path)
        clear(self.remarks)
        for one in block.remarks:
            words = f"Manque{NARROW}: {one}.".replace(" :", f"{NARROW}:")
            self.remarks.addWidget(label(words, "muted"))

    def _move(self, **changed: float) -> None:
        kept = self.hypotheses
        values = {
            "departure_age": kept.departure_age,
            "pace": kept.pace,
            "patients_per_doctor": kept.patients_per_doctor,
            **changed,
        }
        self.hypotheses = Hypotheses(**values)  # type: ignore[arg-type]
        self.moved.emit(self.hypotheses)

    def _reset(self) -> None:
        self.hypotheses = Hypotheses()
        self.moved.emit(self.hypotheses)


def _minus(text: str) -> str:
    return text.replace("-", "−")
