"""Lets a device in, by a code used once, and out again.

Whoever runs the store invites a named device; whoever holds the code redeems it, and only then
is the device's token made, told once, and kept hashed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from advisor.domain.places.departement_names import DEPARTEMENT_NAMES
from advisor.errors import BadDataError, NotFoundError, RefusedError
from advisor.store.identifiers import instant_text, new_id
from advisor.sync.policies import RULES
from advisor.sync.server import audit, codes, keys, packs, tables
from advisor.sync.server.audit import Act
from advisor.sync.server.database import Central
from advisor.sync.server.rights import Rights, Role, grant, hidden_from, rights_of

VALID_FOR = timedelta(days=7)
MOST_ATTEMPTS = 5  # wrong secrets on one invitation; it is then dead
LONGEST_NAME = 200
ASK_AGAIN = "Demandez un nouveau code à la personne qui tient le central."


@dataclass(frozen=True, slots=True)
class Invitation:
    """What is told to the person who will enrol the device; ``code`` is nowhere else."""

    device: str
    code: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a device receives once; ``publishers`` are the keys of reference packs."""

    device: str
    organisation: str
    role: str
    departements: tuple[str, ...]
    token: str
    central_key: str
    publishers: tuple[str, ...]


def invite(
    central: Central,
    *,
    name: str,
    organisation: str,
    role: str,
    departements: Collection[str],
    now: datetime,
    hidden: Collection[str] | None = None,
) -> Invitation:
    """Make a device and its code; BadDataError names what is wrong.

    ``hidden`` are the kinds its organisation never sees; None keeps those known before.
    """
    named, owner = _name(name, "le nom du poste"), _name(organisation, "l’organisation")
    places, kind = _departements(departements), _role(role)
    kinds = None if hidden is None else _kinds(hidden)
    code, device, expires = codes.new_code(), new_id(), now + VALID_FOR
    values: dict[str, Any] = {"id": code.public, "device": device, "attempts": 0}
    values |= {"secret": codes.hash_of(code), "expires": instant_text(expires)}
    with central.writing() as connection:
        unseen = hidden_from(connection, owner) if kinds is None else kinds
        grant(connection, Rights(device, owner, kind, places, unseen))
        where = tables.device.c.id == device
        connection.execute(tables.device.update().where(where).values(name=named))
        connection.execute(tables.invitation.insert().values(**values))
        what = {"role": kind.value, "departements": sorted(places)}
        audit.note(connection, instant_text(now), Act.INVITE, device, **what)
    return Invitation(device, codes.code_text(code), expires)


def redeem(central: Central, code: str, public_key: str, now: datetime) -> Enrolled:
    """Give a device its token against its code; BadDataError or RefusedError when it is not one.

    A wrong secret is counted even though it is refused: the count is committed first.
    """
    asked, key = codes.read_code(code), keys.key_text(keys.raw(public_key))
    with central.writing() as connection:
        row = _invitation(connection, asked)
        refused = _refusal(connection, row, asked, now)
        if refused is None:
            return _enrol(connection, row, key, now)
    raise refused


def revoke(central: Central, device: str, now: datetime) -> None:
    """Stop a device at its next contact; NotFoundError when there is none of that name."""
    with central.writing() as connection:
        if rights_of(connection, device) is None:
            raise NotFoundError(
                "Ce poste n’est pas inscrit.",
                "Voyez la liste\u202f: «\u202fadvisor central status\u202f».",
            )
        where = tables.device.c.id == device
        connection.execute(tables.device.update().where(where).values(revoked=True))
        waiting = tables.invitation.c.device == device
        connection.execute(tables.invitation.delete().where(waiting))
        audit.note(connection, instant_text(now), Act.REVOKE, device)


def _invitation(connection: sa.Connection, code: codes.Code) -> Any:
    table = tables.invitation
    query = table.select().where(table.c.id == code.public).with_for_update()
    return connection.execute(query).first()


def _refusal(
    connection: sa.Connection, row: Any, code: codes.Code, now: datetime
) -> RefusedError | None:
    """Tell why a code is refused; one that is wrong learns nothing more."""
    kept = codes.hash_of(codes.Code(code.public, "")) if row is None else row.secret
    right = codes.matches(code, kept)
    if row is None or row.attempts >= MOST_ATTEMPTS or not right:
        if row is not None:
            where = tables.invitation.c.id == row.id
            wrong = tables.invitation.c.attempts + 1
            connection.execute(tables.invitation.update().where(where).values(attempts=wrong))
        return RefusedError("Ce code d’inscription n’est pas reconnu.", ASK_AGAIN)
    if row.used_at is not None:
        return RefusedError("Ce code d’inscription a déjà servi.", ASK_AGAIN)
    if row.expires <= instant_text(now):
        return RefusedError("Ce code d’inscription n’est plus valable.", ASK_AGAIN)
    return None


def _enrol(connection: sa.Connection, row: Any, key: str, now: datetime) -> Enrolled:
    at, token = instant_text(now), codes.new_token()
    values = {"public_key": key, "token": codes.token_hash(token), "enrolled_at": at}
    where = tables.device.c.id == row.device
    connection.execute(tables.device.update().where(where).values(**values))
    used = tables.invitation.c.id == row.id
    connection.execute(tables.invitation.update().where(used).values(used_at=at))
    audit.note(connection, at, Act.REDEEM, row.device)
    rights = rights_of(connection, row.device)
    assert rights is not None, "the invitation made the device"  # noqa: S101
    return Enrolled(
        rights.device,
        rights.organisation,
        rights.role.value,
        tuple(sorted(rights.departements)),
        token,
        keys.public_key(connection),
        packs.publishers(connection),
    )


def _name(text: str, what: str) -> str:
    found = text.strip()
    if not found or len(found) > LONGEST_NAME or not found.isprintable():
        raise BadDataError(
            f"Il manque {what}, ou il ne peut pas s’écrire.",
            f"Donnez un texte d’une ligne, de {LONGEST_NAME} caractères au plus.",
        )
    return found


def _role(text: str) -> Role:
    if text not in {one.value for one in Role}:
        known = ", ".join(one.value for one in Role)
        raise BadDataError(
            f"Le rôle «\u202f{text}\u202f» n’existe pas.", f"Rôles possibles\u202f: {known}."
        )
    return Role(text)


def _departements(given: Collection[str]) -> frozenset[str]:
    found = frozenset(one.strip().upper() for one in given if one.strip())
    wrong = sorted(found - set(DEPARTEMENT_NAMES))
    if wrong or not found:
        told = (
            f"«\u202f{wrong[0]}\u202f» n’est pas un département." if wrong else "Aucun département."
        )
        raise BadDataError(told, "Donnez des codes séparés par des virgules, par exemple 77,91.")
    return found


def _kinds(given: Collection[str]) -> frozenset[str]:
    found = frozenset(one.strip() for one in given if one.strip())
    wrong = sorted(found - set(RULES))
    if wrong:
        known = ", ".join(sorted(RULES))
        raise BadDataError(
            f"«\u202f{wrong[0]}\u202f» n’est pas un genre de fiche.", f"Genres\u202f: {known}."
        )
    return found
