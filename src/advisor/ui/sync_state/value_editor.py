"""One field typed by hand, of the right kind for what it holds.

Must not know any service.
"""

from datetime import date, time
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from advisor.domain.cases.field_words import Form, Shape
from advisor.ui.pieces.basics import column, label
from advisor.ui.pieces.fields import Choice, Line, day_line, focus_first, hour_line, number_line
from advisor.ui.theme import Theme

TEXT_HEIGHT = 110


class ValueEditor(QFrame):
    """Emits ``edited`` when something is typed; ``value`` gives a JSON value."""

    edited = Signal()

    def __init__(self, theme: Theme, form: Form, name: str, value: Any, words: str = "") -> None:
        super().__init__()
        self.form = form
        self._value = value
        self.editor = self._made(theme, name, words)
        column(self, theme).addWidget(self.editor)
        self.show_value(value)
        self._listen()

    @property
    def is_typed(self) -> bool:
        """Tell whether the field can be typed at all."""
        return self.form.shape not in {Shape.KEPT, Shape.LIFE}

    def value(self) -> Any:
        """Return what is typed, as the record keeps it; None when empty."""
        editor = self.editor
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText()
        if not isinstance(editor, Choice | Line):
            return self._value
        found = editor.value()
        if isinstance(found, date):
            return found.isoformat()
        if isinstance(found, time):
            return f"{found:%H:%M}"
        if self.form.shape is Shape.LIST:
            return [part.strip() for part in str(found or "").split(",") if part.strip()]
        return "" if found is None and isinstance(self._value, str) and self._is_line else found

    def show_value(self, value: Any) -> None:
        """Show a value without telling anybody."""
        editor = self.editor
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(str(value or ""))
        elif isinstance(editor, Choice | Line):
            editor.show_value(self._read(value))

    def take_keyboard(self) -> None:
        """Put the keyboard in the field."""
        focus_first(self.editor)

    @property
    def _is_line(self) -> bool:
        return self.form.shape is Shape.LINE

    def _read(self, value: Any) -> Any:
        try:
            if self.form.shape is Shape.DAY and value:
                return date.fromisoformat(value)
            if self.form.shape is Shape.HOUR and value:
                return time.fromisoformat(value)
        except (TypeError, ValueError):
            return None
        if self.form.shape is Shape.LIST:
            return ", ".join(value or ())
        return value

    def _made(self, theme: Theme, name: str, words: str) -> QWidget:
        shape = self.form.shape
        if shape is Shape.TEXT:
            made = QPlainTextEdit()
            made.setAccessibleName(name)
            made.setTabChangesFocus(True)
            made.setMinimumHeight(theme.px(TEXT_HEIGHT))
            return made
        if shape is Shape.CHOICE:
            return Choice(name, self.form.choices)
        if shape is Shape.DAY:
            return day_line(name)
        if shape is Shape.HOUR:
            return hour_line(name)
        if shape in {Shape.NUMBER, Shape.WHOLE, Shape.SHARE}:
            return number_line(name, whole=shape is Shape.WHOLE, percent=shape is Shape.SHARE)
        return Line(name) if self.is_typed else label(words, selectable=True)

    def _listen(self) -> None:
        editor = self.editor
        if isinstance(editor, QPlainTextEdit):
            editor.textChanged.connect(self.edited)
        elif isinstance(editor, Choice | Line):
            editor.edited.connect(lambda _value: self.edited.emit())
