"""The map under the hand and the keyboard: what is clicked, what is said, what is coloured."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from keyboard import click, focus, press, type_text, until
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from advisor.domain.maps.layers import (
    UNKNOWN,
    LayerKind,
    LegendEntry,
    MapLayer,
    MapMark,
    MapPlace,
    MapScene,
    MarkKind,
)
from advisor.domain.places.outline import LAMBERT_93, Outline
from advisor.domain.zones.marks import Pattern
from advisor.services.all_services import Services
from advisor.ui.map import painting, surround
from advisor.ui.map.canvas import MapCanvas
from advisor.ui.map.patterns import brush_of
from advisor.ui.map.presenter import MapPresenter
from advisor.ui.map.shapes import shapes_of
from advisor.ui.map.view import MapView
from advisor.ui.theme import Theme
from advisor.ui.window import Window

PROVINS, AVON, MELUN, ORLY = "77379", "77014", "77288", "94054"
IN_2012, IN_2015, IN_2022 = date(2012, 5, 25), date(2015, 3, 1), date(2022, 3, 30)
SHIFT = Qt.KeyboardModifier.ShiftModifier


def words_of(root: QWidget) -> str:
    return " ".join(one.text() for one in root.findChildren(QLabel) if one.isVisibleTo(root))


@pytest.fixture
def presenter(qtbot: QtBot, window: Window) -> MapPresenter:
    assert window.shell is not None
    window.resize(1366, 768)
    window.shell.go("map")
    made = window.shell.screens["map"]
    assert isinstance(made, MapPresenter)
    until(qtbot, lambda: made.reading is not None and not window.jobs.busy)
    return made


@pytest.fixture
def view(presenter: MapPresenter) -> MapView:
    return presenter.view


def settle(qtbot: QtBot, window: Window) -> None:
    until(qtbot, lambda: not window.jobs.busy)


def point_of(view: MapView, code: str) -> QPoint:
    shape = view.canvas.shapes.of(code)
    return view.canvas.camera.to_view(shape.place.x, shape.place.y).toPoint()


def click_on(view: MapView, point: QPoint) -> None:
    QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=point)


def colour_at(canvas: MapCanvas, point: QPoint) -> str:
    return canvas.grab().toImage().pixelColor(point).name()


# --- the starter pack: circles ------------------------------------------------------------------


def test_an_empty_home_opens_on_a_schematic_map_that_says_so(
    presenter: MapPresenter, view: MapView
) -> None:
    assert view.canvas.shapes.scene.scope == "reg:11"
    said = words_of(view.legend)
    assert "Carte schématique" in view.legend.accessibleDescription()
    assert "Carte schématique" not in said  # the glass of the map says it, and says it once
    assert "zone d’intervention prioritaire (ZIP)" in said
    assert "Arrêté de l’ARS Île-de-France du 30 mars 2022" in said
    assert "en vigueur depuis le 30/03/2022" in said
    assert "cliquez une commune" in words_of(view.card)
    assert presenter.chosen == ""
    assert view.count.text().startswith(f"{view.table.places.rowCount()} lieux · Île-de-France")


def test_a_click_on_a_circle_opens_its_card_and_its_line(
    qtbot: QtBot, window: Window, view: MapView
) -> None:
    click_on(view, point_of(view, PROVINS))
    until(qtbot, lambda: view.card.code == PROVINS and words_of(view.card))
    said = words_of(view.card)
    for word in ("Provins (77)", "11\u202f632 habitants (2023)", "30/03/2022", "ZonageMed"):
        assert word in said
    assert view.table.chosen_code() == PROVINS
    assert view.canvas.selected == PROVINS
    assert "Provins" in view.canvas.accessibleName()
    settle(qtbot, window)


def test_a_card_is_never_painted_squeezed_into_the_room_of_the_one_before(
    qtbot: QtBot, window: Window, services: Services, view: MapView
) -> None:
    settle(qtbot, window)
    long = services.maps.card(PROVINS, "medecin_generaliste", IN_2022)
    view.show_card(long, in_front=True)
    pieces = [*view.card.findChildren(QLabel), *view.card.findChildren(QPushButton)]
    assert any(one.text() == "Provins (77)" for one in pieces)
    for one in pieces:
        words = one.heightForWidth(one.width()) if one.hasHeightForWidth() else 0
        assert one.height() >= max(words, one.minimumSizeHint().height()), one.text()


def test_in_large_text_nothing_covers_the_list_nor_cuts_the_card(
    qtbot: QtBot, qapp: object, services: Services
) -> None:
    assert qapp
    made = MapView(Theme("dark", 2.0), lambda _text, _done: None, lambda *_: None, IN_2022)
    qtbot.addWidget(made)
    made.resize(1112, 700)
    made.show()
    made.show_card(services.maps.card(PROVINS, "medecin_generaliste", IN_2022), in_front=True)
    QApplication.processEvents()
    box = made.panels.parentWidget()
    assert box.height() >= made.panels.height()
    pieces = (made.controls, made.canvas, made.legend, made.table, box)
    for above, below in pairwise(pieces):
        assert above.geometry().bottom() < below.geometry().top()


def test_in_large_text_what_is_asked_is_brought_into_view_or_said(
    qtbot: QtBot, make_window: Callable[..., Window], services: Services
) -> None:
    window = make_window(services, scale=2.0)
    until(qtbot, lambda: window.shell is not None and not window.jobs.busy)
    window.resize(1366, 768)
    window.shell.go("map")
    presenter = window.shell.screens["map"]
    until(qtbot, lambda: presenter.reading is not None and not window.jobs.busy)
    view, asking = presenter.view, presenter.view.findChildren(QPushButton)
    click_on(view, point_of(view, PROVINS))
    until(qtbot, lambda: "Sa fiche est plus bas" in window.shell.status.words.text())
    assert window.shell.status.words.text().startswith("Provins")
    assert view.panels.visibleRegion().isEmpty()
    click(next(one for one in asking if one.text().startswith("Où mon profil")))
    until(qtbot, lambda: not view.ranking.visibleRegion().isEmpty())
    settle(qtbot, window)


def test_the_scale_and_the_notice_never_meet_even_on_a_narrow_map(
    qtbot: QtBot, window: Window, view: MapView, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[QRectF] = []
    monkeypatch.setattr(surround, "_card", lambda _painter, _ground, box: drawn.append(box))
    settle(qtbot, window)
    for width in (772, 380, 300):
        drawn.clear()
        view.canvas.setFixedWidth(width)
        view.canvas.grab()
        scale, notice = drawn[-2:]
        assert not scale.intersects(notice)
        assert QRectF(view.canvas.rect()).contains(notice)


def test_a_line_of_the_list_shows_its_place_on_the_map(
    qtbot: QtBot, window: Window, view: MapView
) -> None:
    view.table.setFocus()
    press(Qt.Key.Key_Home)
    first = view.table.places.places[0].code
    view.table.selectRow(0)
    press(Qt.Key.Key_Down)
    second = view.table.places.places[1].code
    until(qtbot, lambda: view.canvas.selected == second != first)
    until(qtbot, lambda: view.card.code == second)
    assert focus() is view.table
    settle(qtbot, window)


def test_the_arrows_walk_from_place_to_place_and_move_with_shift(
    qtbot: QtBot, window: Window, view: MapView
) -> None:
    click_on(view, point_of(view, PROVINS))
    until(qtbot, view.canvas.hasFocus)
    here = view.canvas.shapes.of(PROVINS).place
    press(Qt.Key.Key_Left)
    assert view.canvas.selected != PROVINS
    there = view.canvas.shapes.of(view.canvas.selected).place
    assert there.x < here.x
    assert view.table.chosen_code() == there.code
    before = view.canvas.camera
    press(Qt.Key.Key_Right, SHIFT)
    assert view.canvas.camera.x > before.x
    assert view.canvas.selected == there.code
    press(Qt.Key.Key_Plus)
    assert view.canvas.camera.scale > before.scale
    press(Qt.Key.Key_0)
    assert view.canvas.camera.scale == pytest.approx(before.scale)
    until(qtbot, lambda: view.card.code == there.code)
    settle(qtbot, window)


def test_dragging_moves_the_ground_and_chooses_nothing(view: MapView) -> None:
    before = view.canvas.camera
    start = point_of(view, PROVINS)
    QTest.mousePress(view.canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view.canvas, start + QPoint(40, 25))
    QTest.mouseRelease(view.canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 25))
    assert view.canvas.selected == ""
    assert point_of(view, PROVINS) == start + QPoint(40, 25)
    assert view.canvas.camera.scale == before.scale


def test_the_wheel_zooms_under_the_pointer_only_once_the_map_is_chosen(view: MapView) -> None:
    at = QPointF(point_of(view, PROVINS))

    def turn() -> None:
        event = QWheelEvent(
            at, view.canvas.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view.canvas, event)

    before = view.canvas.camera.scale
    view.table.setFocus()
    turn()
    assert view.canvas.camera.scale == before
    view.canvas.setFocus()
    turn()
    assert view.canvas.camera.scale > before
    assert (QPointF(point_of(view, PROVINS)) - at).manhattanLength() <= 2


def test_changing_the_layer_colours_the_same_places_again(
    qtbot: QtBot, window: Window, view: MapView
) -> None:
    click_on(view, point_of(view, PROVINS))
    for _ in range(9):
        press(Qt.Key.Key_Plus)
    view.canvas.select(PROVINS, centre=True)
    until(qtbot, lambda: view.canvas.is_settled)
    shapes = view.canvas.shapes
    beside = point_of(view, PROVINS) + QPoint(0, 12)
    before = colour_at(view.canvas, beside)
    view.controls.kind.choose(LayerKind.POPULATION)
    until(qtbot, lambda: view.canvas.layer.kind is LayerKind.POPULATION)
    assert view.canvas.shapes is shapes
    assert colour_at(view.canvas, beside) != before
    assert "Population municipale (2023)" in words_of(view.legend)
    assert not view.controls.day.isEnabled()
    row = view.table.places.row_of(PROVINS)
    assert view.table.places.index(row, 2).data() == "10k"
    settle(qtbot, window)


def test_two_dates_are_compared_with_the_printed_totals_of_their_acts(
    qtbot: QtBot, window: Window, view: MapView
) -> None:
    view.controls.day.choose(IN_2022)
    settle(qtbot, window)
    view.controls.compared.choose(IN_2015)
    until(qtbot, lambda: view.canvas.layer.kind is LayerKind.CHANGE)
    said = words_of(view.changes)
    for words in (
        "29 territoires, 258 communes, 2 grands quartiers, 868\u202f101 hab., 7,3\u202f%",
        "(lignes 888-890)",
        "74 territoires, 401 communes, 11 grands quartiers, 2\u202f709\u202f011 hab., 22,9\u202f%",
        "7\u202f600\u202f000 hab., 62,4\u202f%",
        "rien n’est donc additionné",
    ):
        assert words in said
    assert "hab." not in words_of(view.legend)
    view.controls.compared.choose(IN_2012)
    until(qtbot, lambda: "25/05/2012" in words_of(view.changes))
    assert "29 territoires, plafond 7\u202f% (ligne 3716)" in words_of(view.changes)
    settle(qtbot, window)


def test_a_comparison_stays_one_click_away_from_the_card_of_a_place(
    qtbot: QtBot, window: Window, view: MapView
) -> None:
    assert not view.tab_line.isVisible()
    view.controls.day.choose(IN_2022)
    settle(qtbot, window)
    view.controls.compared.choose(IN_2015)
    until(qtbot, lambda: view.canvas.layer.kind is LayerKind.CHANGE)
    click_on(view, point_of(view, PROVINS))
    until(qtbot, lambda: view.card.code == PROVINS)
    assert view.panels.currentWidget() is view.areas_of[view.card]
    click(view.tabs[view.changes])
    assert "CE QUI A CHANGÉ" in words_of(view.changes) or "D’UNE CLASSE" in words_of(view.changes)
    assert view.panels.currentWidget() is view.areas_of[view.changes]
    view.controls.compared.choose(None)
    until(qtbot, lambda: view.canvas.layer.kind is LayerKind.ZONES)
    assert not view.tab_line.isVisible()
    assert view.panels.currentWidget() is view.areas_of[view.card]
    settle(qtbot, window)


def test_a_date_that_another_profession_has_not_is_never_shown_under_another_date(
    qtbot: QtBot, window: Window, view: MapView
) -> None:
    view.controls.day.choose(IN_2022)
    settle(qtbot, window)
    assert "30/03/2022" in view.legend.title.text()
    view.controls.profession.choose("infirmier")
    settle(qtbot, window)
    chosen = view.controls.day.currentText()
    assert chosen.rpartition(" ")[2] in view.legend.title.text()
    assert "infirmiers" in view.legend.title.text()


def test_a_date_without_a_list_leaves_every_place_unknown_and_says_why(
    qtbot: QtBot, window: Window, view: MapView
) -> None:
    choices = [view.controls.day.itemText(at) for at in range(view.controls.day.count())]
    assert "01/03/2018, liste non détenue" in choices
    view.controls.day.choose(date(2018, 3, 1))
    until(qtbot, lambda: not view.canvas.layer.keys)
    until(qtbot, lambda: "non connu dans ce référentiel" in words_of(view.legend))
    assert "37\u202f%" in words_of(view.legend) or "37 %" in words_of(view.legend)
    assert view.table.places.index(0, 2).data() == "non connu"
    settle(qtbot, window)


def test_marks_are_shown_and_what_is_not_held_is_said(
    qtbot: QtBot, window: Window, services: Services, session: str, view: MapView
) -> None:
    for kind in (MarkKind.STRUCTURE, MarkKind.QPV):
        click(view.controls.chips[kind])
    settle(qtbot, window)
    assert {one.kind for one in view.canvas.marks} == {MarkKind.STRUCTURE}
    assert "quartiers prioritaires (QPV) ne sont pas dans ce référentiel" in words_of(view.legend)
    view.controls.sort.choose("msp")
    settle(qtbot, window)
    assert {one.sort for one in view.canvas.marks} == {"msp"}
    window.shell.go("map")  # the session opened since is read on arrival
    settle(qtbot, window)
    click(view.controls.chips[MarkKind.PERMANENCE])
    until(qtbot, lambda: any(one.kind is MarkKind.PERMANENCE for one in view.canvas.marks))
    held = next(one for one in view.canvas.marks if one.kind is MarkKind.PERMANENCE)
    assert held.commune == MELUN
    at = view.canvas.camera.to_view(held.x, held.y)
    assert "1 permanence à Melun" in view.canvas.told_at(at)
    shown = QHelpEvent(QEvent.Type.ToolTip, at.toPoint(), view.canvas.mapToGlobal(at.toPoint()))
    assert QApplication.sendEvent(view.canvas, shown)


def test_a_search_goes_to_a_place_even_in_another_territory(
    qtbot: QtBot, window: Window, presenter: MapPresenter, view: MapView
) -> None:
    view.controls.search.setFocus()
    type_text("Provins")
    until(qtbot, lambda: view.controls.search._is_offering)
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: view.card.code == PROVINS)
    middle = QPointF(view.canvas.width() / 2, view.canvas.height() / 2)
    assert (QPointF(point_of(view, PROVINS)) - middle).manhattanLength() <= 3
    presenter.go_to(window.services.reference.commune("38185"))
    until(qtbot, lambda: view.card.code == "38185")
    assert view.canvas.shapes.scene.scope == "reg:84"
    assert view.table.chosen_code() == "38185"
    settle(qtbot, window)


def test_the_best_places_for_a_typed_profile_are_ranked_with_their_reasons(
    qtbot: QtBot, window: Window, view: MapView
) -> None:
    view.controls.scope.choose("dep:94")
    settle(qtbot, window)
    view.controls.rank_asked.emit()
    assert "Aucun entretien en cours" in view.ranking.whose.text()
    view.ranking.fields["status"].choose("remplacant")
    click(view.ranking.go)
    until(qtbot, lambda: any(one.kind is MarkKind.RANKED for one in view.canvas.marks), 60_000)
    expected = window.services.aids.rank(
        view.ranking.profile(), [one.code for one in view.canvas.shapes.scene.places],
        window.shell.desk.today, 20,
    )  # fmt: skip
    ranked = [one for one in view.canvas.marks if one.kind is MarkKind.RANKED]
    assert [one.commune for one in ranked] == [one.code for one in expected]
    first = [one for one in expected if one.score == expected[0].score]
    assert [one.number for one in ranked[: len(first)]] == [1] * len(first)
    assert ranked[len(first) :] == [] or ranked[len(first)].number == len(first) + 1
    assert len(first) > 1
    assert "à égalité en tête" in view.ranking.equal.text()
    assert {view.table.places.places[at].code for at in range(20)} == {one.code for one in expected}
    assert view.table.places.index(0, 0).data() == "1"
    assert expected[0].why[0] in words_of_all(view.ranking)
    assert not view.ranking.profile_of.is_open
    assert view.ranking.isAncestorOf(focus()), "the keyboard stays with the ranking"
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: view.card.code == expected[0].code)
    assert view.panels.currentWidget() is view.areas_of[view.card]
    click(view.tabs[view.ranking])
    assert view.panels.currentWidget() is view.areas_of[view.ranking]
    click(view.ranking.away)
    assert focus() is view.table
    assert not [one for one in view.canvas.marks if one.kind is MarkKind.RANKED]
    assert view.table.isColumnHidden(0)


def words_of_all(root: QWidget) -> str:
    return " ".join(one.text() for one in root.findChildren(QLabel))


def test_the_interview_in_hand_brings_its_places_its_profession_and_its_profile(
    qtbot: QtBot, interview: Window, martin: str
) -> None:
    window = interview
    window.shell.go("map")
    until(qtbot, lambda: window.shell.screens["map"].reading is not None)
    settle(qtbot, window)
    presenter = window.shell.screens["map"]
    view = presenter.view
    shown = [one for one in view.canvas.marks if one.kind is MarkKind.CANDIDATE]
    assert [(one.number, one.commune) for one in shown] == [(1, PROVINS), (2, AVON)]
    presenter.offer_ranking()
    assert "Hélène Martin" in view.ranking.whose.text()
    assert view.ranking.profile()["profession"] == "medecin_generaliste"
    presenter.choose(ORLY)
    until(qtbot, lambda: view.card.code == ORLY)
    view.card.prepare.emit(ORLY)
    until(qtbot, lambda: window.shell.present == "interview")
    until(
        qtbot,
        lambda: (
            ORLY in [one.commune for one in window.services.cases.interviews.get(martin).places]
        ),
    )
    settle(qtbot, window)


def test_the_map_is_exported_where_it_is_asked_and_all_of_france_is_refused(
    qtbot: QtBot, window: Window, presenter: MapPresenter, view: MapView, tmp_path: Path
) -> None:
    told: list[tuple[str, str, str]] = []
    presenter.desk.news.said.connect(lambda state, text, hint, _: told.append((state, text, hint)))
    out = tmp_path / "ma carte.html"
    view.controls.scope.choose("dep:94")
    settle(qtbot, window)
    click(view.controls.export)
    dialog = view.findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith(f"carte-94-val-de-marne-{presenter.desk.today}.html")
    dialog.fileSelected.emit(str(out))
    dialog.close()
    until(qtbot, lambda: any(str(out) in text for _, text, _ in told), 60_000)
    assert "Orly" in out.read_text(encoding="utf-8")
    assert not presenter.desk.jobs.calling
    locked = tmp_path / "fichier"
    locked.write_text("déjà là", encoding="utf-8")
    told.clear()
    click(view.controls.export)
    dialog = view.findChild(QFileDialog)
    dialog.fileSelected.emit(str(locked / "carte.html"))
    dialog.close()
    until(qtbot, lambda: any(state == "failed" for state, _, _ in told), 60_000)
    assert locked.read_text(encoding="utf-8") == "déjà là"
    told.clear()
    presenter.view.controls.scope.choose("fr")
    settle(qtbot, window)
    presenter.export()
    assert told[-1][0] == "failed"
    assert "trop lourde" in told[-1][1]
    assert "une région" in told[-1][2]


def test_a_click_on_a_session_or_a_structure_opens_the_card_that_tells_of_it(
    qtbot: QtBot, window: Window, session: str, view: MapView
) -> None:
    window.shell.go("map")
    settle(qtbot, window)
    click(view.controls.chips[MarkKind.PERMANENCE])
    until(qtbot, lambda: any(one.kind is MarkKind.PERMANENCE for one in view.canvas.marks))
    held = next(one for one in view.canvas.marks if one.kind is MarkKind.PERMANENCE)
    click_on(view, view.canvas.camera.to_view(held.x, held.y).toPoint())
    until(qtbot, lambda: view.card.code == held.commune and held.label in words_of(view.card))
    click(view.controls.chips[MarkKind.STRUCTURE])
    settle(qtbot, window)
    mark = next(one for one in view.canvas.marks if one.kind is MarkKind.STRUCTURE and one.commune)
    view.canvas.pan(*_towards_middle(view, mark))
    click_on(view, view.canvas.camera.to_view(mark.x, mark.y).toPoint())
    settle(qtbot, window)
    pointed = view.canvas.marks_at(QPointF(view.canvas.camera.to_view(mark.x, mark.y)))
    own = [one.label for one in pointed if one.commune == view.card.code]
    assert own
    assert own[0] in words_of(view.card)


def _towards_middle(view: MapView, mark: MapMark) -> tuple[float, float]:
    at = view.canvas.camera.to_view(mark.x, mark.y)
    return view.canvas.width() / 2 - at.x(), view.canvas.height() / 2 - at.y()


def test_far_away_the_places_of_a_class_are_drawn_together_and_look_the_same(
    canvas: MapCanvas, contours: MapScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = canvas.grab().toImage()
    monkeypatch.setattr(painting, "MOST_ALONE", 1)
    canvas.show_scene(shapes_of(contours), layer_of("A", "B"), ())
    assert canvas.grab().toImage() == alone


# --- contours -----------------------------------------------------------------------------------


def square(code: str, x: int, y: int, side: int = 1000) -> MapPlace:
    ring = (x, y, x + side, y, x + side, y + side, x, y + side)
    outline = Outline("commune", code, LAMBERT_93, (x, y, x + side, y + side), (ring,))
    return MapPlace(
        code, f"Lieu {code}", "77", x + side // 2, y + side // 2, 100, 2023, "", outline
    )


@pytest.fixture
def contours() -> MapScene:
    hole = square("A", 0, 0, 3000)
    inner = (1000, 1000, 2000, 1000, 2000, 2000, 1000, 2000)
    outline = hole.outline._replace(rings=(*hole.outline.rings, inner))
    places = (hole._replace(outline=outline, x=500), square("B", 1000, 1000), square("C", 3000, 0))
    return MapScene("dep:77", "77", (0, 0, 4000, 3000), places)


def layer_of(*known: str) -> MapLayer:
    entries = (
        LegendEntry("ZIP", "zip", "ZIP", Pattern.SOLID, 0),
        LegendEntry("HZ", "hors zonage", "HZ", Pattern.EMPTY, 4),
    )
    return MapLayer(LayerKind.ZONES, "Zones", entries, dict.fromkeys(known, "ZIP"))


@pytest.fixture
def canvas(qtbot: QtBot, qapp: object, contours: MapScene) -> MapCanvas:
    def at_once(work: Callable[[], object], done: Callable[[object], None]) -> None:
        done(work())

    made = MapCanvas(Theme(), at_once)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    made.show_scene(shapes_of(contours), layer_of("A", "B"), ())
    return made


def test_a_click_on_a_contour_chooses_it_and_a_hole_belongs_to_who_fills_it(
    canvas: MapCanvas,
) -> None:
    chosen: list[str] = []
    canvas.chosen.connect(chosen.append)
    for x, y in ((500, 2500), (1500, 1500), (3500, 500), (3500, 2500)):
        QTest.mouseClick(
            canvas, Qt.MouseButton.LeftButton, pos=canvas.camera.to_view(x, y).toPoint()
        )
    assert chosen == ["A", "B", "C"]


def test_an_unknown_place_is_hatched_and_never_painted_as_out_of_zone(canvas: MapCanvas) -> None:
    corner = canvas.camera.to_view(3100, 900).toPoint()
    box = {
        canvas.grab().toImage().pixelColor(corner + QPoint(across, down)).name()
        for across in range(0, 16, 2)
        for down in range(0, 16, 2)
    }
    assert len(box) > 1, "an unknown place has a pattern"
    assert brush_of(Pattern.EMPTY).color().name() not in box
    assert canvas.layer.key_of("C") == UNKNOWN
    canvas.show_layer(replace(layer_of("A", "B"), keys={"A": "ZIP", "B": "ZIP", "C": "HZ"}))
    assert colour_at(canvas, corner) == brush_of(Pattern.EMPTY).color().name()


def test_an_empty_ground_says_that_it_is_being_read(
    qtbot: QtBot, qapp: object, contours: MapScene
) -> None:
    asked: list[object] = []
    made = MapCanvas(Theme(), lambda work, done: asked.append((work, done)))
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    waiting = made.grab().toImage()
    assert waiting.pixelColor(200, 145) != waiting.pixelColor(5, 5)
    made.show_scene(shapes_of(contours), layer_of("A", "B"), ())
    assert made.grab().toImage() != waiting


def test_a_pan_within_the_margin_paints_nothing_again(canvas: MapCanvas) -> None:
    picture = canvas.picture
    canvas.pan(30, 20)
    assert canvas.picture is picture
    canvas.pan(4000, 0)
    assert canvas.picture is not picture
