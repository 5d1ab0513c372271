from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy as sa
from keyboard import click, focus, press, type_text, until
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from advisor.domain.cases.appointment import Interview, OutcomeKind
from advisor.services.all_services import Services
from advisor.ui.interview.presenter import InterviewPresenter
from advisor.ui.pieces.commune_box import CommuneBox
from advisor.ui.window import Window
from conftest import Reader

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def presenter(window: Window) -> InterviewPresenter:
    assert window.shell is not None
    return window.shell.interview


def stored(services: Services, window: Window) -> Interview:
    whole = presenter(window).whole
    assert whole is not None
    return services.cases.interviews.get(whole.id)


def settled(qtbot: QtBot, window: Window) -> None:
    one = presenter(window)
    until(qtbot, lambda: one.saving.is_idle and one.live.is_idle and not window.jobs.busy)


def test_a_choice_is_on_disk_without_any_button_and_the_aids_follow(
    qtbot: QtBot, interview: Window, services: Services
) -> None:
    one = presenter(interview)
    before = {aid.id: aid.status for aid in one.seen[0].aids.aids}
    assert before["aide_ponctuelle_zip"] == "to_verify"
    sector = one.view.form.rows["sector"].holder()
    sector.setFocus()
    press(Qt.Key.Key_Down)
    settled(qtbot, interview)
    assert stored(services, interview).profile["sector"] == "1"
    assert "sector" not in one.seen[0].aids.aids[0].missing
    assert "enregistré" in one.view.notes.saved.text()


def test_what_is_typed_in_a_note_is_on_disk_under_its_author(
    qtbot: QtBot, interview: Window, services: Services
) -> None:
    press(Qt.Key.Key_F2)
    assert focus() is presenter(interview).view.notes.editor
    type_text("Cherche un cabinet de groupe près de l’école")
    settled(qtbot, interview)
    notes = stored(services, interview).notes
    assert [(note.text, note.author) for note in notes] == [
        ("Cherche un cabinet de groupe près de l’école", "Camille Exemple")
    ]
    type_text(" ; enfants en maternelle")
    settled(qtbot, interview)
    notes = stored(services, interview).notes
    assert len(notes) == 1
    assert notes[0].text.endswith("maternelle")


def test_undo_takes_back_the_last_saved_field_on_screen_and_on_disk(
    qtbot: QtBot, interview: Window, services: Services
) -> None:
    sector = presenter(interview).view.form.rows["sector"].holder()
    sector.setFocus()
    press(Qt.Key.Key_Down)
    settled(qtbot, interview)
    press(Qt.Key.Key_Z, CTRL)
    settled(qtbot, interview)
    assert stored(services, interview).profile.get("sector") is None
    assert presenter(interview).view.form.rows["sector"].editor.value() is None


def test_a_commune_found_as_typed_becomes_a_place_with_its_zone_and_aids(
    qtbot: QtBot, interview: Window, services: Services
) -> None:
    one = presenter(interview)
    press(Qt.Key.Key_F3)
    assert focus() is one.view.places.box
    type_text("Nangis")
    until(qtbot, lambda: one.view.places.box.popup and one.view.places.box.popup.isVisible())
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: len(one.seen) == 3)
    settled(qtbot, interview)
    assert [place.name for place in stored(services, interview).places][-1] == "Nangis"
    card = next(seen.summary for seen in one.seen if seen.summary.name == "Nangis")
    assert card.zone_class == "ZIP"
    assert "hab." in card.population
    assert "non disponible" in card.supply
    assert one.chosen == card.code


def test_the_card_of_a_place_tells_the_official_apl_once_its_table_is_brought_in(
    qtbot: QtBot, interview: Window, services: Services, tmp_path: Path
) -> None:
    table = tmp_path / "apl.csv"
    table.write_text("CODGEO;APL\n77379;1,42\n", encoding="utf-8")
    mapping = {"territory": "CODGEO", "year": 2023, "source": "DREES, APL 2023",
               "columns": [{"column": "APL", "id": "apl_mg"}]}  # fmt: skip
    services.indicators.accept(services.indicators.read(table, mapping))
    one = presenter(interview)
    press(Qt.Key.Key_F3)
    type_text("Nangis")
    until(qtbot, lambda: one.view.places.box.popup and one.view.places.box.popup.isVisible())
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: len(one.seen) == 3)
    supply = {seen.summary.name: seen.summary.supply for seen in one.seen}
    assert "1,42 consultations par an et par habitant (2023)" in supply["Provins"]
    assert "non disponible" in supply["Nangis"]


def test_no_more_than_four_places_stand_side_by_side(
    qtbot: QtBot, interview: Window, services: Services
) -> None:
    one = presenter(interview)
    for name in ("Nangis", "Donnemarie-Dontilly"):
        one.view.places.box.setFocus()
        type_text(name)
        until(qtbot, lambda: one.view.places.box.popup and one.view.places.box.popup.isVisible())
        press(Qt.Key.Key_Return)
        settled(qtbot, interview)
    assert len(one.view.places.cards) == 4
    assert not one.view.places.box.isEnabled()
    assert "retirez-en un" in one.view.places.box.placeholderText()
    area = one.view.places.area
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()


