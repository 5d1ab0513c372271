import gc
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from threading import Event

import pytest
from keyboard import click, until
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from advisor.errors import AdvisorError, DiskFullError, RefusedError
from advisor.ui.jobs import Jobs
from advisor.ui.status_line import StatusLine
from advisor.ui.theme import Theme


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def test_work_of_the_store_is_done_in_the_order_asked_and_off_the_main_thread(
    qtbot: QtBot, jobs: Jobs
) -> None:
    done: list[int] = []
    threads: set[str] = set()
    for number in range(30):

        def work(number: int = number) -> int:
            threads.add(threading.current_thread().name)
            return number

        jobs.store(work, done.append)
    until(qtbot, lambda: len(done) == 30)
    assert done == list(range(30))
    assert len(threads) == 1
    assert threading.main_thread().name not in threads


def test_a_result_is_never_told_within_the_asking_however_quick_the_lane(
    qtbot: QtBot, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Future.add_done_callback

    def late(future: Future[object], tell: Callable[[Future[object]], object]) -> None:
        wait([future])
        watch(future, tell)

    monkeypatch.setattr(Future, "add_done_callback", late)
    done: list[str] = []
    jobs.read(lambda: "quick", done.append)
    assert done == []
    until(qtbot, lambda: done == ["quick"])


def test_a_refusal_comes_back_as_a_sentence_with_what_to_do(qtbot: QtBot, jobs: Jobs) -> None:
    def refuse() -> None:
        raise RefusedError("Ce n’est pas possible.", "Faites autrement.")

    with qtbot.waitSignal(jobs.refused) as told:
        jobs.read(refuse)
    assert told.args == ["Ce n’est pas possible.", "Faites autrement."]


def test_whoever_asked_is_told_of_the_refusal_first(qtbot: QtBot, jobs: Jobs) -> None:
    heard: list[Exception] = []

    def refuse() -> None:
        raise DiskFullError("Le disque est plein.")

    jobs.store(refuse, refused=heard.append)
    until(qtbot, lambda: heard)
    assert isinstance(heard[0], DiskFullError)


def test_an_unexpected_failure_is_reported_without_what_was_typed(qtbot: QtBot, jobs: Jobs) -> None:
    def fail() -> None:
        raise ValueError("Hélène Martin, 06 00 00 00 00")

    with qtbot.waitSignal(jobs.broken) as told:
        jobs.read(fail)
    assert "ValueError" in told.args[0]
    assert "test_jobs.py" in told.args[0]
    assert "Martin" not in told.args[0]


def test_work_given_up_never_shows_its_result(qtbot: QtBot, jobs: Jobs) -> None:
    gate = threading.Event()
    shown: list[str] = []
    job = jobs.read(lambda: gate.wait(10) and "late", shown.append)
    job.abandon()
    gate.set()
    until(qtbot, lambda: not jobs.busy)
    assert not shown


def test_work_over_a_second_says_what_it_is(qtbot: QtBot, jobs: Jobs) -> None:
    gate = threading.Event()
    with qtbot.waitSignal(jobs.slow, timeout=10_000) as told:
        jobs.read(lambda: gate.wait(10), label="Recherche")
    gate.set()
    assert told.args[0].label == "Recherche"
    until(qtbot, lambda: not jobs.busy)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_nobody_caught_in_any_thread_is_relayed_and_hooks_are_given_back(
    qtbot: QtBot, jobs: Jobs
) -> None:
    before = (sys.excepthook, threading.excepthook)
    jobs.watch_everything()

    def fail() -> None:
        raise KeyError("secret")

    with qtbot.waitSignal(jobs.broken) as told:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    assert "KeyError" in told.args[0]
    with qtbot.waitSignal(jobs.broken):
        sys.excepthook(OSError, OSError("x"), None)
    jobs.close()
    assert (sys.excepthook, threading.excepthook) == before


def test_slow_work_never_hides_what_failed(qtbot: QtBot, jobs: Jobs) -> None:
    line = StatusLine(Theme())
    qtbot.addWidget(line)
    line.show()
    jobs.slow.connect(line.wait_for)
    jobs.settled.connect(line.settle)
    line.say("failed", "Le disque est plein.", "Libérez de la place.")
    gate = threading.Event()
    with qtbot.waitSignal(jobs.slow, timeout=10_000):
        jobs.read(lambda: gate.wait(10), label="Recherche")
    assert line.bar.isVisible()
    assert line.words.text() == "Le disque est plein. Libérez de la place."
    gate.set()
    until(qtbot, lambda: not jobs.busy)
    assert not line.bar.isVisible()
    assert line.words.text() == "Le disque est plein. Libérez de la place."


def test_waiting_can_be_given_up_and_nothing_is_lost(qtbot: QtBot, jobs: Jobs) -> None:
    line = StatusLine(Theme())
    qtbot.addWidget(line)
    line.show()
    jobs.slow.connect(line.wait_for)
    gate = threading.Event()
    shown: list[object] = []
    with qtbot.waitSignal(jobs.slow, timeout=10_000):
        jobs.read(lambda: gate.wait(10), shown.append, label="Recherche")
    assert line.words.text() == "Recherche…"
    click(line.stop)
    assert "abandonnée" in line.words.text()
    gate.set()
    until(qtbot, lambda: not jobs.busy)
    assert not shown


def test_a_report_of_the_unexpected_is_copied_by_one_press(qtbot: QtBot) -> None:
    line = StatusLine(Theme())
    qtbot.addWidget(line)
    line.show()
    line.report("ValueError\n  /ui/shell.py:12")
    click(line.act)
    assert QGuiApplication.clipboard().text() == "ValueError\n  /ui/shell.py:12"


def test_cycles_are_never_collected_in_a_lane_where_they_would_destroy_widgets(
    qtbot: QtBot,
) -> None:
    jobs = Jobs()
    try:
        assert not gc.isenabled()
    finally:
        jobs.close()
    assert gc.isenabled()


def test_a_call_says_its_stages_and_holds_up_nobody(qtbot: QtBot, jobs: Jobs) -> None:
    told: list[object] = []
    ended: list[object] = []
    go_on = Event()

    def work(tell: Callable[[object], None], _is_stopped: Callable[[], bool]) -> str:
        tell("envoi")
        go_on.wait(10)
        tell("réception")
        return "fini"

    jobs.call(work, ended.append, staged=told.append)
    until(qtbot, lambda: told == ["envoi"])
    assert jobs.calling
    assert not jobs.busy
    jobs.store(lambda: "écrit", ended.append)
    until(qtbot, lambda: ended == ["écrit"])
    go_on.set()
    until(qtbot, lambda: ended == ["écrit", "fini"])
    assert told == ["envoi", "réception"]
    assert not jobs.calling


def test_a_call_that_is_stopped_ends_at_its_next_step_and_says_so(qtbot: QtBot, jobs: Jobs) -> None:
    refusals: list[AdvisorError] = []
    began = Event()

    def work(_tell: Callable[[object], None], is_stopped: Callable[[], bool]) -> None:
        began.set()
        while not is_stopped():
            Event().wait(0.001)
        message = "Arrêtée."
        raise AdvisorError(message)

    job = jobs.call(work, refused=refusals.append)
    began.wait(10)
    job.stop()
    until(qtbot, lambda: refusals)
    assert refusals[0].message == "Arrêtée."
