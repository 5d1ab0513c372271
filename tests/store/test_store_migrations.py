import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from case_home import PASSPHRASE, new_interview

from advisor.config import Home
from advisor.errors import NewerDatabaseError
from advisor.store import migrating, tables
from advisor.store.backups import list_backups
from advisor.store.engine import make_engine
from advisor.store.surroundings import Surroundings
from advisor.store.vault import Vault, open_vault

FIXTURES = Path(__file__).parent / "old_databases"
NEXT = """
from alembic import op
import sqlalchemy as sa

revision = "9999"
down_revision = "{head}"

def upgrade():
    op.add_column("permanence", sa.Column("room", sa.Text(), nullable=True))
    op.execute("UPDATE permanence SET place = place || ' (migrée)'")
    op.execute("CREATE TABLE extra (id TEXT PRIMARY KEY)")
    op.execute("INSERT INTO extra VALUES ('un')")
    op.execute("CREATE INDEX ix_extra ON extra (id)")
"""


@pytest.fixture
def next_version(tmp_path: Path, around: Surroundings) -> Surroundings:
    folder = tmp_path / "migrations"
    shutil.copytree(migrating.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    text = NEXT.format(head=migrating.head())
    (folder / "versions" / "case_9999_next.py").write_text(text, encoding="utf-8")
    return replace(around, migrations=folder)


def schema(connection: sa.Connection) -> set[str]:
    query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
    return {
        " ".join(row[0].replace("(", " ( ").replace(")", " ) ").replace(",", " , ").split())
        for row in connection.exec_driver_sql(query)
    }


def test_the_last_migration_leaves_exactly_the_declared_tables(vault: Vault) -> None:
    declared = sa.create_engine("sqlite://")
    with declared.begin() as fresh, vault.read() as look:
        tables.metadata.create_all(fresh)
        assert schema(look.connection) == schema(fresh)
        context = MigrationContext.configure(look.connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []


def test_migrations_import_nothing_of_ours() -> None:
    files = list((migrating.FOLDER / "versions").glob("case_*.py"))
    assert files
    assert not [file for file in files if "advisor" in file.read_text(encoding="utf-8")]


@pytest.mark.parametrize("folder", sorted(FIXTURES.iterdir()), ids=lambda f: f.name)
def test_a_database_of_each_past_version_still_opens_with_what_it_held(
    folder: Path, home: Home, around: Surroundings
) -> None:
    home.create()
    for name in ("case.db", "case.keys"):
        shutil.copyfile(folder / name, home.root / name)
    opened = open_vault(home, PASSPHRASE, around=around)
    with opened.read() as look:
        (interview,) = look.interviews.find()
        whole = look.interviews.get(interview.id)
        assert migrating.revision(look.connection) == migrating.head()
    opened.close()
    assert (whole.permanence.place, whole.professional.nom) == ("Melun", "Exemple")
    assert whole.profile["sector"] == "2"
    assert [note.text for note in whole.notes] == ["Cherche un cabinet de groupe."]


def test_a_verified_copy_is_made_before_a_migration_and_opens_as_it_was(
    vault: Vault, home: Home, next_version: Surroundings
) -> None:
    interview = new_interview(vault)
    vault.close()
    migrated = open_vault(home, PASSPHRASE, around=next_version)
    with migrated.read() as look:
        assert look.interviews.get(interview).permanence.place == "Melun (migrée)"
        assert migrated.schema_version == "9999"
    copy = list_backups(home)[0]
    assert copy.why == "avant-9999"
    engine = make_engine(copy.file, bytearray(migrated.raw_key()))
    with engine.connect() as connection:
        assert migrating.revision(connection) == migrating.head()
    engine.dispose()
    migrated.close()


def test_a_newer_database_is_refused_politely_and_left_alone(
    vault: Vault, home: Home, around: Surroundings, next_version: Surroundings
) -> None:
    vault.close()
    open_vault(home, PASSPHRASE, around=next_version).close()
    before = home.database.read_bytes()
    with pytest.raises(NewerDatabaseError, match="plus récente"):
        open_vault(home, PASSPHRASE, around=around)
    assert home.database.read_bytes() == before


KILLED = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
import sqlalchemy as sa
from advisor.config import Home
from advisor.store.keys import FLOOR
from advisor.store.surroundings import Surroundings
from advisor.store.vault import open_vault

home, interview = Home(Path(sys.argv[1])), sys.argv[3]
old = Surroundings(cost=FLOOR)
new = replace(old, migrations=Path(sys.argv[2]))
left = 0

@sa.event.listens_for(sa.Engine, "after_cursor_execute")
def count(connection, cursor, statement, *_):
    global left
    if left and not statement.startswith(("PRAGMA", "SELECT")):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

def opened(around):
    return open_vault(home, "quatre mots sans lien", around=around)

for statement in range(1, 40):
    child = os.fork()
    if child == 0:
        left = statement
        opened(new).close()
        os._exit(0)
    finished = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    vault = opened(new if finished else old)
    with vault.read() as look:
        print(look.interviews.get(interview).permanence.place, flush=True)
    vault.close()
    if finished:
        break
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")
def test_a_kill_at_any_statement_of_a_migration_leaves_the_old_or_the_new_database(
    vault: Vault, home: Home, next_version: Surroundings
) -> None:
    interview = new_interview(vault)
    vault.close()
    arguments = [str(home.root), str(next_version.migrations), interview]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *arguments], capture_output=True, text=True, check=False
    )
    places = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert places[-1] == "Melun (migrée)"
    assert set(places[:-1]) == {"Melun"}
    assert len(places) > 6


def test_the_revision_read_at_each_opening_is_the_newest_migration() -> None:
    assert migrating.scripts()[1].get_current_head() == migrating.HEAD
