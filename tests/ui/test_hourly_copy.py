from datetime import UTC, datetime, timedelta

import pytest
from keyboard import until
from pytestqt.qtbot import QtBot

from advisor.errors import DiskFullError
from advisor.services.all_services import Services
from advisor.ui.window import Window


class Clock:
    """Stands for the clock of the machine."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 10, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock(services: Services) -> Clock:
    made = Clock()
    services.around.now = made
    return made


def ask(qtbot: QtBot, window: Window) -> None:
    window.copies.timer.timeout.emit()
    until(qtbot, lambda: not window.jobs.calling)


def test_a_copy_is_made_each_hour_while_the_window_is_open(
    qtbot: QtBot, window: Window, services: Services, clock: Clock
) -> None:
    assert window.copies.timer.isActive()
    held = services.cases.vault
    ask(qtbot, window)
    assert [one.why for one in held.backups()] == ["heure"]
    clock.wait(59)
    ask(qtbot, window)
    assert len(held.backups()) == 1
    clock.wait(1)
    ask(qtbot, window)
    assert [one.at for one in held.backups()] == [clock.now, clock.now - timedelta(hours=1)]


def test_copies_of_the_hour_are_few_and_never_push_out_the_others(
    qtbot: QtBot, window: Window, services: Services, clock: Clock
) -> None:
    held = services.cases.vault
    asked = held.backup()
    for _ in range(9):
        clock.wait(60)
        ask(qtbot, window)
    whys = [one.why for one in held.backups()]
    assert whys == ["heure", "heure", "heure", "demande"]
    assert asked.exists()


def test_no_copy_is_asked_for_behind_the_lock_and_one_that_fails_is_told_once(
    qtbot: QtBot,
    window: Window,
    services: Services,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    window.desk.news.said.connect(lambda _state, text, _hint, _offer: said.append(text))

    def full(_self: object, _why: str = "") -> None:
        raise DiskFullError("Le disque est plein.", "Libérez de la place.")

    monkeypatch.setattr("advisor.store.vault.Vault.backup", full)
    ask(qtbot, window)
    ask(qtbot, window)
    assert [one for one in said if "copie de sécurité" in one] == [
        "La copie de sécurité de l’heure n’a pas pu être faite\u202f: Le disque est plein."
    ]
    window.lock()
    assert not window.copies.timer.isActive()
