"""How a central store vouches for a reference pack, and how a device checks that it did.

The signature is made with the store's own key, the one a device received when it enrolled: a
publisher's key that came later is believed on that word, and on no other.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from advisor.sync.wire import canonical

LARGEST_PACK = 1 << 31  # bytes
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)
_MARK = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PURPOSE = "advisor reference pack"


@dataclass(frozen=True, slots=True)
class OfferedPack:
    """A pack a central store gives out; ``public_key`` (hexadecimal) is its publisher's."""

    id: str
    version: str
    built_at: str
    size: int
    sha256: str
    public_key: str


def vouch(key: Ed25519PrivateKey, pack: OfferedPack) -> str:
    """Return the store's signature under what it says of a pack, as text."""
    return base64.urlsafe_b64encode(key.sign(_said(pack))).decode("ascii")


def read_offer(told: Mapping[str, Any], central_key: str) -> OfferedPack | None:
    """Return the pack a store tells of, None unless it is well formed and truly vouched for."""
    try:
        pack = OfferedPack(**{name: told[name] for name in OfferedPack.__slots__})
        key = Ed25519PublicKey.from_public_bytes(_raw(central_key))
        key.verify(_raw(told["vouched"]), _said(pack))
        return pack if _is_sound(pack) else None
    except (KeyError, TypeError, ValueError, AttributeError, InvalidSignature):
        return None


def _is_sound(pack: OfferedPack) -> bool:
    date.fromisoformat(pack.built_at)
    named = _NAME.fullmatch(pack.id) is not None and pack.version.isprintable()
    marked = all(_MARK.fullmatch(one) for one in (pack.sha256, pack.public_key))
    return named and marked and type(pack.size) is int and 0 < pack.size <= LARGEST_PACK


def _said(pack: OfferedPack) -> bytes:
    values = [getattr(pack, name) for name in OfferedPack.__slots__]
    return canonical([_PURPOSE, *values]).encode("ascii")


def _raw(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError(text) from error
