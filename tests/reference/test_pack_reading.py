"""What a pack answers, and that it answers the same to several threads at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from advisor.config import Home
from advisor.errors import NotFoundError, PackError
from advisor.reference.pack.database import PackDatabase
from advisor.reference.pack.installation import current_pack, install
from advisor.reference.pack.reader import DATABASE, Pack
from reference.pack_samples import small_content, small_pack


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    home = Home(tmp_path / "home")
    install(home, small_pack(tmp_path / "small.pack", home))
    return current_pack(home)


def test_a_place_is_found_by_its_code_by_its_old_code_and_by_its_name(pack: Pack) -> None:
    assert pack.commune("77350").name == "Pamfou"
    assert pack.commune("78350").code == "77350"
    assert [hit.commune.code for hit in pack.search("melun")] == ["77288"]
    former = pack.commune("77999")
    assert (former.parent, former.ended) == ("77288", date(2020, 1, 1))


def test_a_code_nobody_bears_is_refused_in_french(pack: Pack) -> None:
    with pytest.raises(NotFoundError, match="Aucune commune ne porte le code 99999") as refused:
        pack.commune("99999")
    assert "advisor communes" in refused.value.hint
    with pytest.raises(NotFoundError, match="SIREN 123456789"):
        pack.epci("123456789")


def test_a_list_by_commune_and_the_lines_of_an_act_answer_together(pack: Pack) -> None:
    zones = pack.zones_at("77350", date(2026, 1, 1))
    doctors = zones.class_for("medecin_generaliste")
    assert doctors is not None
    assert (doctors.zone_class, doctors.legal_act) == ("ZIP", "acte d’essai")
    assert [entry.zone_class for entry in zones.zones if entry.scheme == "zrr"] == ["zrr"]
    other = pack.zones_at("77288", date(2026, 1, 1), "medecin_generaliste")
    assert other.zones == ()
    assert other.why_unknown("medecin_generaliste") == "liste d’essai"


def test_communes_of_today_are_listed_without_the_former_ones(pack: Pack) -> None:
    assert [one.code for one in pack.communes(departement="77")] == ["77288", "77350"]
    assert [one.code for one in pack.communes(epci="247700057")] == ["77288"]
    assert [one.code for one in pack.parts("77288")] == ["77999"]
    assert pack.epci("247700057").members == ("77288",)
    assert pack.communes(departement="01") == []


def test_an_outline_comes_back_as_it_was_drawn(pack: Pack) -> None:
    outline = pack.outline("77288")
    assert outline is not None
    assert outline.bounds == (0, 0, 10, 20)
    assert [list(ring) for ring in outline.rings] == [[0, 0, 10, 0, 10, 20]]
    assert pack.outline("77350") is None
    assert [one.code for one in pack.outlines()] == ["77288"]


def test_several_threads_read_the_same_pack(pack: Pack) -> None:
    codes = ["77288", "77350", "77999"] * 40
    with ThreadPoolExecutor(4) as pool:
        names = list(pool.map(lambda code: pack.commune(code).name, codes))
        found = list(pool.map(lambda _: pack.search("pamfou")[0].commune.code, codes))
    assert names == ["Melun", "Pamfou", "Ville-Ancienne"] * 40
    assert set(found) == {"77350"}


def test_a_closed_or_damaged_database_gives_a_french_sentence(pack: Pack) -> None:
    path = pack.info.folder / "reference.sqlite"
    pack.close()
    path.write_bytes(b"ceci n'est pas une base" * 100)
    with pytest.raises(PackError, match="illisible ou abîmé") as refused:
        pack.commune("77288")
    assert "advisor reference install" in refused.value.hint


def test_counts_tell_communes_of_today_apart() -> None:
    counts = small_content().counts()
    assert (counts["communes"], counts["former"], counts["classes"]) == (2, 1, 2)


LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000)"


def test_a_pack_that_is_closed_while_another_thread_reads_lets_it_finish(
    pack: Pack, tmp_path: Path
) -> None:
    (file,) = tmp_path.rglob(DATABASE)
    database = PackDatabase(file)
    begun = threading.Event()

    def read() -> list[tuple[int]]:
        database.rows("SELECT 1")  # its connection is open
        begun.set()
        return database.rows(f"{LONG} SELECT count(*) FROM n")

    with ThreadPoolExecutor(1) as other:
        reading = other.submit(read)
        begun.wait()
        while not reading.done() and not database._opened[0]._reading.locked():
            pass
        database.close()
        assert reading.result() == [(400_000,)]
