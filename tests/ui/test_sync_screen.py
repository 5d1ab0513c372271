"""The screen Synchronisation on a real home, against a real central store on the loopback."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from keyboard import click, focus, press, type_text, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from advisor.services.all_services import Services
from advisor.store.carried import REFUSED, WAITING
from advisor.store.carried_tables import carried_envelope, carried_op
from advisor.sync.client import CentralClient, Patience
from advisor.sync.server.app import RunningServer
from advisor.sync.server.database import Central
from advisor.sync.server.enrolment import invite, revoke
from advisor.ui.sync_state.view import SyncView
from advisor.ui.window import Window
from authorities import certificate_of_one_s_own
from conftest import PASSPHRASE, MakeWindow

PHRASE = "une phrase pour la clé"


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    made = Central(f"sqlite:///{tmp_path / 'central.db'}")
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def server(central: Central) -> Iterator[RunningServer]:
    with RunningServer(central) as running:
        yield running


@pytest.fixture
def code(central: Central) -> str:
    return invited(central)


def invited(central: Central) -> str:
    rights = {"organisation": "URPS Essai", "role": "conseiller", "departements": ("77",)}
    return invite(central, name="Poste", now=datetime.now(UTC), **rights).code


@pytest.fixture
def enrolled(services: Services, server: RunningServer, code: str, martin: str) -> Services:
    services.sync.enrol(server.url, code)
    return services


def words_of(root: QWidget) -> str:
    return " ".join(one.text() for one in root.findChildren(QLabel) if one.isVisible())


def opened(qtbot: QtBot, make_window: MakeWindow, services: Services) -> Window:
    window = make_window(services)
    until(qtbot, lambda: window.shell is not None and not window.jobs.busy)
    return window


def looked_at(qtbot: QtBot, window: Window) -> SyncView:
    assert window.shell is not None
    window.shell.go("sync")
    until(qtbot, lambda: not window.jobs.busy)
    view = window.shell.screens["sync"].view
    assert isinstance(view, SyncView)
    return view


def test_a_computer_is_tied_by_keyboard_with_an_address_and_a_code_then_syncs(
    qtbot: QtBot,
    make_window: MakeWindow,
    services: Services,
    server: RunningServer,
    code: str,
    martin: str,
) -> None:
    window = opened(qtbot, make_window, services)
    view = looked_at(qtbot, window)
    assert "rattaché à aucun serveur central" in words_of(view)
    until(qtbot, view.state.enrol.hasFocus)
    press(Qt.Key.Key_Space)
    assert focus() is view.tie.address
    type_text(server.url)
    view.tie.code.setFocus()
    type_text(code)
    press(Qt.Key.Key_Return)
    until(qtbot, lambda: services.sync.state().last_success is not None)
    until(qtbot, lambda: not window.jobs.calling and not window.jobs.busy)
    assert services.cases.journal.pending().count == 0
    assert view.state.waiting.text() == "Rien n’attend d’être envoyé"
    assert "URPS Essai, conseiller, département 77" in words_of(view)
    assert view.state.go.isVisible()
    assert not view.state.enrol.isVisible()


def test_a_wrong_code_is_told_beside_the_form_and_nothing_typed_is_lost(
    qtbot: QtBot, make_window: MakeWindow, services: Services, server: RunningServer
) -> None:
    window = opened(qtbot, make_window, services)
    view = looked_at(qtbot, window)
    click(view.state.enrol)
    type_text(server.url)
    click(view.tie.go)
    assert "l’adresse et le code" in view.tie.said.text()
    assert focus() is view.tie.code
    type_text("FAUX-FAUX-FAUX")
    click(view.tie.go)
    until(qtbot, lambda: not window.jobs.calling)
    until(qtbot, lambda: "code" in view.tie.said.text().lower() and view.tie.go.isEnabled())
    assert view.tie.address.text() == server.url
    assert services.sync.state().enrolment is None


def test_a_certificate_given_by_the_support_is_believed_from_the_form(
    qtbot: QtBot,
    make_window: MakeWindow,
    services: Services,
    central: Central,
    code: str,
    tmp_path: Path,
) -> None:
    authority = tmp_path / "autorité.pem"
    certificate = certificate_of_one_s_own(authority, tmp_path)
    with RunningServer(central, certificate=certificate) as running:
        window = opened(qtbot, make_window, services)
        view = looked_at(qtbot, window)
        click(view.state.enrol)
        type_text(running.url, view.tie.address)
        type_text(code, view.tie.code)
        click(view.tie.go)
        until(qtbot, lambda: "autorité inconnue" in view.tie.said.text())
        assert "Rien n’a changé ici" in view.tie.said.text()
        click(view.tie.certificate)
        chosen(view, "Certificat de l’autorité à croire", authority)
        assert view.tie.certificate.text() == "Certificat\u202f: autorité.pem"
        click(view.tie.go)
        until(qtbot, lambda: services.sync.state().last_success is not None)
        until(qtbot, lambda: not window.jobs.calling and not window.jobs.busy)


def test_one_button_sends_what_waits_and_says_what_was_done(
    qtbot: QtBot, make_window: MakeWindow, enrolled: Services
) -> None:
    window = opened(qtbot, make_window, enrolled)
    view = looked_at(qtbot, window)
    waiting = enrolled.cases.journal.pending().count
    assert view.state.waiting.text().startswith(f"{waiting} saisies en attente depuis le")
    assert "Jamais synchronisé." in words_of(view)
    click(view.state.go)
    until(qtbot, lambda: not window.jobs.calling and not window.jobs.busy)
    until(qtbot, lambda: "réussie" in view.state.last.text())
    assert f"{waiting} saisies envoyées" in view.state.last.text()
    assert f"{waiting} saisies envoyées" in window.shell.status.words.text()
    click(view.chips["part"])
    assert "Rien n’attend" in words_of(view.leaving)


@pytest.fixture
def held_line(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Hold every exchange until the event is set: a slow network."""
    go_on, real = Event(), CentralClient.exchange

    def slow(self: CentralClient, question: bytes) -> bytes:
        go_on.wait(20)
        return real(self, question)

    monkeypatch.setattr(CentralClient, "exchange", slow)
    return go_on


