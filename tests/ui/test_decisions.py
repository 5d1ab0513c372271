"""Conflicts and entries set aside, as people see and decide them: real clicks, real stores."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from keyboard import click, focus, press, type_text, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from advisor.domain.cases.disagreement import REASONS, Held
from advisor.services.all_services import Services
from advisor.services.cases import Cases
from advisor.sync.server.rights import Rights, Role
from advisor.ui.sync_state.conflict_page import ConflictPage
from advisor.ui.sync_state.decisions_panel import DecisionsPanel
from advisor.ui.sync_state.held_page import HeldPage
from advisor.ui.theme import Theme
from advisor.ui.window import Window
from conftest import TODAY, MakeWindow, Reader
from two_offices import Offices, disagree

OURS = "Cherche un cabinet de groupe à Provins, conjoint enseignant."
THEIRS = "Cherche une maison de santé à Provins, conjoint enseignant."

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.fixture
def offices(tmp_path: Path, services: Services) -> Iterator[Offices]:
    made = Offices(tmp_path)
    made.admit(services.cases.desk.vault, "poste")
    yield made
    made.close()


@pytest.fixture
def other(offices: Offices) -> Cases:
    return offices.open_other()


@pytest.fixture
def session(offices: Offices, services: Services) -> str:
    """Open today's permanence, once this computer has its name."""
    return services.cases.permanences.create("77", TODAY, "Melun", time(9), time(17)).id


@pytest.fixture
def torn_note(offices: Offices, other: Cases, services: Services, martin: str) -> str:
    note = services.cases.interviews.note(martin, "Cherche à Provins.").id
    disagree(
        offices,
        services.cases,
        other,
        lambda one: one.interviews.revise_note(note, OURS),
        lambda one: one.interviews.revise_note(note, THEIRS),
    )
    return note


@pytest.fixture
def torn_sector(offices: Offices, other: Cases, services: Services, martin: str) -> str:
    disagree(
        offices,
        services.cases,
        other,
        lambda one: one.interviews.set(martin, {"sector": "1"}),
        lambda one: one.interviews.set(martin, {"sector": "2"}),
    )
    return martin


@pytest.fixture
def held_entry(offices: Offices, services: Services, martin: str) -> str:
    offices.sync(services.cases)
    offices.engine.admit(Rights("poste", "URPS", Role.READER, frozenset({"77"})))
    services.cases.interviews.set(martin, {"sector": "2", "days_per_week": 4})
    offices.sync(services.cases)
    return martin


def words_of(root: QWidget) -> str:
    return " ".join(one.text() for one in root.findChildren(QLabel) if one.isVisible())


def opened(qtbot: QtBot, make_window: MakeWindow, services: Services) -> Window:
    window = make_window(services)
    until(qtbot, lambda: window.shell is not None and not window.jobs.busy)
    return window


def decisions(qtbot: QtBot, window: Window) -> DecisionsPanel:
    assert window.shell is not None
    window.shell.go("sync", "decider")
    until(qtbot, lambda: not window.jobs.busy)
    panel = window.shell.screens["sync"].view.decisions
    assert isinstance(panel, DecisionsPanel)
    return panel


def conflict(panel: DecisionsPanel) -> ConflictPage:
    assert panel.pages.currentWidget() is panel.conflict
    return panel.conflict


def test_accueil_counts_what_waits_for_a_choice_and_leads_to_it(
    qtbot: QtBot, make_window: MakeWindow, services: Services, torn_note: str
) -> None:
    window = opened(qtbot, make_window, services)
    home = window.shell.screens["home"].view
    until(qtbot, lambda: "À DÉCIDER" in words_of(home) and not window.jobs.busy)
    counters = [
        one for one in home.findChildren(QPushButton) if one.text() == "1 décision à prendre"
    ]
    assert len(counters) == 1
    assert "1 décision à prendre" in window.shell.rail.state.text()
    click(counters[0])
    until(qtbot, lambda: window.shell.present == "sync" and not window.jobs.busy)
    panel = window.shell.screens["sync"].view.decisions
    until(qtbot, lambda: panel.list.count() == 1)
    assert conflict(panel).isVisible()


