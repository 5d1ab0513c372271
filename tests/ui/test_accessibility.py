from collections.abc import Callable, Iterator

import pytest
from keyboard import focus, press, until
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from advisor.services.all_services import Services
from advisor.ui.screens import SCREENS
from advisor.ui.window import Window

KEYS = [entry.key for entry in SCREENS]
OF_QT = ("qt_", "QComboBoxPrivate")
USED = (QAbstractButton, QComboBox, QLineEdit, QTextEdit, QAbstractItemView)


def belongs_to_us(widget: QWidget) -> bool:
    """Leave out what Qt makes inside its own widgets: popups, scroll bars, viewports."""
    if widget.objectName().startswith("qt_") or type(widget).__name__.startswith(OF_QT):
        return False
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QAbstractItemView):
            return False
        parent = parent.parentWidget()
    return not widget.window().inherits("QComboBoxPrivateContainer")


def used_by_hand(root: QWidget) -> Iterator[QWidget]:
    for widget in root.findChildren(QWidget):
        takes_keys = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if (takes_keys or isinstance(widget, USED)) and belongs_to_us(widget):
            yield widget


def reach(qtbot: QtBot, window: Window, key: str, person: str) -> QWidget:
    assert window.shell is not None
    window.shell.go(key, person if key == "interview" else "")
    until(qtbot, lambda: not window.jobs.busy)
    screen = window.shell.screens[key]
    until(qtbot, lambda: any(one.isVisible() for one in screen.areas()[:1]))
    return screen.view


@pytest.mark.parametrize("key", KEYS)
def test_every_widget_of_a_screen_says_its_name(
    qtbot: QtBot, window: Window, martin: str, key: str
) -> None:
    view = reach(qtbot, window, key, martin)
    found = [*used_by_hand(view), view]
    unnamed = [
        f"{type(one).__name__} {one.objectName()}" for one in found if not one.accessibleName()
    ]
    assert not unnamed
    assert len(found) > 1


def test_the_rail_the_palette_and_the_door_say_their_names(qtbot: QtBot, window: Window) -> None:
    assert window.shell is not None
    roots = (window.shell.rail, window.shell.palette_of.view, window.opening.view)
    found = [one for root in roots for one in used_by_hand(root)]
    assert len(found) > 20
    assert not [one for one in found if not one.accessibleName()]


@pytest.mark.parametrize("key", KEYS)
def test_no_screen_speaks_of_a_status_by_colour_alone(
    qtbot: QtBot, window: Window, martin: str, key: str
) -> None:
    view = reach(qtbot, window, key, martin)
    drawn = [one for one in view.findChildren(QLabel) if not one.pixmap().isNull()]
    for picture in drawn:
        beside = picture.parentWidget()
        assert beside is not None
        words = [one.text() for one in beside.findChildren(QLabel) if one.text()]
        assert words, "a picture stands without a word"


@pytest.mark.parametrize("key", KEYS)
def test_the_tab_key_goes_all_around_a_screen_and_comes_back(
    qtbot: QtBot, window: Window, martin: str, key: str
) -> None:
    reach(qtbot, window, key, martin)
    until(qtbot, lambda: focus() is not None)
    first, seen = focus(), set()
    for _ in range(300):
        press(Qt.Key.Key_Tab)
        if focus() is first:
            break
        seen.add(id(focus()))
    assert focus() is first, "the tab key is caught somewhere"
    assert len(seen) > 3


@pytest.mark.parametrize("key", KEYS)
def test_no_two_underlined_letters_are_the_same(
    qtbot: QtBot, window: Window, martin: str, key: str
) -> None:
    reach(qtbot, window, key, martin)
    assert window.shell is not None
    if key == "permanences":
        window.shell.screens[key].view.session.begin(is_booked=True)
    shown = [one for one in window.shell.findChildren(QAbstractButton) if one.isVisible()]
    letters = [
        one.text()[one.text().index("&") + 1].lower()
        for one in shown
        if "&" in one.text().replace("&&", "")
    ]
    assert len(letters) == len(set(letters))
    assert len(letters) >= 6


@pytest.mark.parametrize("key", KEYS)
def test_f6_goes_through_the_areas_of_a_screen(
    qtbot: QtBot, window: Window, martin: str, key: str
) -> None:
    reach(qtbot, window, key, martin)
    assert window.shell is not None
    areas = window.shell.screens[key].areas()
    visited = set()
    for _ in range(len(areas) + 2):
        press(Qt.Key.Key_F6)
        visited.add(id(focus()))
    assert len(visited) >= min(len(areas), 2)


MakeWindow = Callable[..., Window]


def cut(label: QLabel) -> bool:
    """Tell whether a label is narrower than its longest word or lower than its lines."""
    if not label.text() or not label.isVisible():
        return False
    metrics = QFontMetrics(label.font())
    widest = max(metrics.horizontalAdvance(word) for word in label.text().split() or [""])
    needed = label.heightForWidth(label.width()) if label.wordWrap() else metrics.height()
    return label.width() + 2 < widest or label.height() + 2 < needed


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("key", KEYS)
def test_no_text_is_cut_at_any_size(
    qtbot: QtBot,
    make_window: MakeWindow,
    services: Services,
    martin: str,
    key: str,
    scale: float,
) -> None:
    window = make_window(services, scale=scale)
    until(qtbot, lambda: window.shell is not None and not window.jobs.busy)
    view = reach(qtbot, window, key, martin)

    def nothing_is_cut() -> None:  # once the layouts have settled
        assert not [one.text() for one in view.findChildren(QLabel) if cut(one)]

    qtbot.waitUntil(nothing_is_cut, timeout=15_000)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_accueil_holds_on_a_small_laptop_without_scrolling(
    qtbot: QtBot, make_window: MakeWindow, services: Services, martin: str, mode: str
) -> None:
    window = make_window(services, mode=mode)
    until(qtbot, lambda: window.shell is not None and not window.jobs.busy)
    view = reach(qtbot, window, "home", martin)
    assert (window.width(), window.height()) == (1366, 768)
    for area in view.findChildren(QScrollArea):
        assert area.verticalScrollBar().maximum() == 0
        assert area.horizontalScrollBar().maximum() == 0


def test_the_interview_holds_on_a_small_laptop_without_scrolling_the_page(
    qtbot: QtBot, interview: Window
) -> None:
    assert interview.shell is not None
    area = interview.shell.interview.view.area
    assert area.verticalScrollBar().maximum() == 0
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()


def test_larger_text_and_dark_are_worn_at_once_and_kept_for_next_time(
    qtbot: QtBot, interview: Window
) -> None:
    press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: interview.desk.theme.scale == 1.25 and not interview.jobs.busy)
    assert interview.shell is not None
    assert interview.shell.present == "interview"
    assert interview.shell.interview.view.name.text() == "Hélène Martin"
    kept = (interview.services.home.root / "window.json").read_text(encoding="utf-8")
    assert '"scale": 1.25' in kept


def test_focus_is_always_visible(window: Window) -> None:
    sheet = window.desk.theme.style_sheet()
    for kind in ("QPushButton:focus", "QLineEdit:focus", "QToolButton:focus", "QListWidget:focus"):
        assert kind in sheet
    assert isinstance(window.shell, QWidget)
    assert QFrame is not None