def test_delete_on_a_card_takes_the_place_away(
    qtbot: QtBot, interview: Window, services: Services
) -> None:
    one = presenter(interview)
    next(iter(one.view.places.cards.values())).setFocus()
    press(Qt.Key.Key_Delete)
    until(qtbot, lambda: len(stored(services, interview).places) == 1)
    settled(qtbot, interview)
    assert len(one.view.places.cards) == 1


def test_the_question_that_counts_leads_to_its_field(qtbot: QtBot, interview: Window) -> None:
    one = presenter(interview)
    following = one.view.aids.following
    assert following is not None
    assert one.view.aids.question_words.text().startswith("Question qui compte")
    click(one.view.aids.question)
    row = one.view.form.rows[following.field]
    assert row.holder().hasFocus()
    assert row.why.isVisible()
    assert row.why.text() == row.field.question


def test_an_aid_opens_in_place_with_each_condition_and_its_source(
    qtbot: QtBot, interview: Window
) -> None:
    one = presenter(interview)
    made = one.view.aids.rows["aide_ponctuelle_zip"]
    made.head.setFocus()
    press(Qt.Key.Key_Return)
    assert made.details is not None
    words = " ".join(child.text() for child in made.details.findChildren(type(made.title)))
    for reason in made.answer.reasons:
        assert reason.explanation in words
    assert "Source" in words
    assert "CE QUI EST DEMANDÉ EN RETOUR" in words
    press(Qt.Key.Key_Return)
    assert made.details is None


def test_every_aid_of_the_catalogue_is_shown_once(qtbot: QtBot, interview: Window) -> None:
    panel = presenter(interview).view.aids
    click(panel.fold.heading)
    catalogue = {aid.id for aid in presenter(interview).seen[0].aids.aids}
    assert set(panel.rows) == catalogue
    assert "non applicables" in panel.fold.heading.text()


def test_a_misread_date_stays_in_its_field_and_is_said_beside_it(
    qtbot: QtBot, interview: Window, services: Services
) -> None:
    row = presenter(interview).view.form.rows["installation_date"]
    row.holder().setFocus()
    type_text("31/02/2027")
    settled(qtbot, interview)
    assert row.editor.text() == "31/02/2027"
    assert row.editor.property("state") == "wrong"
    assert "jour/mois/année" in interview.shell.status.words.text()
    assert stored(services, interview).profile.get("installation_date") is None


def test_a_partner_an_outcome_a_reminder_and_satisfaction_are_kept(
    qtbot: QtBot, interview: Window, services: Services
) -> None:
    follow = presenter(interview).view.follow
    until(qtbot, lambda: follow.partners.count() > 1)
    follow.partners.setFocus()
    press(Qt.Key.Key_Down)
    until(qtbot, lambda: stored(services, interview).referrals)
    settled(qtbot, interview)
    follow.recall.setFocus()
    type_text("15/1/2027")
    follow.outcome.setFocus()
    press(Qt.Key.Key_Down)
    settled(qtbot, interview)
    follow.satisfaction.setFocus()
    press(Qt.Key.Key_End)
    settled(qtbot, interview)
    whole = stored(services, interview)
    assert whole.recall_on is not None
    assert whole.recall_on.isoformat() == "2027-01-15"
    assert whole.outcome is not None
    assert whole.outcome.kind == OutcomeKind.INSTALLED
    assert whole.satisfaction == 5
    assert len(follow.chips) == 1


