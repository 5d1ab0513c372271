"""What travels inside a file: entries signed by their author, answers signed by the central store.

The author signs a manifest that names each entry and its hash, so that a body emptied by an
erasure leaves the rest true. An answer is sealed for its author: whoever carries it reads nothing.
Knows keys and bytes, neither a database nor a disk.
"""

import base64
import hashlib
import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from advisor.sync.messages import PROTOCOL, Reply
from advisor.sync.wire import canonical, fingerprint, plain, read, refuse

ENVELOPE, REPLY, BOX = b"advisor/envelope/1\n", b"advisor/reply/1\n", b"advisor/box/1"
KEY_BYTES = 32
LARGEST_REPLY = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a manifest: its name, what it is about, the SHA-256 of its body."""

    incarnation: str
    local_seq: int
    entity: str
    entity_id: str
    interview: str | None
    sha256: str
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a device signs: where it stands, and all that it has not yet seen received.

    ``box`` is the X25519 key its answers are sealed for, empty when it has no central store;
    ``formerly`` the names it bore before it was enrolled.
    """

    device: str
    incarnation: str
    local_seq: int
    cursor: int
    ops: tuple[Line, ...]
    snapshot: int | None = None
    box: str = ""
    formerly: tuple[str, ...] = ()
    protocol: int = PROTOCOL
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sent:
    """A manifest as it travels, with the bodies it names (None: emptied by an erasure)."""

    manifest: Mapping[str, Any]
    signature: str
    bodies: tuple[Mapping[str, Any] | None, ...]

    @property
    def id(self) -> str:
        """Return the name of this envelope: the hash of its manifest."""
        return fingerprint(self.manifest)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it travels: for whom, to which envelope, at which rank, and what is sealed."""

    device: str
    envelope: str
    head: int
    sealed: str
    signature: str

    @property
    def id(self) -> str:
        """Return the name of this answer."""
        return fingerprint(plain(self))


@dataclass(frozen=True, slots=True)
class Returned:
    """What a sealed answer says: replies in their order, from the place the question gave."""

    cursor: int
    snapshot: int | None
    highest: int
    replies: tuple[Reply, ...]
    extra: Mapping[str, Any] = field(default_factory=dict)


def line_of(body: Mapping[str, Any]) -> Line:
    """Return the line of a manifest that names a body."""
    return Line(
        str(body["incarnation"]),
        int(body["local_seq"]),
        str(body.get("entity", "")),
        str(body.get("entity_id", "")),
        body.get("interview"),
        fingerprint(body),
    )


def sign(manifest: Manifest, bodies: tuple[Mapping[str, Any] | None, ...], seed: str) -> Sent:
    """Return an envelope signed with the device's own key; unsigned when ``seed`` is empty."""
    said = plain(manifest)
    signature = to_text(_signer(seed).sign(_told(ENVELOPE, said))) if seed else ""
    return Sent(said, signature, bodies)


def manifest_of(sent: Sent) -> Manifest:
    """Return the manifest of an envelope; BadDataError when its bodies are not those it names."""
    manifest = read(Manifest, sent.manifest)
    if len(manifest.ops) != len(sent.bodies):
        refuse("envelope")
    for line, body in zip(manifest.ops, sent.bodies, strict=True):
        if body is not None and (body.get("device"), line) != (manifest.device, _lined(body)):
            refuse("envelope.bodies")
    return manifest


def is_signed(sent: Sent, public_key: str) -> bool:
    """Tell whether the owner of ``public_key`` signed this envelope."""
    return _verified(public_key, sent.signature, _told(ENVELOPE, sent.manifest))


def box_of(seed: str) -> X25519PrivateKey:
    """Return the key a device's answers are sealed for, made from its own key."""
    return X25519PrivateKey.from_private_bytes(_derived(from_text(seed), BOX))


def public_box(seed: str) -> str:
    """Return the public half of ``box_of``, as text."""
    return to_text(box_of(seed).public_key().public_bytes_raw())


def answer_to(manifest: Manifest, envelope: str, said: Returned, head: int, seed: str) -> Answered:
    """Return an answer sealed for its author and signed with the central store's key."""
    about = {"device": manifest.device, "envelope": envelope, "head": head}
    own = X25519PrivateKey.from_private_bytes(os.urandom(KEY_BYTES))
    theirs = X25519PublicKey.from_public_bytes(_key_bytes(manifest.box))
    shared = own.exchange(theirs)
    packed = zlib.compress(canonical(plain(said)).encode("ascii"), 6)
    public = own.public_key().public_bytes_raw()
    key = _derived(shared, REPLY + public + theirs.public_bytes_raw())
    sealed = to_text(public + AESGCM(key).encrypt(bytes(12), packed, _told(REPLY, about)))
    signature = _signer(seed).sign(_told(REPLY, {**about, "sealed": sealed}))
    return Answered(**about, sealed=sealed, signature=to_text(signature))  # type: ignore[arg-type]


def is_answered_by(given: Answered, central_key: str) -> bool:
    """Tell whether the central store of ``central_key`` signed this answer."""
    said = {name: one for name, one in plain(given).items() if name != "signature"}
    return _verified(central_key, given.signature, _told(REPLY, said))


def opened(given: Answered, seed: str) -> Returned | None:
    """Return what an answer says, None when it was sealed for another key."""
    about = {"device": given.device, "envelope": given.envelope, "head": given.head}
    try:
        raw, box = from_text(given.sealed), box_of(seed)
        public = raw[:KEY_BYTES]
        shared = box.exchange(X25519PublicKey.from_public_bytes(public))
        key = _derived(shared, REPLY + public + box.public_key().public_bytes_raw())
        packed = AESGCM(key).decrypt(bytes(12), raw[KEY_BYTES:], _told(REPLY, about))
        said = json.loads(zlib.decompressobj().decompress(packed, LARGEST_REPLY))
    except (InvalidTag, ValueError, zlib.error, RecursionError):
        return None
    return read(Returned, said)


def to_text(raw: bytes) -> str:
    """Return bytes as URL-safe base64."""
    return base64.urlsafe_b64encode(raw).decode("ascii")


def from_text(text: str) -> bytes:
    """Return the bytes of URL-safe base64, padded or not; ValueError on anything else."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _lined(body: Mapping[str, Any]) -> Line | None:
    try:
        return line_of(body)
    except (KeyError, TypeError, ValueError):
        return None


def _told(label: bytes, said: Any) -> bytes:
    return label + hashlib.sha256(canonical(said).encode("ascii")).digest()


def _signer(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_key_bytes(seed))


def _verified(public_key: str, signature: str, told: bytes) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(_key_bytes(public_key))
        key.verify(from_text(signature), told)
    except (InvalidSignature, ValueError):
        return False
    return True


def _key_bytes(text: str) -> bytes:
    raw = from_text(text)
    if len(raw) != KEY_BYTES:
        raise ValueError
    return raw


def _derived(secret: bytes, label: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, None, label).derive(secret)
