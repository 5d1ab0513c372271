"""What a territory would be before its diagnostic begins: people, warnings, communes, request.

Nothing is refused for its size. Places widgets only.
"""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from advisor.domain.territories.territory import FLOOR, SCALE, Territory
from advisor.domain.words.wording import NARROW, counted, listed, number
from advisor.ui.pieces.basics import button, clear, column, frame, label, row
from advisor.ui.pieces.fields import Line, day_line
from advisor.ui.territories.parts import Text
from advisor.ui.theme import Theme

NAMED = 30
NOTHING = "Choisissez un territoire\u202f: sa population et ce qu’il faut savoir s’affichent ici."


class Preview(QWidget):
    """Emits ``accepted()`` when the diagnostic is to begin."""

    accepted = Signal()

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Territoire choisi")
        self.territory: Territory | None = None
        self._given = ""
        self.people = label("", "strong", selectable=True)
        self.source = label("", "muted", selectable=True)
        self.scale = label("", "small")
        self.warnings = column(None, theme, spacing=4)
        self.communes = label("", "small", selectable=True)
        self.name = Line("Nom du diagnostic")
        self.by = Line("Demandé par, collectivité ou fonction")
        self.by.setPlaceholderText("mairie, communauté de communes…")
        self.on = day_line("Date de la demande")
        self.on.show_value(today)
        self.request = Text("Demande", theme, "Ce qui est demandé, et pourquoi maintenant.")
        self.go = button("Commencer le diagnostic", self.accepted.emit, "primary")
        self._build()
        self.show_territory(None)

    def _build(self) -> None:
        card = frame("card", "Territoire choisi")
        inside = column(card, self.theme, margin=12, spacing=6)
        inside.addWidget(self.people)
        inside.addWidget(self.source)
        inside.addWidget(self.scale)
        inside.addLayout(self.warnings)
        inside.addWidget(self.communes)
        pairs = (("Nom", self.name), ("Demandé par (jamais un nom de personne)", self.by),
                 ("Le", self.on), ("Demande", self.request))  # fmt: skip
        for words, piece in pairs:
            inside.addWidget(label(words, "muted"))
            inside.addWidget(piece)
        line = row(None, self.theme)
        line.addWidget(self.go)
        line.addStretch(1)
        inside.addLayout(line)
        inside.addStretch(1)
        column(self, self.theme).addWidget(card)

    def show_territory(self, territory: Territory | None, why: str = "") -> None:
        """Say a territory, or why there is none."""
        self.territory = territory
        self.go.setEnabled(territory is not None)
        clear(self.warnings)
        for piece in (self.source, self.scale, self.communes):
            piece.setVisible(territory is not None)
        if territory is None:
            self.people.setText(why or NOTHING)
            return
        found = territory.population()
        said = f"{territory.name}{NARROW}: "
        if found.people is None:
            self.people.setText(f"{said}population non disponible")
            self.source.hide()
            self.scale.hide()
        else:
            year = f" ({found.year})" if found.year else ""
            self.people.setText(f"{said}{number(found.people)} habitants{year}")
            self.source.setText(f"Source{NARROW}: {found.source}.")
            self.scale.setText(distance(found.people))
        for words in territory.warnings():
            self.warnings.addWidget(label(f"À savoir{NARROW}: {words}", "caution"))
        names = [one.name for one in territory.communes]
        more = [f"{len(names) - NAMED} autres"] if len(names) > NAMED else []
        held = counted(len(names), "commune connue", "communes connues")
        listing = f"{NARROW}: {listed([*names[:NAMED], *more])}" if names else ""
        self.communes.setText(f"{held}{listing}.")
        if self.name.text() in {"", self._given}:
            self.name.setText(territory.name)
        self._given = territory.name

    def begin(self) -> None:
        """Begin again with nothing chosen."""
        for piece in (self.name, self.by):
            piece.setText("")
        self.request.show_value("")
        self._given = ""
        self.show_territory(None)


def distance(people: int) -> str:
    """Return how far a population is from the 20 000 of fiche 1.1."""
    gap = people - SCALE
    sign = "+" if gap > 0 else "−" if gap else ""
    return (
        f"Repères{NARROW}: {number(FLOOR)} habitants (protocole de 2018) et {number(SCALE)} (fiche "
        f"1.1 du SROS de 2012), écart avec cette dernière{NARROW}: {sign}{number(abs(gap))}."
    )
