"""Enrolling with a central store whose certificate comes from an authority of one's own."""

import ipaddress
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cli_runner import Advisor
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from advisor.sync.server.app import Certificate, RunningServer
from advisor.sync.server.database import Central
from advisor.sync.server.enrolment import invite

pytestmark = pytest.mark.usefixtures("passphrase")
NOW = datetime.now(UTC)
AUTHORITY = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Autorité de l’agence")])
SERVER = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])


def certified(
    name: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    *,
    ca: bool,
) -> bytes:
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    known_as = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    signed_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(AUTHORITY)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .add_extension(known_as, critical=False)
        .add_extension(signed_by, critical=False)
        .sign(signer, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    return tmp_path / "autorité de l’agence.pem"


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    made = Central(f"sqlite:///{tmp_path / 'central.db'}")
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def server(tmp_path: Path, authority: Path, central: Central) -> Iterator[RunningServer]:
    signer, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority.write_bytes(certified(AUTHORITY, signer, signer, ca=True))
    chain, private = tmp_path / "serveur.pem", tmp_path / "serveur.key"
    chain.write_bytes(certified(SERVER, key, signer, ca=False))
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    with RunningServer(central, certificate=Certificate(chain, private)) as running:
        yield running


def test_an_authority_of_one_s_own_is_believed_once_named_and_at_each_sync_after(
    advisor: Advisor, server: RunningServer, central: Central, authority: Path, tmp_path: Path
) -> None:
    asked = {"name": "Poste", "organisation": "URPS Essai", "role": "conseiller"}
    code = invite(central, departements=("77",), now=NOW, **asked).code
    words = ("enrol", "--central", server.url, "--code", code)
    unknown = advisor(*words)
    assert (unknown.status, "autorité inconnue" in unknown.err) == (1, True)
    for wrong in (tmp_path / "absente.pem", tmp_path / "serveur.key"):
        told = advisor(*words, "--ca", wrong)
        assert (told.status, told.out, "Traceback" in told.err) == (1, "", False)
    done = advisor(*words, "--ca", authority)
    assert done.status == 0, done
    authority.unlink()
    synced = advisor("sync", "--json")
    assert synced.status == 0, synced
    assert synced.data["digest_ok"] is True
