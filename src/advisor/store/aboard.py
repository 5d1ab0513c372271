"""How much this home carries for other devices: what waits, what the central store refused."""

from dataclasses import dataclass

import sqlalchemy as sa

from advisor.store.carried import REFUSED, WAITING
from advisor.store.carried_tables import carried_envelope, carried_op

_COUNTS = (
    sa.select(carried_envelope.c.state, sa.func.count())
    .join(carried_op, carried_op.c.envelope == carried_envelope.c.id)
    .where(carried_envelope.c.state.in_((WAITING, REFUSED)))
    .group_by(carried_envelope.c.state)
)


@dataclass(frozen=True, slots=True)
class Aboard:
    """Numbers of entries of other devices."""

    waiting: int = 0
    refused: int = 0


def aboard(connection: sa.Connection) -> Aboard:
    """Count what is carried."""
    found = {state: int(number) for state, number in connection.execute(_COUNTS)}
    return Aboard(found.get(WAITING, 0), found.get(REFUSED, 0))
