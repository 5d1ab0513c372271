"""The second wall: on PostgreSQL, what is done for a device is done within the rows it may reach.

The first is ``rights``, in Python. Here the database itself is told whose hands are at work; its
policies (migration 0003) then hide and refuse every other row. SQLite has no such wall.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from advisor.sync.server.rights import Rights

ROLE = "advisor_device"
BETWEEN = "\x1f"  # no name of a département or of a kind holds it
_USABLE = sa.text(
    "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'advisor_device'"
    " AND pg_has_role(current_user, oid, 'MEMBER')"
    " AND has_table_privilege(oid, 'record', 'INSERT'))"
)
_SET = sa.text(
    "SELECT set_config('advisor.device', :device, true),"
    " set_config('advisor.departements', :departements, true),"
    " set_config('advisor.hidden', :hidden, true), set_config('role', :role, true)"
)


@contextmanager
def confined(connection: sa.Connection, rights: Rights) -> Iterator[None]:
    """Work within the rows of one device; after a failure the transaction must be abandoned."""
    if connection.dialect.name != "postgresql":
        yield
        return
    role = ROLE if _has_role(connection) else "none"
    departements, hidden = (_joined(one) for one in (rights.departements, rights.hidden))
    _set(connection, rights.device, departements, hidden, role)
    yield
    _set(connection, "", "", "", "none")


def _joined(names: frozenset[str]) -> str:
    return BETWEEN.join(sorted(names))


def _set(connection: sa.Connection, device: str, departements: str, hidden: str, role: str) -> None:
    values = {"device": device, "departements": departements, "hidden": hidden, "role": role}
    connection.execute(_SET, values)


def _has_role(connection: sa.Connection) -> bool:
    """Tell whether the role can be taken; asked once for each connection to the server."""
    held = connection.info
    if ROLE not in held:
        held[ROLE] = bool(connection.execute(_USABLE).scalar())
    return bool(held[ROLE])
