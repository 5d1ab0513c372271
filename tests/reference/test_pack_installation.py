"""Installing a pack: nothing wrong ever replaces what works."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from advisor.config import Home
from advisor.errors import NotFoundError, PackError
from advisor.reference.pack import installation, signing
from advisor.reference.pack.assembly import write_file
from advisor.reference.pack.file import MANIFEST, PACKED, SIGNATURE, archive, read_pack_file
from reference.pack_samples import small_content, small_identity, small_pack


@pytest.fixture
def pack_file(tmp_path: Path, home: Home) -> Path:
    return small_pack(tmp_path / "small.pack", home)


def in_use(home: Home) -> str:
    pack = installation.current_pack(home)
    try:
        return pack.commune("77288").name
    finally:
        pack.close()


def test_without_any_installation_the_starter_pack_answers(home: Home) -> None:
    pack = installation.current_pack(home)
    assert pack.info.is_starter
    assert pack.info.signed_by == "advisor"
    assert pack.commune("77288").name == "Melun"
    assert installation.installed(home)[0].id == "starter"


def test_a_pack_made_with_other_shipped_data_says_so(
    tmp_path: Path, home: Home, pack_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "d’autres fiches" in installation.install(home, pack_file).warning
    monkeypatch.setattr(installation, "shipped_data_hash", lambda: small_identity().data_hash)
    assert installation.info(home).warning == ""


def test_the_same_content_gives_the_same_bytes(tmp_path: Path, home: Home) -> None:
    one = small_pack(tmp_path / "one.pack", home).read_bytes()
    other = small_pack(tmp_path / "other.pack", home).read_bytes()
    assert one == other


def test_a_pack_of_this_home_is_installed_and_said_local(home: Home, pack_file: Path) -> None:
    made = installation.install(home, pack_file)
    own = signing.own_public_key(home)
    assert own is not None
    assert made.signed_by == f"local:{signing.fingerprint(own)}"
    assert in_use(home) == "Melun"
    assert installation.info(home).version == made.version
    assert [one.id for one in installation.installed(home)] == ["essai"]


def test_the_pack_in_use_is_replaced_only_by_one_that_opens(
    tmp_path: Path, home: Home, pack_file: Path
) -> None:
    installation.install(home, pack_file)
    newer = small_pack(tmp_path / "newer.pack", home, name="Melun-la-Neuve")
    installation.install(home, newer)
    assert in_use(home) == "Melun-la-Neuve"
    empty = small_content("Vide")
    empty.blobs.clear()
    write_file(empty, small_identity(), tmp_path / "empty.pack", signing.own_key(home))
    with pytest.raises(PackError, match="illisible ou abîmé"):
        installation.install(home, tmp_path / "empty.pack")
    assert in_use(home) == "Melun-la-Neuve"
    assert not list(home.reference.glob("install-*"))


def test_installing_twice_is_harmless_and_repairs_what_was_damaged(
    home: Home, pack_file: Path
) -> None:
    folder = installation.install(home, pack_file).folder
    (folder / "reference.sqlite").write_bytes(b"damaged")
    installation.install(home, pack_file)
    assert in_use(home) == "Melun"


def test_an_installed_pack_that_no_longer_opens_is_said_and_the_starter_serves(
    home: Home, pack_file: Path
) -> None:
    folder = installation.install(home, pack_file).folder
    (folder / "manifest.json").unlink()
    pack = installation.current_pack(home)
    assert pack.info.is_starter
    assert "ne s’ouvre pas" in pack.info.warning
    (home.reference / "current.json").write_text("{", encoding="utf-8")
    assert "illisible" in installation.current_pack(home).info.warning


def test_every_single_byte_of_the_file_is_guarded(
    tmp_path: Path, home: Home, pack_file: Path
) -> None:
    installation.install(home, pack_file)
    content = pack_file.read_bytes()
    damaged = tmp_path / "damaged.pack"
    ends = {*range(120), *range(len(content) - 260, len(content))}
    for position in {*range(0, len(content), 97), *ends}:
        flipped = bytearray(content)
        flipped[position] ^= 1
        damaged.write_bytes(flipped)
        with pytest.raises(PackError) as refused:
            installation.install(home, damaged)
        assert refused.value.message.endswith(".")
        assert refused.value.hint
    assert in_use(home) == "Melun"


def test_a_pack_cut_anywhere_is_refused_and_the_old_one_still_serves(
    tmp_path: Path, home: Home, pack_file: Path
) -> None:
    installation.install(home, pack_file)
    content = pack_file.read_bytes()
    cut = tmp_path / "cut.pack"
    for length in (0, 1, 100, len(content) // 2, len(content) - 1):
        cut.write_bytes(content[:length])
        with pytest.raises(PackError, match="incomplet ou abîmé"):
            installation.install(home, cut)
        with pytest.raises(PackError, match="incomplet ou abîmé"):
            installation.verify(cut, home)
    assert in_use(home) == "Melun"


def test_a_file_that_is_something_else_is_refused(tmp_path: Path, home: Home) -> None:
    other = tmp_path / "other.zip"
    other.write_bytes(archive({"lisez-moi.txt": b"bonjour"}))
    with pytest.raises(PackError, match="n’est pas un paquet de référence"):
        installation.install(home, other)
    with pytest.raises(PackError, match="n’existe pas"):
        installation.install(home, tmp_path / "absent.pack")


def test_a_stranger_is_refused_until_trusted(tmp_path: Path, home: Home) -> None:
    stranger = Home(tmp_path / "stranger").create()
    pack = small_pack(tmp_path / "strange.pack", stranger)
    with pytest.raises(PackError, match="éditeur inconnu") as refused:
        installation.install(home, pack)
    assert "advisor reference trust" in refused.value.hint
    checked = installation.verify(pack, home)
    assert checked.signed_by.startswith("publisher:")
    assert "éditeur inconnu" in checked.warning
    public = signing.own_public_key(stranger)
    assert public is not None
    assert installation.trust(home, public.hex()) == signing.fingerprint(public)
    assert installation.install(home, pack).signed_by == f"publisher:{signing.fingerprint(public)}"
    assert installation.verify(pack, home).warning == ""


def test_a_trusted_publisher_may_sign_with_a_pem_key(tmp_path: Path, home: Home) -> None:
    key = Ed25519PrivateKey.generate()
    private = tmp_path / "cle.pem"
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    public = tmp_path / "cle.pub"
    public.write_bytes(
        key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    raw = signing.read_private_key(private)
    write_file(small_content(), small_identity(), tmp_path / "signed.pack", raw)
    installation.trust(home, public)
    installation.trust(home, public.read_text(encoding="ascii"))
    assert len(signing.trusted_keys(home)) == 1
    assert installation.install(home, tmp_path / "signed.pack").id == "essai"


def test_what_is_not_a_key_is_refused(tmp_path: Path, home: Home) -> None:
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("-----BEGIN PUBLIC KEY-----\nnon\n-----END PUBLIC KEY-----\n", "ascii")
    for given in ("bonjour", "ab" * 31, str(wrong), wrong):
        with pytest.raises(PackError, match="n’est pas une clé Ed25519"):
            installation.trust(home, given)
    with pytest.raises(PackError, match="ne peut pas être lue"):
        signing.read_private_key(tmp_path / "absente.pem")


@pytest.mark.parametrize(
    "weak", ["00" * 32, f"01{'00' * 31}", f"{'00' * 31}80", f"ec{'ff' * 30}7f", f"ee{'ff' * 31}"]
)
def test_a_key_that_anybody_can_imitate_is_refused(home: Home, weak: str) -> None:
    with pytest.raises(PackError, match="ne prouverait rien"):
        installation.trust(home, weak)
    assert signing.trusted_keys(home) == ()


def test_a_very_long_code_is_not_said_whole(home: Home) -> None:
    pack = installation.current_pack(home)
    for ask in (pack.commune, pack.epci):
        with pytest.raises(NotFoundError) as refused:
            ask("9" * 5000)
        assert len(refused.value.message) < 200
    pack.close()


def test_a_signature_of_another_manifest_is_refused(
    tmp_path: Path, home: Home, pack_file: Path
) -> None:
    whole = read_pack_file(pack_file)
    manifest = json.loads(whole.manifest_bytes)
    manifest["counts"]["communes"] = 34_875
    forged = {MANIFEST: json.dumps(manifest).encode(), SIGNATURE: whole.signature}
    (tmp_path / "forged.pack").write_bytes(archive({**forged, PACKED: whole.packed}))
    with pytest.raises(PackError, match="signature du paquet ne correspond pas"):
        installation.install(home, tmp_path / "forged.pack")


def test_a_home_that_cannot_be_made_is_told_in_french(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("un fichier à la place du dossier", encoding="utf-8")
    with pytest.raises(PackError, match="ne peut pas être créé"):
        installation.current_pack(Home(tmp_path / "home"))


def test_an_unsigned_pack_is_refused(tmp_path: Path, home: Home) -> None:
    write_file(small_content(), small_identity(), tmp_path / "unsigned.pack", None)
    with pytest.raises(PackError, match="n’est pas signé"):
        installation.install(home, tmp_path / "unsigned.pack")


def test_a_pack_of_a_later_format_asks_for_a_newer_application(
    tmp_path: Path, home: Home, pack_file: Path
) -> None:
    whole = read_pack_file(pack_file)
    manifest = {**json.loads(whole.manifest_bytes), "format": 99}
    later = json.dumps(manifest).encode()
    members = {MANIFEST: later, SIGNATURE: signing.sign(signing.own_key(home), later)}
    (tmp_path / "later.pack").write_bytes(archive({**members, PACKED: whole.packed}))
    with pytest.raises(PackError, match="version plus récente"):
        installation.install(home, tmp_path / "later.pack")


def test_the_private_key_is_made_once_and_is_its_owners_alone(home: Home) -> None:
    first = signing.own_key(home)
    assert signing.own_key(home) == first
    if os.name == "posix":
        assert (home.root / "signing.key").stat().st_mode & 0o077 == 0


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from advisor.config import Home
from advisor.errors import PackError
from advisor.reference.pack.installation import install
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    install(Home(Path(sys.argv[1])), Path(sys.argv[2]))
except PackError as error:
    print(error.message)
    raise SystemExit(1)
"""


@pytest.mark.skipif(os.name != "posix", reason="demande une limite de taille de fichier")
@pytest.mark.parametrize("limit", [0, 10_000])
def test_a_full_disk_while_installing_keeps_the_old_pack(
    tmp_path: Path, home: Home, pack_file: Path, limit: int
) -> None:
    installation.install(home, pack_file)
    newer = small_pack(tmp_path / "newer.pack", home, name="Melun-la-Neuve")
    command = [sys.executable, "-c", FULL_DISK, str(home.root), str(newer), str(limit)]
    source = Path(installation.__file__).parents[2]
    ran = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(source), "PYTHONIOENCODING": "utf-8"},
    )
    assert ran.returncode == 1, ran.stderr
    assert "n’a pas pu être écrit sur le disque" in ran.stdout
    assert in_use(home) == "Melun"
    assert not list(home.reference.glob("install-*"))
