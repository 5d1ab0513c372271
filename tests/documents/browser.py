"""A real Chromium, driven over its debugging pipe: no network, no library, its own empty profile.

Messages are JSON closed by a zero byte; the browser reads them on descriptor 3, writes on 4.
"""

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
    "--remote-debugging-pipe",
)
PATIENCE = 60.0
BETWEEN = """
import fcntl, os, sys
commands, answers = (fcntl.fcntl(int(one), fcntl.F_DUPFD, 10) for one in sys.argv[1:3])
os.dup2(commands, 3)
os.dup2(answers, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


def find_browser() -> str | None:
    """Return the browser named by ADVISOR_BROWSER, else the first one found, else None."""
    if os.name != "posix":
        return None
    named = os.environ.get("ADVISOR_BROWSER")
    return next(filter(None, (shutil.which(one) for one in ((named,) if named else NAMES))), None)


class Page:
    """One tab of the browser: commands, what it asked of the network, what it complained of."""

    def __init__(self, send: int, receive: int) -> None:
        self._send, self._receive = send, receive
        self._buffer = b""
        self._count = 0
        self._session = ""
        self.asked: list[str] = []
        self.complaints: list[str] = []

    def open_tab(self, size: tuple[int, int]) -> None:
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.resize(*size)

    def resize(self, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **metrics)

    def show(self, file: Path) -> None:
        """Open a file and wait until its map says that it is drawn."""
        self.call("Page.navigate", url=file.as_uri())
        self.wait("document.documentElement?.dataset.ready === 'oui'")

    def value(self, expression: str) -> Any:
        """Return what an expression gives in the page; an error in it fails the test."""
        told = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def wait(self, expression: str) -> None:
        """Wait for an expression to be true in the page."""
        end = time.monotonic() + PATIENCE
        while not self.value(expression):
            assert time.monotonic() < end, f"never true: {expression}; {self.complaints}"
            time.sleep(0.02)

    def click(self, selector: str) -> None:
        """Press and release the mouse in the middle of what the selector finds."""
        box = self.value(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            " e.scrollIntoView({block: 'nearest'}); const b = e.getBoundingClientRect();"
            " return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        self.click_at(*box)

    def click_at(self, x: float, y: float) -> None:
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            held = {} if kind == "mouseMoved" else {"button": "left", "clickCount": 1}
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, **held)

    def picture(self, file: Path) -> None:
        """Write what the window shows as a PNG."""
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one command and return its answer."""
        self._count += 1
        asked: dict[str, Any] = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._send, json.dumps(asked).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._count:
                assert "error" not in told, told["error"]
                result: dict[str, Any] = told["result"]
                return result
            self._hear(told)

    def _hear(self, told: dict[str, Any]) -> None:
        detail = told.get("params", {})
        if told.get("method") == "Network.requestWillBeSent":
            self.asked.append(detail["request"]["url"])
        elif told.get("method") == "Log.entryAdded":
            self.complaints.append(detail["entry"]["text"])
        elif told.get("method") == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(detail["exceptionDetails"]))

    def _next(self) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._receive], [], [], max(0.0, end - time.monotonic()))
            assert ready, "the browser did not answer"
            piece = os.read(self._receive, 1 << 20)
            assert piece, "the browser closed"
            self._buffer += piece
        text, _, self._buffer = self._buffer.partition(b"\0")
        told: dict[str, Any] = json.loads(text)
        return told


@contextmanager
def browsing(program: str, profile: Path, size: tuple[int, int] = (1366, 768)) -> Iterator[Page]:
    """Open a browser with an empty profile, give its page, close it whatever happens."""
    read_by_browser, send = os.pipe()
    receive, written_by_browser = os.pipe()
    ran = subprocess.Popen(
        [
            *(sys.executable, "-c", BETWEEN),
            *(str(read_by_browser), str(written_by_browser)),
            *(program, *FLAGS, f"--user-data-dir={profile}", "about:blank"),
        ],
        pass_fds=(read_by_browser, written_by_browser),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(read_by_browser)
    os.close(written_by_browser)
    try:
        page = Page(send, receive)
        page.open_tab(size)
        yield page
        page._session = ""
        page.call("Browser.close")
    finally:
        os.close(send)
        os.close(receive)
        _end(ran)


def _end(ran: "subprocess.Popen[bytes]") -> None:
    try:
        ran.wait(10)
    except subprocess.TimeoutExpired:
        ran.kill()
        ran.wait()
