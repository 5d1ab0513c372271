"""The aids already received: none, or a list of aids with the day each was signed.

Gives None (not known), an empty list (none), or a list of {"id", "signed"}.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from advisor.ui.pieces.basics import button, clear, column, label, row, with_icon
from advisor.ui.pieces.fields import Choice, Line, day_line
from advisor.ui.theme import Theme

NONE, SOME = "none", "some"
ANSWERS = ((NONE, "aucune"), (SOME, "une ou plusieurs"))


class EarlierAids(QFrame):
    """Edits ``previous_aids``; ``edited`` carries the list, or None when it is not known."""

    edited = Signal(object)

    def __init__(self, name: str, theme: Theme, catalogue: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.theme = theme
        self.catalogue = catalogue
        self.setAccessibleName(name)
        self.answer = Choice(name, ANSWERS)
        self.answer.edited.connect(self._answered)
        self.setFocusProxy(self.answer)
        self.lines = column(None, theme, spacing=4)
        self.more = with_icon(
            button("Ajouter une aide reçue", self._add, "quiet"), "plus", theme, "accent"
        )
        whole = column(self, theme, spacing=4)
        whole.addWidget(self.answer)
        whole.addLayout(self.lines)
        whole.addWidget(self.more)
        self._rows: list[tuple[Choice, Line]] = []
        self._settle()

    def value(self) -> list[dict[str, Any]] | None:
        """Return the list as it stands; lines without an aid are left out."""
        if self.answer.value() is None:
            return None
        listed = []
        for choice, signed in self._rows:
            if choice.value() is not None:
                day = signed.value()
                listed.append(
                    {"id": choice.value(), **({"signed": day.isoformat()} if day else {})}
                )
        return listed

    def show_value(self, value: Sequence[Mapping[str, Any]] | None) -> None:
        """Show a list without telling anybody."""
        if value is not None and list(value) == self.value():
            return
        self._empty()
        self.answer.show_value(None if value is None else SOME if value else NONE)
        for item in value or ():
            self._add_line(item)
        self._settle()

    def _answered(self, answer: str | None) -> None:
        if answer != SOME:
            self._empty()
        elif not self._rows:
            self._add_line({})
        self._settle()
        self.edited.emit(self.value())

    def _add(self) -> None:
        self._add_line({})
        self._rows[-1][0].setFocus()

    def _add_line(self, item: Mapping[str, Any]) -> None:
        choice = Choice("Aide déjà reçue", self.catalogue, "quelle aide\u202f?")
        choice.show_value(item.get("id"))
        signed = day_line("Date de signature de l’aide reçue")
        signed.setFixedWidth(self.theme.px(104))
        held = item.get("signed")
        signed.show_value(date.fromisoformat(held) if isinstance(held, str) else held)
        for piece in (choice, signed):
            piece.edited.connect(lambda _value: self.edited.emit(self.value()))
        line: QHBoxLayout = row(None, self.theme, spacing=4)
        line.addWidget(choice, 1)
        line.addWidget(label("le", "muted", wraps=False))
        line.addWidget(signed)
        self.lines.addLayout(line)
        self._rows.append((choice, signed))

    def _empty(self) -> None:
        self._rows = []
        clear(self.lines)

    def _settle(self) -> None:
        self.more.setVisible(self.answer.value() == SOME)
