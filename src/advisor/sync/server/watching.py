"""Watches every request: one line of log, some counters, and no failure that leaves unsaid.

A line holds the device, the route, the status, how long and how much; never what was said, nor
where from. Of an unforeseen failure it keeps the places in the code, never the message.
"""

import json
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from advisor.store.identifiers import instant_text
from advisor.sync.messages import Reply
from advisor.sync.server.refusals import error_answer
from advisor.sync.server.settings import ServerSettings

_one_line = threading.Lock()


def to_stderr(line: Mapping[str, Any]) -> None:
    """Write one line of log, as JSON, on standard error."""
    text = json.dumps(line, ensure_ascii=False)
    with _one_line:
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - the log of a server


class Meters:
    """The counters of one application, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        known: dict[str, Any] = {"namespace": "advisor", "registry": self.registry}
        self.requests = Counter(
            "requests", "Requests answered", ["method", "route", "status"], **known
        )
        self.seconds = Histogram("request_seconds", "Time to answer", ["route"], **known)
        self.ops = Counter("ops", "Ops received, by verdict", ["verdict"], **known)
        self.records = Counter("records_given", "Records given to devices", **known)

    def count(self, reply: Reply) -> dict[str, int]:
        """Count what an exchange did; returns it for the log."""
        for receipt in reply.receipts:
            self.ops.labels(receipt.verdict.value).inc()
        given = len(reply.page.records) if reply.page else 0
        self.records.inc(given)
        return {"ops": len(reply.receipts), "records": given}

    def text(self) -> bytes:
        """Return every counter as Prometheus reads them."""
        return generate_latest(self.registry)


class Watcher:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, settings: ServerSettings, meters: Meters) -> None:
        self._app = app
        self._settings = settings
        self._meters = meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, whatever happens."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen = {"status": 0, "out": 0}
        state = scope.setdefault("state", {})
        started = time.perf_counter()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
            seen["out"] += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:  # noqa: BLE001 - the last place where it can be said
            state["failure"] = _places(error)
            if not seen["status"]:
                await _sorry()(scope, receive, sending)
        self._tell(scope, state, seen, time.perf_counter() - started)

    def _tell(
        self, scope: Scope, state: Mapping[str, Any], seen: Mapping[str, int], seconds: float
    ) -> None:
        route = getattr(scope.get("route"), "path", "unknown")
        self._meters.requests.labels(_verb(scope), route, str(seen["status"])).inc()
        self._meters.seconds.labels(route).observe(seconds)
        line = {
            "at": instant_text(self._settings.now()),
            "method": _verb(scope),
            "route": route,
            "status": seen["status"],
            "ms": round(seconds * 1000, 1),
            "out": seen["out"],
        }
        told = {name: state[name] for name in ("device", "did", "failure") if name in state}
        self._settings.log(line | told)


def _verb(scope: Scope) -> str:
    known = {"GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"}
    return scope["method"] if scope["method"] in known else "other"


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    places = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames]
    return [f"{type(error).__module__}.{type(error).__name__}", *places]


def _sorry() -> Any:
    return error_answer(
        500,
        "unforeseen",
        "Le central a rencontré une erreur imprévue.",
        "Rien n’est perdu. Recommencez plus tard\u202f; si cela dure, prévenez le support.",
    )
