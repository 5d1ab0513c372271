"""A server's certificate signed by an authority nobody knows, as an institution of its own has."""

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from advisor.sync.server.app import Certificate

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


def certificate_of_one_s_own(authority: Path, folder: Path) -> Certificate:
    """Write an authority, then what a server on this computer shows; returns the latter."""
    signer, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority.write_bytes(certified(AUTHORITY, signer, signer, ca=True))
    chain, private = folder / "serveur.pem", folder / "serveur.key"
    chain.write_bytes(certified(SERVER, key, signer, ca=False))
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    return Certificate(chain, private)
