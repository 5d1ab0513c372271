"""Two records that seem to be one professional, side by side: merge them, or say they are two.

Must not know any service.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame

from advisor.domain.cases.duplicates import WORDS
from advisor.domain.cases.field_words import value_words
from advisor.domain.words.wording import NARROW, counted, listed, short_date
from advisor.services.duplicates import Twin, Twins
from advisor.ui import wording
from advisor.ui.pieces.basics import button, column, frame, label, row
from advisor.ui.theme import Theme

TITLE = "Ces deux fiches semblent être la même personne"
EXPLAINED = (
    "Fusionner donne tous les entretiens à la première fiche. La seconde est mise de côté, rien "
    "n’est effacé, et la décision part à la prochaine synchronisation."
)


class TwinsPage(QFrame):
    """Emits ``merged(duplicate, into)`` and ``kept_two(pair)``."""

    merged = Signal(str, str)
    kept_two = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Doublon possible")
        self.present: Twins | None = None
        self.why = label("", "muted")
        self.sides = (label(""), label(""))
        self.merge = button("Fusionner", self._merge, "primary")
        self.two = button("Ce n’est pas la même personne", self._keep_two)
        whole = column(self, theme, spacing=8)
        whole.addWidget(label(TITLE, "title"))
        whole.addWidget(self.why)
        pair: QBoxLayout = row(None, theme, spacing=10)
        if theme.scale > 1.4:  # noqa: PLR2004  one under the other when the text is that large
            pair.setDirection(QBoxLayout.Direction.TopToBottom)
        for side, name in zip(self.sides, ("Fiche gardée", "Autre fiche"), strict=True):
            well = frame("well", name)
            inside = column(well, theme, margin=10, spacing=4)
            inside.addWidget(label(name, "strong"))
            inside.addWidget(side)
            inside.addStretch(1)  # the shorter of the two begins at the same height
            pair.addWidget(well, 1)
        whole.addLayout(pair)
        whole.addWidget(label(EXPLAINED, "muted"))
        line = row(None, theme)
        for made in (self.merge, self.two):
            line.addWidget(made)
        line.addStretch(1)
        whole.addLayout(line)
        whole.addStretch(1)

    def show_twins(self, one: Twins) -> None:
        """Show a pair, the record to keep first."""
        self.present = one
        self.why.setText(
            f"En commun{NARROW}: {listed([WORDS[sign] for sign in one.duplicate.why])}."
        )
        for side, twin in zip(self.sides, (one.kept, one.other), strict=True):
            side.setText(_words(twin))

    def _merge(self) -> None:
        if self.present is not None:
            self.merged.emit(self.present.other.person.id, self.present.kept.person.id)

    def _keep_two(self) -> None:
        if self.present is not None:
            self.kept_two.emit(self.present.id)


def _words(twin: Twin) -> str:
    person = twin.person
    days = sorted({one.permanence.day for one in twin.interviews})
    met = f"{counted(len(twin.interviews), 'entretien')}{NARROW}: "
    profession = value_words("professional", "profession", person.profession)
    known = (person.display_name, wording.capital(profession), person.telephone)
    lines = [*known, person.email, met + listed([short_date(day) for day in days])]
    return "\n".join(one for one in lines if one)
