"""What every case service works at: the open vault, the pack in use, the names of places."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from advisor.domain.cases.changes import Changes
from advisor.store.enrolled import refuse_locked
from advisor.store.unit_of_work import Reading, UnitOfWork
from advisor.store.vault import Vault


def same(code: str) -> str:
    """Return the code itself: the name of a place when no pack is open."""
    return code


@dataclass(slots=True)
class Desk:
    """The vault, the version of the pack in use, and how a commune's code gets its name.

    ``name_of`` raises NotFoundError for a code the pack does not know. A desk refuses to work
    (LockedError) once the central store revoked this computer, unless it is ``always_open``.
    """

    vault: Vault
    pack_version: Callable[[], str] = str
    name_of: Callable[[str], str] = same
    always_open: bool = False

    def for_upkeep(self) -> "Desk":
        """Return the same desk for what shows no case: counts, identity, copies, sync."""
        return replace(self, always_open=True)

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """Give a unit of work signed by the adviser of this home."""
        with self.vault.write(self.pack_version()) as work:
            if not self.always_open:
                refuse_locked(work.connection)
            yield work

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """Give a consistent look at the database."""
        with self.vault.read() as look:
            if not self.always_open:
                refuse_locked(look.connection)
            yield look

    def set(self, kind: str, record_id: str, values: dict[str, Any]) -> Changes:
        """Give fields of one record their new values, in one unit of work."""
        with self.write() as work:
            work.set(kind, record_id, values)
        return work.changes
