"""Who is speaking: the token of a device, how often it may ask, how often anybody may be wrong.

The address of a caller is used to count, in memory, and is written nowhere.
"""

import re
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, NoReturn

import sqlalchemy as sa
from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from advisor.store.identifiers import instant, instant_text
from advisor.sync.server import audit, codes, tables
from advisor.sync.server.audit import Act
from advisor.sync.server.database import Central
from advisor.sync.server.refusals import HttpError
from advisor.sync.server.settings import ServerSettings

CONTACT_EVERY = timedelta(minutes=1)  # how fine the last contact is kept
NOTED_REFUSALS = parse("60/hour")  # lines of audit for failures, whoever fails
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}")
_bearer = HTTPBearer(auto_error=False, description="Jeton remis au poste à l’inscription")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A device that proved itself by its token; it may have been revoked since."""

    device: str
    revoked: bool


class Doors:
    """Lets devices in; one per application."""

    def __init__(self, central: Central, settings: ServerSettings) -> None:
        self._central = central
        self._now = settings.now
        self._counter = FixedWindowRateLimiter(MemoryStorage())
        self._of_device = parse(settings.device_rate)
        self._of_refusals = parse(settings.refusal_rate)
        self._of_enrolments = parse(settings.enrol_rate)

    def speaker(self, request: Request, credentials: Credentials) -> Speaker:
        """Return the device whose token was given; 401 when there is none, 429 too often.

        Whoever fails often is slowed down, never the devices that share an address with them.
        """
        row = self._row(credentials.credentials if credentials else "")
        if row is None:
            where = address(request)
            if not self._counter.hit(self._of_refusals, "refusals", where):
                self._too_often(self._of_refusals, "refusals", where)
            self.note_refusal("token")
            raise HttpError(
                401,
                "unknown_device",
                "Ce poste n’est pas reconnu par le central.",
                "Inscrivez-le de nouveau avec un code\u202f: vos saisies restent sur ce poste.",
                WWW_Authenticate="Bearer",
            )
        request.state.device = row.id
        if not self._counter.hit(self._of_device, "device", row.id):
            self._too_often(self._of_device, "device", row.id)
        self._keep_contact(row)
        return Speaker(row.id, row.revoked)

    def welcome(self, request: Request, credentials: Credentials) -> Speaker:
        """Return the device as ``speaker`` does, unless it was revoked."""
        found = self.speaker(request, credentials)
        if found.revoked:
            raise HttpError(
                403,
                "revoked",
                "Ce poste a été retiré du central.",
                "Adressez-vous à la personne qui tient le central.",
            )
        return found

    def enrolling(self, request: Request) -> None:
        """Count an attempt at enrolment; 429 when there were too many from there."""
        where = address(request)
        if not self._counter.hit(self._of_enrolments, "enrol", where):
            self._too_often(self._of_enrolments, "enrol", where)

    def note_refusal(self, reason: str) -> None:
        """Write in the audit that somebody was not let in; a flood is not all written."""
        if self._counter.hit(NOTED_REFUSALS, "noted"):
            with self._central.noting() as connection:
                audit.note(connection, instant_text(self._now()), Act.REFUSED, reason=reason)

    def _row(self, token: str) -> Any:
        if not _TOKEN.fullmatch(token):
            return None
        table = tables.device
        query = sa.select(table.c.id, table.c.revoked, table.c.last_contact)
        with self._central.reading() as connection:
            return connection.execute(query.where(table.c.token == codes.token_hash(token))).first()

    def _keep_contact(self, row: Any) -> None:
        now, table = self._now(), tables.device
        if row.last_contact and abs(now - instant(row.last_contact)) < CONTACT_EVERY:
            return
        with self._central.noting() as connection:
            where = table.c.id == row.id
            connection.execute(table.update().where(where).values(last_contact=instant_text(now)))

    def _too_often(self, rate: Any, *who: str) -> NoReturn:
        wait = int(self._counter.get_window_stats(rate, *who).reset_time - time.time()) + 1
        raise HttpError(
            429,
            "too_often",
            "Trop de demandes en peu de temps.",
            "Rien n’est perdu\u202f: recommencez dans une minute.",
            Retry_After=str(max(1, wait)),
        )


def address(request: Request) -> str:
    """Return where a request comes from."""
    return request.client.host if request.client else ""