def test_two_versions_stand_side_by_side_with_their_words_authors_and_dates(
    qtbot: QtBot, make_window: MakeWindow, services: Services, torn_note: str
) -> None:
    page = conflict(decisions(qtbot, opened(qtbot, make_window, services)))
    left, right = page.sides
    assert (left.text.toPlainText(), right.text.toPlainText()) == (THEIRS, OURS)
    assert "Dominique Autre, ARS · actuelle" in left.head.text()
    assert "Camille Exemple, URPS" in right.head.text()
    assert "sur ce poste" in right.when.text()
    assert left.text.accessibleDescription() == "Seulement ici\u202f: une maison, santé"
    marked = {
        piece.text(): piece.charFormat()
        for piece in fragments(right.text.document())
        if piece.charFormat().fontUnderline() or piece.charFormat().underlineStyle().value
    }
    assert set(marked) == {"un cabinet", "groupe"}
    assert [one.text() for one in page.buttons] == [
        "Garder A",
        "Garder B",
        "Garder les deux",
        "Combiner…",
    ]


def fragments(document: object) -> Iterator[object]:
    block = document.begin()
    while block.isValid():
        yield from (part.fragment() for part in block)
        block = block.next()


@pytest.mark.parametrize(("at", "kept"), [(0, THEIRS), (1, OURS), (2, f"{THEIRS}\n\n{OURS}")])
def test_one_press_keeps_a_or_b_or_both(
    qtbot: QtBot,
    make_window: MakeWindow,
    services: Services,
    martin: str,
    torn_note: str,
    at: int,
    kept: str,
) -> None:
    window = opened(qtbot, make_window, services)
    panel = decisions(qtbot, window)
    click(conflict(panel).buttons[at])
    until(qtbot, lambda: services.cases.disagreements.count() == 0)
    assert services.cases.interviews.get(martin).notes[0].text == kept
    until(qtbot, lambda: panel.empty.isVisible() and not window.jobs.busy)
    assert "Rien n’attend votre décision" in words_of(panel)
    until(qtbot, lambda: "décision" not in window.shell.rail.state.text())


def test_versions_are_combined_in_a_text_that_can_be_edited(
    qtbot: QtBot,
    make_window: MakeWindow,
    services: Services,
    martin: str,
    torn_note: str,
) -> None:
    page = conflict(decisions(qtbot, opened(qtbot, make_window, services)))
    click(page.combine)
    assert not page.keep_a.isVisible()
    until(qtbot, lambda: not page.take.visibleRegion().isEmpty())
    click(page.give_up)
    assert page.keep_a.isVisible()
    click(page.combine)
    editor = page.editor.editor
    assert editor.toPlainText() == f"{THEIRS}\n\n{OURS}"
    assert focus() is editor
    editor.selectAll()
    type_text("Cherche à Provins : cabinet ou maison de santé.")
    click(page.take)
    until(qtbot, lambda: services.cases.disagreements.count() == 0)
    (note,) = services.cases.interviews.get(martin).notes
    assert note.text == "Cherche à Provins : cabinet ou maison de santé."


def test_in_large_text_a_press_on_a_line_shows_its_two_versions(
    qtbot: QtBot, make_window: MakeWindow, services: Services, torn_note: str
) -> None:
    window = make_window(services, scale=2.0)
    window.resize(1366, 768)
    until(qtbot, lambda: window.shell is not None and not window.jobs.busy)
    panel = decisions(qtbot, window)
    page = conflict(panel)
    assert page.title.visibleRegion().isEmpty()
    panel.list.itemClicked.emit(panel.list.item(0))
    assert not page.title.visibleRegion().isEmpty()
    assert not page.sides[0].text.visibleRegion().isEmpty()


def test_a_field_of_one_value_says_why_both_cannot_stay_and_takes_another(
    qtbot: QtBot, make_window: MakeWindow, services: Services, torn_sector: str
) -> None:
    page = conflict(decisions(qtbot, opened(qtbot, make_window, services)))
    assert not page.keep_both.isEnabled()
    assert "ne prend qu’une valeur" in words_of(page)
    assert page.combine.text() == "Autre valeur…"
    click(page.combine)
    page.editor.editor.choose("2_optam")
    click(page.take)
    until(qtbot, lambda: services.cases.disagreements.count() == 0)
    assert services.cases.interviews.get(torn_sector).profile["sector"] == "2_optam"


