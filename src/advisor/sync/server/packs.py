"""The reference packs this store gives out: a signed file, kept in parts, and which is current.

Whoever publishes has already checked the pack's signature and hashes; devices check them again.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from advisor.errors import NotFoundError, RefusedError
from advisor.store.identifiers import instant_text
from advisor.sync.server import audit, tables
from advisor.sync.server.audit import Act
from advisor.sync.server.database import Central

PART = 1 << 20  # bytes
_pack, _part = tables.pack, tables.pack_part
_CURRENT_ID = sa.select(_pack.c.id).order_by(_pack.c.turn.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class PackCard:
    """What is told of a pack; ``public_key`` (hexadecimal) is its publisher's."""

    id: str
    version: str
    built_at: str
    size: int
    sha256: str
    signed_by: str
    public_key: str


def publish(
    central: Central,
    file: Path,
    *,
    pack_id: str,
    version: str,
    built_at: str,
    signed_by: str,
    public_key: str,
    now: datetime,
) -> PackCard:
    """Take a verified pack in and make it the current one; raises OSError, RefusedError.

    ``pack_id`` names it for ever. The same file published again becomes current again.
    """
    with file.open("rb") as source:
        mark = hashlib.file_digest(source, "sha256").hexdigest()
    size = file.stat().st_size
    card = PackCard(pack_id, version, built_at, size, mark, signed_by, public_key)
    with central.writing() as connection:
        held = _card(connection, card.id)
        if held is not None and held.sha256 != card.sha256:
            raise RefusedError(
                f"Un autre référentiel porte déjà la version {version}.",
                "Reconstruisez le référentiel\u202f: sa version nomme son contenu.",
            )
        if held is None:
            _store(connection, card, file, now)
        turn = connection.execute(sa.select(sa.func.max(_pack.c.turn))).scalar() or 0
        connection.execute(_pack.update().where(_pack.c.id == card.id).values(turn=turn + 1))
        audit.note(connection, instant_text(now), Act.PUBLISH, "", pack=card.id, sha256=mark)
    return card


def current(connection: sa.Connection) -> PackCard | None:
    """Return the pack published last, None when there is none."""
    row = connection.execute(_pack.select().order_by(_pack.c.turn.desc()).limit(1)).first()
    return None if row is None else _card_of(row)


def current_id(connection: sa.Connection) -> str:
    """Return the id of the pack published last, empty when there is none."""
    return connection.execute(_CURRENT_ID).scalar() or ""


def card_of(connection: sa.Connection, pack_id: str) -> PackCard:
    """Return a pack's card; NotFoundError when it was never published here."""
    card = _card(connection, pack_id) if pack_id.isprintable() else None
    if card is None:
        raise NotFoundError(
            "Ce référentiel n’est pas publié ici.", "Demandez le référentiel courant."
        )
    return card


def published(connection: sa.Connection) -> list[PackCard]:
    """Return every pack, the current one first."""
    rows = connection.execute(_pack.select().order_by(_pack.c.turn.desc()))
    return [_card_of(row) for row in rows]


def publishers(connection: sa.Connection) -> tuple[str, ...]:
    """Return the keys whose packs this store gives out, as ``reference trust`` reads them."""
    query = sa.select(_pack.c.public_key).distinct().order_by(_pack.c.public_key)
    return tuple(connection.execute(query).scalars())


def read(central: Central, pack_id: str, first: int, last: int) -> Iterator[bytes]:
    """Give the bytes of a pack from ``first`` to ``last`` included, one part at a time.

    Each part is read in a transaction of its own: a slow reader holds nothing.
    """
    for n in range(first // PART, last // PART + 1):
        where = (_part.c.pack == pack_id, _part.c.n == n)
        with central.reading() as connection:
            held = connection.execute(sa.select(_part.c.bytes).where(*where)).scalar_one()
        yield held[max(0, first - n * PART) : last - n * PART + 1]


def _store(connection: sa.Connection, card: PackCard, file: Path, now: datetime) -> None:
    values: dict[str, Any] = {name: getattr(card, name) for name in PackCard.__slots__}
    connection.execute(_pack.insert().values(**values, published_at=instant_text(now), turn=0))
    whole = hashlib.sha256()
    with file.open("rb") as source:
        for n, part in enumerate(iter(lambda: source.read(PART), b"")):
            whole.update(part)
            connection.execute(_part.insert().values(pack=card.id, n=n, bytes=part))
    if whole.hexdigest() != card.sha256:
        raise RefusedError("Ce fichier a changé pendant sa lecture.", "Publiez-le de nouveau.")


def _card(connection: sa.Connection, pack_id: str) -> PackCard | None:
    row = connection.execute(_pack.select().where(_pack.c.id == pack_id)).first()
    return None if row is None else _card_of(row)


def _card_of(row: Any) -> PackCard:
    return PackCard(**{name: getattr(row, name) for name in PackCard.__slots__})
