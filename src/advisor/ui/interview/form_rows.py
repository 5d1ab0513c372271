"""One row of the project form: a label, the field of the right kind, and why it is asked.

Knows ``profile.FIELDS`` by their declaration; must not know any service.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from advisor.domain.cases.profile import Field
from advisor.ui.interview.earlier_aids import EarlierAids
from advisor.ui.pieces.basics import button, label, relook
from advisor.ui.pieces.commune_box import Ask, CommuneBox
from advisor.ui.pieces.fields import Choice, Line, day_line, number_line
from advisor.ui.theme import Theme

YES_NO = ((True, "oui"), (False, "non"))
UNITS = {"money": "€", "share": "%"}
LABEL_SHARE = 7
FIELD_SHARE = 12

Editor = Choice | Line | CommuneBox | EarlierAids


def editor_for(field: Field, theme: Theme, ask: Ask, aids: Sequence[tuple[str, str]]) -> Editor:
    """Return the widget that reads a field of this kind; its empty state is « not known »."""
    if field.kind in {"choice", "bool"}:
        return Choice(field.label, field.choices or YES_NO)
    if field.kind in {"integer", "number", "money", "share"}:
        return number_line(
            field.label, whole=field.kind == "integer", percent=field.kind == "share"
        )
    if field.kind == "list":
        return EarlierAids(field.label, theme, aids)
    if field.name.endswith("_commune"):
        return CommuneBox(field.label, theme, ask)
    if field.kind == "date":
        return day_line(field.label)
    return Line(field.label)


class FormRow(QFrame):
    """A field of the profile; ``edited`` carries (name, value), ``misread`` one sentence.

    ``confirmed`` asks to compare the values that people left in conflict.
    """

    edited = Signal(str, object)
    misread = Signal(str)
    confirmed = Signal(str)

    def __init__(
        self, field: Field, theme: Theme, ask: Ask, aids: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__()
        self.field = field
        self.theme = theme
        unit = UNITS.get(field.kind, "")
        self.title = label(f"{field.label} ({unit})" if unit else field.label, "small")
        self.why = label("", "amber")
        self.why.hide()
        self.torn = button("", lambda: self.confirmed.emit(field.name), "ask")
        self.torn.hide()
        self.editor: Editor = editor_for(field, theme, ask, aids)
        self.editor.setToolTip(field.question)
        self.editor.setAccessibleDescription(field.question)
        self.title.setBuddy(self.editor)
        self._lay_out()
        self.editor.edited.connect(lambda value: self.edited.emit(field.name, value))
        if isinstance(self.editor, Line):
            self.editor.misread.connect(self.misread)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        edge = self.theme.px(2)
        grid.setContentsMargins(0, edge, 0, edge)
        grid.setHorizontalSpacing(self.theme.px(8))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, LABEL_SHARE)
        grid.setColumnStretch(1, FIELD_SHARE)
        if isinstance(self.editor, EarlierAids):
            grid.addWidget(self.title, 0, 0, 1, 2)
            grid.addWidget(self.editor, 1, 0, 1, 2)
        else:
            grid.addWidget(self.title, 0, 0)
            grid.addWidget(self.editor, 0, 1)
        grid.addWidget(self.why, 2, 0, 1, 2)
        grid.addWidget(self.torn, 3, 0, 1, 2)

    def show_value(self, value: Any) -> None:
        """Show what is known; a commune's code is shown by whoever knows its name."""
        if isinstance(self.editor, CommuneBox):
            return
        if self.field.kind == "date" and isinstance(value, str):
            value = date.fromisoformat(value)
        self.editor.show_value(value)

    def contest(self, values: int) -> None:
        """Say that several people left several values here; pressing it goes to compare them."""
        words = f"à confirmer\u202f: {values} valeurs"
        self.torn.setText(words)
        self.torn.setAccessibleName(f"{self.field.label}, {words}, comparer")
        self.torn.setVisible(values > 1)

    def mark(self, *, matters: bool, question: bool) -> None:
        """Say that the field is missing and matters, and ask it when it is the next one."""
        empty = self.editor.value() is None
        asked = matters and empty
        if isinstance(self.editor, Choice | Line):
            self.editor.mark("ask" if asked else "")
        elif isinstance(self.editor, CommuneBox):
            relook(self.editor, state="ask" if asked else "")
        unit = UNITS.get(self.field.kind, "")
        words = f"{self.field.label} ({unit})" if unit else self.field.label
        self.title.setText(f"{words} — à demander" if asked else words)
        relook(self.title, role="amber" if asked else "small")
        self.why.setText(self.field.question)
        self.why.setVisible(asked and question)
        self.editor.setAccessibleName(
            f"{self.field.label}, à demander" if asked else self.field.label
        )

    def holder(self) -> QWidget:
        """Return the widget that takes the keyboard."""
        return self.editor