def full(services: Services) -> Callable[[], None]:
    """Forbid the ciphered file to grow, as a full disk would; returns what gives room again."""
    engine = services.cases._desk.vault.engine

    def no_more_page(connection: sa.Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    sa.event.listen(engine, "begin", no_more_page)

    def give_room() -> None:
        sa.event.remove(engine, "begin", no_more_page)
        engine.dispose()

    return give_room


def test_a_full_disk_keeps_what_was_typed_in_the_window_and_saves_it_later(
    qtbot: QtBot, interview: Window, services: Services
) -> None:
    one = presenter(interview)
    give_room = full(services)
    text = "Projet de maison de santé à Provins. " * 2000
    one.view.notes.editor.setFocus()
    one.view.notes.editor.insertPlainText(text)
    until(qtbot, lambda: "non enregistré" in one.view.notes.saved.text())
    assert one.view.notes.editor.toPlainText() == text
    assert "disque est plein" in interview.shell.status.words.text()
    assert "reste à l’écran" in interview.shell.status.words.text()
    assert not stored(services, interview).notes
    give_room()
    until(qtbot, lambda: "enregistré 2" in one.view.notes.saved.text() or one.saving.is_idle)
    settled(qtbot, interview)
    assert [note.text for note in stored(services, interview).notes] == [text]


def test_closing_with_a_full_disk_is_refused_once_and_loses_nothing(
    qtbot: QtBot, interview: Window, services: Services
) -> None:
    one = presenter(interview)
    give_room = full(services)
    text = "Projet de maison de santé à Provins. " * 2000
    one.view.notes.editor.insertPlainText(text)
    assert not interview.close()
    assert interview.isVisible()
    assert "reste ouverte" in interview.shell.status.words.text()
    give_room()
    one.saving.flush()
    settled(qtbot, interview)
    assert [note.text for note in stored(services, interview).notes] == [text]


def test_closing_saves_the_last_letters(
    qtbot: QtBot, interview: Window, services: Services
) -> None:
    press(Qt.Key.Key_F2)
    type_text("Rappeler lundi")
    assert interview.close()
    whole = services.cases.interviews.get(presenter(interview).whole.id)
    assert whole.notes[0].text == "Rappeler lundi"


def type_until_offered(qtbot: QtBot, box: CommuneBox, pieces: tuple[str, ...]) -> None:
    """Come back to the box and go on typing until communes are offered, as a person does."""
    for piece in pieces:
        press(Qt.Key.Key_F3)
        until(qtbot, box.hasFocus)
        type_text(piece, box)
        try:
            until(qtbot, lambda: box.popup and box.popup.isVisible(), timeout=8_000)
        except qtbot.TimeoutError:
            continue
        return
    pytest.fail("no commune was ever offered")


def test_enter_pressed_before_the_answer_takes_what_was_typed_not_what_was_still_shown(
    qtbot: QtBot, interview: Window, services: Services
) -> None:
    box = presenter(interview).view.places.box
    press(Qt.Key.Key_F3)
    until(qtbot, box.hasFocus)
    type_text("D")
    until(qtbot, lambda: box.popup and box.popup.isVisible())
    assert "Donnemarie" not in box.list.item(0).text()
    go_on = Event()
    interview.jobs.read(lambda: go_on.wait(60))
    type_text("onnemarie")
    press(Qt.Key.Key_Return)
    assert box.popup.isVisible()
    go_on.set()
    until(qtbot, lambda: len(stored(services, interview).places) == 3)
    assert stored(services, interview).places[-1].commune == "77159"
    assert not box.popup.isVisible()
    assert box.text() == ""


def test_an_interview_from_the_first_key_to_the_printed_sheet_without_a_mouse(
    qtbot: QtBot,
    make_window: Callable[..., Window],
    services: Services,
    session: str,
    reader: Reader,
    tmp_path: Path,
) -> None:
    window = make_window(services)
    until(qtbot, lambda: window.shell is not None and not window.jobs.busy)
    press(Qt.Key.Key_2, CTRL)
    until(qtbot, lambda: not window.jobs.busy)
    panel = window.shell.screens["permanences"].view.session
    press(Qt.Key.Key_R, ALT)  # an underlined letter, wherever the keyboard is
    until(qtbot, panel.form.nom.hasFocus)
    type_text("Lefèvre")
    press(Qt.Key.Key_Tab)
    type_text("Anaïs")
    press(Qt.Key.Key_Tab)
    type_text("Inf")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: window.shell.present == "interview" and presenter(window).whole)
    settled(qtbot, window)
    assert presenter(window).view.name.text() == "Anaïs Lefèvre"
    box = presenter(window).view.places.box
    type_until_offered(qtbot, box, ("Donnemarie", "-", "D", "o"))
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: presenter(window).seen)
    settled(qtbot, window)
    press(Qt.Key.Key_F4)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_F2)
    type_text("Veut créer un cabinet avec une collègue")
    press(Qt.Key.Key_P, CTRL)
    until(qtbot, lambda: reader.shown)
    sheet = reader.shown[0]
    assert sheet.parent == tmp_path / "fiches"
    text = "".join(page.extract_text() for page in PdfReader(sheet).pages)
    assert "Lefèvre" in text
    assert "Donnemarie-Dontilly" in text
    whole = stored(services, window)
    assert whole.professional.profession == "infirmier"
    assert whole.notes[0].text == "Veut créer un cabinet avec une collègue"
    assert len(whole.documents) == 1
    assert "Fiche écrite" in window.shell.status.words.text()


def test_a_limit_that_applies_is_said_before_any_aid(
    qtbot: QtBot, interview: Window, services: Services
) -> None:
    panel = presenter(interview).view.aids
    answers = services.aids.for_place({"profession": "infirmier"}, "77159", date(2015, 1, 1))
    panel.show_answers("Donnemarie-Dontilly", answers, {})
    said = panel.limits.itemAt(0).widget().findChildren(QLabel)[0].text()
    assert said.startswith("Limite s’applique ici")
