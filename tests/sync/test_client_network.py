"""Everything a network can do to an answer: real sockets, scripted far ends, no real waiting."""

import gzip
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from advisor.errors import AdvisorError, LockedError, NetworkError, RefusedError
from advisor.sync.address import read_address
from advisor.sync.client import CentralClient, Patience
from advisor.sync.downloading import WantedFile

HASTE = Patience(connect=60, read=60, total=60, tries=3, first_pause=0.001, longest_pause=5)
KEPT = "Rien n’est perdu"
Handler = Callable[[socket.socket], None]


def answer(
    status: int = 200, body: bytes = b'{"ok":true}', kind: str = "application/json", **more: str
) -> bytes:
    headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close"}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
    return f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode() + body


class FarEnd:
    """Accepts connections one after the other; each one meets the next thing scripted."""

    def __init__(self, *script: bytes | Handler, tls: ssl.SSLContext | None = None) -> None:
        self.script, self.tls = list(script), tls
        self.heard: list[bytes] = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def serve(self) -> None:
        while True:
            try:
                plain, _ = self.listening.accept()
            except OSError:
                return
            plain.settimeout(60)
            try:
                with self.tls.wrap_socket(plain, server_side=True) if self.tls else plain as one:
                    self.meet(one)
            except OSError:
                continue

    def meet(self, one: socket.socket) -> None:
        self.heard.append(read_request(one))
        said = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(said, bytes):
            one.sendall(said)
        else:
            said(one)

    def close(self) -> None:
        self.listening.close()


