"""The system keyring as an extra door, never the only one.

Only backends known to cipher what they hold are used, by allow-list; one that writes in clear
or that prompts on a terminal is treated as absent.
"""

import base64
import binascii
from typing import Any

from advisor.store.keys import KEY_BYTES

SERVICE = "advisor"
TRUSTED = (
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)


def trusted_backend(extra: tuple[str, ...] = ()) -> Any | None:
    """Return the first trusted backend, looking inside a chain; None when there is none."""
    import keyring  # noqa: PLC0415  (takes long to load, and a passphrase needs none)

    try:
        chosen = keyring.get_keyring()
    except _failures():
        return None
    candidates = getattr(chosen, "backends", None) or [chosen]
    for backend in candidates:
        if type(backend).__module__ in TRUSTED + extra:
            return backend
    return None


def _failures(*others: type[Exception]) -> tuple[type[Exception], ...]:
    from keyring.errors import KeyringError  # noqa: PLC0415  (see trusted_backend)

    return KeyringError, RuntimeError, OSError, *others


def remember(vault_id: str, key: bytes | bytearray, extra: tuple[str, ...] = ()) -> bool:
    """Keep the key in the keyring; False when no trusted keyring takes it."""
    backend = trusted_backend(extra)
    if backend is None:
        return False
    try:
        backend.set_password(SERVICE, vault_id, base64.b64encode(bytes(key)).decode("ascii"))
    except _failures():
        return False
    return True


def recall(vault_id: str, extra: tuple[str, ...] = ()) -> bytearray | None:
    """Return the key kept for this vault, None when the keyring is absent, shut or empty."""
    backend = trusted_backend(extra)
    if backend is None:
        return None
    try:
        kept = backend.get_password(SERVICE, vault_id)
        key = bytearray(base64.b64decode(kept or "", validate=True))
    except _failures(binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def forget(vault_id: str, extra: tuple[str, ...] = ()) -> None:
    """Take the key out of the keyring; nothing happens when it is not there."""
    backend = trusted_backend(extra)
    if backend is None:
        return
    try:
        backend.delete_password(SERVICE, vault_id)
    except _failures():
        return