def test_a_deletion_against_an_edit_offers_to_keep_or_to_delete(
    qtbot: QtBot,
    make_window: MakeWindow,
    offices: Offices,
    other: Cases,
    services: Services,
    martin: str,
) -> None:
    note = services.cases.interviews.note(martin, "Cherche à Provins.").id
    offices.sync(services.cases, other)
    with other.desk.write() as work:
        work.delete("note", note)
    services.cases.interviews.revise_note(note, OURS)
    offices.sync(services.cases, other, services.cases)
    page = conflict(decisions(qtbot, opened(qtbot, make_window, services)))
    words = {one.text() for one in page.buttons if one.isVisible()}
    assert words == {"Garder la fiche", "Supprimer la fiche"}
    click(next(one for one in page.buttons if one.text() == "Supprimer la fiche"))
    until(qtbot, lambda: not services.cases.interviews.get(martin).notes)


def test_a_third_version_is_compared_and_kept_by_its_letter(
    qtbot: QtBot,
    make_window: MakeWindow,
    offices: Offices,
    other: Cases,
    services: Services,
    martin: str,
) -> None:
    third = offices.open_other("Sacha Tiers", "CPAM")
    note = services.cases.interviews.note(martin, "Cherche.").id
    offices.sync(services.cases, other, third)
    for cases, text in ((other, THEIRS), (services.cases, OURS), (third, "Ne cherche plus.")):
        cases.interviews.revise_note(note, text)
    offices.sync(other, services.cases, third, services.cases)
    page = conflict(decisions(qtbot, opened(qtbot, make_window, services)))
    chips = [one for one in page.findChildren(QPushButton) if one.property("role") == "chip"]
    assert [one.text()[0] for one in chips] == ["B", "C"]
    click(chips[1])
    assert page.sides[1].text.toPlainText() == "Ne cherche plus."
    assert page.keep_b.text() == "Garder C"
    click(page.keep_b)
    until(qtbot, lambda: services.cases.disagreements.count() == 0)
    assert services.cases.interviews.get(martin).notes[0].text == "Ne cherche plus."


def test_an_entry_set_aside_says_why_and_is_mended_and_sent_again(
    qtbot: QtBot,
    make_window: MakeWindow,
    offices: Offices,
    services: Services,
    held_entry: str,
) -> None:
    page = decisions(qtbot, opened(qtbot, make_window, services)).held
    assert "pas le droit" in page.reason.text()
    assert "Secteur 2 sans OPTAM" in page.editors["sector"].editor.currentText()
    assert page.resend.text() == "Renvoyer tel quel"
    page.editors["days_per_week"].editor.setFocus()
    page.editors["days_per_week"].editor.selectAll()
    type_text("3")
    assert page.resend.text() == "Renvoyer corrigé"
    click(page.resend)
    until(qtbot, lambda: services.cases.disagreements.count() == 0)
    offices.engine.admit(Rights("poste", "URPS", Role.ADVISER, frozenset({"77"})))
    offices.sync(services.cases)
    profile = services.cases.interviews.get(held_entry).profile
    assert (profile["sector"], profile["days_per_week"]) == ("2", 3)


def test_entries_set_aside_for_one_reason_are_sent_again_with_one_press(
    qtbot: QtBot,
    make_window: MakeWindow,
    offices: Offices,
    services: Services,
    held_entry: str,
) -> None:
    services.cases.interviews.set(held_entry, {"exercise": "msp"})
    offices.sync(services.cases)
    page = decisions(qtbot, opened(qtbot, make_window, services)).held
    assert page.resend_all.text() == "Renvoyer les 2 de même raison"
    offices.engine.admit(Rights("poste", "URPS", Role.ADVISER, frozenset({"77"})))
    click(page.resend_all)
    until(qtbot, lambda: services.cases.disagreements.count() == 0)
    assert offices.sync(services.cases).quarantined == 0


def test_an_entry_set_aside_alone_offers_no_press_for_several(
    qtbot: QtBot, make_window: MakeWindow, services: Services, held_entry: str
) -> None:
    page = decisions(qtbot, opened(qtbot, make_window, services)).held
    assert page.resend.isVisible()
    assert not page.resend_all.isVisible()


