"""A published pack reaches the laptops over real HTTP, whole or not at all; the old one stays."""

import errno
import hashlib
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from network import HASTE, Field, Laptop

from advisor.config import Home
from advisor.errors import NetworkError, NotFoundError, PackError, StoppedError
from advisor.reference.pack import file as pack_file
from advisor.reference.pack import signing
from advisor.reference.pack.assembly import write_file
from advisor.services.packs import INCOMING, Packs
from advisor.services.reference import Reference
from advisor.sync.server import giving_packs, packs, tables
from advisor.sync.server.app import RunningServer
from advisor.sync.server.database import Central
from databases import central, postgres, postgres_url
from reference.pack_samples import small_content, small_identity

__all__ = ["central", "postgres", "postgres_url"]
NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def place(central: Central, tmp_path: Path) -> Iterator[Field]:
    with RunningServer(central) as server:
        made = Field(central, server, tmp_path)
        yield made
        for laptop in made.laptops:
            laptop.close()


@pytest.fixture
def publisher(tmp_path: Path) -> Home:
    return Home(tmp_path / "editeur").create()


@pytest.fixture
def laptop(place: Field) -> Laptop:
    return place.enrolled("un")


def signed(publisher: Home, name: str = "Melun", pack_id: str = "essai") -> Path:
    out = publisher.root / f"{pack_id}-{name}.pack"
    content = small_content(name)
    write_file(content, small_identity(pack_id), out, signing.own_key(publisher))
    return out


def published(place: Field, file: Path, key: bytes | None = None) -> packs.PackCard:
    read = pack_file.read_pack_file(file)
    public = key or read.public_key
    assert public is not None
    return packs.publish(
        place.central,
        file,
        pack_id=f"{read.manifest.id}-{read.manifest.version}",
        version=read.manifest.version,
        built_at=read.manifest.built_at.isoformat(),
        signed_by=f"publisher:{signing.fingerprint(public)}",
        public_key=public.hex(),
        now=NOW,
    )


def laid(place: Field, content: bytes, publisher: Home) -> None:
    """Publish bytes that nobody checked, as a central store in wrong hands would."""
    file = publisher.root / "hostile.pack"
    file.write_bytes(content)
    known = {"version": "9", "built_at": "2026-11-01", "signed_by": "publisher:x"}
    key = signing.public_part(signing.own_key(publisher)).hex()
    packs.publish(place.central, file, pack_id="mauvais-9", **known, public_key=key, now=NOW)


def shelf(laptop: Laptop) -> Packs:
    """Return the packs of a laptop as a program that just started sees them."""
    reference = Reference(laptop.home)
    return Packs(
        lambda: laptop.cases.desk,
        reference,
        laptop.home.reference,
        patience=HASTE,
        sleep=lambda _seconds: None,
    )


def in_use(laptop: Laptop) -> str:
    reference = Reference(laptop.home)
    try:
        return reference.commune("77288").name
    finally:
        reference.close()


def incoming(laptop: Laptop) -> list[Path]:
    return sorted((laptop.home.reference / INCOMING).glob("*"))


def test_a_laptop_learns_of_a_pack_at_its_sync_then_brings_and_installs_it(
    place: Field, laptop: Laptop, publisher: Home
) -> None:
    laptop.sync.sync()
    assert shelf(laptop).offer() is None
    card = published(place, signed(publisher, "Melun-le-Neuf"))
    laptop.sync.sync()
    offer = shelf(laptop).offer()
    assert offer is not None
    assert (offer.id, offer.size, offer.built_at.isoformat()) == (card.id, card.size, card.built_at)
    made = shelf(laptop).bring()
    assert made.signed_by == card.signed_by
    assert in_use(laptop) == "Melun-le-Neuf"
    assert (shelf(laptop).offer(), incoming(laptop)) == (None, [])
    assert laptop.sync.sync().exchanges == 1
    with pytest.raises(NotFoundError):
        shelf(laptop).bring()


