import subprocess
import sys
from pathlib import Path

from keyboard import until
from pytestqt.qtbot import QtBot

from advisor.config import Home
from advisor.ui.single_instance import SingleInstance
from advisor.ui.window import Window

SECOND = """
import sys
from pathlib import Path
from advisor.config import Home
from advisor.services.all_services import Services
from advisor.ui.main import run
sys.exit(run(Services(Home(Path(sys.argv[1])))))
"""


def test_a_second_copy_says_so_and_brings_the_first_window_forward(
    qtbot: QtBot, window: Window, home: Home
) -> None:
    alone = SingleInstance(home, window)
    assert alone.is_first()
    alone.called.connect(window.come_forward)
    window.showMinimized()
    second = subprocess.Popen(
        [sys.executable, "-c", SECOND, str(home.root)], stderr=subprocess.PIPE, text=True
    )
    until(qtbot, lambda: second.poll() is not None, timeout=60_000)
    _, said = second.communicate()
    assert second.returncode == 0
    assert "déjà ouverte" in said
    until(qtbot, lambda: not window.isMinimized())
    assert "déjà ouverte" in window.shell.status.words.text()
    alone.close()


def test_two_homes_never_meet(qtbot: QtBot, tmp_path: Path) -> None:
    one, other = (SingleInstance(Home(tmp_path / name)) for name in ("a", "b"))
    assert one.is_first()
    assert other.is_first()
    one.close()
    other.close()
