"""A real window on a real ciphered home with the shipped reference, offscreen."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from keyboard import until
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from advisor.config import Home
from advisor.domain.cases.appointment import Slot
from advisor.reference.pack.installation import current_pack
from advisor.services.all_services import Services
from advisor.store.keys import FLOOR
from advisor.store.surroundings import Surroundings
from advisor.ui.main import prepare
from advisor.ui.settings import Settings
from advisor.ui.window import Window

PASSPHRASE = "quatre mots sans lien"  # noqa: S105  of a home that lives one test
TODAY = date.today()  # noqa: DTZ011  the window shows the day of the machine


@dataclass
class Reader:
    """Stands for the platform's own reader of documents."""

    shown: list[Path] = field(default_factory=list)

    def __call__(self, path: Path) -> bool:
        self.shown.append(path)
        return True


@pytest.fixture(scope="session")
def reference_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a reference folder with the starter pack, built once."""
    home = Home(tmp_path_factory.mktemp("reference")).create()
    current_pack(home).close()
    return home.reference


@pytest.fixture
def home(tmp_path: Path, reference_folder: Path) -> Home:
    made = Home(tmp_path / "home").create()
    shutil.copytree(reference_folder, made.reference, dirs_exist_ok=True)
    return made


@pytest.fixture
def new_services(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Return the services of a home that has no database yet."""
    monkeypatch.delenv("ADVISOR_PASSPHRASE_FILE", raising=False)
    made = Services(home, around=Surroundings(cost=FLOOR, sleep=lambda _seconds: None))
    yield made
    made.close()


@pytest.fixture
def services(new_services: Services) -> Services:
    """Return the services of an open home where somebody signs."""
    new_services.unlock(PASSPHRASE)
    new_services.cases.identity.sign_in("Camille Exemple", "URPS")
    return new_services


@pytest.fixture
def session(services: Services) -> str:
    """Open today's permanence at Melun."""
    made = services.cases.permanences.create(
        "77", TODAY, "Melun", time(9), time(17), partners=["URPS", "CPAM"]
    )
    return made.id


@pytest.fixture
def martin(services: Services, session: str) -> str:
    """Book Dr Martin, who comes today with two places in mind."""
    person = {"nom": "Martin", "prenom": "Hélène", "profession": "medecin_generaliste"}
    interview = services.cases.permanences.book(session, Slot(time(10, 30), 30), person).id
    for code in ("77379", "77014"):
        services.cases.interviews.add_place(interview, code)
    return interview


@pytest.fixture
def reader() -> Reader:
    return Reader()


MakeWindow = Callable[..., Window]


@pytest.fixture
def make_window(qtbot: QtBot, qapp: object, reader: Reader, tmp_path: Path) -> Iterator[MakeWindow]:
    """Open windows and close them at the end, their threads with them."""
    opened: list[Window] = []

    def make(services: Services, **wanted: object) -> Window:
        prepare()
        settings = Settings(sheets=str(tmp_path / "fiches"), **wanted)  # type: ignore[arg-type]
        window = Window(services, now=datetime.now, show_file=reader, settings=settings)
        opened.append(window)
        window.show()
        window.activateWindow()
        window.begin()
        return window

    yield make
    for window in opened:
        until(qtbot, lambda window=window: not window.jobs.busy)
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(qtbot: QtBot, make_window: MakeWindow, services: Services) -> Window:
    """Return an open window, past the door."""
    made = make_window(services)
    until(qtbot, lambda: made.shell is not None and not made.jobs.busy)
    return made


@pytest.fixture
def interview(qtbot: QtBot, martin: str, window: Window) -> Window:
    """Return the window with Dr Martin's interview open and her aids worked out."""
    assert window.shell is not None
    window.shell.go("interview", martin)
    until(qtbot, lambda: window.shell.interview.seen and not window.jobs.busy)
    return window
