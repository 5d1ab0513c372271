"""The central store as a running server: the command, the demo and the tests start this one."""

import errno
import ipaddress
import logging
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import uvicorn

from advisor.errors import RefusedError, UsageError
from advisor.sync.server import lives
from advisor.sync.server.api import make_app
from advisor.sync.server.database import Central
from advisor.sync.server.hasty import hasty
from advisor.sync.server.settings import ServerSettings

__all__ = ["Certificate", "RunningServer", "make_app"]

HIGHEST_PORT = 65535
LARGEST_HEAD = 16 << 10  # bytes of a request line and its headers
WAITING = 512  # connections the system keeps before they are taken
STEP = 0.02  # seconds


@dataclass(frozen=True, slots=True)
class Certificate:
    """The files of a TLS certificate (with its chain) and of its key, in PEM."""

    chain: Path
    key: Path


class RunningServer:
    """A central store that answers in a thread of its own, until it is stopped."""

    def __init__(
        self,
        central: Central,
        settings: ServerSettings | None = None,
        certificate: Certificate | None = None,
    ) -> None:
        self._settings = settings or ServerSettings()
        self._central = central
        self._certificate = certificate
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._socket: socket.socket | None = None
        self.url = ""

    def start(self, listen: str = "127.0.0.1:0") -> str:
        """Take ``host:port`` (0: any free port), return the address once it answers."""
        host, port = read_listen(listen)
        config = self._config(host)
        if len(set(self._central.revision())) == 1:
            lives.notice(self._central, self._settings.now())
        self._socket = _bound(host, port)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name="central", daemon=True
        )
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RefusedError("Le central n’a pas pu démarrer.")
            time.sleep(STEP)
        scheme = "https" if self._certificate else "http"
        shown = f"[{host}]" if ":" in host else host
        self.url = f"{scheme}://{shown}:{self._socket.getsockname()[1]}"
        return self.url

    def stop(self) -> None:
        """Stop listening, finish what runs, and give the port back."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join()
        if self._socket is not None:
            self._socket.close()
        self._server = self._thread = self._socket = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _config(self, host: str) -> uvicorn.Config:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # it would quote what it read
        certificate, settings = self._certificate, self._settings
        if certificate is None and not settings.proxies and not is_local(host):
            raise RefusedError(
                f"«\u202f{host}\u202f» est ouvert à d’autres ordinateurs\u202f: sans certificat, "
                "tout ce qui voyage serait lisible.",
                "Donnez --certificate et --key, ou --behind-proxy derrière un serveur qui chiffre.",
            )
        config = uvicorn.Config(
            make_app(self._central, settings),
            http=hasty(settings.first_words),
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(settings.proxies),
            forwarded_allow_ips=settings.proxies or None,
            limit_concurrency=settings.most_connections,
            backlog=WAITING,
            timeout_keep_alive=60,
            timeout_graceful_shutdown=settings.last_answers,
            h11_max_incomplete_event_size=LARGEST_HEAD,
            ssl_certfile=None if certificate is None else certificate.chain,
            ssl_keyfile=None if certificate is None else certificate.key,
        )
        _load(config, certificate)
        return config


def read_listen(text: str) -> tuple[str, int]:
    """Return the host and port of ``HOST:PORT``; UsageError when it is not one."""
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isdecimal() or not port.isascii() or int(port) > HIGHEST_PORT:
        raise UsageError(
            f"«\u202f{text}\u202f» n’est pas une adresse d’écoute.",
            "Écrivez-la HÔTE:PORT, par exemple 127.0.0.1:8765 (port 0\u202f: n’importe lequel).",
        )
    return host, int(port)


def is_local(host: str) -> bool:
    """Tell whether only this very computer can reach ``host``."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _load(config: uvicorn.Config, certificate: Certificate | None) -> None:
    """Read the certificate now, so that a wrong one is told before anything listens."""
    for file in () if certificate is None else (certificate.chain, certificate.key):
        if not file.is_file():
            raise RefusedError(
                f"Le fichier «\u202f{file}\u202f» n’existe pas.", "Vérifiez son nom."
            )
    try:
        config.load()
    except (ssl.SSLError, OSError):
        raise RefusedError(
            "Le certificat et sa clé ne vont pas ensemble, ou ne peuvent pas être lus.",
            "Donnez deux fichiers PEM\u202f: le certificat et sa chaîne, puis la clé sans phrase.",
        ) from None
    if config.ssl is not None:
        config.ssl.minimum_version = ssl.TLSVersion.TLSv1_2


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket that holds the address; RefusedError says why it cannot."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, so that asyncio sends small answers at once (it looks for this very protocol).
    made = socket.socket(kind, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
    except OSError as error:
        made.close()
        raise _unbound(error, host, port) from None
    return made


def _unbound(error: OSError, host: str, port: int) -> RefusedError:
    if error.errno == errno.EADDRINUSE:
        return RefusedError(
            f"Le port {port} est déjà pris sur {host}.",
            "Arrêtez le programme qui l’occupe, ou choisissez-en un autre avec --listen.",
        )
    if error.errno in {errno.EACCES, errno.EPERM}:
        return RefusedError(
            f"Le système refuse d’écouter sur le port {port}.",
            "Choisissez un port au-dessus de 1024.",
        )
    return RefusedError(
        f"«\u202f{host}\u202f» n’est pas une adresse de cet ordinateur.", "Vérifiez --listen."
    )
