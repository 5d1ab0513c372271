"""What ties this home to its central store, kept in the ciphered database only.

The token and the private key never leave it. Knows neither the network nor what a key is for.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import sqlalchemy as sa

from advisor.domain.cases.operation import Op, OpState
from advisor.errors import LockedError
from advisor.store import tables
from advisor.store.restored import offer_again
from advisor.store.settings import Settings
from advisor.store.synced import POSITION, Synced

TIE, LOCK, LAST, SUCCESS = "enrolment", "locked", "last_sync", "last_success"
FORGOTTEN = "forgotten"
_journal = tables.journal


@dataclass(frozen=True, slots=True)
class Tie:
    """An enrolment. Keys are raw Ed25519 keys in URL-safe base64; ``since`` an instant's text.

    ``authority`` is the PEM text of the certificates to believe, empty for the system's own.
    """

    central: str
    device: str
    organisation: str
    role: str
    departements: tuple[str, ...]
    since: str
    token: str
    private_key: str
    public_key: str
    central_key: str
    authority: str = ""


class Enrolled:
    """Reads and writes one home's tie on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._settings = Settings(connection)

    def tie(self) -> Tie | None:
        """Return the enrolment of this home, None when it has none."""
        held = self._settings.get(TIE)
        if held is None:
            return None
        known = {one.name: held[one.name] for one in fields(Tie) if one.name in held}
        return Tie(**{**known, "departements": tuple(known["departements"])})

    def keep(self, tie: Tie) -> None:
        """Keep an enrolment in place of the former one."""
        self._settings.keep(TIE, asdict(tie))

    def become(self, tie: Tie, incarnation: str) -> None:
        """Take the name the central store gave, keep the tie, unlock.

        What waits to be sent is named and numbered again, the versions of its notes with it:
        the central store takes from a device only what bears its name. One put back from a copy
        that did not know the former name had nothing of it: all that was ever sent waits again.
        """
        if self.forgotten:
            offer_again(self._connection, {}, 0)
        self._rename(tie.device, incarnation)
        self.keep(tie)
        self.unlock()

    def leave(self, device: str, incarnation: str) -> None:
        """Untie this home from a central store that is gone: everything waits again.

        Only for a store that nobody else wrote to: what came from others would leave as ours.
        """
        self._connection.execute(
            _journal.update().values(state=OpState.PENDING.value, verdict=None)
        )
        for op in Synced(self._connection).outbox():
            unseen = {name: asdict(replace(one, base_seq=0)) for name, one in op.fields.items()}
            self._connection.execute(_journal.update().where(*_named(op)).values(fields=unseen))
        self._rename(device, incarnation)
        for received in (tables.synced_record, tables.field_state, tables.field_version):
            self._connection.execute(received.delete())
        for name in (POSITION, TIE, LAST, SUCCESS):
            self._settings.drop(name)

    def _rename(self, device: str, incarnation: str) -> None:
        """Give what waits, and this home, another name; numbers begin again at one."""
        pending = Synced(self._connection).outbox()
        version = tables.note_version
        for number, op in enumerate(pending, start=1):
            fresh = replace(op, device=device, incarnation=incarnation, local_seq=number)
            named = {"device": device, "incarnation": incarnation, "local_seq": number}
            self._connection.execute(_journal.update().where(*_named(op)).values(**named))
            mine = (version.c.id == op.id, version.c.note == op.entity_id)
            self._connection.execute(version.update().where(*mine).values(id=fresh.id))
        counter = {"id": device, "incarnation": incarnation, "local_seq": len(pending)}
        self._connection.execute(tables.device.update().values(**counter))

    def lock(self, at: str) -> None:
        """Keep that the central store revoked this device."""
        self._settings.keep(LOCK, at)

    def unlock(self) -> None:
        """Open the cases again: the central store knows this device."""
        for mark in (LOCK, FORGOTTEN):
            if self._settings.get(mark) is not None:
                self._settings.keep(mark, None)

    def forget(self, at: str) -> None:
        """Keep that the central store did not know this device any more."""
        self._settings.keep(FORGOTTEN, at)

    @property
    def forgotten(self) -> bool:
        """Tell whether the central store said that it does not know this device."""
        return self._settings.get(FORGOTTEN) is not None

    @property
    def locked(self) -> bool:
        """Tell whether the central store revoked this device."""
        return self._settings.get(LOCK) is not None

    def keep_last(self, attempt: Mapping[str, Any], *, ok: bool) -> None:
        """Keep what the last sync said, and when the last good one was."""
        self._settings.keep(LAST, dict(attempt))
        if ok:
            self._settings.keep(SUCCESS, attempt["at"])

    def last(self) -> tuple[dict[str, Any] | None, str | None]:
        """Return what the last sync said, and the instant of the last good one."""
        return self._settings.get(LAST), self._settings.get(SUCCESS)


def _named(op: Op) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        _journal.c.device == op.device,
        _journal.c.incarnation == op.incarnation,
        _journal.c.local_seq == op.local_seq,
    )


def refuse_locked(connection: sa.Connection) -> None:
    """Raise LockedError when the central store revoked this device."""
    if Enrolled(connection).locked:
        raise LockedError(
            "Le central a révoqué ce poste\u202f: les dossiers restent fermés.",
            "Rien n’est effacé. Demandez un nouveau code d’inscription\u202f; ce qui n’a pas été "
            "envoyé se sauve par «\u202fCopie de secours\u202f» (ou «\u202fsync rescue\u202f»).",
        )
