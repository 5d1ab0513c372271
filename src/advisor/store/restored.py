"""What a central store put back from a copy forgot: it waits again here, and is sent once more.

Nothing is lost as long as one laptop wrote it: its journal keeps every line it ever sent.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace

import sqlalchemy as sa

from advisor.domain.cases.operation import Op, OpState
from advisor.store import tables
from advisor.store.journal import op_of

_journal, _state = tables.journal, tables.field_state
_PENDING = OpState.PENDING.value


def offer_again(connection: sa.Connection, held: Mapping[str, int], since: int) -> None:
    """Let the lines beyond ``held`` (last number known of each incarnation) wait again.

    Ranks above ``since`` are those of a life that is over: what they showed was seen, but the
    new life may have given them to something else. What the new life knows keeps every byte.
    """
    mine = _journal.c.device.in_(sa.select(tables.device.c.id))
    known = sa.case(held, value=_journal.c.incarnation, else_=0) if held else sa.literal(0)
    forgotten = (mine, _journal.c.local_seq > known)
    connection.execute(
        _journal.update().where(*forgotten).values(state=_PENDING, verdict=sa.null())
    )
    for row in connection.execute(_journal.select().where(*forgotten)).mappings().all():
        clamp(connection, row["seq"], op_of(row), since)
    later = _state.c.server_seq > since
    connection.execute(_state.update().where(later).values(server_seq=since))


def clamp(connection: sa.Connection, line: int, op: Op, since: int) -> None:
    """Have an op say that it had seen nothing after rank ``since``."""
    fields = {
        name: asdict(replace(one, base_seq=min(one.base_seq, since)))
        for name, one in op.fields.items()
    }
    connection.execute(_journal.update().where(_journal.c.seq == line).values(fields=fields))