def test_while_a_sync_lasts_the_window_works_and_says_where_it_is(
    qtbot: QtBot, make_window: MakeWindow, enrolled: Services, martin: str, held_line: Event
) -> None:
    window = opened(qtbot, make_window, enrolled)
    view = looked_at(qtbot, window)
    click(view.state.go)
    until(qtbot, lambda: "Envoi des saisies" in view.state.stage.text())
    assert view.state.bar.isVisible()
    assert not view.state.go.isEnabled()
    window.shell.go("interview", martin)
    until(qtbot, lambda: window.shell.interview.whole is not None and not window.jobs.busy)
    window.shell.interview.edit("days_per_week", 3)
    until(
        qtbot,
        lambda: enrolled.cases.interviews.get(martin).profile.get("days_per_week") == 3,
    )
    assert window.jobs.calling
    held_line.set()
    until(qtbot, lambda: not window.jobs.calling and not window.jobs.busy)
    assert enrolled.sync.state().last_success is not None


def test_a_sync_is_stopped_by_its_button_and_nothing_is_lost(
    qtbot: QtBot,
    make_window: MakeWindow,
    enrolled: Services,
    held_line: Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("advisor.sync.session.BATCH", 2)
    window = opened(qtbot, make_window, enrolled)
    view = looked_at(qtbot, window)
    click(view.state.go)
    until(qtbot, lambda: "Envoi des saisies" in view.state.stage.text())
    click(view.state.stop)
    assert "Arrêt" in view.state.stage.text()
    held_line.set()
    until(qtbot, lambda: not window.jobs.calling and not window.jobs.busy)
    until(qtbot, view.state.go.isEnabled)
    assert "arrêtée" in window.shell.status.words.text()
    click(view.state.go)
    until(qtbot, lambda: not window.jobs.calling and not window.jobs.busy)
    assert enrolled.cases.journal.pending().count == 0


def test_a_sync_that_fails_says_why_and_that_nothing_is_lost(
    qtbot: QtBot, make_window: MakeWindow, enrolled: Services, server: RunningServer
) -> None:
    enrolled.sync._network["patience"] = Patience(tries=1)
    server.stop()
    window = opened(qtbot, make_window, enrolled)
    view = looked_at(qtbot, window)
    click(view.state.go)
    until(qtbot, lambda: not window.jobs.calling and not window.jobs.busy, 60_000)
    until(qtbot, lambda: "sans succès" in view.state.last.text())
    assert words_of(view.state).count("Rien n’est perdu") == 1
    assert "La dernière réussie" not in view.state.last.text()
    assert view.state.property("role") == "failed"
    assert enrolled.cases.journal.pending().count > 0
    window.shell.go("home")
    home = window.shell.screens["home"].view

    def told() -> list[QPushButton]:
        found = home.findChildren(QPushButton)
        return [one for one in found if "sans succès, rien n’est perdu" in one.text()]

    until(qtbot, lambda: bool(told()) and not window.jobs.busy)
    click(told()[0])
    until(qtbot, lambda: window.shell.present == "sync" and not window.jobs.busy)
    assert view.leaving.isVisible()


def test_a_computer_taken_out_says_so_on_a_page_of_its_own(
    qtbot: QtBot, make_window: MakeWindow, enrolled: Services, central: Central
) -> None:
    enrolled.sync.sync()
    device = enrolled.sync.state().enrolment.device
    revoke(central, device, datetime.now(UTC))
    window = opened(qtbot, make_window, enrolled)
    view = looked_at(qtbot, window)
    click(view.state.go)
    until(qtbot, lambda: not window.jobs.calling and not window.jobs.busy)
    until(qtbot, view.locked.isVisible)
    assert "retiré du serveur central" in words_of(view.locked)
    assert not view.state.isVisible()
    assert [key for key, made in view.chips.items() if made.isVisible()] == [
        "fichier",
        "rattachement",
    ]
    assert view.tie.fields.isVisible()
    window.shell.go("home")
    until(qtbot, lambda: window.shell.present == "sync" and not window.jobs.busy)
    assert "retiré" in window.shell.rail.state.text()


def other_office(tmp_path: Path, server: RunningServer, central: Central) -> Services:
    from advisor.config import Home  # noqa: PLC0415  beside its use
    from advisor.store.keys import FLOOR  # noqa: PLC0415
    from advisor.store.surroundings import Surroundings  # noqa: PLC0415

    other = Services(Home(tmp_path / "autre"), around=Surroundings(cost=FLOOR))
    other.unlock("quatre mots sans lien")
    other.cases.identity.sign_in("Dominique Autre", "ARS")
    other.sync.enrol(server.url, invited(central))
    other.sync.sync()
    return other


def test_what_came_is_shown_and_the_keyboard_stays_where_it_was(
    qtbot: QtBot,
    make_window: MakeWindow,
    enrolled: Services,
    server: RunningServer,
    central: Central,
    martin: str,
    tmp_path: Path,
) -> None:
    enrolled.sync.sync()
    other = other_office(tmp_path, server, central)
    other.cases.interviews.set(martin, {"booking.nom": "Durand"})
    other.sync.sync()
    other.close()
    window = opened(qtbot, make_window, enrolled)
    view = looked_at(qtbot, window)
    window.shell.go("home")
    home = window.shell.screens["home"].view
    until(qtbot, lambda: "Hélène Martin" in words_of(home) and not window.jobs.busy)
    absent = [one for one in home.findChildren(QWidget) if one.accessibleName().endswith("absent")]
    absent[-1].setFocus()
    window.shell.screens["sync"].sync()
    until(qtbot, lambda: not window.jobs.calling and not window.jobs.busy)
    until(qtbot, lambda: "Hélène Durand" in words_of(home))
    assert focus() is not None
    assert window.shell.present == "home"
    window.shell.go("sync")
    until(qtbot, lambda: not window.jobs.busy)
    click(view.chips["arrive"])
    assert "Hélène Durand" in {
        view.came.table.item(line, 2).text().split(",")[0]
        for line in range(view.came.table.rowCount())
    }


def chosen(view: SyncView, title: str, file: Path) -> None:
    dialog = view.findChild(QFileDialog)
    assert dialog.windowTitle() == title
    dialog.fileSelected.emit(str(file))
    dialog.close()
    dialog.deleteLater()


def test_what_waits_is_written_on_a_key_and_read_elsewhere(
    qtbot: QtBot,
    make_window: MakeWindow,
    enrolled: Services,
    tmp_path: Path,
) -> None:
    window = opened(qtbot, make_window, enrolled)
    view = looked_at(qtbot, window)
    click(view.chips["fichier"])
    click(view.files.write)
    assert "8 caractères" in view.files.said.text()
    assert focus() is view.files.phrase
    type_text(PHRASE)
    click(view.files.write)
    file = tmp_path / "clé.advisor-sync"
    chosen(view, "Écrire ce qui part", file)
    until(qtbot, lambda: not window.jobs.calling and file.exists())
    until(qtbot, lambda: "écrites" in view.files.said.text())
    assert b"Martin" not in file.read_bytes()
    assert view.files.phrase.text() == ""
    type_text("une autre phrase de la clé", view.files.phrase)
    click(view.files.read)
    chosen(view, "Lire un fichier d’échange", file)
    until(qtbot, lambda: "n’ouvre pas ce fichier" in view.files.said.text())
    view.files.phrase.clear()
    click(view.files.read)
    assert "celle que son auteur a choisie" in view.files.said.text()
    type_text(PHRASE, view.files.phrase)
    click(view.files.read)
    chosen(view, "Lire un fichier d’échange", file)
    until(qtbot, lambda: "nouve" in view.files.said.text().lower())


def test_a_file_whose_phrase_is_short_was_written_elsewhere_and_is_read_all_the_same(
    qtbot: QtBot, make_window: MakeWindow, enrolled: Services, tmp_path: Path
) -> None:
    file = tmp_path / "clé.advisor-sync"
    enrolled.sync_files.export(file, "huit car")
    window = opened(qtbot, make_window, enrolled)
    view = looked_at(qtbot, window)
    click(view.chips["fichier"])
    type_text("huit car", view.files.phrase)
    click(view.files.read)
    chosen(view, "Lire un fichier d’échange", file)
    until(qtbot, lambda: "nouve" in view.files.said.text().lower())


def test_when_nothing_waits_the_screen_opens_on_what_came(
    qtbot: QtBot, make_window: MakeWindow, enrolled: Services
) -> None:
    enrolled.sync.sync()
    view = looked_at(qtbot, opened(qtbot, make_window, enrolled))
    until(qtbot, view.came.isVisible)
    assert view.came.table.rowCount() > 0


def test_each_line_that_leaves_says_whose_record_it_is(
    qtbot: QtBot, make_window: MakeWindow, enrolled: Services
) -> None:
    view = looked_at(qtbot, opened(qtbot, make_window, enrolled))
    click(view.chips["part"])
    table = view.leaving.table
    shown = {
        table.item(row, 1).text(): table.item(row, 2).text() for row in range(table.rowCount())
    }
    assert shown["Fiche de professionnel · ajout"] == "Hélène Martin"
    assert shown["Projet · ajout"].startswith("Hélène Martin, Melun, ")
    assert shown["Permanence · ajout"].startswith("Melun, ")


def test_when_nothing_leaves_the_words_stand_under_the_choices(
    qtbot: QtBot, make_window: MakeWindow, services: Services
) -> None:
    view = looked_at(qtbot, opened(qtbot, make_window, services))
    click(view.chips["part"])
    until(qtbot, view.leaving.empty.isVisible)
    assert view.leaving.empty.y() < view.leaving.empty.height()


def test_what_is_carried_for_others_and_what_was_refused_is_said_on_the_card(
    qtbot: QtBot, make_window: MakeWindow, enrolled: Services
) -> None:
    window = opened(qtbot, make_window, enrolled)
    view = looked_at(qtbot, window)
    assert not view.state.carried.isVisible()
    with enrolled.cases.desk.vault.write() as work:
        for state, ops in ((WAITING, 2), (REFUSED, 1)):
            line = {"id": state, "device": "ailleurs", "incarnation": "i", "local_seq": 1}
            line |= {"cursor": 0, "manifest": {}, "state": state, "received_at": ""}
            work.connection.execute(carried_envelope.insert().values(**line))
            for place in range(ops):
                about = {"entity": "note", "entity_id": f"n{place}", "shown": False}
                op = {"envelope": state, "place": place, **about}
                work.connection.execute(carried_op.insert().values(**op))
    window.shell.go("home")
    view = looked_at(qtbot, window)
    until(qtbot, view.state.carried.isVisible)
    assert view.state.carried.text() == (
        "2 saisies d’autres postes à remettre au central. Le central n’a pas pris "
        "1 saisie d’un autre poste\u202f; son auteur garde tout."
    )


def test_everything_not_sent_is_saved_in_a_rescue_file(
    qtbot: QtBot, make_window: MakeWindow, services: Services, martin: str, tmp_path: Path
) -> None:
    window = opened(qtbot, make_window, services)
    view = looked_at(qtbot, window)
    click(view.chips["fichier"])
    type_text(PHRASE, view.files.phrase)
    type_text(PASSPHRASE, view.files.own)
    click(view.files.rescue)
    file = tmp_path / "secours.advisor-rescue"
    chosen(view, "Copie de secours", file)
    until(qtbot, lambda: "sauvées" in view.files.said.text())
    assert file.exists()
    assert view.files.own.text() == ""


def test_closing_the_window_during_a_sync_waits_for_nobody_far_away(
    qtbot: QtBot, make_window: MakeWindow, enrolled: Services, held_line: Event
) -> None:
    window = opened(qtbot, make_window, enrolled)
    view = looked_at(qtbot, window)
    click(view.state.go)
    until(qtbot, lambda: "Envoi des saisies" in view.state.stage.text())
    held_line.set()
    window.close()
    assert not window.isVisible()
