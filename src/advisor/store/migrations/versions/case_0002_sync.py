"""What the central store said of each record, its open conflicts, and values it had before."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE open_conflict (
      entity TEXT NOT NULL,
      entity_id TEXT NOT NULL,
      field TEXT NOT NULL,
      interview TEXT,
      versions JSON NOT NULL,
      CONSTRAINT pk_open_conflict PRIMARY KEY (entity, entity_id, field)
    )
    """,
    "CREATE INDEX ix_open_conflict_interview ON open_conflict (interview)",
    """
    CREATE TABLE field_version (
      id TEXT NOT NULL,
      field TEXT NOT NULL,
      entity TEXT NOT NULL,
      entity_id TEXT NOT NULL,
      value JSON NOT NULL,
      author TEXT DEFAULT '' NOT NULL,
      organisation TEXT DEFAULT '' NOT NULL,
      at TEXT NOT NULL,
      seq INTEGER NOT NULL,
      CONSTRAINT pk_field_version PRIMARY KEY (id, field)
    )
    """,
    "CREATE INDEX ix_field_version_entity_entity_id ON field_version (entity, entity_id)",
    """
    CREATE TABLE synced_record (
      entity TEXT NOT NULL,
      entity_id TEXT NOT NULL,
      departement TEXT NOT NULL,
      life TEXT NOT NULL,
      seq INTEGER NOT NULL,
      mark INTEGER NOT NULL,
      sweep INTEGER NOT NULL,
      extra JSON NOT NULL,
      CONSTRAINT pk_synced_record PRIMARY KEY (entity, entity_id)
    )
    """,
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
