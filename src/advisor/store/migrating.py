"""Brings a case database to the shape this version expects, in one transaction.

Knows Alembic and the raw connection; the copy made before is the vault's work. Alembic is loaded
only when there is something to migrate: an ordinary opening reads one number.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from advisor.errors import NewerDatabaseError

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

FOLDER = Path(__file__).parent / "migrations"
HEAD = "0004"  # the revision this version works with; a test compares it with the migrations


def scripts(folder: Path = FOLDER) -> "tuple[Config, ScriptDirectory]":
    """Return Alembic's configuration and the ordered migrations of ``folder``."""
    from alembic.config import Config  # noqa: PLC0415  (see the top of this file)
    from alembic.script import ScriptDirectory  # noqa: PLC0415  (idem)

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config, ScriptDirectory.from_config(config)


def head(folder: Path = FOLDER) -> str:
    """Return the revision this version works with."""
    if folder == FOLDER:
        return HEAD
    found = scripts(folder)[1].get_current_head()
    assert found is not None, "the package holds at least one migration"  # noqa: S101
    return found


def revision(connection: sa.Connection) -> str | None:
    """Return the revision of a database, None when it is empty."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).first()
    return None if found is None else str(found[0])


def refuse_newer(found: str | None, folder: Path = FOLDER) -> None:
    """Raise NewerDatabaseError when ``found`` is not a revision this version knows."""
    if found is None or found == head(folder):
        return
    if found not in {script.revision for script in scripts(folder)[1].walk_revisions()}:
        raise NewerDatabaseError(
            "Cette base a été écrite par une version plus récente de l’application.",
            "Mettez l’application à jour sur ce poste\u202f; la base n’a pas été touchée.",
        )


def upgrade(connection: sa.Connection, folder: Path = FOLDER, target: str = "head") -> None:
    """Run the missing migrations inside the transaction already begun on ``connection``."""
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415  (idem)

    config, script = scripts(folder)

    def steps(found: Any, _context: "MigrationContext") -> Any:
        return script._upgrade_revs(target, found)  # noqa: SLF001 - what Alembic's own command does

    with EnvironmentContext(config, script, fn=steps, destination_rev=target) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
