from datetime import timedelta
from pathlib import Path

import pytest
from keyboard import click, focus, press, type_text, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from advisor.domain.cases.appointment import AppointmentStatus, OutcomeKind
from advisor.domain.territories.work import StepState
from advisor.services.all_services import Services
from advisor.ui.home.agenda_row import AgendaRow
from advisor.ui.pictures import NAMES, grab_screens
from advisor.ui.window import Window
from conftest import TODAY, Reader

CTRL = Qt.KeyboardModifier.ControlModifier


def words_of(root: QWidget) -> str:
    return " ".join(one.text() for one in root.findChildren(QLabel) if one.isVisible())


def go(qtbot: QtBot, window: Window, key: str, target: str = "") -> QWidget:
    assert window.shell is not None
    window.shell.go(key, target)
    until(qtbot, lambda: not window.jobs.busy)
    return window.shell.screens[key].view


def test_accueil_says_the_day_who_is_present_and_what_waits(
    qtbot: QtBot, window: Window, martin: str, services: Services
) -> None:
    services.cases.interviews.set(martin, {"recall_on": TODAY - timedelta(days=2)})
    view = go(qtbot, window, "home")
    until(qtbot, lambda: "Hélène Martin" in words_of(view))
    said = words_of(view)
    for word in ("Melun (77)", "URPS, CPAM", "10:30", "Hélène Martin", "Recevoir", "À RELANCER"):
        assert word in said
    assert "en attente depuis le" in said
    assert "Rien n’attend votre décision" in said
    assert "en attente depuis le" in window.shell.rail.state.text()
    assert "référentiel du" in window.shell.rail.state.text()


def test_an_empty_home_says_what_accueil_will_hold_and_how_to_begin(
    qtbot: QtBot, window: Window
) -> None:
    view = go(qtbot, window, "home")
    until(qtbot, lambda: "Pas de permanence aujourd’hui" in words_of(view))
    assert "Ouvrez-en une" in words_of(view)


def test_accueil_recalls_the_step_a_diagnostic_waits_for_and_opens_it(
    qtbot: QtBot, window: Window, services: Services
) -> None:
    territories = services.cases.territories
    kept = territories.create(services.territories.of_communes(["77379", "77014"])).id
    first, second, *_ = territories.get(kept).steps
    territories.set_step(first.id, StepState.DONE, due=TODAY - timedelta(days=9))
    territories.set_step(second.id, StepState.TO_DO, due=TODAY + timedelta(days=3))
    view = go(qtbot, window, "home")
    until(qtbot, lambda: "Traitement et rédaction" in words_of(view))
    assert "Recueil des données" not in words_of(view)
    waiting = [one for one in view.findChildren(QWidget) if "Traitement" in one.accessibleName()]
    click(waiting[0])
    until(qtbot, lambda: window.shell.present == "territories")
    presenter = window.shell.screens["territories"]
    until(qtbot, lambda: presenter.opened is not None and presenter.opened.key == kept)
    until(qtbot, lambda: not window.jobs.busy)


def test_absent_pressed_on_accueil_is_on_disk_and_shown(
    qtbot: QtBot, window: Window, martin: str, services: Services
) -> None:
    view = go(qtbot, window, "home")
    row = view.findChild(AgendaRow)
    absent = [one for one in row.findChildren(QWidget) if one.accessibleName().endswith("absent")]
    click(absent[-1])
    until(
        qtbot,
        lambda: services.cases.interviews.get(martin).status == AppointmentStatus.ABSENT,
    )
    until(qtbot, lambda: "absent" in words_of(view))


def test_a_monthly_permanence_is_created_in_place_by_keyboard(
    qtbot: QtBot, window: Window, services: Services
) -> None:
    view = go(qtbot, window, "permanences", "nouvelle")
    form = view.form
    until(qtbot, form.departement.hasFocus)
    until(qtbot, lambda: not window.shell._is_arriving)
    assert form.departement.hasFocus()
    type_text("77")
    type_text("Provins, mairie", form.place)
    type_text("9h", form.starts)
    type_text("12h30", form.ends)
    type_text("3", form.months)
    click(form.partners.buttons["CPAM"])
    form.place.setFocus()
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: len(services.cases.permanences.list()) == 4)
    until(qtbot, lambda: "Provins, mairie (77)" in view.session.title.text())
    first = services.cases.permanences.list()[0]
    assert first.partners == ("CPAM",)
    assert first.starts.hour == 9


