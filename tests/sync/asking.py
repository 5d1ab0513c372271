"""A device reduced to its questions, for the tests of the central store."""

from datetime import UTC, datetime, timedelta
from typing import Any

from ops import changes, op

from advisor.domain.cases.operation import Op, Operation
from advisor.domain.cases.synced import RecordState
from advisor.sync.messages import Exchange, Page, Pull, Reply
from advisor.sync.server.engine import Engine
from advisor.sync.server.rights import Rights, Role
from advisor.sync.wire import decode, encode

INTERVIEW = "01900000-0000-7000-8000-00000000000a"
PERSON = "01900000-0000-7000-8000-00000000000b"


def ask(engine: Engine, device: str, *ops: Op, pull: Pull | None = None, **more: Any) -> Reply:
    last = more.pop("local_seq", max((one.local_seq for one in ops), default=99))
    bodies = tuple(one.body() for one in ops)
    question = Exchange(device, more.pop("incarnation", "i"), last, bodies, pull, **more)
    return decode(Reply, engine.answer(device, encode(question)))


def pulled(engine: Engine, device: str, cursor: int = 0, **more: Any) -> list[RecordState]:
    found: list[RecordState] = []
    while True:
        page = page_after(engine, device, cursor, **more)
        found += page.records
        cursor = page.cursor
        if not page.more:
            return found


def page_after(engine: Engine, device: str, cursor: int = 0, **more: Any) -> Page:
    page = ask(engine, device, pull=Pull(cursor, **more)).page
    assert page is not None
    return page


def person(device: str, local_seq: int, person: str = PERSON, **more: Any) -> Op:
    fields = changes(nom="Exemple", telephone="01")
    return op(device, local_seq, Operation.CREATE, "professional", person, fields, **more)


def appointment(device: str, local_seq: int, interview: str = INTERVIEW, **fields: Any) -> Op:
    whole = {"permanence": "p1", "professional": PERSON, "status": "prevu", **fields}
    return op(
        device,
        local_seq,
        Operation.CREATE,
        "appointment",
        interview,
        changes(**whole),
        interview=interview,
    )


def note(device: str, local_seq: int, note_id: str, text: str, **more: Any) -> Op:
    fields = changes(interview=INTERVIEW, text=text)
    known = {"interview": INTERVIEW, **more}
    return op(device, local_seq, Operation.APPEND_NOTE, "note", note_id, fields, **known)


class ServerClock:
    def __init__(self) -> None:
        self.at = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def pass_days(self, days: int) -> None:
        self.at += timedelta(days=days)


def adviser(device: str, *departements: str) -> Rights:
    return Rights(device, "URPS", Role.ADVISER, frozenset(departements or {"77"}))
