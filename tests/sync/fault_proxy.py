"""A relay on loopback between real devices and a real central store, that does what networks do.

One fault of its script is met by each connection or request; without a script it is sound. It
reads whole requests and answers, so that a fault is met at a byte chosen beforehand, and after
the central store is known to have committed when the fault says so.
"""

import random
import socket
import ssl
import struct
import threading
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
OVER = 30.0  # seconds after which a relay lets go of whoever says nothing
TICK = 0.01
MOST_FORMER = 30


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that happens; ``share`` (0 to 1) says where in what is sent, or how."""

    kind: str
    share: float = 0.0


AT_CONNECTION = ("refused", "half-open")
OF_TLS = ("TLS handshake cut", "wrong certificate")
AT_REQUEST = (
    *("cut question", "dripped question", "unheard question", "late question"),
    *("duplicated question", "question sent twice at once"),
    *("lost answer", "cut answer", "dripped answer", "slow answer", "silent after the answer"),
    *("truncated, length corrected", "truncated, length kept", "former answer"),
    *("502 in HTML", "502 in HTML once done", "503 with Retry-After", "page of a portal"),
)
SILENT = {
    *("half-open", "dripped answer", "dripped question", "silent after the answer"),
    *("unheard question", "truncated, length kept"),
}
KINDS = (*AT_CONNECTION, *OF_TLS, *AT_REQUEST)


def drawn(rng: random.Random, *, tls: bool) -> Fault:
    """Draw a fault; those of TLS only where TLS is spoken."""
    kinds = (*AT_CONNECTION, *(OF_TLS if tls else ()), *AT_REQUEST)
    return Fault(rng.choice(kinds), rng.random())


class GoneError(Exception):
    """Whoever was speaking closed, or nothing more is to be said to them."""


class FaultProxy:
    """Listens on a free port, sends to ``upstream``; ``authority`` is what its devices believe."""

    def __init__(self, *, tls: bool = False) -> None:
        self.upstream = ("127.0.0.1", 0)
        self.script: deque[Fault] = deque()
        self.met: Counter[str] = Counter()
        self.authority = ""
        self._right = self._wrong = None
        if tls:
            self._right, self.authority = certificate()
            self._wrong, _ = certificate()
        self._former: dict[bytes, deque[tuple[bytes, bytes]]] = {}
        self._lock = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        scheme = "https" if tls else "http"
        self.url = f"{scheme}://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def begin(self, address: str) -> None:
        """Forget what was said, and send to another server from now on."""
        host, _, port = address.rpartition("//")[2].rpartition(":")
        self.upstream = (host, int(port))
        with self._lock:
            self.script.clear()
            self._former.clear()
        self.met = Counter()

    def play(self, script: list[Fault]) -> None:
        """Meet these faults from now on, then be sound."""
        with self._lock:
            self.script = deque(script)

    def close(self) -> None:
        """Stop listening."""
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                plain, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._attend, args=(plain,), daemon=True).start()

    def _attend(self, plain: socket.socket) -> None:
        plain.settimeout(OVER)
        try:
            fault = self._next(AT_CONNECTION + OF_TLS)
            if fault is not None:
                self._turn_away(plain, fault)
                return
            line = (
                plain if self._right is None else self._right.wrap_socket(plain, server_side=True)
            )
            with line:
                while True:
                    self._answer(line, heard(line))
        except (OSError, GoneError, ValueError):
            pass
        finally:
            plain.close()

    def _next(self, kinds: tuple[str, ...]) -> Fault | None:
        """Take the next fault when it is one of ``kinds``."""
        with self._lock:
            if not self.script or self.script[0].kind not in kinds:
                return None
            fault = self.script.popleft()
            self.met[fault.kind] += 1
            return fault

    def _turn_away(self, plain: socket.socket, fault: Fault) -> None:
        if fault.kind == "refused":
            reset(plain)
        elif fault.kind == "half-open":
            wait_for_end(plain)
        elif fault.kind == "wrong certificate" and self._wrong is not None:
            self._wrong.wrap_socket(plain, server_side=True).close()
        else:
            plain.recv(65536)
            plain.sendall(b"\x16\x03\x03\x00\x7a\x02\x00\x00\x76"[: int(fault.share * 10)])

    def _answer(self, line: socket.socket, question: bytes) -> None:
        with self._lock:
            reconnect = bool(self.script) and self.script[0].kind not in AT_REQUEST
        if reconnect:
            raise GoneError  # an idle connection closed as a request arrives
        fault = self._next(AT_REQUEST)
        if fault is None:
            line.sendall(self._asked(question))
        else:
            MISHAPS[fault.kind](self, line, question, fault.share)

    def _asked(self, question: bytes) -> bytes:
        """Return the central store's whole answer, kept with its question for later mischief."""
        with socket.create_connection(self.upstream, OVER) as there:
            there.sendall(question)
            answer = heard(there)
        with self._lock:
            kept = self._former.setdefault(speaker(question), deque(maxlen=MOST_FORMER))
            kept.append((question, answer))
        return answer

    def _cut_question(self, _line: socket.socket, question: bytes, share: float) -> None:
        with socket.create_connection(self.upstream, OVER) as there:
            there.sendall(question[: int(share * len(question))])
        raise GoneError

    def _dripped_question(self, line: socket.socket, question: bytes, _share: float) -> None:
        """The question reaches the store slowly and whole; its answer comes too late."""
        with socket.create_connection(self.upstream, OVER) as there:
            for piece in pieces(question, 4):
                there.sendall(piece)
                threading.Event().wait(TICK)
            heard(there)
        wait_for_end(line)

    def _unheard_question(self, line: socket.socket, _question: bytes, _share: float) -> None:
        wait_for_end(line)

    def _late_question(self, line: socket.socket, question: bytes, share: float) -> None:
        """A question of long ago arrives at last, before this one; nobody hears its answer."""
        with self._lock:
            former = list(self._former.get(speaker(question), ()))
        if former:
            self._asked(former[int(share * len(former))][0])
        line.sendall(self._asked(question))

    def _duplicated(self, line: socket.socket, question: bytes, _share: float) -> None:
        self._asked(question)
        line.sendall(self._asked(question))

    def _twice_at_once(self, line: socket.socket, question: bytes, share: float) -> None:
        answers: list[bytes] = []

        def ask() -> None:
            answers.append(self._asked(question))

        both = [threading.Thread(target=ask) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()
        line.sendall(answers[int(share * len(answers))])

    def _lost_answer(self, line: socket.socket, question: bytes, share: float) -> None:
        self._asked(question)
        if share < 0.5:
            reset(line)
        raise GoneError

    def _cut_answer(self, line: socket.socket, question: bytes, share: float) -> None:
        answer = self._asked(question)
        line.sendall(answer[: int(share * len(answer))])
        raise GoneError

    def _dripped_answer(self, line: socket.socket, question: bytes, _share: float) -> None:
        for byte in self._asked(question):
            line.sendall(bytes((byte,)))
            threading.Event().wait(TICK)
        raise GoneError

    def _slow_answer(self, line: socket.socket, question: bytes, _share: float) -> None:
        for piece in pieces(self._asked(question), 6):
            line.sendall(piece)
            threading.Event().wait(TICK)

    def _silent_after(self, line: socket.socket, question: bytes, share: float) -> None:
        """Some of the answer comes, the rest never does, and the connection stays open."""
        answer = self._asked(question)
        line.sendall(answer[: int(share * (len(answer) - 1))])
        wait_for_end(line)

    def _truncated(self, line: socket.socket, question: bytes, share: float) -> None:
        head, body = parts(self._asked(question))
        body = body[: int(share * len(body))]
        line.sendall(with_length(head, len(body)) + body)

    def _length_kept(self, line: socket.socket, question: bytes, share: float) -> None:
        head, body = parts(self._asked(question))
        line.sendall(head + body[: int(share * len(body))])
        wait_for_end(line)

    def _former_answer(self, line: socket.socket, question: bytes, share: float) -> None:
        """The device hears again what was answered to one of its former questions."""
        with self._lock:
            former = list(self._former.get(speaker(question), ()))
        answer = self._asked(question)
        line.sendall(former[int(share * len(former))][1] if former else answer)

    def _bad_gateway(self, line: socket.socket, _question: bytes, _share: float) -> None:
        line.sendall(page(502, "text/html", PAGE))

    def _bad_gateway_once_done(self, line: socket.socket, question: bytes, _share: float) -> None:
        self._asked(question)
        line.sendall(page(502, "text/html", PAGE))

    def _later(self, line: socket.socket, _question: bytes, share: float) -> None:
        seconds = (b"0", b"1", b"3600")[int(share * 3)]
        line.sendall(page(503, "text/plain", b"Plus tard", b"Retry-After: " + seconds + b"\r\n"))

    def _portal(self, line: socket.socket, _question: bytes, _share: float) -> None:
        line.sendall(page(200, "text/html; charset=utf-8", b"<html>Bienvenue</html>"))


Mishap = Callable[[FaultProxy, socket.socket, bytes, float], None]
MISHAPS: dict[str, Mishap] = {
    "cut question": FaultProxy._cut_question,
    "dripped question": FaultProxy._dripped_question,
    "unheard question": FaultProxy._unheard_question,
    "late question": FaultProxy._late_question,
    "duplicated question": FaultProxy._duplicated,
    "question sent twice at once": FaultProxy._twice_at_once,
    "lost answer": FaultProxy._lost_answer,
    "cut answer": FaultProxy._cut_answer,
    "dripped answer": FaultProxy._dripped_answer,
    "slow answer": FaultProxy._slow_answer,
    "silent after the answer": FaultProxy._silent_after,
    "truncated, length corrected": FaultProxy._truncated,
    "truncated, length kept": FaultProxy._length_kept,
    "former answer": FaultProxy._former_answer,
    "502 in HTML": FaultProxy._bad_gateway,
    "502 in HTML once done": FaultProxy._bad_gateway_once_done,
    "503 with Retry-After": FaultProxy._later,
    "page of a portal": FaultProxy._portal,
}


def heard(line: socket.socket) -> bytes:
    """Read one whole request or answer; GoneError when it never comes."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += more(line)
    head, _ = parts(data)
    named = [one for one in head.lower().split(b"\r\n") if one.startswith(b"content-length:")]
    whole = len(head) + (int(named[0].partition(b":")[2]) if named else 0)
    while len(data) < whole:
        data += more(line)
    return data


def more(line: socket.socket) -> bytes:
    piece = line.recv(65536)
    if not piece:
        raise GoneError
    return piece


def parts(message: bytes) -> tuple[bytes, bytes]:
    """Return the head, its last empty line included, and the body."""
    end = message.index(b"\r\n\r\n") + 4
    return message[:end], message[end:]


def with_length(head: bytes, length: int) -> bytes:
    lines = [one for one in head.split(b"\r\n") if not one.lower().startswith(b"content-length:")]
    lines.insert(1, b"content-length: %d" % length)
    return b"\r\n".join(lines)


def page(status: int, kind: str, body: bytes, more_heads: bytes = b"") -> bytes:
    head = f"HTTP/1.1 {status} Said\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + more_heads + b"\r\n" + body


def pieces(data: bytes, many: int) -> list[bytes]:
    step = max(1, -(-len(data) // many))
    return [data[start : start + step] for start in range(0, len(data), step)]


def speaker(question: bytes) -> bytes:
    """Return whose question it is: the line of its token."""
    head, _ = parts(question)
    return next((one for one in head.split(b"\r\n") if one.lower().startswith(b"auth")), b"")


def wait_for_end(line: socket.socket) -> None:
    """Say nothing until the other end gives up."""
    while line.recv(65536):
        pass
    raise GoneError


def reset(line: socket.socket) -> None:
    """Close so that the other end meets a reset rather than an end."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()
    raise GoneError


def certificate() -> tuple[ssl.SSLContext, str]:
    """Return what a server of 127.0.0.1 presents, and the authority that vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "central")])
    now = datetime.now(UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM).decode()
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
    return _context(pem + private), pem


def _context(pem: str) -> ssl.SSLContext:
    """Return a server's context; the library reads certificates from files only."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "server.pem"
        file.write_text(pem)
        context.load_cert_chain(file)
    return context
