"""What was done on the central store, for ever: each line holds the hash of the one before.

No personal data: identifiers of devices, counts, stable words. Triggers refuse any change; whoever
gets around them breaks the chain, which ``verify`` tells.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from advisor.sync.server import tables
from advisor.sync.wire import fingerprint

_AT_A_TIME = 500


class Act(StrEnum):
    """What a line of the audit tells."""

    INVITE = "invite"
    REDEEM = "redeem"
    REVOKE = "revoke"
    PUSH = "push"
    PULL = "pull"
    PUBLISH = "publish"
    ERASE = "erase"
    MERGE = "merge"
    REPLAY = "replay"
    REFUSED = "refused"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Chain:
    """What a verification found: how many lines, and the first that does not hold, if any."""

    lines: int
    broken_at: int | None = None

    @property
    def ok(self) -> bool:
        """Tell whether every line holds."""
        return self.broken_at is None


def note(connection: sa.Connection, at: str, act: Act, device: str = "", **detail: Any) -> None:
    """Add a line in the transaction of what it tells; the lines are written one after another."""
    end = tables.audit_end
    last = connection.execute(end.select().with_for_update()).one()
    line = {
        "seq": last.last + 1,
        "at": at,
        "kind": act.value,
        "device": device,
        "detail": detail,
        "before": last.hash,
    }
    mark = fingerprint(line)
    connection.execute(tables.audit.insert().values(**line, hash=mark))
    connection.execute(end.update().values(last=line["seq"], hash=mark))


def verify(connection: sa.Connection) -> Chain:
    """Read the whole chain again; a line changed, taken out or cut off the end is told."""
    table = tables.audit
    seq, before = 0, ""
    for row in connection.execute(table.select().order_by(table.c.seq)).yield_per(_AT_A_TIME):
        line = dict(row._mapping)  # noqa: SLF001 - the public name of a row's columns
        mark = line.pop("hash")
        if (line["seq"], line["before"]) != (seq + 1, before) or fingerprint(line) != mark:
            return Chain(seq, seq + 1)
        seq, before = seq + 1, mark
    end = connection.execute(tables.audit_end.select()).one()
    cut = (end.last, end.hash) != (seq, before)
    return Chain(seq, seq + 1 if cut else None)
