"""Reads the address of a central store and refuses those that would betray or mislead.

Everything that travels is personal data: only this computer itself may be spoken to in clear.
"""

import ipaddress
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import urlsplit

from advisor.errors import RefusedError

LONGEST = 500
EXAMPLE = "Exemple\u202f: https://central.exemple.fr"
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a central store answers; ``base`` is the path before ``/v1``, without a last slash."""

    scheme: str
    host: str
    port: int
    base: str = ""

    @property
    def local(self) -> bool:
        """Tell whether it is this very computer."""
        return is_loopback(self.host)

    @property
    def text(self) -> str:
        """Return the one way to write this address."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.base}"


def read_address(text: str) -> Address:
    """Return the address written in ``text``; RefusedError says what is wrong with it."""
    given = text.strip()
    if not given or len(given) > LONGEST or not given.isprintable() or " " in given:
        _refuse("L’adresse du central n’est pas lisible.")
    try:
        parts = urlsplit(given)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        _refuse("L’adresse du central n’est pas lisible.")
    if parts.scheme not in PORTS or not host:
        _refuse("L’adresse du central doit commencer par https:// et nommer une machine.")
    if parts.username is not None or parts.password is not None:
        _refuse("L’adresse du central ne doit contenir ni nom d’utilisateur ni mot de passe.")
    if parts.query or parts.fragment or "?" in given or "#" in given:
        _refuse("L’adresse du central ne doit contenir ni «\u202f?\u202f» ni «\u202f#\u202f».")
    if port == 0 or ".." in parts.path or not parts.path.isascii():
        _refuse("L’adresse du central n’est pas lisible.")
    found = Address(parts.scheme, host, port or PORTS[parts.scheme], parts.path.rstrip("/"))
    if found.scheme == "http" and not found.local:
        raise RefusedError(
            "Une adresse en http:// enverrait les dossiers en clair\u202f: elle est refusée.",
            "Utilisez l’adresse en https:// du central. Rien n’a été envoyé.",
        )
    return found


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address is this very computer."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _host(name: str) -> str:
    """Return a host in lower case and in ASCII; ValueError when it is no host name."""
    if ":" in name:
        return str(ipaddress.IPv6Address(name))
    ascii_name = name.encode("idna").decode("ascii").lower() if name else ""
    if not all(one.isalnum() or one in "-._" for one in ascii_name):
        raise ValueError(name)
    return ascii_name


def _refuse(why: str) -> NoReturn:
    raise RefusedError(why, EXAMPLE)
