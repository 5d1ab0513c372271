"""The organisation's recovery key: letters that survive a phone call and any keyboard.

Nineteen letters: none that AZERTY and QWERTY swap (A, Q, Z, W, M), none that look like a digit
(I, O). Thirty-two drawn letters (135 bits), then four that check them: nine groups of four.
"""

import hashlib
import secrets

from advisor.errors import WrongKeyError

ALPHABET = "BCDEFGHJKLNPRSTUVXY"
DRAWN = 32
CHECKS = 4
GROUP = 4


def new_recovery_key() -> str:
    """Draw a key and return it as it is shown, once: groups joined by hyphens."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(DRAWN))
    letters = drawn + _check_letters(drawn)
    return "-".join(letters[i : i + GROUP] for i in range(0, len(letters), GROUP))


def read_recovery_key(typed: str) -> bytes:
    """Return the secret bytes of a key as typed, any case, spaces and hyphens ignored.

    Raises WrongKeyError with the kind of slip; a slip is never counted as an attempt.
    """
    letters = "".join(c for c in typed.upper() if not c.isspace() and c not in "-–—.")
    hint = "Relisez-la groupe par groupe\u202f: neuf groupes de quatre lettres."
    strange = sorted({c for c in letters if c not in ALPHABET})
    if strange:
        raise WrongKeyError(
            f"La clé de secours ne contient jamais «\u202f{strange[0]}\u202f».", hint
        )
    if len(letters) != DRAWN + CHECKS:
        raise WrongKeyError(
            f"La clé de secours compte {DRAWN + CHECKS} lettres, il y en a {len(letters)}.", hint
        )
    if _check_letters(letters[:DRAWN]) != letters[DRAWN:]:
        raise WrongKeyError("La clé de secours comporte une faute de frappe.", hint)
    return letters[:DRAWN].encode("ascii")


def _check_letters(drawn: str) -> str:
    number = int.from_bytes(hashlib.sha256(drawn.encode("ascii")).digest())
    letters = []
    for _ in range(CHECKS):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)
