import contextlib
import random
import sqlite3

import pytest
from case_home import PASSPHRASE, new_interview

from advisor.config import Home
from advisor.errors import VaultError
from advisor.services.cases import Cases
from advisor.store.cipher import faults, prove
from advisor.store.surroundings import Surroundings
from advisor.store.vault import Vault, open_vault


def test_a_database_that_is_not_ciphered_is_never_opened(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    vault.close()
    for file in home.root.glob("case.db*"):
        file.unlink()
    plain = sqlite3.connect(home.database)
    plain.execute("CREATE TABLE visiteurs (nom TEXT)")
    plain.commit()
    plain.close()
    with pytest.raises(VaultError, match="n’est pas chiffrée"):
        open_vault(home, PASSPHRASE, around=around)


def test_the_ordinary_engine_cannot_read_the_file(vault: Vault, home: Home) -> None:
    new_interview(vault)
    plain = sqlite3.connect(home.database)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        plain.execute("SELECT * FROM sqlite_master")
    plain.close()


def test_a_database_that_disappeared_is_never_replaced_by_an_empty_one(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    vault.close()
    for file in home.root.glob("case.db*"):
        file.unlink()
    with pytest.raises(VaultError, match="a disparu"):
        open_vault(home, PASSPHRASE, around=around)
    assert not home.database.exists()


def test_another_homes_database_is_told_as_not_matching(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    vault.close()
    other = Home(home.root.with_name("autre"))
    open_vault(other, PASSPHRASE, around=around).close()
    other.database.replace(home.database)
    with pytest.raises(VaultError, match="abîmée"):
        open_vault(home, PASSPHRASE, around=around)


def test_flipped_bits_of_the_database_are_found_and_told_never_a_crash(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    interview = new_interview(vault)
    vault.close()
    sound = home.database.read_bytes()
    chosen = random.Random(7)  # noqa: S311 - a fixed seed, not a secret
    told = 0
    for _ in range(60):
        place = chosen.randrange(len(sound))
        changed = bytearray(sound)
        changed[place] ^= 1 << chosen.randrange(8)
        for log in home.root.glob("case.db-*"):
            log.unlink()
        home.database.write_bytes(changed)
        try:
            opened = open_vault(home, PASSPHRASE, around=around)
        except VaultError as error:
            told += "Restaurez" in error.hint
            continue
        cases = Cases(opened)
        told += bool(cases.vault.check().faults)
        with contextlib.suppress(VaultError):
            assert cases.interviews.get(interview).id == interview
        cases.close()
    assert told == 60


def test_nothing_typed_is_readable_in_any_file_of_the_home(vault: Vault, home: Home) -> None:
    interview = new_interview(vault)
    canaries = [f"CANARI{number:04d}TIMBRE" for number in range(200)]
    for word in canaries:
        with vault.write(f"{word}PACK") as work:
            work.set("project", interview, {"home_commune": word})
            work.create("note", {"interview": interview, "text": word}, departement="77")
    with vault.write() as work:
        work.settings.keep("adviser", {"name": "CANARISIGNE", "organisation": "TIMBREURPS"})
    vault.backup()
    scanned = [file for file in home.root.rglob("*") if file.is_file()]
    assert {"case.db", "case.keys", "case.db-wal"} <= {file.name for file in scanned}
    vault.close()
    scanned += [file for file in home.root.rglob("*") if file.is_file()]
    for file in scanned:
        held = file.read_bytes() if file.exists() else b""
        for code in ("utf-8", "utf-16-le"):
            assert "CANARI".encode(code) not in held, file
            assert "TIMBRE".encode(code) not in held, file


def test_a_log_that_cannot_be_written_is_never_told_as_a_damaged_database(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    vault.close()
    for log in home.root.glob("case.db-*"):
        log.unlink()
    home.root.joinpath("case.db-wal").mkdir()
    with pytest.raises(VaultError, match="ne peut pas être lu ou écrit"):
        open_vault(home, PASSPHRASE, around=around)


def test_an_empty_file_is_told_as_damaged_not_as_open_to_any_key(home: Home) -> None:
    empty = home.root / "vide.db"
    empty.parent.mkdir(parents=True, exist_ok=True)
    empty.touch()
    with pytest.raises(VaultError, match="abîmée"):
        prove(empty, bytes(range(32)))


def test_the_faults_of_a_database_are_told_in_french(
    vault: Vault, home: Home, around: Surroundings
) -> None:
    new_interview(vault)
    vault.close()
    changed = bytearray(home.database.read_bytes())
    changed[-2_000] ^= 1
    home.database.write_bytes(changed)
    opened = open_vault(home, PASSPHRASE, around=around)
    with opened.engine.connect() as connection:
        found = faults(connection.connection.dbapi_connection)
    opened.close()
    assert found
    assert all("base" in one and "malformed" not in one for one in found)