def test_an_entry_left_aside_stays_readable_and_is_no_longer_counted(
    qtbot: QtBot, make_window: MakeWindow, services: Services, held_entry: str
) -> None:
    window = opened(qtbot, make_window, services)
    panel = decisions(qtbot, window)
    click(panel.held.aside)
    until(qtbot, lambda: services.cases.disagreements.count() == 0 and not window.jobs.busy)
    until(qtbot, lambda: "laissée de côté" in panel.list.item(0).text().lower())
    assert panel.held.aside.text() == "Remettre à décider"
    assert window.shell.screens["sync"].view.chips["decider"].text() == "À décider"
    click(panel.held.aside)
    until(qtbot, lambda: services.cases.disagreements.count() == 1)


def test_decisions_are_taken_without_a_mouse(
    qtbot: QtBot, make_window: MakeWindow, services: Services, torn_note: str
) -> None:
    window = opened(qtbot, make_window, services)
    panel = decisions(qtbot, window)
    until(qtbot, lambda: focus() is not None)
    for _ in range(60):
        if focus() is panel.conflict.keep_b:
            break
        press(Qt.Key.Key_Tab)
    assert focus() is panel.conflict.keep_b
    press(Qt.Key.Key_Space)
    until(qtbot, lambda: services.cases.disagreements.count() == 0)


def test_the_interview_marks_a_field_to_confirm_and_leads_to_the_versions(
    qtbot: QtBot, make_window: MakeWindow, services: Services, torn_sector: str
) -> None:
    window = opened(qtbot, make_window, services)
    window.shell.go("interview", torn_sector)
    row = window.shell.interview.view.form.rows["sector"]
    until(qtbot, row.torn.isVisible)
    assert row.torn.text() == "à confirmer\u202f: 2 valeurs"
    assert window.shell.interview.view.torn.text() == "1 à confirmer"
    click(row.torn)
    until(qtbot, lambda: window.shell.present == "sync" and not window.jobs.busy)
    panel = window.shell.screens["sync"].view.decisions
    until(qtbot, lambda: panel.conflict.present is not None)
    assert panel.conflict.present.field == "sector"
    click(panel.conflict.keep_a)
    until(qtbot, lambda: services.cases.disagreements.count() == 0)
    window.shell.go("interview")
    until(qtbot, lambda: not row.torn.isVisible())


def test_a_note_with_two_versions_is_one_entry_and_says_so(
    qtbot: QtBot, make_window: MakeWindow, services: Services, martin: str, torn_note: str
) -> None:
    window = opened(qtbot, make_window, services)
    window.shell.go("interview", martin)
    notes = window.shell.interview.view.notes

    def marks() -> list[QPushButton]:
        return [one for one in notes.findChildren(QPushButton) if "versions" in one.text()]

    until(qtbot, marks)
    assert [one.text() for one in marks()] == ["2 versions\u202f: comparer"]
    until(qtbot, lambda: THEIRS in words_of(notes))
    assert OURS not in words_of(notes)
    click(marks()[0])
    until(qtbot, lambda: window.shell.present == "sync")


def test_a_conflict_never_blocks_printing_and_the_sheet_says_to_confirm(
    qtbot: QtBot,
    make_window: MakeWindow,
    services: Services,
    torn_sector: str,
    reader: Reader,
) -> None:
    window = opened(qtbot, make_window, services)
    window.shell.go("interview", torn_sector)
    until(qtbot, lambda: window.shell.interview.whole is not None and not window.jobs.busy)
    window.shell.interview.print_sheet()
    until(qtbot, lambda: reader.shown)
    (printed,) = services.cases.interviews.get(torn_sector).documents
    assert "Secteur 2 sans OPTAM (à confirmer)" in printed.content["visitor"]["project"]


def test_an_entry_that_came_after_an_erasure_never_claims_to_be_kept(qtbot: QtBot) -> None:
    reason, advice = REASONS["erased"]
    page = HeldPage(Theme())
    qtbot.addWidget(page)
    whole = Held("d/i/1", "note", "n", "Entretien", "note", reason, advice, (), "Alex", AT)
    page.show()
    page.show_held(whole)
    assert page.kept.isVisible()
    page.show_held(replace(whole, gone=True, can_resend=False))
    assert "non conservée" in words_of(page)
    assert not page.kept.isVisible()
    assert not page.resend.isVisible()
