"""Fields that are filled by keyboard: choices, texts, numbers, days, each with its own name.

A field gives ``edited`` with its value (None when nothing is known) and never raises: what
cannot be read stays on screen, marked, with one sentence. Must not know any screen.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from advisor.domain.words.wording import number
from advisor.ui import wording
from advisor.ui.pieces.basics import relook


class Choice(QComboBox):
    """A list of (code, French words); the first entry means « not known yet » (None)."""

    edited = Signal(object)

    def __init__(
        self, name: str, choices: Sequence[tuple[Any, str]], unknown: str | None = "non précisé"
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        if unknown is not None:
            self.addItem(unknown, None)
        for code, words in choices:
            self.addItem(words, code)
        self.activated.connect(lambda _at: self.edited.emit(self.value()))

    def value(self) -> Any:
        """Return the code chosen, None when not known."""
        return self.currentData()

    def show_value(self, value: Any) -> None:
        """Show a code without telling anybody."""
        for at in range(self.count()):
            if self.itemData(at) == value:
                self.setCurrentIndex(at)
                return
        self.setCurrentIndex(0)

    def choose(self, value: Any) -> None:
        """Choose a code as a person does: show it and tell."""
        self.show_value(value)
        self.edited.emit(self.value())

    def mark(self, state: str) -> None:
        """Wear a state: nothing, « ask » or « wrong »."""
        relook(self, state=state)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Tell what the arrows and first letters choose, as a click would."""
        before = self.currentIndex()
        super().keyPressEvent(event)
        if self.currentIndex() != before:
            self.edited.emit(self.value())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  Qt's name
        """Let the page scroll: a wheel over a field must not change it."""
        event.ignore()


class Line(QLineEdit):
    """One line of text read by ``reader``; ``wrong`` is the sentence when it cannot be read."""

    edited = Signal(object)
    misread = Signal(str)

    def __init__(
        self,
        name: str,
        reader: Callable[[str], Any] | None = None,
        writer: Callable[[Any], str] = str,
        wrong: str = "",
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._read = reader or (lambda text: text.strip() or None)
        self._write = writer
        self._wrong = wrong
        self._asked = ""
        self.textEdited.connect(self._tell)
        self.installEventFilter(self)

    def value(self) -> Any:
        """Return what is read, None when empty or unreadable."""
        try:
            return self._read(self.text())
        except ValueError:
            return None

    def show_value(self, value: Any) -> None:
        """Show a value without telling anybody; the person's own writing of it is kept."""
        if value is None and not self.text():
            return
        if value is None or value != self.value():
            self.setText("" if value is None else self._write(value))
        relook(self, state=self._asked)

    def mark(self, state: str) -> None:
        """Wear a state: nothing, « ask » or « wrong »."""
        self._asked = state
        relook(self, state=state)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Keep Ctrl+Z for letters still to undo; leave it to the interview otherwise."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.isUndoAvailable()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _tell(self, text: str) -> None:
        try:
            value = self._read(text)
        except ValueError:
            relook(self, state="wrong")
            self.setToolTip(self._wrong)
            self.misread.emit(self._wrong)
            return
        relook(self, state=self._asked)
        self.setToolTip("")
        self.edited.emit(value)


def day_line(name: str) -> Line:
    """Return a field for a day, typed as « 15/1/27 »."""
    line = Line(name, _a_day, wording.day, "Date non reconnue\u202f: écrivez jour/mois/année.")
    line.setPlaceholderText("jj/mm/aaaa")
    return line


def hour_line(name: str) -> Line:
    """Return a field for an hour, typed as « 9h30 »."""
    line = Line(name, wording.read_hour, wording.hour, "Heure non reconnue\u202f: écrivez 9h30.")
    line.setPlaceholderText("9h30")
    return line


def number_line(name: str, *, whole: bool = False, percent: bool = False) -> Line:
    """Return a field for a number written in French; a percentage is kept as a share of 1."""

    def read(text: str) -> float | int | None:
        value = wording.read_number(text)
        if value is None:
            return None
        if whole and not value.is_integer():
            raise ValueError(text)
        if percent:
            return value / 100
        return int(value) if value.is_integer() else value

    def write(value: float) -> str:
        return number(value * 100 if percent else value)

    wrong = "Nombre entier attendu." if whole else "Nombre attendu, par exemple 12 500."
    return Line(name, read, write, wrong)


def _a_day(text: str) -> date | None:
    value = wording.read_day(text)
    if value is not None and not 1900 <= value.year <= 2100:  # noqa: PLR2004  a life's span
        raise ValueError(text)
    return value


def focus_first(widget: QWidget) -> None:
    """Put the keyboard on a widget and, in a line, select what it holds."""
    widget.setFocus()
    if isinstance(widget, QLineEdit):
        widget.selectAll()
