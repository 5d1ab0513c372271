"""The server as a whole: how it starts, what it refuses, how it stops."""

import ipaddress
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from advisor.cli.main import run
from advisor.errors import RefusedError, UsageError
from advisor.sync.server.app import Certificate, RunningServer
from advisor.sync.server.database import Central
from advisor.sync.server.settings import ServerSettings

LITTLE = ServerSettings(first_words=1)
LONG = 60  # seconds, for a machine that does many other things


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Central]:
    opened = Central(f"sqlite:///{tmp_path / 'central.db'}")
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    chain, private = tmp_path / "chain.pem", tmp_path / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    kind = serialization.PrivateFormat.PKCS8
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, kind, plain))
    return Certificate(chain, private)


def test_it_speaks_tls_with_the_certificate_given(lite: Central, certificate: Certificate) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate.chain))
    with RunningServer(lite, certificate=certificate) as server:
        assert server.url.startswith("https://127.0.0.1:")
        assert httpx.get(f"{server.url}/health", verify=trusting, timeout=LONG).status_code == 200
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{server.url}/health", timeout=LONG)


def test_it_refuses_to_be_read_by_everybody(lite: Central, certificate: Certificate) -> None:
    for listen in ("0.0.0.0:0", "[::]:0"):
        with pytest.raises(RefusedError, match="certificat"):
            RunningServer(lite).start(listen)
    server = RunningServer(lite, certificate=certificate)
    assert server.start("0.0.0.0:0").startswith("https://0.0.0.0:")
    server.stop()
    proxied = RunningServer(lite, ServerSettings(proxies="127.0.0.1"))
    assert proxied.start("0.0.0.0:0").startswith("http://")
    proxied.stop()


def test_a_certificate_that_cannot_serve_is_told_before_anything_listens(
    lite: Central, certificate: Certificate, tmp_path: Path
) -> None:
    with pytest.raises(RefusedError, match="n’existe pas"):
        RunningServer(lite, certificate=Certificate(tmp_path / "no.pem", certificate.key)).start()
    with pytest.raises(RefusedError, match="ne vont pas ensemble"):
        RunningServer(lite, certificate=Certificate(certificate.key, certificate.chain)).start()


def test_a_port_already_taken_is_told(lite: Central) -> None:
    with RunningServer(lite) as server:
        taken = server.url.removeprefix("http://")
        with pytest.raises(RefusedError, match="déjà pris"):
            RunningServer(lite).start(taken)


@pytest.mark.parametrize(
    "listen", ["", "8765", "localhost:", "localhost:99999", "x:-1", ":80", ":0", "127.0.0.1"]
)
def test_an_address_that_is_none_is_told(lite: Central, listen: str) -> None:
    with pytest.raises(UsageError):
        RunningServer(lite).start(listen)


@pytest.mark.parametrize(
    ("listen", "status", "said"),
    [
        (":0", 2, "n’est pas une adresse d’écoute"),
        ("127.0.0.1", 2, "n’est pas une adresse d’écoute"),
        ("0.0.0.0:0", 1, "certificat"),
    ],
)
def test_the_command_answers_a_place_it_cannot_listen_at_with_one_sentence(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    listen: str,
    status: int,
    said: str,
) -> None:
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path / "home"))
    database = f"sqlite:///{tmp_path / 'new.db'}"
    words = ["central", "serve", "--listen", listen, "--database", database]
    assert run(words) == status
    told = capsys.readouterr()
    assert (told.out, said in told.err, "Traceback" in told.err) == ("", True, False)
    assert len(told.err.strip().splitlines()) <= 2


def test_a_connection_that_says_nothing_is_closed(lite: Central) -> None:
    server = RunningServer(lite, LITTLE)
    server.start()
    port = int(server.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as silent:
        silent.settimeout(LONG)
        silent.sendall(b"GET /health HTTP/1.1\r\nHos")
        assert silent.recv(100) == b""
    assert httpx.get(f"{server.url}/health", timeout=LONG).status_code == 200
    server.stop()


@pytest.mark.parametrize(
    "said",
    [b"\x16\x03\x01\x02\x00\x01\x00", b"GET / HTTP/9.9\r\n\r\n", b"A" * 40_000 + b"\r\n\r\n"],
)
def test_garbage_is_refused_and_the_next_is_served(lite: Central, said: bytes) -> None:
    with RunningServer(lite) as server:
        port = int(server.url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as rude:
            rude.settimeout(LONG)
            rude.sendall(said)
            rude.shutdown(socket.SHUT_WR)
            assert b" 200 " not in rude.recv(1000)
        assert httpx.get(f"{server.url}/health", timeout=LONG).status_code == 200


def started(tmp_path: Path, *more: str) -> tuple[subprocess.Popen[str], str]:
    words = ["central", "serve", "--listen", "127.0.0.1:0", *more]
    process = subprocess.Popen(
        [sys.executable, "-m", "advisor", *words],
        env={
            **os.environ,
            "ADVISOR_DATABASE": f"sqlite:///{tmp_path / 'new.db'}",
            "ADVISOR_HOME": str(tmp_path / "home"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    return process, process.stdout.readline()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_command_serves_says_so_once_and_stops_when_told(
    tmp_path: Path, how: signal.Signals
) -> None:
    process, line = started(tmp_path, "--json")
    url = json.loads(line)["url"]
    assert httpx.get(f"{url}/health", timeout=LONG).json()["status"] == "ok"
    process.send_signal(how)
    out, err = process.communicate(timeout=LONG)
    assert (process.returncode, out) == (0, "")
    (log,) = [json.loads(one) for one in err.splitlines()]
    assert (log["route"], log["status"]) == ("/health", 200)
    assert not (tmp_path / "home").exists()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_the_sentence_of_the_command_says_the_real_address(tmp_path: Path) -> None:
    process, line = started(tmp_path)
    assert line.startswith("Le central répond sur http://127.0.0.1:")
    assert not line.rstrip().endswith(":0")
    process.terminate()
    process.communicate(timeout=LONG)
    assert process.returncode == 0
