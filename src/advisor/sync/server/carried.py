"""Answers what another device carried here by file, as if its author had spoken itself.

The author's signature is checked, then its own rights apply; the answer is sealed for the author,
so that whoever carries it learns nothing of it.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import Operation
from advisor.domain.cases.synced import Life
from advisor.errors import BadDataError
from advisor.sync.envelopes import (
    Answered,
    Line,
    Manifest,
    Returned,
    Sent,
    answer_to,
    is_signed,
    manifest_of,
)
from advisor.sync.messages import Exchange, Pull, Reply, Trouble
from advisor.sync.server import tables
from advisor.sync.server.database import Central
from advisor.sync.server.engine import Engine
from advisor.sync.server.receiving import highest
from advisor.sync.wire import plain, read

PAGE = 1000
MOST_PAGES = 20  # in one answer; the rest comes with the next
NOBODY = "1970-01-01T00:00:00.000000Z"


def answer_carried(
    engine: Engine, central: Central, envelope: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return ``{"reply": …, "whole": bool}``, or ``{"refused": code}`` and nothing was taken.

    Codes: unreadable, unknown_device (never enrolled here), signature, revoked (the reply tells
    its author). It is not whole when an entry came without its body though nothing was erased
    here: what follows it was not taken.
    """
    try:
        sent = read(Sent, dict(envelope))
        manifest = manifest_of(sent)
    except BadDataError:
        return {"refused": "unreadable"}
    with central.reading() as connection:
        device = tables.device
        row = connection.execute(device.select().where(device.c.id == manifest.device)).first()
        seed = connection.execute(sa.select(tables.identity.c.private_key)).scalar_one()
    if row is None or not row.public_key:
        return {"refused": "unknown_device"}
    if not is_signed(sent, row.public_key):
        return {"refused": "signature"}
    try:
        bodies = _bodies(central, sent, manifest)
        answered = _answered(engine, central, sent, manifest, bodies, seed)
    except (BadDataError, ValueError):
        return {"refused": "unreadable"}
    told = {"reply": plain(answered), "whole": len(bodies) == len(manifest.ops)}
    return {**told, "refused": "revoked"} if row.revoked else told


def _answered(
    engine: Engine,
    central: Central,
    sent: Sent,
    manifest: Manifest,
    bodies: tuple[Any, ...],
    seed: str,
) -> Answered:
    whole = len(bodies) == len(manifest.ops)
    pull = Pull(manifest.cursor, PAGE, manifest.snapshot) if whole else None
    replies = [_ask(engine, manifest, bodies, pull)]
    while len(replies) < MOST_PAGES and (pull := _next(replies[-1], pull)) is not None:
        replies.append(_ask(engine, manifest, (), pull))
    with central.reading() as connection:
        known = highest(connection, manifest.device, manifest.incarnation)
    said = Returned(manifest.cursor, manifest.snapshot, known, tuple(replies))
    return answer_to(manifest, sent.id, said, replies[0].head, seed)


def _ask(engine: Engine, manifest: Manifest, bodies: tuple[Any, ...], pull: Pull | None) -> Reply:
    named = (manifest.device, manifest.incarnation, manifest.local_seq)
    return engine.exchange(
        manifest.device, Exchange(*named, bodies, pull, protocol=manifest.protocol)
    )


def _next(reply: Reply, asked: Pull | None) -> Pull | None:
    """Return what to ask after a reply, None when all is said."""
    if asked is not None and reply.trouble is Trouble.SNAPSHOT and asked.snapshot is None:
        return Pull(0, PAGE, reply.head)
    if asked is None or reply.page is None or not reply.page.more:
        return None
    return Pull(reply.page.cursor, PAGE, asked.snapshot)


def _bodies(central: Central, sent: Sent, manifest: Manifest) -> tuple[Any, ...]:
    """Return the bodies up to the first that is missing without having been erased here."""
    found: list[Any] = []
    with central.reading() as connection:
        for line, body in zip(manifest.ops, sent.bodies, strict=True):
            made = body or _without_body(connection, manifest.device, line)
            if made is None:
                break
            found.append(made)
    return tuple(found)


def _without_body(connection: sa.Connection, device: str, line: Line) -> dict[str, Any] | None:
    """Return what stands for an entry that lost its body on the way, None when nothing can."""
    if _is_received(connection, device, line):
        return _void(device, line)
    if not line.sha256:  # a rescue could not read it: its place is kept, in quarantine
        return {"device": device, "incarnation": line.incarnation, "local_seq": line.local_seq}
    return _void(device, line) if _is_erased(connection, line) else None


def _is_erased(connection: sa.Connection, line: Line) -> bool:
    record = tables.record
    about = [sa.and_(record.c.entity == line.entity, record.c.id == line.entity_id)]
    if line.interview is not None:
        about.append(sa.and_(record.c.entity == "appointment", record.c.id == line.interview))
    gone = sa.select(record.c.id).where(record.c.life == Life.ERASED.value, sa.or_(*about))
    return connection.execute(gone.limit(1)).first() is not None


def _is_received(connection: sa.Connection, device: str, line: Line) -> bool:
    receipt = tables.receipt
    received = sa.select(receipt.c.verdict).where(
        receipt.c.device == device,
        receipt.c.incarnation == line.incarnation,
        receipt.c.local_seq == line.local_seq,
    )
    return connection.execute(received).first() is not None


def _void(device: str, line: Line) -> dict[str, Any]:
    """Return what keeps the place of an entry that was erased on its way."""
    nothing = dict.fromkeys(
        ("actor", "organisation", "schema_version", "pack_version", "unit", "departement"), "-"
    )
    return {
        **nothing,
        "device": device,
        "incarnation": line.incarnation,
        "local_seq": line.local_seq,
        "entity": line.entity,
        "entity_id": line.entity_id,
        "interview": line.interview,
        "operation": Operation.VOID.value,
        "fields": {},
        "declared_at": NOBODY,
    }
