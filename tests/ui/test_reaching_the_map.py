"""From a name to its place on the map, and from the map to the person received."""

from datetime import time

from keyboard import click, press, type_text, until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from advisor.domain.cases.appointment import Slot
from advisor.services.all_services import Services
from advisor.ui.map.presenter import MapPresenter
from advisor.ui.window import Window

PROVINS, AVON, ORLY = "77379", "77014", "94054"
CTRL = Qt.KeyboardModifier.ControlModifier


def on_the_map(qtbot: QtBot, window: Window) -> MapPresenter:
    until(qtbot, lambda: window.shell.present == "map")
    made = window.shell.screens["map"]
    assert isinstance(made, MapPresenter)
    until(qtbot, lambda: made.reading is not None and not window.jobs.busy)
    return made


def pressed_on_card(presenter: MapPresenter) -> QPushButton:
    return next(one for one in presenter.view.card.findChildren(QPushButton) if one.isVisible())


def places_of(services: Services, interview: str) -> list[str]:
    return [one.commune for one in services.cases.interviews.get(interview).places]


def test_a_commune_found_while_nobody_is_received_is_shown_on_the_map(
    qtbot: QtBot, window: Window
) -> None:
    window.shell.go("home")
    until(qtbot, lambda: not window.jobs.busy)
    press(Qt.Key.Key_K, CTRL)
    type_text("provins")
    palette = window.shell.palette_of.view
    until(qtbot, lambda: any(one.screen == "commune" for one in palette.found))
    while palette.found[palette.list.currentRow()].screen != "commune":
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    presenter = on_the_map(qtbot, window)
    until(qtbot, lambda: presenter.view.card.code == PROVINS)
    assert presenter.view.canvas.selected == PROVINS


def test_a_place_prepared_on_the_map_is_added_to_whoever_is_received_next(
    qtbot: QtBot, window: Window, services: Services, session: str
) -> None:
    person = {"nom": "Durand", "prenom": "Paul", "profession": "medecin_generaliste"}
    interview = services.cases.permanences.book(session, Slot(time(11), 30), person).id
    window.shell.go("map", ORLY)
    presenter = on_the_map(qtbot, window)
    until(qtbot, lambda: presenter.view.card.code == ORLY)
    act = pressed_on_card(presenter)
    assert act.text() == "Préparer un entretien avec ce lieu"
    click(act)
    until(qtbot, lambda: "Orly sera ajouté" in window.shell.status.words.text())
    assert window.shell.present == "interview"
    window.shell.interview.view.waiting.received.emit(interview)
    until(qtbot, lambda: places_of(services, interview) == [ORLY])
    until(qtbot, lambda: not window.jobs.busy)


def test_a_place_prepared_is_forgotten_when_one_goes_elsewhere(
    qtbot: QtBot, window: Window, services: Services, martin: str
) -> None:
    window.shell.go("map", ORLY)
    presenter = on_the_map(qtbot, window)
    until(qtbot, lambda: presenter.view.card.code == ORLY)
    click(pressed_on_card(presenter))
    until(qtbot, lambda: "Orly sera ajouté" in window.shell.status.words.text())
    window.shell.go("home")
    window.shell.go("interview", martin)
    until(qtbot, lambda: window.shell.interview.seen and not window.jobs.busy)
    assert places_of(services, martin) == [PROVINS, AVON]


def test_the_places_compared_are_one_press_from_the_map_and_back(
    qtbot: QtBot, interview: Window, services: Services, martin: str
) -> None:
    window = interview
    click(window.shell.interview.view.places.map)
    presenter = on_the_map(qtbot, window)
    until(qtbot, lambda: presenter.view.card.code == PROVINS)
    QTest.keyClick(presenter.view.table, Qt.Key.Key_Down)
    until(qtbot, lambda: presenter.view.card.code not in {"", PROVINS})
    until(qtbot, lambda: not window.jobs.busy)
    act, added = pressed_on_card(presenter), presenter.view.card.code
    assert act.text() == "Ajouter à l’entretien de Hélène Martin"
    click(act)
    until(qtbot, lambda: added in places_of(services, martin))
    assert window.shell.present == "interview"
    until(qtbot, lambda: not window.jobs.busy)


def test_no_field_of_the_project_is_cut_by_a_long_heading(qtbot: QtBot, interview: Window) -> None:
    interview.resize(1366, 768)
    until(qtbot, lambda: not interview.jobs.busy)
    form = interview.shell.interview.view.form
    for area in form.findChildren(QScrollArea):
        assert area.widget().minimumSizeHint().width() <= area.viewport().width()
