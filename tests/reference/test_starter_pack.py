"""The starter pack: made once from the shipped data, whoever makes it and how often."""

import sqlite3
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from advisor.config import Home, data_folder
from advisor.errors import PackError
from advisor.reference.pack import data_hash as naming
from advisor.reference.pack import starter
from advisor.reference.pack.file import read_pack_file
from advisor.reference.pack.installation import current_pack


def make(root: str) -> str:
    return str(starter.starter_folder(Home(Path(root)).create()))


def test_it_is_built_once_and_found_again(home: Home) -> None:
    first = starter.starter_folder(home)
    stamp = (first / "reference.sqlite").stat().st_mtime_ns
    assert starter.starter_folder(home) == first
    assert (first / "reference.sqlite").stat().st_mtime_ns == stamp


def test_two_processes_may_build_it_at_the_same_time(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2) as pool:
        folders = set(pool.map(make, [str(tmp_path)] * 4))
    assert len(folders) == 1
    (folder,) = folders
    assert sqlite3.connect(Path(folder) / "reference.sqlite").execute(
        "PRAGMA integrity_check"
    ).fetchone() == ("ok",)
    assert not list((tmp_path / "reference").glob("new-starter-*"))


def test_it_holds_every_kind_of_shipped_data(home: Home) -> None:
    pack = current_pack(home)
    counts = pack.info.counts
    for kind in (
        "communes",
        "arrondissements",
        "zonings",
        "aids",
        "funding",
        "structures",
        "partners",
    ):
        assert counts[kind] > 0, kind
    assert len(pack.aids()) == counts["aids"]
    assert len(pack.funding_schemes()) == counts["funding"]
    assert len(pack.structures()) == counts["structures"]
    assert len(pack.partners()) == counts["partners"]
    assert len(pack.indicators()) == counts["indicators"] > 0
    assert pack.ranking_criteria()
    assert pack.steps()
    assert sum(len(zoning.lines) for zoning in pack.zonings()) > 0
    assert {source.id for source in pack.info.sources}


def test_the_same_data_gives_the_same_bytes(tmp_path: Path) -> None:
    starter.write_starter_file(tmp_path / "one.pack")
    starter.write_starter_file(tmp_path / "two.pack")
    assert (tmp_path / "one.pack").read_bytes() == (tmp_path / "two.pack").read_bytes()


def test_the_frozen_program_uses_the_pack_made_beforehand(
    tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    prebuilt = tmp_path / "resources" / naming.PREBUILT
    starter.write_starter_file(prebuilt)
    monkeypatch.setattr(naming, "resources_folder", lambda: prebuilt.parent)
    monkeypatch.setattr(starter, "data_folder", lambda: tmp_path / "nothing")
    pack = current_pack(home)
    assert pack.info.is_starter
    assert pack.info.version == read_pack_file(prebuilt).manifest.version
    assert pack.zones_at("77159", date(2016, 1, 1), "medecin_generaliste").zones


def test_a_checkout_that_cannot_be_written_still_opens(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "build").write_text("un fichier à la place du dossier", encoding="utf-8")
    monkeypatch.setattr(starter, "product_root", lambda: tmp_path)
    assert current_pack(home).info.is_starter


def test_the_folder_written_at_once_and_the_unpacked_file_hold_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked = starter.starter_folder(Home(tmp_path / "one").create())
    monkeypatch.setattr(starter, "_made_once", lambda _named: None)
    written = starter.starter_folder(Home(tmp_path / "two").create())
    name = "reference.sqlite"
    assert (unpacked / name).read_bytes() == (written / name).read_bytes()


def test_other_data_gives_another_name(tmp_path: Path) -> None:
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "a.csv").write_text("un", encoding="utf-8")
    one = naming.data_hash(tmp_path)
    (tmp_path / "README.md").write_text("peu importe", encoding="utf-8")
    assert naming.data_hash(tmp_path) == one
    (tmp_path / "places" / "a.csv").write_text("deux", encoding="utf-8")
    assert naming.data_hash(tmp_path) != one
    assert naming.data_hash(data_folder()) == naming.data_hash(data_folder())


def test_a_home_that_cannot_be_written_is_told_in_french(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(starter, "unpack_database", refuse)
    with pytest.raises(PackError, match="n’a pas pu être écrit sur le disque"):
        starter.starter_folder(home)
    assert not list(home.reference.glob("new-starter-*"))


@pytest.mark.parametrize("name", ["manifest.json", "reference.sqlite"])
@pytest.mark.parametrize("damage", ["cut", "flipped", "gone"])
def test_a_starter_pack_damaged_on_disk_is_made_again(home: Home, name: str, damage: str) -> None:
    file = starter.starter_folder(home) / name
    sound = file.read_bytes()
    if damage == "gone":
        file.unlink()
    else:
        half = len(sound) // 2
        flipped = sound[:half] + bytes([sound[half] ^ 1]) + sound[half + 1 :]
        file.write_bytes(sound[:half] if damage == "cut" else flipped)
    current_pack(home).check()
    if damage != "flipped" or name == "reference.sqlite":
        assert file.read_bytes() == sound
