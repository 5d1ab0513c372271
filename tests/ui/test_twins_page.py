"""Two records of one professional, decided on with real clicks."""

from keyboard import click, until
from pytestqt.qtbot import QtBot

from advisor.services.all_services import Services
from advisor.ui.sync_state.decisions_panel import DecisionsPanel
from advisor.ui.sync_state.twins_page import TwinsPage
from advisor.ui.window import Window
from conftest import TODAY


def test_two_records_side_by_side_become_one_with_a_click(
    qtbot: QtBot, services: Services, window: Window
) -> None:
    booking = {
        "departement": "77", "date": TODAY.isoformat(), "nom": "Doublon", "prenom": "Camille",
        "profession": "sage_femme", "telephone": "06 39 98 00 01",
    }  # fmt: skip
    for name in ("Doublon", "DOUBLON"):
        services.cases.interviews.new({**booking, "nom": name}, {}, ())
    (twins,) = services.cases.duplicates.proposed()
    window.shell.go("sync", "decider")
    until(qtbot, lambda: window.findChild(DecisionsPanel) is not None)
    panel = window.findChild(DecisionsPanel)
    until(qtbot, lambda: panel.list.count() == 1)
    page = window.findChild(TwinsPage)
    assert "même téléphone" in page.why.text()
    assert "Camille" in page.sides[0].text()
    assert "Sage-femme" in page.sides[0].text()
    chip = window.shell.screens["sync"].view.chips["decider"]
    assert chip.text() == "À décider · 1 doublon possible"
    click(page.merge)
    until(qtbot, lambda: panel.list.count() == 0)
    assert services.cases.duplicates.proposed() == []
    people = {one.professional.id for one in services.cases.interviews.list()}
    assert people == {twins.kept.person.id}
