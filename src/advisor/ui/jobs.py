"""The only file that touches threads: a lane for the store, one for the reader, one for calls.

A call is long work that waits for somebody far away: it says its stages, it can be stopped, and
it never holds up the two other lanes. Work goes in from the main thread and its result, or its
failure, always comes back to the main thread. Must not know any screen nor what the work is about.
"""

import gc
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from advisor.errors import AdvisorError

SLOW_AFTER_MS = 1000
SWEEP_EVERY_MS = 30_000


class UnexpectedError(AdvisorError):
    """A fault of the program itself, already reported; told again to who asked for the work."""

    code = "unexpected"


@dataclass(slots=True, eq=False)
class Job:
    """One piece of work on its way; ``abandon`` makes its result unwanted."""

    label: str
    done: Callable[[Any], None] | None
    refused: Callable[[AdvisorError], None] | None
    future: "Future[Any] | None" = None
    unwanted: bool = False
    finished: bool = False
    can_cancel: bool = False
    staged: Callable[[Any], None] | None = None
    stopping: threading.Event = field(default_factory=threading.Event)

    def abandon(self) -> None:
        """Forget the work: not begun, it never runs; begun, its result is dropped."""
        self.unwanted = True
        if self.future is not None:
            self.future.cancel()

    def stop(self) -> None:
        """Ask work under way to end at its next step; it still says what became of it."""
        self.stopping.set()


def report_of(error: BaseException) -> str:
    """Return a copyable report: where it broke, never what was typed."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{type(error).__name__}"]
    lines += [f"  {frame.filename.rsplit('advisor', 1)[-1]}:{frame.lineno}" for frame in frames]
    return "\n".join(lines)


def still_there(callback: Callable[..., None]) -> bool:
    """Tell whether the window's object behind a callback still exists."""
    function = getattr(callback, "func", callback)
    owner = getattr(function, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


class Jobs(QObject):
    """Runs work outside the main thread and brings every outcome back to it.

    ``refused`` carries (message, hint) of an expected failure nobody else took; ``broken`` the
    report of an unexpected one; ``slow`` the job that lasts over a second; ``settled`` a job
    that ended.
    """

    refused = Signal(str, str)
    broken = Signal(str)
    slow = Signal(object)
    settled = Signal(object)
    _back = Signal(object)
    _relayed = Signal(str)
    _stage = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reader")
        self._calls = ThreadPoolExecutor(max_workers=1, thread_name_prefix="calls")
        self._open: set[Job] = set()
        self._calling: set[Job] = set()
        self._is_closing = False
        self._hooks: tuple[Any, Any] | None = None
        # Queued: what a lane has done before it is even watched is never told within the asking.
        self._back.connect(self._take_back, Qt.ConnectionType.QueuedConnection)
        self._relayed.connect(self.broken)
        self._stage.connect(self._tell_stage)
        # A cycle collected in a lane would destroy widgets there, which can block Qt for ever:
        # while lanes are open, cycles are collected here, in the main thread, only.
        gc.disable()
        self._sweep = QTimer(self, interval=SWEEP_EVERY_MS)
        self._sweep.timeout.connect(lambda: gc.collect())  # noqa: PLW0108  Qt must see no argument
        self._sweep.start()

    def store(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        refused: Callable[[AdvisorError], None] | None = None,
        label: str = "Enregistrement",
    ) -> Job:
        """Run ``work`` in the store lane, in the order asked."""
        return self._send(self._store, work, Job(label, done, refused))

    def read(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        refused: Callable[[AdvisorError], None] | None = None,
        label: str = "Lecture du référentiel",
    ) -> Job:
        """Run ``work`` in the reader lane; its wait can be cancelled."""
        return self._send(self._reader, work, Job(label, done, refused, can_cancel=True))

    def call(
        self,
        work: Callable[[Callable[[Any], None], Callable[[], bool]], Any],
        done: Callable[[Any], None] | None = None,
        refused: Callable[[AdvisorError], None] | None = None,
        staged: Callable[[Any], None] | None = None,
        label: str = "Échange",
    ) -> Job:
        """Run long work in the lane of calls, given how to say a stage and whether to stop."""
        job = Job(label, done, refused, staged=staged)
        self._calling.add(job)
        tell, is_stopped = partial(self._stage.emit, job), job.stopping.is_set
        return self._send(self._calls, lambda: work(tell, is_stopped), job)

    def stop_calls(self) -> None:
        """Ask every call under way to end at its next step."""
        for job in self._calling:
            job.stop()

    @property
    def busy(self) -> bool:
        """Tell whether some work has not come back yet, calls left out."""
        return bool(self._open - self._calling)

    @property
    def calling(self) -> bool:
        """Tell whether a call is under way."""
        return bool(self._calling)

    def close(self) -> None:
        """Let the work under way end, then stop the lanes and give the hooks back."""
        self.stop_calls()
        self._is_closing = True
        self._store.shutdown(wait=True)
        self._reader.shutdown(wait=True, cancel_futures=True)
        self._calls.shutdown(wait=True, cancel_futures=True)
        self._sweep.stop()
        gc.enable()
        if self._hooks is not None:
            sys.excepthook, threading.excepthook = self._hooks
            self._hooks = None

    def watch_everything(self) -> None:
        """Relay what nobody caught, in any thread, to ``broken``."""
        if self._hooks is None:
            self._hooks = (sys.excepthook, threading.excepthook)
            sys.excepthook = self._on_main_failure
            threading.excepthook = self._on_thread_failure

    def _send(self, lane: ThreadPoolExecutor, work: Callable[[], Any], job: Job) -> Job:
        self._open.add(job)
        job.future = lane.submit(work)
        job.future.add_done_callback(lambda _future: self._back.emit(job))
        QTimer.singleShot(SLOW_AFTER_MS, self, lambda: self._say_if_slow(job))
        return job

    def _tell_stage(self, job: Job, stage: object) -> None:
        is_heard = not job.finished and not job.unwanted
        if is_heard and job.staged is not None and still_there(job.staged):
            job.staged(stage)

    def _say_if_slow(self, job: Job) -> None:
        if not job.finished and not job.unwanted:
            self.slow.emit(job)

    def _take_back(self, job: Job) -> None:
        job.finished = True
        self._open.discard(job)
        self._calling.discard(job)
        self.settled.emit(job)
        if job.unwanted or job.future is None or self._is_closing:
            return
        try:
            result = job.future.result()
        except CancelledError:
            return
        except AdvisorError as error:
            self._refuse(job, error)
        except Exception as error:  # noqa: BLE001  whatever broke is told, never swallowed
            self.broken.emit(report_of(error))
            if job.refused is not None and still_there(job.refused):
                job.refused(UnexpectedError("Une erreur inattendue s’est produite."))
        else:
            if job.done is not None and still_there(job.done):
                job.done(result)

    def _refuse(self, job: Job, error: AdvisorError) -> None:
        if job.refused is not None and still_there(job.refused):
            job.refused(error)
        else:
            self.refused.emit(error.message, error.hint)

    def _on_main_failure(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._tell(error)

    def _on_thread_failure(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._relayed.emit(report_of(args.exc_value))

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, AdvisorError):
            self.refused.emit(error.message, error.hint)
        else:
            self.broken.emit(report_of(error))
