"""One-time codes that people read aloud and type, and the tokens that devices keep.

A code is twenty characters of Crockford's base 32, in four groups: five that find the invitation,
thirteen that are secret (65 bits), two that tell a typing mistake from a wrong code. A token is
256 random bits.
"""

import hashlib
import hmac
import secrets
from typing import NamedTuple

from advisor.errors import BadDataError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PUBLIC, SECRET, CHECK = 5, 13, 2
GROUP = 5
TOKEN_BYTES = 32
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u202f": None})


class Code(NamedTuple):
    """A code taken apart."""

    public: str
    secret: str


def new_code() -> Code:
    """Return a code nobody had before."""
    return Code(_random(PUBLIC), _random(SECRET))


def code_text(code: Code) -> str:
    """Return a code as it is told to people: ``XXXXX-XXXXX-XXXXX-XXXXX``."""
    whole = code.public + code.secret
    whole += _check(whole)
    return "-".join(whole[at : at + GROUP] for at in range(0, len(whole), GROUP))


def read_code(text: str) -> Code:
    """Return the code somebody typed; BadDataError when it was mistyped."""
    typed = text.upper().translate(_MEANT)
    whole, check = typed[:-CHECK], typed[-CHECK:]
    if len(whole) != PUBLIC + SECRET or not set(typed) <= set(ALPHABET) or _check(whole) != check:
        raise BadDataError(
            "Ce code d’inscription est mal recopié.",
            "Recopiez ses quatre groupes de cinq caractères, tels qu’on vous les a donnés.",
        )
    return Code(whole[:PUBLIC], whole[PUBLIC:])


def hash_of(code: Code) -> str:
    """Return what is kept of a code: slow to work out, useless to read."""
    made = hashlib.scrypt(code.secret.encode(), salt=code.public.encode(), n=2**12, r=8, p=1)
    return made.hex()


def matches(code: Code, kept: str) -> bool:
    """Tell whether a code is the one kept, in a time that tells nothing."""
    return hmac.compare_digest(hash_of(code), kept)


def new_token() -> str:
    """Return a token of 256 random bits, in characters that travel anywhere."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _check(whole: str) -> str:
    number = int.from_bytes(hashlib.sha256(whole.encode("utf-8", "replace")).digest()[:2])
    return ALPHABET[number % 32] + ALPHABET[number // 32 % 32]