def read_request(one: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = one.recv(65536)
        if not piece:
            return data
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
    missing = int(lengths[0].partition(b":")[2]) - len(body) if lengths else 0
    while missing > 0:
        piece = one.recv(65536)
        data, missing = data + piece, missing - len(piece)
    return data


@contextmanager
def facing(
    *script: bytes | Handler, tls: ssl.SSLContext | None = None, **more: object
) -> Iterator[tuple[CentralClient, FarEnd]]:
    far = FarEnd(*script, tls=tls)
    options = {"patience": HASTE, "sleep": lambda _s: None, **more}
    try:
        with CentralClient(far.url, "jeton", **options) as client:  # type: ignore[arg-type]
            yield client, far
    finally:
        far.close()


def told(*script: bytes | Handler, tls: ssl.SSLContext | None = None) -> AdvisorError:
    with facing(*script, tls=tls) as (client, _), pytest.raises(AdvisorError) as failure:
        client.exchange(b'{"question":1}')
    found = failure.value
    assert found.message.endswith(".")
    assert KEPT in found.hint or isinstance(found, LockedError)
    return found


def hang(one: socket.socket) -> None:
    one.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{")
    one.recv(1)  # until the other end gives up


def drip(one: socket.socket) -> None:
    one.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
    for _ in range(200):
        one.sendall(b"X")
        time.sleep(0.05)


def test_an_answer_comes_back_as_it_left_compressed_both_ways() -> None:
    body = json.dumps({"filler": "é" * 5000}).encode()
    packed = answer(body=gzip.compress(body), Content_Encoding="gzip")
    with facing(packed) as (client, far):
        assert client.exchange(body) == body
    head, _, sent = far.heard[0].partition(b"\r\n\r\n")
    assert gzip.decompress(sent) == body
    assert b"Authorization: Bearer jeton" in head
    assert b"content-encoding: gzip" in head.lower()


def test_a_relay_s_page_is_no_answer() -> None:
    page = b"<html><h1>502 Bad Gateway</h1></html>"
    found = told(answer(502, page, "text/html"))
    assert isinstance(found, NetworkError)
    assert "relais" in found.message
    portal = told(answer(200, b"<html>Bienvenue</html>", "text/html; charset=utf-8"))
    assert "page web" in portal.message
    assert "navigateur" in portal.hint


def test_a_redirection_is_never_followed() -> None:
    with facing(answer(302, b"", Location="http://127.0.0.1:1/")) as (client, far):
        with pytest.raises(NetworkError, match="renvoie ailleurs"):
            client.exchange(b"{}")
        assert len(far.heard) == 1


@pytest.mark.parametrize(
    "broken",
    [
        answer(Content_Length="500"),
        answer(body=gzip.compress(b'{"a":1}' * 99)[:-9], Content_Encoding="gzip"),
        answer(body=b"pas du gzip", Content_Encoding="gzip"),
        answer(body=b'{"coupe'),
        answer(Content_Encoding="br"),
        b"n'importe quoi\r\n\r\n",
        b"",
    ],
    ids=["short", "cut gzip", "no gzip", "cut json", "unknown coding", "no http", "nothing"],
)
def test_a_broken_answer_is_an_oserror_that_loses_nothing(broken: bytes) -> None:
    found = told(broken)
    assert isinstance(found, OSError)


def test_a_half_open_connection_and_a_slow_drip_both_end() -> None:
    patience = Patience(connect=5, read=1, total=2, tries=3)
    for far_end in (hang, drip):
        with (
            facing(far_end, patience=patience) as (client, _),
            pytest.raises(NetworkError, match="à temps"),  # the drip, to its end: « coupée »
        ):
            client.exchange(b"{}")


def test_an_endless_or_exploding_answer_is_refused() -> None:
    bomb = answer(body=gzip.compress(b"\0" * (65 << 20), 9), Content_Encoding="gzip")
    patience = Patience(read=60, total=300, tries=1)
    with (
        facing(bomb, patience=patience) as (client, _),
        pytest.raises(NetworkError, match="trop grande"),
    ):
        client.exchange(b"{}")


def test_what_failed_is_asked_again_with_growing_random_pauses() -> None:
    pauses: list[float] = []
    patience = Patience(tries=4, first_pause=1, longest_pause=3)
    with facing(
        answer(503),
        b"",
        answer(502, b"<html>", "text/html"),
        answer(),
        patience=patience,
        sleep=pauses.append,
        draw=lambda: 0.5,
    ) as (client, far):
        assert client.exchange(b"{}") == b'{"ok":true}'
        assert len(far.heard) == 4
    assert pauses == [0.5, 1.0, 1.5]


def test_the_server_s_own_pause_is_honoured_within_reason() -> None:
    pauses: list[float] = []
    busy = b'{"error":{"code":"too_often","message":"Trop de demandes.","hint":"Attendez."}}'
    with facing(answer(429, busy, Retry_After="2"), answer(), sleep=pauses.append) as (client, _):
        patience = Patience(longest_pause=5)
        client._patience = patience
        assert client.exchange(b"{}")
    assert pauses == [2.0]
    pauses.clear()
    with facing(answer(429, busy, Retry_After="3600"), sleep=pauses.append) as (client, far):
        with pytest.raises(NetworkError, match="Trop de demandes"):
            client.exchange(b"{}")
        assert len(far.heard) == 1
    assert pauses == []


def test_a_code_is_never_spent_twice() -> None:
    with facing(b"") as (client, far):
        with pytest.raises(NetworkError) as cut:
            client.enrol("CODE", "clé")
        assert len(far.heard) == 1
    assert "demandez-en un autre" in cut.value.hint
    assert "ynchronis" not in cut.value.hint


@pytest.mark.parametrize("body", [b'{"hello":1}', b"[1,2]}", b'{"device":{}}'])
def test_an_answer_that_admits_nobody_leaves_everything_as_it_was(body: bytes) -> None:
    with facing(answer(200, body)) as (client, _), pytest.raises(NetworkError) as told:
        client.enrol("CODE", "clé")
    assert "n’a pas la forme attendue" in told.value.message
    assert "Rien n’a changé ici" in told.value.hint


def test_refusals_of_the_server_are_told() -> None:
    error = '{"error":{"code":"%s","message":"Message du central.","hint":"Conseil."}}'
    unknown = told(answer(401, (error % "unknown_device").encode()))
    assert isinstance(unknown, RefusedError)
    assert "ne reconnaît pas ce poste" in unknown.message
    assert isinstance(told(answer(403, (error % "revoked").encode())), LockedError)
    with (
        facing(answer(413, (error % "too_big").encode())) as (client, _),
        pytest.raises(RefusedError, match="Message du central"),
    ):
        client.exchange(b"{}")
    said = '{"error":{"code":"x","message":"Occupé.","hint":"Rien n’est perdu. Plus tard."}}'
    with facing(answer(500, said.encode())) as (client, _), pytest.raises(NetworkError) as busy:
        client.exchange(b"{}")
    assert busy.value.hint == "Rien n’est perdu. Plus tard."
    long = b'{"error":{"message":"' + b"x" * 9000 + b'\\n\\u001b[31m"}}'
    with facing(answer(400, long)) as (client, _), pytest.raises(RefusedError) as found:
        client.exchange(b"{}")
    assert len(found.value.message) <= 300
    assert found.value.message.isprintable()


def test_nobody_there_and_no_such_name_are_two_sentences() -> None:
    far = FarEnd(b"")
    far.close()
    with (
        CentralClient(far.url, patience=HASTE, sleep=lambda _s: None) as client,
        pytest.raises(NetworkError, match="refusée"),
    ):
        client.exchange(b"{}")
    with (
        CentralClient("https://central.invalid", patience=HASTE, sleep=lambda _s: None) as client,
        pytest.raises(NetworkError) as found,
    ):
        client.exchange(b"{}")
    assert "introuvable" in found.value.message or "réseau" in found.value.message


@pytest.mark.parametrize(
    "address",
    [
        "",
        "central.example.org",
        "http://central.example.org",
        "http://10.0.0.8:8000",
        "ftp://127.0.0.1",
        "https://moi:secret@central.example.org",
        "https://central.example.org/?a=1",
        "https://central.example.org/#bas",
        "https://central.example.org:99999",
        "https://central.example.org:0",
        "https://cen tral.example.org",
        "https://central.example.org/../autre",
        "https://[::1",
        "https://" + "a" * 600,
        "http://localhost.example.org",
        "javascript:alert(1)",
        "https://exa\u0000mple.org",
        "https://exa_%6d.org/é",
    ],
)
def test_a_silly_or_dangerous_address_is_refused_before_anything_leaves(address: str) -> None:
    with pytest.raises(RefusedError) as found:
        CentralClient(address)
    assert found.value.hint


def test_one_address_has_one_writing() -> None:
    assert read_address(" HTTPS://Central.Example.ORG:443/ ").text == "https://central.example.org"
    assert read_address("http://[::1]:8000/base/").text == "http://[::1]:8000/base"
    assert read_address("http://localhost").text == "http://localhost"
    assert read_address("https://médecins.example.org").text.startswith("https://xn--")


def certificate(
    folder: Path, *, days: tuple[int, int] = (-1, 30), name: str = "127.0.0.1"
) -> tuple[ssl.SSLContext, str]:
    """Return a server's TLS context and the PEM text to believe it."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Central d’essai")])
    now = datetime.now(UTC)
    named: x509.GeneralName = (
        x509.IPAddress(IPv4Address(name)) if name[0].isdigit() else x509.DNSName(name)
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.SubjectAlternativeName([named]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    form = serialization.PrivateFormat.PKCS8
    private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    file = folder / "serveur.pem"
    file.write_bytes(private + pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, pem.decode("ascii")


def test_a_certificate_given_is_believed_and_an_unknown_one_is_not(tmp_path: Path) -> None:
    context, pem = certificate(tmp_path)
    with facing(answer(), tls=context, authority=pem) as (client, _):
        assert client.exchange(b"{}")
    file = tmp_path / "autorite.pem"
    file.write_text(pem)
    with facing(answer(), tls=context, ca_file=file) as (client, _):
        assert client.exchange(b"{}")
    assert "autorité inconnue" in told(answer(), tls=context).message


@pytest.mark.parametrize(
    ("days", "name", "said"),
    [
        ((-30, -2), "127.0.0.1", "périmé"),
        ((5, 30), "127.0.0.1", "horloge"),
        ((-1, 30), "127.0.0.2", "autre machine"),
        ((-1, 30), "autre.example.org", "autre machine"),
    ],
)
def test_a_wrong_certificate_says_what_is_wrong(
    tmp_path: Path, days: tuple[int, int], name: str, said: str
) -> None:
    context, pem = certificate(tmp_path, days=days, name=name)
    with facing(answer(), tls=context, authority=pem) as (client, far):
        with pytest.raises(NetworkError, match=said):
            client.exchange(b"{}")
        assert far.heard == []  # neither asked again, nor a word told


class Impatient(FarEnd):
    def meet(self, one: socket.socket) -> None:
        one.recv(10)
        one.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def test_clear_text_behind_https_is_told() -> None:
    far = Impatient(b"")
    secure = far.url.replace("http:", "https:")
    with (
        CentralClient(secure, patience=HASTE, sleep=lambda _s: None) as client,
        pytest.raises(NetworkError, match="chiffrée"),
    ):
        client.exchange(b"{}")
    far.close()


def test_a_pack_comes_home_in_two_pieces(tmp_path: Path) -> None:
    whole = bytes(range(256)) * 400
    half = len(whole) // 2

    def rest(one: socket.socket) -> None:
        told = answer(206, whole[half:], "application/octet-stream")
        span = f"Content-Range: bytes {half}-{len(whole) - 1}/{len(whole)}\r\n\r\n".encode()
        one.sendall(told.replace(b"\r\n\r\n", b"\r\n" + span, 1))

    cut = answer(200, whole, "application/octet-stream")[: -len(whole) + half]
    out = tmp_path / "pack.part"
    with facing(cut, rest) as (client, far):
        client.download(WantedFile("pack-1", out, len(whole), "ab" * 32))
        assert b"range: bytes=" + str(half).encode() in far.heard[1].lower()
    assert out.read_bytes() == whole
