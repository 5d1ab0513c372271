"""The columns of a table matched to indicators: what each gives, of which year, from whom.

Makes the mapping of the command line's contract. Places widgets only.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from advisor.domain.places.name_search import fold
from advisor.domain.territories.kinds import GROUP_TITLES, KINDS, Group
from advisor.services.indicators import Sample
from advisor.ui.pieces.basics import button, clear, column, label, row
from advisor.ui.pieces.fields import Choice, Line, number_line
from advisor.ui.theme import Theme

OTHER = "autre"
LEAVE = "ne pas prendre"
BIG_TEXT = 1.4
MOST_COLUMNS = 60
KIND_WORDS = (
    ("commune", "commune (code Insee)"),
    ("epci", "intercommunalité (SIREN)"),
    ("bassin_de_vie", "bassin de vie"),
    ("departement", "département"),
    ("region", "région"),
    ("france", "France entière"),
)
HEADINGS = ("Colonne du fichier", "Ce qu’elle contient", "Ce qu’elle donne", "Unité")
KNOWN = (
    "Ce tableau est d’un format officiel connu\u202f: ses colonnes sont reconnues, il n’y a rien à "
    "faire correspondre."
)


class ColumnRow:
    """The pieces of one column: its header, what it holds, what it gives, its unit."""

    def __init__(self, header: str, held: str, choices: Sequence[tuple[str, str]]) -> None:
        self.header = header
        self.words = label(header, "strong")
        self.held = label(held, "small")
        self.gives = Choice(f"Indicateur de la colonne {header}", choices, LEAVE)
        self.unit = Line(f"Unité de la colonne {header}")
        self.unit.setPlaceholderText("unité")
        self.unit.setEnabled(False)
        self.gives.edited.connect(self.fit)
        self.gives.show_value(_guess(header))
        self.fit(self.gives.value())

    def fit(self, key: object) -> None:
        """Say the unit of a known indicator, ask for that of another."""
        self.unit.setEnabled(key == OTHER)
        kind = KINDS.get(str(key))
        self.unit.setText(kind.unit if kind else "")
        self.unit.setPlaceholderText("unité" if key == OTHER else "")

    def mapped(self) -> dict[str, Any] | None:
        """Return what the column gives, None when it is left."""
        key = self.gives.value()
        if key is None:
            return None
        if key != OTHER:
            return {"column": self.header, "id": key}
        made = "_".join("".join(c if c.isalnum() else " " for c in fold(self.header)).split())
        return {
            "column": self.header, "id": f"x_{made}"[:60], "label": self.header,
            "unit": self.unit.text().strip(),
        }  # fmt: skip


class Matching(QWidget):
    """Emits ``checked(mapping)``: the table is to be read with this matching, changing nothing."""

    checked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Colonnes du tableau")
        self.samples: tuple[Sample, ...] = ()
        self.rows: list[ColumnRow] = []
        self.sheet = Choice("Feuille", (), None)
        self.code = Choice("Colonne du code", (), "aucune")
        self.kind = Choice("Genre de territoire", KIND_WORDS, None)
        self.year = number_line("Année des valeurs", whole=True)
        self.year_column = Choice("Colonne de l’année", (), "aucune")
        self.source = Line("Source du tableau")
        self.source.setPlaceholderText("qui publie ces chiffres, quel tableau, quelle page")
        self.known = label(KNOWN, "green")
        self.check = button("Vérifier, sans rien changer", self._check, "primary")
        self.inside = column(self, theme, spacing=6)
        self.inside.addWidget(self.known)
        self.inside.addLayout(self._whole())
        self.columns = QGridLayout()
        self.columns.setSpacing(theme.px(6))
        self.inside.addLayout(self.columns)
        line = row(None, theme)
        line.addWidget(self.check)
        line.addStretch(1)
        self.inside.addLayout(line)
        self.sheet.edited.connect(lambda _value: self._show_sheet())

    def _whole(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(self.theme.px(6))
        self.sheet_words = label("Feuille", "muted")
        grid.addWidget(self.sheet_words, 0, 0)
        grid.addWidget(self.sheet, 1, 0)
        pairs = (
            (label("Colonne du code", "muted"), self.code),
            (label("Ce code est celui d’une", "muted"), self.kind),
            (label("Source (obligatoire)", "muted"), self.source),
            (label("Année des valeurs", "muted"), self.year),
            (label("ou colonne de l’année", "muted"), self.year_column),
        )
        across = 1 if self.theme.scale > BIG_TEXT else 3
        for at, (words, piece) in enumerate(pairs):
            grid.addWidget(words, 2 + 2 * (at // across), at % across)
            grid.addWidget(piece, 2 * (at // across) + 3, at % across)
            grid.setColumnStretch(at % across, 1)
        return grid

    def show_samples(self, samples: Sequence[Sample]) -> None:
        """Offer the sheets of a file, the first one shown."""
        self.samples = tuple(samples)
        self.sheet.clear()
        for at, one in enumerate(samples):
            self.sheet.addItem(one.sheet or "tableau", at)
        for piece in (self.sheet, self.sheet_words):
            piece.setVisible(len(samples) > 1)
        self._show_sheet()

    def sample(self) -> Sample:
        """Return the sheet shown."""
        return self.samples[self.sheet.value() or 0]

    def _show_sheet(self) -> None:
        found = self.sample()
        self.known.setVisible(found.known)
        headers = [one for one in found.headers if one.strip()]
        for box, empty in ((self.code, "aucune"), (self.year_column, "aucune")):
            box.clear()
            box.addItem(empty, None)
            for one in headers:
                box.addItem(one, one)
        self.code.show_value(found.territory or None)
        self.kind.show_value(found.kind)
        clear(self.columns)
        self.rows = []
        if not found.known and self.theme.scale <= BIG_TEXT:
            for at, words in enumerate(HEADINGS):
                self.columns.addWidget(label(words, "muted"), 0, at)
        for at, header in enumerate(found.headers[:MOST_COLUMNS]):
            if header.strip() and header != found.territory and not found.known:
                self._add(header, [line[at] for line in found.lines if at < len(line)])

    def _add(self, header: str, values: Sequence[str]) -> None:
        shown = ", ".join(one.strip()[:20] for one in values[:3] if one.strip())
        made = ColumnRow(header, shown or "vide", CHOICES)
        self.rows.append(made)
        big = self.theme.scale > BIG_TEXT
        for at, piece in enumerate((made.words, made.held, made.gives, made.unit)):
            if big:
                self.columns.addWidget(piece, len(self.rows) * 4 + at, 0)
            else:
                self.columns.addWidget(piece, len(self.rows), at)
        for at, share in enumerate((3, 3, 5, 3)):
            self.columns.setColumnStretch(at, 0 if big and at else share)

    def mapping(self) -> dict[str, Any]:
        """Return the matching as the contract writes it."""
        found = self.sample()
        made: dict[str, Any] = {
            "territory": self.code.value() or "", "kind": self.kind.value(),
            "source": self.source.text().strip(), "sheet": found.sheet,
        }  # fmt: skip
        year = self.year_column.value() or self.year.value()
        if year is not None:
            made["year"] = year
        if not found.known:
            made["header_row"] = found.line
            made["columns"] = [one for one in (row_.mapped() for row_ in self.rows) if one]
        return made

    def _check(self) -> None:
        self.checked.emit(self.mapping())


def _choices() -> tuple[tuple[str, str], ...]:
    found = [
        (key, f"{GROUP_TITLES[group]} · {kind.label} ({kind.unit})")
        for group in Group
        for key, kind in KINDS.items()
        if kind.group is group
    ]
    return (*found, (OTHER, "autre indicateur, à nommer par sa colonne"))


CHOICES = _choices()


def _guess(header: str) -> str | None:
    """Return the indicator whose name or label a header is, None when none is."""
    said = fold(header).replace("_", " ")
    for key, kind in KINDS.items():
        if said in {key.replace("_", " "), fold(kind.label)}:
            return key
    return None
