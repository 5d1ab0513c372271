"""The Ed25519 key of this central store, and the keys of devices, as base64 for URLs."""

import base64
import binascii

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from advisor.errors import BadDataError
from advisor.sync.server import tables

KEY_BYTES = 32


def private_key(connection: sa.Connection) -> Ed25519PrivateKey:
    """Return the key this store signs with; made by its first migration, it never changes."""
    text = connection.execute(sa.select(tables.identity.c.private_key)).scalar_one()
    return Ed25519PrivateKey.from_private_bytes(raw(text))


def public_key(connection: sa.Connection) -> str:
    """Return the public key of this store as devices receive it."""
    return key_text(private_key(connection).public_key().public_bytes_raw())


def key_text(key: bytes) -> str:
    """Return a raw key as text, padding kept."""
    return base64.urlsafe_b64encode(key).decode("ascii")


def raw(text: str) -> bytes:
    """Return the 32 bytes of a key; BadDataError when it is not one. Padding may be missing."""
    try:
        whole = text.encode("ascii").rstrip(b"=")
        key = base64.b64decode(whole + b"=" * (-len(whole) % 4), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        key = b""
    if len(key) != KEY_BYTES:
        raise BadDataError("La clé publique de ce poste est illisible.", "Relancez l’inscription.")
    return key