def test_a_download_cut_anywhere_goes_on_even_after_a_restart(
    place: Field, laptop: Laptop, publisher: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = published(place, signed(publisher, "Melun-coupé"))
    laptop.sync.sync()
    whole, asked, given = packs.read, [], []
    chance = random.Random(5)  # noqa: S311 - a seeded play

    def cut(_central: Any, _pack: str, first: int, last: int) -> Iterator[bytes]:
        asked.append(first)
        content = b"".join(whole(place.central, card.id, first, last))
        yield content[: given.pop() if given else 0]
        raise ConnectionResetError

    monkeypatch.setattr(packs, "read", cut)
    reached = 0
    for _ in range(3):
        given.append(chance.randrange(1, card.size // 4))
        with pytest.raises(NetworkError):
            shelf(laptop).bring()
        (part,) = incoming(laptop)
        assert part.stat().st_size > reached
        reached = part.stat().st_size
        assert in_use(laptop) == "Melun"
    monkeypatch.setattr(packs, "read", whole)
    shelf(laptop).bring()
    assert in_use(laptop) == "Melun-coupé"
    assert asked == sorted(asked)
    assert asked[0] == 0 < asked[-1] == reached


def test_another_pack_published_meanwhile_is_brought_from_its_beginning(
    place: Field, laptop: Laptop, publisher: Home
) -> None:
    published(place, signed(publisher, "Premier"))
    laptop.sync.sync()
    with pytest.raises(StoppedError):
        shelf(laptop).bring(cancelled=lambda: True)
    (part,) = incoming(laptop)
    published(place, signed(publisher, "Second"))
    laptop.sync.sync()
    shelf(laptop).bring()
    assert in_use(laptop) == "Second"
    assert not part.exists()


def test_a_file_changed_on_the_server_is_never_glued_to_an_older_beginning(
    place: Field, laptop: Laptop, publisher: Home
) -> None:
    card = published(place, signed(publisher, "Premier"))
    laptop.sync.sync()
    folder = laptop.home.reference / INCOMING
    folder.mkdir()
    (folder / f"{card.sha256}.part").write_bytes(b"the beginning of something else" * 9)
    with pytest.raises(PackError, match="jeté"):
        shelf(laptop).bring()
    assert (incoming(laptop), in_use(laptop)) == ([], "Melun")
    shelf(laptop).bring()
    assert in_use(laptop) == "Premier"


@pytest.mark.parametrize("harm", ["truncated", "flipped", "longer", "bomb", "page", "other_key"])
def test_what_a_store_in_wrong_hands_gives_out_is_refused_and_the_old_pack_serves_on(
    place: Field, laptop: Laptop, publisher: Home, tmp_path: Path, harm: str
) -> None:
    good = signed(publisher, "Piégé").read_bytes()
    middle = len(good) // 2
    flipped = bytes([*good[:middle], good[middle] ^ 1, *good[middle + 1 :]])
    content = {
        "truncated": good[:-40],
        "flipped": flipped,
        "longer": good + b"\0" * 9,
        "bomb": bomb(tmp_path),
        "page": b"<!doctype html><title>404</title>",
        "other_key": signed(Home(tmp_path / "autre").create(), "Autre").read_bytes(),
    }[harm]
    laid(place, content, publisher)
    laptop.sync.sync()
    with pytest.raises(PackError, match="reste utilisé"):
        shelf(laptop).bring()
    assert (incoming(laptop), in_use(laptop)) == ([], "Melun")
    assert laptop.sync.sync().digest_ok is True


def bomb(folder: Path) -> bytes:
    import zipfile  # noqa: PLC0415

    out = folder / "bomb.zip"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in (pack_file.MANIFEST, pack_file.SIGNATURE, pack_file.PACKED):
            made.writestr(name, b"\0" * (1 << 26))
    return out.read_bytes()


def test_a_pack_altered_in_the_store_does_not_pass_its_hash(
    place: Field, laptop: Laptop, publisher: Home
) -> None:
    published(place, signed(publisher, "Altéré"))
    laptop.sync.sync()
    with place.central.writing() as connection:
        part = tables.pack_part
        held = connection.execute(part.select()).one().bytes
        connection.execute(part.update().values(bytes=b"\0" * len(held)))
    with pytest.raises(PackError, match="jeté"):
        shelf(laptop).bring()
    assert in_use(laptop) == "Melun"


def test_a_pack_the_store_does_not_vouch_for_is_not_even_offered(
    place: Field, laptop: Laptop, publisher: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(place, signed(publisher, "Soufflé"))
    monkeypatch.setattr(giving_packs, "vouch", lambda _key, _pack: "A" * 88)
    report = laptop.sync.sync()
    assert report.digest_ok is True
    assert any("sans prouver" in one for one in report.remarks)
    assert shelf(laptop).offer() is None


def test_a_full_disk_keeps_the_pack_in_use_and_gives_its_room_back(
    place: Field, laptop: Laptop, publisher: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(place, signed(publisher, "Trop gros"))
    laptop.sync.sync()
    usage = shutil.disk_usage(laptop.home.root)
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1 << 20))
        with pytest.raises(PackError, match="la place"):
            shelf(laptop).bring()
    with monkeypatch.context() as full:

        def no_room(*_args: Any, **_named: Any) -> Any:
            raise OSError(errno.ENOSPC, "No space left on device")

        full.setattr("advisor.reference.pack.installation.unpack_database", no_room)
        with pytest.raises(PackError, match="reste utilisé"):
            shelf(laptop).bring()
    assert in_use(laptop) == "Melun"
    shelf(laptop).bring()
    assert in_use(laptop) == "Trop gros"


def test_a_publisher_come_later_is_believed_on_the_word_of_the_store(
    place: Field, laptop: Laptop, publisher: Home, tmp_path: Path
) -> None:
    later = Home(tmp_path / "second-editeur").create()
    published(place, signed(publisher, "Premier"))
    laptop.sync.sync()
    shelf(laptop).bring()
    published(place, signed(later, "Second"))
    laptop.sync.sync()
    assert shelf(laptop).bring().signed_by.startswith("publisher:")
    assert in_use(laptop) == "Second"
    published(place, signed(publisher, "Premier"))  # an older one made current again
    laptop.sync.sync()
    shelf(laptop).bring()
    assert in_use(laptop) == "Premier"


def test_what_was_built_here_gives_way_to_what_is_newer_only(
    place: Field, laptop: Laptop, publisher: Home
) -> None:
    own = laptop.home.root / "own.pack"
    write_file(small_content("Bâti ici"), small_identity(), own, signing.own_key(laptop.home))
    Reference(laptop.home).install(own)
    published(place, signed(publisher, "Du même jour"))
    laptop.sync.sync()
    assert shelf(laptop).offer() is None
    assert in_use(laptop) == "Bâti ici"


def test_the_name_of_an_arrival_is_its_hash(place: Field, laptop: Laptop, publisher: Home) -> None:
    file = signed(publisher, "Nommé")
    published(place, file)
    laptop.sync.sync()
    with pytest.raises(StoppedError):
        shelf(laptop).bring(cancelled=lambda: True)
    assert [one.stem for one in incoming(laptop)] == [hashlib.sha256(file.read_bytes()).hexdigest()]
