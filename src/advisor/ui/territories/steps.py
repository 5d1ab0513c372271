"""The request and the seven steps of a diagnostic: state, dates, remark, saved as typed.

Places widgets only.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from advisor.domain.territories.work import STEP_LABELS, STEP_STATE_LABELS, Step, TerritoryWork
from advisor.domain.words.wording import NARROW
from advisor.ui.pieces.basics import column, frame, label
from advisor.ui.pieces.fields import Choice, Line, day_line
from advisor.ui.territories.parts import Draft, Text
from advisor.ui.theme import Theme

BIG_TEXT = 1.4
HEADINGS = ("Étape", "Avancement", "Début", "Échéance", "Fin", "Remarque")
NARROWEST = 104


class RequestForm(QWidget):
    """Who asked, when and what; ``edited`` carries (field, value)."""

    edited = Signal(str, object)
    misread = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Demande")
        self.name = Line("Nom du diagnostic")
        self.by = Line("Demandé par, collectivité ou fonction")
        self.by.setPlaceholderText("communauté de communes, mairie, CPAM…")
        self.on = day_line("Date de la demande")
        self.request = Text("Demande", theme, "Ce qui est demandé, et pourquoi maintenant.")
        self.fields: dict[str, Line | Text] = {
            "name": self.name, "requested_by": self.by, "requested_on": self.on,
            "request": self.request,
        }  # fmt: skip
        words = ("Nom", "Demandé par (jamais un nom de personne)", "Le", "Demande")
        whole = column(self, theme, spacing=4)
        whole.addWidget(label("DEMANDE", "section"))
        grid = QGridLayout()
        grid.setSpacing(theme.px(6))
        big = theme.scale > BIG_TEXT
        for at, (key, said) in enumerate(zip(self.fields, words, strict=True)):
            line, across, wide = (at, 0, 1) if big else ((0, at, 1) if at < 3 else (1, 0, 3))  # noqa: PLR2004
            grid.addWidget(label(said, "muted"), 2 * line, across, 1, wide)
            grid.addWidget(self.fields[key], 2 * line + 1, across, 1, wide)
        for at, share in enumerate((1,) if big else (4, 5, 2)):
            grid.setColumnStretch(at, share)
        whole.addLayout(grid)
        for key, piece in self.fields.items():
            piece.edited.connect(lambda value, one=key: self.edited.emit(one, value))
        self.on.misread.connect(self.misread)

    def show_work(self, work: TerritoryWork) -> None:
        """Show the request kept."""
        for key, piece in self.fields.items():
            piece.show_value(getattr(work, key))


class StepsForm(QWidget):
    """The seven steps; ``edited`` carries (draft, field, value)."""

    edited = Signal(object, str, object)
    misread = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Étapes")
        self.rows: dict[str, dict[str, Choice | Line]] = {}
        self._ids: tuple[str, ...] = ()
        whole = column(self, theme, spacing=4)
        whole.addWidget(label("ÉTAPES", "section"))
        self.inside = column(None, theme, spacing=4)
        whole.addLayout(self.inside)
        self._box: QWidget | None = None

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show the steps, in place when they are those already shown."""
        ids = tuple(one.id for one in steps)
        if ids != self._ids:
            self._make(steps)
            self._ids = ids
        for one in steps:
            for name, piece in self.rows[one.id].items():
                piece.show_value(getattr(one, name) or None)

    def _make(self, steps: Sequence[Step]) -> None:
        if self._box is not None:
            self._box.hide()
            self._box.deleteLater()
        self._box = frame("card", "Étapes du diagnostic")
        grid = QGridLayout(self._box)
        grid.setContentsMargins(*(self.theme.px(10),) * 4)
        grid.setSpacing(self.theme.px(6))
        big = self.theme.scale > BIG_TEXT
        if not big:
            for at, words in enumerate(HEADINGS):
                grid.addWidget(label(words, "muted"), 0, at)
            for at, share in enumerate((5, 3, 2, 2, 2, 6)):
                grid.setColumnStretch(at, share)
        self.rows = {}
        for line, one in enumerate(steps, start=1):
            pieces = self._pieces(one)
            self.rows[one.id] = pieces
            title = label(STEP_LABELS[one.kind], "strong")
            if big:
                grid.addWidget(title, line * 6, 0, 1, 2)
                for at, piece in enumerate(pieces.values()):
                    grid.addWidget(label(HEADINGS[at + 1], "muted"), line * 6 + 1 + at, 0)
                    grid.addWidget(piece, line * 6 + 1 + at, 1)
                continue
            grid.addWidget(title, line, 0)
            for at, piece in enumerate(pieces.values(), start=1):
                grid.addWidget(piece, line, at)
        self.inside.addWidget(self._box)

    def _pieces(self, one: Step) -> dict[str, Choice | Line]:
        said = STEP_LABELS[one.kind]
        made: dict[str, Choice | Line] = {
            "state": Choice(f"{said}{NARROW}: avancement", tuple(STEP_STATE_LABELS.items()), None),
            "begun": day_line(f"{said}{NARROW}: début"),
            "due": day_line(f"{said}{NARROW}: échéance"),
            "done": day_line(f"{said}{NARROW}: fin"),
            "note": Line(f"{said}{NARROW}: remarque"),
        }
        draft = Draft("territory_step", one.id)
        for name, piece in made.items():
            piece.edited.connect(lambda value, field=name: self.edited.emit(draft, field, value))
            if isinstance(piece, Line):
                piece.setMinimumWidth(self.theme.px(NARROWEST))
                piece.misread.connect(self.misread)
        return made
