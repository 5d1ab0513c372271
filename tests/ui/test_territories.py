"""Territories under the hand and the keyboard: begun, read, moved, noted, imported, printed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from keyboard import click, focus, press, type_text, until
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from advisor.domain.cases.nir import NIR_WARNING
from advisor.domain.territories.territory import ChosenBy
from advisor.domain.territories.work import StepState
from advisor.services.all_services import Services
from advisor.ui.territories.presenter import TerritoriesPresenter
from advisor.ui.window import Window
from conftest import Reader

GRENOBLE, PROVINS, AVON, MELUN = "200040715", "77379", "77014", "77288"
CTRL = Qt.KeyboardModifier.ControlModifier


def words_of(root: QWidget) -> str:
    return " ".join(one.text() for one in root.findChildren(QLabel) if one.isVisibleTo(root))


def settle(qtbot: QtBot, window: Window) -> None:
    until(qtbot, lambda: not window.jobs.busy and not window.jobs.calling)


@pytest.fixture
def presenter(qtbot: QtBot, window: Window) -> TerritoriesPresenter:
    assert window.shell is not None
    window.resize(1366, 768)
    window.shell.go("territories")
    made = window.shell.screens["territories"]
    assert isinstance(made, TerritoriesPresenter)
    until(qtbot, lambda: made.view.library.shown and not window.jobs.busy)
    return made


@pytest.fixture
def kept(qtbot: QtBot, window: Window, presenter: TerritoriesPresenter) -> str:
    """Return the id of a diagnostic of Grenoble-Alpes-Métropole, open on screen."""
    services = window.services
    made = services.cases.territories.create(services.territories.of_epci(GRENOBLE)).id
    presenter.open_own(made)
    until(qtbot, lambda: presenter.opened is not None and not window.jobs.busy)
    return made


@pytest.fixture
def isere(qtbot: QtBot, window: Window, presenter: TerritoriesPresenter) -> TerritoriesPresenter:
    """Return the presenter with the example of Isère open."""
    presenter.open("exemple", "isere")
    until(qtbot, lambda: presenter.opened is not None and not window.jobs.busy)
    return presenter


def test_an_empty_home_lists_the_examples_and_says_how_to_begin(
    qtbot: QtBot, presenter: TerritoriesPresenter
) -> None:
    library = presenter.view.library
    assert "Aucun diagnostic commencé sur ce poste" in words_of(library)
    assert len(library.shown) == 13 + 19
    library.search.setFocus()
    type_text("beauchamp")
    assert [one.name for one in library.shown] == ["Beauchamp"]
    until(qtbot, lambda: "8\u202f703 habitants" in words_of(library.card))
    assert "lignes 124" in words_of(library.card)


def test_a_new_diagnostic_of_an_epci_of_isere_gives_its_figures(
    qtbot: QtBot, window: Window, presenter: TerritoriesPresenter
) -> None:
    click(presenter.view.library.new)
    chooser = presenter.view.chooser
    panel = chooser.units[ChosenBy.EPCI]
    until(qtbot, lambda: len(panel.units) > 18)
    panel.search.setFocus()
    type_text("grenoble")
    until(qtbot, lambda: len(panel.shown) == 1)
    panel.list.setFocus()
    press(Qt.Key.Key_Down)
    until(qtbot, lambda: chooser.preview.territory is not None)
    said = words_of(chooser.preview)
    assert "450\u202f608 habitants (2023)" in said
    assert "Insee" in said
    assert "+430\u202f608" in said
    type_text("Métropole", chooser.preview.by)
    click(chooser.preview.go)
    until(qtbot, lambda: presenter.opened is not None and not window.jobs.busy)
    page = presenter.view.diagnosis
    assert page.name.text() == "Grenoble-Alpes-Métropole"
    told = words_of(page.summary)
    assert "département\u202f: 0,94 installation pour 1 cessation (2018-2023)" in told
    assert "département\u202f: 26\u202f%" in told
    (work,) = window.services.cases.territories.list()
    assert (work.requested_by, work.code) == ("Métropole", GRENOBLE)


def test_the_figures_of_the_deck_stand_with_their_year_and_source(
    qtbot: QtBot, isere: TerritoriesPresenter
) -> None:
    page = isere.view.diagnosis
    click(page.chips["ages"])
    source = "0,94 (2018-2023). Source\u202f: Réunion d’information"
    until(qtbot, lambda: source in words_of(page.ages))
    bars = [
        one.text for chart in page.ages.findChildren(QWidget) for one in getattr(chart, "bars", ())
    ]
    assert {"366", "391", "0,94", "26\u202f%"} <= set(bars)
    click(page.chips["indicators"])
    rows = page.indicators.rows
    at = next(n for n, one in enumerate(rows) if one and one.id == "part_mg_plus_60_ans")
    page.indicators.table.selectRow(at)
    assert page.indicators.table.item(at, 1).text().startswith("26\u202f% (année non dite)")
    until(qtbot, lambda: "ligne 258" in words_of(page.indicators))
    before = page.indicators.table.rowCount()
    click(page.indicators.all)
    assert page.indicators.table.rowCount() > before
    shown = [page.indicators.table.item(n, 1) for n in range(page.indicators.table.rowCount())]
    assert "non disponible" in {one.text() for one in shown if one is not None}


def point_of(presenter: TerritoriesPresenter, code: str) -> QPoint:
    canvas = presenter.view.chooser.map.canvas
    shape = canvas.shapes.of(code)
    return canvas.camera.to_view(shape.place.x, shape.place.y).toPoint()


def test_communes_are_chosen_by_clicks_on_the_map_and_in_the_list(
    qtbot: QtBot, window: Window, presenter: TerritoriesPresenter
) -> None:
    presenter.begin()
    chooser = presenter.view.chooser
    click(chooser.chips[ChosenBy.HAND])
    until(qtbot, lambda: chooser.map.scene is not None and not window.jobs.busy)
    for code in (PROVINS, AVON):
        QTest.mouseClick(
            chooser.map.canvas, Qt.MouseButton.LeftButton, pos=point_of(presenter, code)
        )
    until(qtbot, lambda: "25\u202f283 habitants (2023)" in words_of(chooser.preview))
    assert chooser.map.table.chosen_code() == AVON
    chooser.map.canvas.setFocus()
    press(Qt.Key.Key_Space)
    until(qtbot, lambda: "11\u202f632 habitants (2023)" in words_of(chooser.preview))
    chooser.map.table.setFocus()
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: "25\u202f283 habitants (2023)" in words_of(chooser.preview))
    press(Qt.Key.Key_Up)
    assert set(chooser.map.codes) == {PROVINS, AVON}, "walking along the list chooses nothing"
    click(chooser.preview.go)
    until(qtbot, lambda: presenter.opened is not None and not window.jobs.busy)
    (work,) = window.services.cases.territories.list()
    assert (work.chosen_by, set(work.communes)) == (ChosenBy.HAND, {PROVINS, AVON})


def test_pasted_codes_are_read_and_the_others_are_told(
    qtbot: QtBot, window: Window, presenter: TerritoriesPresenter, tmp_path: Path
) -> None:
    presenter.begin()
    chooser = presenter.view.chooser
    click(chooser.chips[ChosenBy.LIST])
    chooser.codes.text.setPlainText("95051\nMelun")
    until(qtbot, lambda: "8\u202f703 habitants" in words_of(chooser.preview))
    assert "ligne 2, « Melun »" in chooser.codes.report.text()
    assert "10\u202f000 du protocole" in words_of(chooser.preview)
    assert chooser.preview.go.isEnabled(), "a small territory is never refused"
    file = tmp_path / "codes.csv"
    file.write_text("code;nom\n77379;Provins\n", encoding="utf-8")
    chooser.codes.take_file(file)
    until(qtbot, lambda: "11\u202f632 habitants" in words_of(chooser.preview))
    chooser.codes.text.setPlainText("00000")
    until(qtbot, lambda: not chooser.preview.go.isEnabled())
    settle(qtbot, window)


def test_moving_a_hypothesis_moves_the_scenario_and_is_kept(
    qtbot: QtBot, window: Window, services: Services, presenter: TerritoriesPresenter, kept: str
) -> None:
    page = presenter.view.diagnosis
    click(page.chips["scenario"])
    assert "Scénario, pas une prévision" in page.scenario.marking.text()
    assert "pour 100 médecins" in page.scenario.marking.text()

    def figure(line: int) -> str:
        return page.scenario.lines.item(line, 1).text()

    leaving, installing = figure(1), figure(2)
    page.scenario.pace.slider.setFocus()
    for _ in range(10):
        press(Qt.Key.Key_Right)
    assert page.scenario.pace.number.value() == pytest.approx(1.5)
    assert figure(1) == leaving
    assert int(figure(2)) > int(installing)
    assert presenter.opened.content.scenario.lines[2].text == figure(2)
    until(qtbot, lambda: services.cases.territories.get(kept).hypotheses.pace == 1.5)
    click(page.scenario.reset)
    assert figure(2) == installing
    until(qtbot, lambda: services.cases.territories.get(kept).hypotheses.pace == 1)
    settle(qtbot, window)


def test_thresholds_of_2012_are_the_user_s_and_marked_not_official(
    qtbot: QtBot, window: Window, services: Services, presenter: TerritoriesPresenter, kept: str
) -> None:
    reading = presenter.view.diagnosis.reading
    assert "Non officiel" in reading.marking.text()
    type_text("30", reading.fields["older_above"])
    until(
        qtbot,
        lambda: services.cases.territories.get(kept).parameters.older_above == 30,
    )
    type_text("99", reading.weights[0])
    until(qtbot, lambda: "quatre poids" in window.shell.status.words.text())
    assert services.cases.territories.get(kept).parameters.weights[0] == 1
    settle(qtbot, window)


def test_notes_are_saved_as_typed_survive_reopening_and_are_undone(
    qtbot: QtBot, window: Window, services: Services, presenter: TerritoriesPresenter, kept: str
) -> None:
    page = presenter.view.diagnosis
    click(page.chips["work"])
    notes = page.work.lists["territory_note"]
    click(notes.add)
    type_text("Départs", notes.rows[0].fields["theme"])
    type_text("Deux départs annoncés", notes.rows[0].fields["text"])
    until(
        qtbot,
        lambda: (
            [(one.theme, one.text) for one in services.cases.territories.get(kept).notes]
            == [("Départs", "Deux départs annoncés")]
        ),
    )
    until(qtbot, lambda: page.saved.text().startswith("enregistré"))
    presenter.show_list()
    settle(qtbot, window)
    assert presenter.view.library.shown[0].name == "Grenoble-Alpes-Métropole"
    assert presenter.view.library.list.currentRow() == 0, "back where one was"
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: presenter.opened is not None and not window.jobs.busy)
    assert notes.rows[0].fields["text"].value() == "Deux départs annoncés"
    assert "Camille Exemple, URPS" in words_of(notes)
    removing = [
        one for one in notes.findChildren(QWidget) if one.accessibleName() == "Retirer Note 1"
    ]
    click(removing[0])
    until(qtbot, lambda: not services.cases.territories.get(kept).notes)
    until(qtbot, lambda: not notes.rows and not window.jobs.busy)
    presenter.undo()
    until(qtbot, lambda: len(notes.rows) == 1)
    assert services.cases.territories.get(kept).notes[0].text == "Deux départs annoncés"
    settle(qtbot, window)


def test_steps_request_meetings_and_decisions_are_kept(
    qtbot: QtBot, window: Window, services: Services, presenter: TerritoriesPresenter, kept: str
) -> None:
    work = presenter.view.diagnosis.work
    first = presenter.opened.work.steps[0].id
    work.steps.rows[first]["state"].choose(StepState.DONE)
    type_text("3/11/26", work.steps.rows[first]["done"])
    type_text("Avant un contrat local", work.request.request)
    for kind, name, words in (
        ("territory_participant", "function", "maire adjointe"),
        ("territory_meeting", "place", "Grenoble"),
        ("recommandation", "text", "Créer une équipe"),
        ("action", "text", "Étude d’opportunité"),
    ):
        work.lists[kind].begin()
        type_text(words, work.lists[kind].rows[0].fields[name])
    until(qtbot, lambda: presenter.saving.is_idle and not window.jobs.busy)
    whole = services.cases.territories.get(kept)
    assert (whole.steps[0].state, whole.steps[0].done.isoformat()) == (StepState.DONE, "2026-11-03")
    assert whole.request == "Avant un contrat local"
    assert whole.participants[0].function == "maire adjointe"
    assert whole.meetings[0].place == "Grenoble"
    assert whole.recommendations[0].text == "Créer une équipe"
    assert whole.actions[0].text == "Étude d’opportunité"
    type_text(" 1 84 12 76 451 089 46", work.request.request)
    until(qtbot, lambda: work.warning.text() == NIR_WARNING)
    settle(qtbot, window)


def bad_table(folder: Path) -> Path:
    file = folder / "medecins.csv"
    file.write_text(
        "CODGEO;Commune;Effectif\n77379;Provins;12\n77014;Avon;beaucoup\n99999;Nulle part;1\n",
        encoding="utf-8",
    )
    return file


def test_a_bad_table_is_told_line_by_line_and_changes_nothing_until_accepted(
    qtbot: QtBot, window: Window, presenter: TerritoriesPresenter, tmp_path: Path
) -> None:
    presenter.bring_in()
    bring = presenter.view.diagnosis.bring
    bring.take_file(bad_table(tmp_path))
    until(qtbot, lambda: len(bring.matching.rows) == 2)
    assert bring.matching.code.value() == "CODGEO"
    click(bring.matching.check)
    until(qtbot, lambda: bring.lines.rowCount() or "aucune" in bring.said.text().lower())
    settle(qtbot, window)
    bring.matching.rows[1].gives.choose("nombre_mg_liberaux")
    type_text("2024", bring.matching.year)
    type_text("Tableau d’essai", bring.matching.source)
    click(bring.matching.check)
    until(qtbot, lambda: "1 ligne serait prise sur 3" in bring.verdict.text())
    told = [bring.lines.item(n, at).text() for n in range(2) for at in (0, 1)]
    assert told[0] == "3"
    assert "« beaucoup » n’est pas un nombre" in told[1]
    assert told[2] == "4"
    assert "99999 est inconnu" in told[3]
    indicators = window.services.indicators
    assert indicators.datasets() == []
    click(bring.accept)
    until(qtbot, lambda: len(indicators.datasets()) == 1)
    settle(qtbot, window)
    territory = window.services.territories.of_communes([PROVINS])
    row = window.services.territories.diagnose(territory, presenter.desk.today).row(
        "nombre_mg_liberaux"
    )
    assert (row.territory.value, row.territory.year) == (12, 2024)
    removing = [
        one
        for one in bring.findChildren(QWidget)
        if one.accessibleName() == "Retirer le tableau medecins.csv"
    ]
    click(removing[0])
    until(qtbot, lambda: indicators.datasets() == [])
    settle(qtbot, window)


def test_fractions_taken_for_shares_are_doubted_before_anything_is_accepted(
    qtbot: QtBot, window: Window, presenter: TerritoriesPresenter, tmp_path: Path
) -> None:
    presenter.bring_in()
    bring = presenter.view.diagnosis.bring
    file = tmp_path / "c2s.csv"
    rows = "95051;0,26\n95394;0,1\n95428;0,2\n77379;0,3\n38185;0,4\n"
    file.write_text(f"CODGEO;C2S\n{rows}", encoding="utf-8")
    bring.take_file(file)
    until(qtbot, lambda: len(bring.matching.rows) == 1)
    bring.matching.rows[0].gives.choose("part_c2s")
    type_text("2024", bring.matching.year)
    type_text("Tableau d’essai", bring.matching.source)
    click(bring.matching.check)
    until(qtbot, bring.accept.isVisible)
    assert bring.doubts.isVisible()
    assert "fractions" in bring.doubts.text()
    settle(qtbot, window)


def test_a_file_that_is_no_table_is_refused_in_one_sentence(
    qtbot: QtBot, window: Window, presenter: TerritoriesPresenter, tmp_path: Path
) -> None:
    presenter.bring_in()
    bring = presenter.view.diagnosis.bring
    file = tmp_path / "vide.csv"
    file.write_text("", encoding="utf-8")
    bring.take_file(file)
    until(qtbot, lambda: "vide" in bring.said.text())
    assert not bring.matching.isVisible()
    settle(qtbot, window)


def test_the_pages_and_the_map_are_written_and_shown(
    qtbot: QtBot, window: Window, presenter: TerritoriesPresenter, kept: str, reader: Reader
) -> None:
    page = presenter.view.diagnosis
    click(page.print)
    until(qtbot, lambda: len(reader.shown) == 1, 60_000)
    pages = PdfReader(reader.shown[0]).pages
    assert 6 <= len(pages) <= 10
    assert "Grenoble" in pages[0].extract_text()
    until(qtbot, lambda: "Diagnostic imprimé" in window.shell.status.words.text())
    click(page.export)
    until(qtbot, lambda: len(reader.shown) == 2, 60_000)
    assert reader.shown[1].suffix == ".html"
    assert "Grenoble" in reader.shown[1].read_text(encoding="utf-8")
    settle(qtbot, window)


def test_an_example_is_read_only_and_can_be_copied(
    qtbot: QtBot, window: Window, services: Services, isere: TerritoriesPresenter
) -> None:
    page = isere.view.diagnosis
    assert "lecture seule" in page.saved.text()
    page.scenario.pace.slider.setValue(40)
    assert page.scenario.pace.number.text() == "2"
    assert services.cases.territories.list() == []
    assert not page.work.request.isVisibleTo(page.work)
    click(page.copy)
    until(qtbot, lambda: isere.opened.work is not None and not window.jobs.busy)
    assert isere.opened.content.name == "Isère"
    assert page.work.request.isVisibleTo(page.work)
    click(page.remove)
    until(qtbot, lambda: services.cases.territories.list() == [])
    until(qtbot, window.shell.status.act.isVisible)
    click(window.shell.status.act)
    until(qtbot, lambda: len(services.cases.territories.list()) == 1)
    until(qtbot, lambda: isere.opened is not None and not window.jobs.busy)


def test_the_communes_are_chosen_on_the_map_or_in_the_list_and_lead_to_their_card(
    qtbot: QtBot, window: Window, services: Services, presenter: TerritoriesPresenter
) -> None:
    territory = services.territories.of_communes([PROVINS, AVON, MELUN])
    made = services.cases.territories.create(territory).id
    presenter.open_own(made)
    own = presenter.view.diagnosis.summary.map
    until(qtbot, lambda: own.canvas.shapes is not None and not window.jobs.busy)
    assert {one.place.code for one in own.canvas.shapes.places} == {PROVINS, AVON, MELUN}
    assert "Zones des médecins généralistes" in own.legend.title.text()
    here = own.canvas.shapes.of(AVON).place
    QTest.mouseClick(
        own.canvas,
        Qt.MouseButton.LeftButton,
        pos=own.canvas.camera.to_view(here.x, here.y).toPoint(),
    )
    assert own.chosen == AVON
    own.table.setFocus()
    press(Qt.Key.Key_Home, CTRL)
    first = own.lines[0].code
    until(qtbot, lambda: own.canvas.selected == first == own.chosen)
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: window.shell.present == "map")
    until(qtbot, lambda: window.shell.screens["map"].view.card.code == first)
    settle(qtbot, window)


def test_a_list_keeps_its_good_codes_and_tells_the_others_in_the_words_of_the_window(
    qtbot: QtBot, window: Window, presenter: TerritoriesPresenter
) -> None:
    click(presenter.view.library.new)
    chooser = presenter.view.chooser
    settle(qtbot, window)
    click(chooser.chips[ChosenBy.LIST])
    type_text("77379, 77014, 99999, 7701", chooser.codes.text)
    until(qtbot, lambda: "99999" in chooser.codes.report.text())
    until(qtbot, lambda: "7701 »" in chooser.codes.report.text())
    settle(qtbot, window)
    assert set(chooser.preview.territory.codes) == {PROVINS, AVON}
    chooser.codes.text.setPlainText("99999")
    until(qtbot, lambda: chooser.preview.territory is None)
    settle(qtbot, window)
    said = words_of(chooser)
    assert "Aucun de ces codes n’est dans ce référentiel" in said
    assert "advisor" not in said


def test_another_way_of_choosing_goes_on_from_the_territory_chosen(
    qtbot: QtBot, window: Window, presenter: TerritoriesPresenter
) -> None:
    click(presenter.view.library.new)
    chooser = presenter.view.chooser
    settle(qtbot, window)
    click(chooser.chips[ChosenBy.LIST])
    type_text(f"{PROVINS} {AVON}", chooser.codes.text)
    until(qtbot, lambda: chooser.preview.territory is not None and not window.jobs.busy)
    until(qtbot, lambda: len(chooser.preview.territory.codes) == 2)
    click(chooser.chips[ChosenBy.HAND])
    until(qtbot, lambda: chooser.map.scene is not None and not window.jobs.busy)
    assert chooser.map.scene.scope == "dep:77"
    assert set(chooser.map.codes) == {PROVINS, AVON}
    chooser.map.toggle(MELUN)
    until(qtbot, lambda: len(chooser.preview.territory.codes) == 3)
    click(chooser.chips[ChosenBy.LIST])
    assert chooser.codes.text.value().split() == [PROVINS, AVON, MELUN]
    settle(qtbot, window)


def test_a_hypothesis_nobody_made_is_left_open_and_never_shown_as_a_number(
    qtbot: QtBot, window: Window, presenter: TerritoriesPresenter, kept: str
) -> None:
    patients = presenter.view.diagnosis.scenario.patients
    assert presenter.opened.diagnosis.scenario.patients_per_doctor is None
    assert patients.number.text() == ""
    assert patients.number.placeholderText() == "à poser"
    type_text("1200", patients.number)
    until(
        qtbot,
        lambda: window.services.cases.territories.get(kept).hypotheses.patients_per_doctor == 1200,
    )
    settle(qtbot, window)


def reach(name: str, most: int = 120) -> None:
    """Press Tab until the widget of that name has the keyboard."""
    for _ in range(most):
        if focus().accessibleName().startswith(name):
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(name)


def test_a_diagnostic_is_begun_and_noted_by_keyboard_alone(
    qtbot: QtBot, window: Window, services: Services, presenter: TerritoriesPresenter
) -> None:
    press(Qt.Key.Key_5, CTRL)
    settle(qtbot, window)
    until(qtbot, lambda: focus() is presenter.view.library.list)
    reach("Nouveau diagnostic")
    press(Qt.Key.Key_Space)
    panel = presenter.view.chooser.units[ChosenBy.EPCI]
    until(qtbot, lambda: panel.units and focus() is panel.search)
    type_text("matheysine")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down)
    until(qtbot, lambda: presenter.view.chooser.preview.territory is not None)
    reach("Commencer le diagnostic")
    press(Qt.Key.Key_Space)
    until(qtbot, lambda: presenter.opened is not None and not window.jobs.busy)
    page = presenter.view.diagnosis
    until(qtbot, page.chips["summary"].hasFocus)
    for _ in range(4):
        press(Qt.Key.Key_Right)
    assert page.present == "work"
    reach("Ajouter une note")
    press(Qt.Key.Key_Space)
    type_text("Locaux")
    press(Qt.Key.Key_Tab)
    type_text("La mairie propose un local")
    (work,) = services.cases.territories.list()
    until(qtbot, lambda: [one.theme for one in services.cases.territories.get(work.id).notes])
    until(qtbot, lambda: presenter.saving.is_idle and not window.jobs.busy)
    assert services.cases.territories.get(work.id).notes[0].text == "La mairie propose un local"
    settle(qtbot, window)


def test_what_another_desk_changed_is_shown_at_once(
    qtbot: QtBot, window: Window, services: Services, presenter: TerritoriesPresenter, kept: str
) -> None:
    touched = services.cases.territories.add_note(kept, "Accès", "Reçu d’un autre poste.")
    window.shell.desk.news.announce(touched)
    notes = presenter.view.diagnosis.work.lists["territory_note"]
    until(qtbot, lambda: len(notes.rows) == 1)
    assert notes.rows[0].fields["theme"].value() == "Accès"
    settle(qtbot, window)


def test_every_section_says_its_names_and_cuts_no_words(
    qtbot: QtBot, make_window: Callable[..., Window], services: Services
) -> None:
    made = services.cases.territories.create(services.territories.of_epci(GRENOBLE)).id
    window = make_window(services, scale=2.0)
    until(qtbot, lambda: window.shell is not None and not window.jobs.busy)
    window.shell.go("territories", made)
    presenter = window.shell.screens["territories"]
    until(qtbot, lambda: presenter.opened is not None and not window.jobs.busy)
    page = presenter.view.diagnosis
    for key, chip in page.chips.items():
        click(chip)
        assert page.present == key
        area = page.pages[key]
        assert area.widget().minimumSizeHint().width() <= area.viewport().width(), key
        fields = [one for one in page.findChildren(QWidget) if one.isVisible()]
        takes = [one for one in fields if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        ours = [one for one in takes if not one.objectName().startswith("qt_")]
        assert not [type(one).__name__ for one in ours if not one.accessibleName()]
