"""One kept-open HTTP connection to a central store: TLS, compression, limits on what is read.

Knows no sentence: what fails is raised as the transport raises it.
"""

import gzip
import ssl
import urllib.request
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import certifi
import httpcore

from advisor import __version__
from advisor.sync.address import Address
from advisor.sync.timed import Clock, Deadline, TimedNetwork

LARGEST = 64 * 1024 * 1024  # bytes of one answer, once unfolded
WORTH_FOLDING = 1024  # bytes under which compressing costs more than it spares
LEVEL = 3
GZIP = 16 + zlib.MAX_WBITS
WHOLE_FILE = 3600.0


class IncompleteError(OSError):
    """An answer that ends too early, or that never seems to end."""

    def __init__(self, *, too_big: bool = False) -> None:
        super().__init__("incomplete answer")
        self.too_big = too_big


@dataclass(frozen=True, slots=True)
class Question:
    """One request; ``once`` when asking it twice is not harmless."""

    method: str
    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    once: bool = False


class Answer:
    """An answer as it arrives: its status and headers are known, its body still to be read."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response
        self.status = response.status
        self._headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in response.headers
        }

    def header(self, name: str) -> str:
        """Return a header, empty when absent."""
        return self._headers.get(name, "")

    @property
    def is_json(self) -> bool:
        """Tell whether the answer says it is what a central store sends."""
        kind = self.header("content-type").partition(";")[0].strip().lower()
        return kind == "application/json"

    def read(self, largest: int = LARGEST) -> bytes:
        """Return the whole body, unfolded; IncompleteError when cut or too long."""
        return b"".join(self.chunks(largest))

    def chunks(self, largest: int) -> Iterator[bytes]:
        """Give the body as it arrives, unfolded, never more than ``largest`` bytes."""
        folded = self.header("content-encoding").strip().lower()
        if folded not in {"", "identity", "gzip"}:
            raise IncompleteError
        pieces = self._unfolded(largest) if folded == "gzip" else self._plain()
        room = largest
        for piece in pieces:
            room -= len(piece)
            if room < 0:
                raise IncompleteError(too_big=True)
            yield piece

    def _plain(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def _unfolded(self, largest: int) -> Iterator[bytes]:
        machine = zlib.decompressobj(GZIP)
        try:
            for piece in self._response.iter_stream():
                yield machine.decompress(piece, largest + 1)
                if machine.unconsumed_tail:
                    raise IncompleteError(too_big=True)
        except zlib.error as error:
            raise IncompleteError from error
        if not machine.eof:
            raise IncompleteError


class Connection:
    """Opens what a central store answers; ``clock`` counts the seconds of a deadline."""

    def __init__(self, address: Address, authority: str, clock: Clock) -> None:
        self._address = address
        self._deadline = Deadline(clock)
        context = trust(authority) if address.scheme == "https" else None
        self._pool = _pool(address, context, TimedNetwork(self._deadline))

    @contextmanager
    def opened(
        self, question: Question, connect: float, read: float, seconds: float = WHOLE_FILE
    ) -> Iterator[Answer]:
        """Send a question and give its answer; all of it must be over in ``seconds``."""
        self._deadline.begin(seconds)
        waits = {"connect": connect, "read": read, "write": read, "pool": connect}
        body, headers = _folded(question)
        host, base = self._address.host, self._address.base
        with self._pool.stream(
            question.method.encode("ascii"),
            httpcore.URL(
                scheme=self._address.scheme.encode("ascii"),
                host=host.encode("ascii"),
                port=self._address.port,
                target=f"{base}{question.path}".encode("ascii"),
            ),
            headers=[(name.encode("ascii"), value.encode("ascii")) for name, value in headers],
            content=body,
            extensions={"timeout": waits},
        ) as response:
            yield Answer(response)

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()


def trust(authority: str) -> ssl.SSLContext:
    """Return the rules of TLS: the system's authorities, or only those given as PEM text."""
    context = ssl.create_default_context(cadata=authority or None)
    found = ssl.get_default_verify_paths()
    if not (authority or found.cafile or found.capath):
        context.load_verify_locations(certifi.where())  # a frozen program far from its system
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _folded(question: Question) -> tuple[bytes, list[tuple[str, str]]]:
    headers = {
        "User-Agent": f"advisor/{__version__}",
        "Accept": "application/json",
        "Accept-Encoding": "gzip",
        **question.headers,
    }
    body = question.body
    if question.method == "POST":
        headers["Content-Type"] = "application/json"
        if len(body) > WORTH_FOLDING:
            body = gzip.compress(body, LEVEL, mtime=0)
            headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(body))
    if "Range" in headers:
        headers["Accept-Encoding"] = "identity"
    return body, list(headers.items())


def _pool(
    address: Address, context: ssl.SSLContext | None, network: httpcore.NetworkBackend
) -> httpcore.ConnectionPool:
    """Return what connects, through the establishment's relay when the system names one."""
    relay = None
    if not address.local and not urllib.request.proxy_bypass(address.host):
        relay = urllib.request.getproxies().get(address.scheme)
    if not relay:
        return httpcore.ConnectionPool(
            ssl_context=context, max_connections=1, network_backend=network
        )
    where = relay if "://" in relay else f"http://{relay}"
    return httpcore.HTTPProxy(
        where, ssl_context=context, max_connections=1, network_backend=network
    )
