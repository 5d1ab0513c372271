"""One picture of each screen of a home, as the README and the guide show them.

Opens the window without showing it on any display that is not asked for.
"""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication

from advisor.services.all_services import Services
from advisor.ui.main import prepare
from advisor.ui.settings import Settings
from advisor.ui.window import DAY_SIZE, Window

NAMES = {
    "home": "ecran-accueil.png",
    "permanences": "ecran-permanences.png",
    "interview": "ecran-entretien.png",
    "map": "ecran-carte.png",
    "territories": "ecran-territoires.png",
    "structures": "ecran-structures.png",
    "follow_up": "ecran-suivi.png",
    "sync": "ecran-synchronisation.png",
}
LONGEST_WAIT_S = 30.0


def take_pictures(services: Services, out: Path) -> dict[str, Path]:
    """Write one PNG for each screen into ``out``; returns them by file name without suffix."""
    return grab_screens(services, out)


def grab_screens(
    services: Services,
    out: Path,
    size: tuple[int, int] = DAY_SIZE,
    scale: float = 1.0,
    mode: str = "light",
    now: Callable[[], datetime] = datetime.now,
) -> dict[str, Path]:
    """Write one PNG for each screen into ``out``, at a size in pixels and a text scale."""
    app = prepare()
    out.mkdir(parents=True, exist_ok=True)
    window = Window(services, now=now, show_file=lambda _path: True, settings=Settings(mode, scale))
    window.resize(*size)
    window.show()
    window.begin()
    try:
        return _grab_all(app, window, out)
    finally:
        window.close()
        window.deleteLater()
        _settle(app, window)


def _grab_all(app: QApplication, window: Window, out: Path) -> dict[str, Path]:
    _settle(app, window)
    made: dict[str, Path] = {}
    for key, name in NAMES.items():
        if window.shell is None:
            break
        window.shell.go(key, _busiest(window) if key == "interview" else "")
        _settle(app, window)
        for word in window.shell.rail.buttons.values():
            word.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        path = out / name
        window.grab().save(str(path))
        made[path.stem] = path
    return made


def _busiest(window: Window) -> str:
    """Return today's interview that compares the most places, or any, or nothing."""
    cases = window.services.cases
    people = cases.permanences.day(window.now().date()) or cases.interviews.list()
    ranked = sorted(people, key=lambda one: -len(one.places))
    return ranked[0].id if ranked else ""


def _settle(app: QApplication, window: Window) -> None:
    """Let everything asked come back and be painted."""
    until = time.monotonic() + LONGEST_WAIT_S
    quiet = 0
    while quiet < 3 and time.monotonic() < until:  # noqa: PLR2004  three quiet turns in a row
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        quiet = 0 if window.jobs.busy else quiet + 1
        time.sleep(0.01)
