from collections.abc import Callable

import pytest
from keyboard import click, focus, press, type_text, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from advisor.services.all_services import Services
from advisor.ui.opening.view import OpeningView
from advisor.ui.window import Window
from conftest import PASSPHRASE

MakeWindow = Callable[..., Window]


def door(window: Window) -> OpeningView:
    return window.opening.view


def test_a_new_home_asks_for_a_passphrase_shows_the_key_once_and_asks_who_signs(
    qtbot: QtBot, make_window: MakeWindow, new_services: Services
) -> None:
    window = make_window(new_services)
    view = door(window)
    until(qtbot, view.first.hasFocus)
    type_text("Un été à Nangis, déjà")
    press(Qt.Key.Key_Return)
    assert view.second.hasFocus()
    type_text("Un été à Nangis, déjà")
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: view.pages.currentIndex() == 2)
    key = view.key.text()
    assert len(key) > 20
    assert key == new_services.cases.recovery_key
    click(view.kept)
    until(qtbot, lambda: view.pages.currentIndex() == 3)
    type_text("Zoé Exemple", view.name)
    type_text("CPAM 77", view.organisation)
    press(Qt.Key.Key_Return) if view.organisation.hasFocus() else view.organisation.setFocus()
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: window.shell is not None)
    me = new_services.cases.identity.me()
    assert me is not None
    assert (me.name, me.organisation) == ("Zoé Exemple", "CPAM 77")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [("court", "court", "au moins"), ("quatre mots sans lien", "quatre mots", "différentes")],
)
def test_a_weak_or_mistyped_new_passphrase_is_refused_in_words(
    qtbot: QtBot,
    make_window: MakeWindow,
    new_services: Services,
    first: str,
    second: str,
    said: str,
) -> None:
    view = door(make_window(new_services))
    type_text(first, view.first)
    type_text(second, view.second)
    click(view.create_button)
    assert said in view.said.text()
    assert new_services.is_new


def test_a_wrong_passphrase_is_refused_in_french_and_the_right_one_opens(
    qtbot: QtBot, make_window: MakeWindow, services: Services
) -> None:
    services.lock()
    clock = iter(range(0, 10**6, 60))
    services.around.seconds = lambda: float(next(clock))
    window = make_window(services)
    view = door(window)
    until(qtbot, lambda: view.passphrase.hasFocus() and not window.jobs.busy)
    type_text("mauvaise phrase")
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: "n’est pas la bonne" in view.said.text())
    assert window.shell is None
    type_text(PASSPHRASE, view.passphrase)
    click(view.open_button)
    until(qtbot, lambda: window.shell is not None)


def test_ten_wrong_passphrases_lock_the_door_and_the_recovery_key_opens_it(
    qtbot: QtBot, make_window: MakeWindow, new_services: Services
) -> None:
    new_services.around.seconds = lambda: 0.0
    cases = new_services.unlock(PASSPHRASE)
    cases.identity.sign_in("Camille Exemple", "URPS")
    key = cases.recovery_key
    assert key
    new_services.lock()
    clock = iter(range(0, 10**9, 10**5))
    new_services.around.seconds = lambda: float(next(clock))
    window = make_window(new_services)
    view = door(window)
    until(qtbot, lambda: not window.jobs.busy)
    for _ in range(10):
        view.said.clear()
        type_text("fausse", view.passphrase)
        click(view.open_button)
        until(qtbot, lambda: view.said.text() and not window.jobs.busy)
    assert "verrouillée" in view.said.text()
    type_text(key, view.rescue)
    view.rescue_part.show()
    click(view.rescue_button)
    until(qtbot, lambda: window.shell is not None)


def test_locking_shuts_the_database_and_opening_again_finds_the_same_page(
    qtbot: QtBot, interview: Window, services: Services
) -> None:
    assert interview.shell is not None
    editor = interview.shell.interview.view.notes.editor
    editor.setFocus()
    type_text("Conjointe institutrice à Nangis")
    press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: not services.is_open)
    assert interview.pages.currentWidget() is door(interview)
    type_text(PASSPHRASE, door(interview).passphrase)
    click(door(interview).open_button)
    until(qtbot, lambda: interview.pages.currentWidget() is interview.shell)
    assert interview.shell.present == "interview"
    assert editor.toPlainText() == "Conjointe institutrice à Nangis"
    whole = services.cases.interviews.get(interview.shell.interview.whole.id)
    assert [note.text for note in whole.notes] == ["Conjointe institutrice à Nangis"]


def test_nobody_there_for_long_locks_the_window(qtbot: QtBot, window: Window) -> None:
    window.idle.gone.emit()
    until(qtbot, lambda: window.pages.currentWidget() is door(window))
    assert any("verrouillée" in one.text() for one in door(window).findChildren(QLabel))
    assert focus() is door(window).passphrase
