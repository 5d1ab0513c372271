"""The institutions present: the usual ones as buttons to press, any other one typed.

Institutions only, never persons. Must not know any service.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton

from advisor.ui.pieces.basics import button, column
from advisor.ui.pieces.fields import Line
from advisor.ui.pieces.flow import Flow
from advisor.ui.theme import Theme

USUAL = ("URPS", "ARS", "CPAM", "Ordre", "Conseil départemental", "Région", "URSSAF")


class PartnerChips(QFrame):
    """Emits ``edited(list of names)`` as institutions come and go."""

    edited = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Institutions présentes")
        self.theme = theme
        self.flow = Flow(gap=theme.px(6))
        self.buttons: dict[str, QPushButton] = {}
        for name in USUAL:
            self._add(name)
        self.other = Line("Autre institution présente")
        self.other.setPlaceholderText("autre, puis Entrée")
        self.other.setFixedWidth(theme.px(170))
        self.other.returnPressed.connect(self._add_other)
        self.flow.addWidget(self.other)
        column(self, theme).addLayout(self.flow)

    def chosen(self) -> list[str]:
        """Return the names pressed, in their order."""
        return [name for name, made in self.buttons.items() if made.isChecked()]

    def show_chosen(self, names: Sequence[str]) -> None:
        """Show who is present without telling anybody."""
        for name in names:
            if name not in self.buttons:
                self._add(name)
        for name, made in self.buttons.items():
            made.setChecked(name in names)

    def _add(self, name: str) -> QPushButton:
        made = button(name, None, "chip", name=f"{name} présent")
        made.setCheckable(True)
        made.clicked.connect(lambda _checked: self.edited.emit(self.chosen()))
        self.buttons[name] = made
        self.flow.addWidget(made)
        return made

    def _add_other(self) -> None:
        name = self.other.text().strip()
        if not name:
            return
        self.other.clear()
        if name not in self.buttons:
            self._add(name)
            self.flow.removeWidget(self.other)
            self.flow.addWidget(self.other)
        self.buttons[name].setChecked(True)
        self.edited.emit(self.chosen())
