"""Central stores in processes of their own, forked from one that is warm and has no thread.

A server is killed with SIGKILL, from outside or by itself at a chosen statement or commit.
"""

import json
import os
import signal
import threading
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from advisor.sync.server import app
from advisor.sync.server.api import make_app
from advisor.sync.server.database import Central
from advisor.sync.server.settings import ServerSettings

ENDLESS = "1000000/minute"
SETTINGS = ServerSettings(device_rate=ENDLESS, refusal_rate=ENDLESS, enrol_rate=ENDLESS)
NOWHERE = 1_000_000_000  # statements: a fuse that never blows


class Fuse:
    """Kills this process at the ``left``-th point met whose name holds ``only``."""

    def __init__(
        self, engine: sa.Engine, only: str, left: int, tell: Callable[[str], object]
    ) -> None:
        self._only, self.left = only, left or NOWHERE
        self._tell = tell
        self._lock = threading.Lock()
        sa.event.listen(
            engine, "before_cursor_execute", lambda *_: self.pass_by("before a statement")
        )
        sa.event.listen(
            engine, "after_cursor_execute", lambda *_: self.pass_by("after a statement")
        )
        sa.event.listen(engine, "commit", self._committing)
        sa.event.listen(engine, "checkin", self._given_back)

    def pass_by(self, point: str) -> None:
        """Count a point; the last thing this process does may be to name it."""
        if self._only not in point:
            return
        with self._lock:
            self.left -= 1
            if self.left == 0:
                self._tell(point)
                os.kill(os.getpid(), signal.SIGKILL)

    def _committing(self, connection: sa.Connection) -> None:
        self.pass_by("before a commit")
        connection.info["committed"] = True

    def _given_back(self, _raw: object, record: Any) -> None:
        if record.info.pop("committed", False):
            self.pass_by("after a commit")


class Lines:
    """JSON values over a pair of pipes."""

    def __init__(self, reading: int, writing: int) -> None:
        self._in = os.fdopen(reading, encoding="utf-8")
        self._out = writing

    def say(self, value: Any) -> None:
        os.write(self._out, (json.dumps(value) + "\n").encode())

    def hear(self) -> Any:
        """Return the next value, None once the other end is gone."""
        line = self._in.readline()
        return json.loads(line) if line else None


class Keeper:
    """Starts and kills servers of one central store, whose connections are all closed.

    To be made before this process has any thread. What ``central`` has prepared is inherited.
    """

    def __init__(self, central: Central) -> None:
        (there, mine), (here, theirs) = os.pipe(), os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(mine)
            os.close(here)
            answering = make_app(central, SETTINGS)
            app.make_app = lambda *_: answering  # type: ignore[assignment]
            _keep(Lines(there, theirs), central)
        os.close(there)
        os.close(theirs)
        self._lines, self._mine = Lines(here, mine), mine

    def start(self, only: str = "", fuse: int = 0) -> tuple[int, str]:
        """Return the process and the address of a new server."""
        self._lines.say({"only": only, "fuse": fuse})
        pid, url = self._lines.hear()
        return pid, url

    def end(self, pid: int) -> str:
        """Make sure a server is dead; returns the point where it killed itself, if it did."""
        self._lines.say({"pid": pid})
        return str(self._lines.hear())

    def close(self) -> None:
        """Kill what still runs."""
        os.close(self._mine)
        os.waitpid(self.pid, 0)


def _keep(lines: Lines, central: Central) -> None:
    reports: dict[int, int] = {}
    while (asked := lines.hear()) is not None:
        if "pid" in asked:
            lines.say(_end(asked["pid"], reports.pop(asked["pid"])))
            continue
        report, reporting = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(report)
            _serve(central, reporting, **asked)
        os.close(reporting)
        reports[pid] = report
        lines.say((pid, _line(report)))
    for pid, report in reports.items():
        _end(pid, report)
    os._exit(0)


def _end(pid: int, report: int) -> str:
    os.kill(pid, signal.SIGKILL)  # a zombie does not mind
    os.waitpid(pid, 0)
    point = _line(report)
    os.close(report)
    return point


def _line(file: int) -> str:
    said = b""
    while not said.endswith(b"\n") and (more := os.read(file, 1)):
        said += more
    return said.decode().strip()


def _serve(central: Central, reporting: int, only: str, fuse: int) -> None:
    server = app.RunningServer(central, SETTINGS)
    address = server.start()
    Fuse(central.engine, only, fuse, lambda point: os.write(reporting, f"{point}\n".encode()))
    os.write(reporting, f"{address}\n".encode())
    threading.Event().wait()