def test_a_permanence_without_a_place_is_refused_beside_the_form(
    qtbot: QtBot, window: Window, services: Services
) -> None:
    view = go(qtbot, window, "permanences", "nouvelle")
    type_text("77", view.form.departement)
    view.form.departement.setFocus()
    press(Qt.Key.Key_Return)
    assert "le jour et le lieu" in view.form.said.text()
    assert not services.cases.permanences.list()


BOOKINGS = """departement;date;heure;nom;prenom;profession
77;{day};9h30;Lefèvre;Zoé;infirmière
77;pas une date;10h;Durand;Paul;kiné
"""


def test_bookings_brought_in_are_reported_line_by_line_in_place(
    qtbot: QtBot, window: Window, services: Services, tmp_path: Path
) -> None:
    file = tmp_path / "réservations.csv"
    file.write_bytes(BOOKINGS.format(day=TODAY.isoformat()).encode("cp1252"))
    view = go(qtbot, window, "permanences")
    view.ask_for_file()
    dialog = view.findChild(QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.close()
    until(qtbot, view.report.close_button.isVisible)
    assert "1 rendez-vous ajouté" in view.report.words.text()
    assert view.report.table.rowCount() == 1
    assert view.report.table.item(0, 0).text() == "3"
    assert view.report.table.item(0, 1).text()
    click(view.report.close_button)
    until(qtbot, view.session.isVisible)
    assert services.cases.permanences.day(TODAY)[0].professional.nom == "Lefèvre"


def test_a_long_import_says_how_far_it_is_and_can_be_stopped_without_losing_anything(
    qtbot: QtBot,
    window: Window,
    services: Services,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("advisor.services.booking_import.LOT", 2)
    file = tmp_path / "longue.csv"
    lines = [f"77;{TODAY};{9 + at // 4}:{at % 4}0;Nom{at}" for at in range(20)]
    file.write_text("\n".join(["departement;date;heure;nom", *lines]), encoding="utf-8")
    view = go(qtbot, window, "permanences")
    view.file_chosen.emit(str(file))
    assert view.report.stop.isVisible()
    assert not view.report.close_button.isVisible()
    click(view.report.stop)
    until(qtbot, view.report.close_button.isVisible)
    held = len(services.cases.permanences.day(TODAY))
    assert held < 20
    assert f"{20 - held} rendez-vous du fichier n’ont pas été repris" in view.report.words.text()
    view.file_chosen.emit(str(file))
    until(qtbot, view.report.close_button.isVisible)
    assert len(services.cases.permanences.day(TODAY)) == 20


def test_the_day_sheet_is_written_and_opened(
    qtbot: QtBot, window: Window, martin: str, reader: Reader
) -> None:
    view = go(qtbot, window, "permanences")
    view.session.sheet_asked.emit()
    until(qtbot, lambda: reader.shown)
    assert reader.shown[0].read_bytes().startswith(b"%PDF")


def test_structures_are_found_by_any_word_and_say_their_dated_status(
    qtbot: QtBot, window: Window, services: Services
) -> None:
    view = go(qtbot, window, "structures")
    total = view.list.count()
    assert total > 100
    until(qtbot, view.search.hasFocus)
    type_text("Chaville")
    until(qtbot, lambda: 0 < view.list.count() < total and not window.jobs.busy)
    until(qtbot, lambda: "Chaville" in words_of(view.card))
    assert "SOURCE" in words_of(view.card)
    type_text(" zzz")
    until(qtbot, lambda: "Aucune structure" in view.count.text())


def test_an_outcome_is_entered_in_suivi_and_moves_the_person(
    qtbot: QtBot, window: Window, martin: str, services: Services
) -> None:
    services.cases.permanences.set_status(martin, AppointmentStatus.RECEIVED)
    view = go(qtbot, window, "follow_up")
    assert "Personne à rappeler" in view.empty.text()
    click(view.chips["issue_inconnue"])
    until(qtbot, lambda: view.list.count() == 1 and not window.jobs.busy)
    view.bar.outcome.setFocus()
    press(Qt.Key.Key_Down)
    until(qtbot, lambda: services.cases.interviews.get(martin).outcome is not None)
    until(qtbot, lambda: "Installés (1)" in view.chips["installe"].property("text"))
    outcome = services.cases.interviews.get(martin).outcome
    assert outcome is not None
    assert outcome.kind == OutcomeKind.INSTALLED


def test_synchronisation_says_what_waits_by_kind_and_offers_nothing_false(
    qtbot: QtBot, window: Window, martin: str, services: Services
) -> None:
    view = go(qtbot, window, "sync")
    waiting = services.cases.journal.pending().count
    assert view.waiting.text().startswith(f"{waiting} saisies en attente depuis le")
    assert "Hélène Martin" in {
        view.table.item(line, 2).text() for line in range(view.table.rowCount())
    }
    assert view.table.rowCount() == waiting


def test_the_palette_finds_a_person_and_an_action_by_a_few_letters(
    qtbot: QtBot, window: Window, martin: str
) -> None:
    go(qtbot, window, "home")
    press(Qt.Key.Key_K, CTRL)
    palette = window.shell.palette_of.view
    assert palette.isVisible()
    type_text("hélène mar")
    until(qtbot, lambda: any(one.kind == "personne" for one in palette.found))
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: window.shell.present == "interview" and window.shell.interview.whole)
    press(Qt.Key.Key_K, CTRL)
    type_text("synchro")
    until(qtbot, lambda: palette.found and "Synchronisation" in palette.found[-1].words)
    while palette.list.currentRow() < len(palette.found) - 1:
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert window.shell.present == "sync"


def test_the_palette_opens_a_diagnostic_kept_and_begins_another(
    qtbot: QtBot, window: Window, services: Services
) -> None:
    territory = services.territories.of_communes(["77379", "77014"])
    kept = services.cases.territories.create(territory).id
    go(qtbot, window, "home")
    palette = window.shell.palette_of.view
    press(Qt.Key.Key_K, CTRL)
    type_text(territory.name[:5].lower())
    until(qtbot, lambda: any(one.kind == "diagnostic" for one in palette.found))
    while palette.found[palette.list.currentRow()].kind != "diagnostic":
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: window.shell.present == "territories")
    presenter = window.shell.screens["territories"]
    until(qtbot, lambda: presenter.opened is not None and presenter.opened.key == kept)
    until(qtbot, lambda: not window.jobs.busy)
    press(Qt.Key.Key_K, CTRL)
    type_text("commencer un diag")
    until(qtbot, lambda: palette.found and "Commencer" in palette.found[-1].words)
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: presenter.view.stack.currentWidget() is presenter.view.chooser)
    until(qtbot, lambda: not window.jobs.busy)


def test_escape_closes_the_palette_and_gives_the_keyboard_back(
    qtbot: QtBot, window: Window, martin: str
) -> None:
    go(qtbot, window, "structures")
    until(qtbot, window.shell.screens["structures"].view.search.hasFocus)
    before = focus()
    press(Qt.Key.Key_K, CTRL)
    press(Qt.Key.Key_Escape)
    assert focus() is before


def test_only_screens_that_work_are_in_the_rail(window: Window) -> None:
    words = [one.text().replace("&", "") for one in window.shell.rail.buttons.values()]
    assert words == [
        "Accueil",
        "Permanences",
        "Entretien",
        "Carte",
        "Territoires",
        "Structures",
        "Suivi",
        "Synchronisation",
    ]


def test_one_picture_of_each_screen_is_written(
    qtbot: QtBot, services: Services, martin: str, tmp_path: Path
) -> None:
    made = grab_screens(services, tmp_path / "images")
    assert sorted(path.name for path in made.values()) == sorted(NAMES.values())
    assert all(path.stat().st_size > 10_000 for path in made.values())
