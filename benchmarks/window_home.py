"""A home with one permanence and three people, and the window opened on it in a new process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness import ROOT

OPEN_WINDOW = """
import sys, time
sys.path[:0] = [sys.argv[1], sys.argv[2]]
from pathlib import Path
from advisor.app import Application
from advisor.config import Home
from advisor.ui.main import prepare
from advisor.ui.window import Window
app = Application(Home(Path(sys.argv[3])))
qt = prepare()
window = Window(app.services)
window.show()
window.begin()
until = time.monotonic() + 60
while (window.shell is None or window.jobs.busy) and time.monotonic() < until:
    qt.processEvents()
    time.sleep(0.002)  # leaves the other lane its turn, as a real event loop does
window.repaint()
qt.processEvents()
assert window.shell is not None, "the window did not open"
usable, spent = time.time(), time.process_time()
"""


@contextmanager
def day_home(full: Path | None = None) -> Iterator[tuple[Path, dict[str, str]]]:
    """Give a home where the demonstration was played, and the environment that opens it.

    With ``full``, the full pack installed in that home is used.
    """
    with tempfile.TemporaryDirectory() as folder:
        home, phrase = Path(folder) / "home", Path(folder) / "phrase"
        phrase.write_text("une phrase pour mesurer\n", encoding="utf-8")
        environment = {
            **os.environ,
            "ADVISOR_PASSPHRASE_FILE": str(phrase),
            "QT_QPA_PLATFORM": "offscreen",
            "QT_LOGGING_RULES": "default.warning=false",
            "PYTHONPATH": str(ROOT / "src"),
        }
        if full is not None:
            (home).mkdir(mode=0o700)
            (home / "reference").symlink_to(full / "reference")
        words = ("demo", "--out", str(Path(folder) / "out"), "--home", str(home), "--json")
        subprocess.run(
            [sys.executable, "-m", "advisor", *words],
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        yield home, environment


def in_window(home: Path, environment: dict[str, str], then: str) -> str:
    """Open the window in a new process, run ``then`` in it, return what it printed last."""
    folders = (str(ROOT / "src"), str(ROOT / "benchmarks"))
    ran = subprocess.run(
        [sys.executable, "-c", OPEN_WINDOW + then, *folders, str(home)],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return ran.stdout.splitlines()[-1]
