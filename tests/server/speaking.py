"""A device reduced to what it says over HTTP."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from advisor.domain.cases.operation import Op
from advisor.sync.messages import Exchange, Pull, Reply
from advisor.sync.server import enrolment
from advisor.sync.server.database import Central
from advisor.sync.wire import decode, encode

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()


@dataclass
class Post:
    """An enrolled device; ``token`` may be replaced by another's."""

    web: httpx.Client
    device: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.web.get(path, headers={**self.headers, **headers})

    def post(self, path: str, content: bytes, **headers: str) -> httpx.Response:
        known = {**self.headers, **{n.replace("_", "-"): v for n, v in headers.items()}}
        return self.web.post(path, content=content, headers=known)

    def asked(self, *ops: Op, pull: Pull | None = None, device: str = "") -> httpx.Response:
        last = max((one.local_seq for one in ops), default=99)
        bodies = tuple(one.body() for one in ops)
        question = Exchange(device or self.device, "i", last, bodies, pull)
        return self.post("/v1/exchange", encode(question))

    def ask(self, *ops: Op, pull: Pull | None = None, device: str = "") -> Reply:
        answer = self.asked(*ops, pull=pull, device=device)
        assert answer.status_code == 200, answer.text
        return decode(Reply, answer.content)

    def pulled(self) -> list[Any]:
        page = self.ask(pull=Pull(0, 1000)).page
        assert page is not None
        return list(page.records)

    def verdicts(self, *ops: Op) -> list[str]:
        return [f"{one.verdict.value} {one.reason}".strip() for one in self.ask(*ops).receipts]


@dataclass
class Posts:
    """Whoever enrols devices on one store."""

    central: Central
    web: httpx.Client
    now: Callable[[], datetime]

    def invite(self, *departements: str, **more: Any) -> enrolment.Invitation:
        known = {"name": "Poste", "organisation": "URPS", "role": "conseiller", **more}
        return enrolment.invite(self.central, departements=departements, now=self.now(), **known)

    def redeem(self, code: str, **more: Any) -> httpx.Response:
        said = {"code": code, "public_key": KEY, "protocol": 1, **more}
        return self.web.post("/v1/enrol", json=said)

    def enrol(self, *departements: str, **more: Any) -> Post:
        invited = self.invite(*(departements or ("77",)), **more)
        answer = self.redeem(invited.code)
        assert answer.status_code == 200, answer.text
        assert answer.json()["device"] == invited.device
        return Post(self.web, invited.device, answer.json()["token"])
