"""Ed25519 keys: this home's own, the publishers it trusts, and the signatures of packs.

The private key of a home is ``signing.key`` at its root, readable by its owner only. Trusted
public keys are in ``reference/trusted.json``.
"""

import base64
import binascii
import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from advisor.config import Home
from advisor.errors import PackError
from advisor.reference.pack.safe_write import write_atomically

KEY_BYTES = 32
SIGNATURE_BYTES = 64
WEAK_KEY = "Cette clé est de celles que n’importe qui peut imiter : elle ne prouverait rien."
# The points of small order of Ed25519, sign aside: a signature by them proves nothing (RFC 8032,
# Chalkias and others, « Taming the many EdDSAs », 2020, table 6).
WEAK = {
    bytes(32),
    (1).to_bytes(32, "little"),
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    *((2**255 - 19 + one).to_bytes(32, "little") for one in (-1, 0, 1)),
}
BAD_KEY = "Cette clé n’est pas une clé Ed25519 lisible."
KEY_HINT = "Donnez un fichier PEM, un fichier de 32 octets, ou la clé en hexadécimal."


def fingerprint(public_key: bytes) -> str:
    """Return the short name of a public key: sixteen hexadecimal digits."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def public_part(private_key: bytes) -> bytes:
    """Return the 32 public bytes of a raw private key."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def sign(private_key: bytes, message: bytes) -> bytes:
    """Return the public key followed by the signature of ``message`` (96 bytes)."""
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    return key.public_key().public_bytes_raw() + key.sign(message)


def signer_of(message: bytes, signature: bytes) -> bytes:
    """Return the public key that signed ``message``; raises PackError when it did not."""
    wrong = PackError(
        "La signature du paquet ne correspond pas à son contenu : il a été modifié ou abîmé.",
        "Demandez de nouveau le fichier à son éditeur.",
    )
    if len(signature) != KEY_BYTES + SIGNATURE_BYTES:
        raise wrong
    public_key = signature[:KEY_BYTES]
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature[KEY_BYTES:], message)
    except (InvalidSignature, ValueError, UnsupportedAlgorithm):
        raise wrong from None
    return public_key


def read_private_key(path: Path) -> bytes:
    """Return the raw private key of a PEM or raw file; raises PackError."""
    content = _content_of(path)
    if b"-----BEGIN" not in content:
        return _raw_key(content)
    try:
        key = serialization.load_pem_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise PackError(BAD_KEY, KEY_HINT) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise PackError(BAD_KEY, KEY_HINT)
    return key.private_bytes_raw()


def read_public_key(given: str | Path) -> bytes:
    """Return the raw public key of a file (PEM or raw) or of a text; raises PackError."""
    path = Path(given)
    with suppress(OSError):
        if path.is_file():
            return _public_key_in(_content_of(path))
    return _public_key_in(str(given).encode())


def own_key(home: Home) -> bytes:
    """Return this home's raw private key, made once and never shown."""
    path = _own_key_path(home)
    if not path.exists():
        home.create()
        fresh = Ed25519PrivateKey.generate().private_bytes_raw()
        with suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(fresh)
                file.flush()
                os.fsync(file.fileno())
    return read_private_key(path)


def own_public_key(home: Home) -> bytes | None:
    """Return this home's public key, None when it never signed anything."""
    path = _own_key_path(home)
    return public_part(read_private_key(path)) if path.exists() else None


def trusted_keys(home: Home) -> tuple[bytes, ...]:
    """Return the publishers' keys this home trusts; raises PackError when the list is damaged."""
    path = _trusted_path(home)
    if not path.exists():
        return ()
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["public_keys"]
        return tuple(bytes.fromhex(key) for key in listed)
    except (ValueError, KeyError, TypeError):
        raise PackError(
            f"La liste des éditeurs de confiance est illisible : {path}",
            "Supprimez ce fichier, puis refaites « advisor reference trust CLÉ ».",
        ) from None


def add_trusted_key(home: Home, public_key: bytes) -> None:
    """Add a publisher to those this home trusts; twice changes nothing."""
    keys = sorted({*trusted_keys(home), public_key})
    listed = {"public_keys": [key.hex() for key in keys]}
    home.create()
    write_atomically(_trusted_path(home), json.dumps(listed, indent=1).encode())


def name_of(home: Home, public_key: bytes) -> str:
    """Return ``local:…`` for this home's own key, else ``publisher:…``."""
    kind = "local" if public_key == own_public_key(home) else "publisher"
    return f"{kind}:{fingerprint(public_key)}"


def is_trusted(home: Home, public_key: bytes) -> bool:
    """Tell whether a pack signed by this key may be installed here."""
    return public_key == own_public_key(home) or public_key in trusted_keys(home)


def _own_key_path(home: Home) -> Path:
    return home.root / "signing.key"


def _trusted_path(home: Home) -> Path:
    return home.reference / "trusted.json"


def _content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise PackError(f"La clé {path} ne peut pas être lue.", "Vérifiez le chemin.") from None


def _public_key_in(content: bytes) -> bytes:
    key = _any_public_key_in(content)
    if bytes([*key[:-1], key[-1] & 0x7F]) in WEAK:
        raise PackError(WEAK_KEY, "Demandez à l’éditeur sa vraie clé publique.")
    return key


def _any_public_key_in(content: bytes) -> bytes:
    if b"-----BEGIN" not in content:
        return _raw_key(content)
    try:
        key = serialization.load_pem_public_key(content)
    except (ValueError, UnsupportedAlgorithm):
        raise PackError(BAD_KEY, KEY_HINT) from None
    if not isinstance(key, Ed25519PublicKey):
        raise PackError(BAD_KEY, KEY_HINT)
    return key.public_bytes_raw()


def _raw_key(content: bytes) -> bytes:
    if len(content) == KEY_BYTES:
        return content
    text = content.strip()
    for read in (bytes.fromhex, _base64):
        with suppress(ValueError, UnicodeDecodeError):
            key = read(text.decode("ascii"))
            if len(key) == KEY_BYTES:
                return key
    raise PackError(BAD_KEY, KEY_HINT)


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
