"""The work kept around territorial diagnostics: request, steps, notes, meetings, decisions."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE territory_diagnostic (
      id TEXT NOT NULL,
      name TEXT DEFAULT '' NOT NULL,
      chosen_by TEXT NOT NULL,
      code TEXT DEFAULT '' NOT NULL,
      communes JSON DEFAULT '[]' NOT NULL,
      request TEXT DEFAULT '' NOT NULL,
      requested_by TEXT DEFAULT '' NOT NULL,
      requested_on TEXT,
      hypotheses JSON DEFAULT '{}' NOT NULL,
      parameters JSON DEFAULT '{}' NOT NULL,
      departement TEXT DEFAULT '' NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT pk_territory_diagnostic PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE territory_step (
      id TEXT NOT NULL,
      diagnostic TEXT NOT NULL,
      kind TEXT NOT NULL,
      state TEXT NOT NULL,
      begun TEXT,
      due TEXT,
      done TEXT,
      note TEXT DEFAULT '' NOT NULL,
      departement TEXT DEFAULT '' NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT pk_territory_step PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_territory_step_diagnostic ON territory_step (diagnostic)",
    """
    CREATE TABLE territory_participant (
      id TEXT NOT NULL,
      diagnostic TEXT NOT NULL,
      function TEXT DEFAULT '' NOT NULL,
      institution TEXT DEFAULT '' NOT NULL,
      departement TEXT DEFAULT '' NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT pk_territory_participant PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_territory_participant_diagnostic ON territory_participant (diagnostic)",
    """
    CREATE TABLE territory_note (
      id TEXT NOT NULL,
      diagnostic TEXT NOT NULL,
      theme TEXT NOT NULL,
      text TEXT DEFAULT '' NOT NULL,
      author TEXT DEFAULT '' NOT NULL,
      organisation TEXT DEFAULT '' NOT NULL,
      departement TEXT DEFAULT '' NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT pk_territory_note PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_territory_note_diagnostic ON territory_note (diagnostic)",
    """
    CREATE TABLE territory_meeting (
      id TEXT NOT NULL,
      diagnostic TEXT NOT NULL,
      kind TEXT NOT NULL,
      day TEXT NOT NULL,
      place TEXT DEFAULT '' NOT NULL,
      subject TEXT DEFAULT '' NOT NULL,
      summary TEXT DEFAULT '' NOT NULL,
      attendance INTEGER,
      departement TEXT DEFAULT '' NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT pk_territory_meeting PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_territory_meeting_diagnostic ON territory_meeting (diagnostic)",
    """
    CREATE TABLE territory_measure (
      id TEXT NOT NULL,
      diagnostic TEXT NOT NULL,
      kind TEXT NOT NULL,
      text TEXT NOT NULL,
      bearer TEXT DEFAULT '' NOT NULL,
      due TEXT,
      state TEXT NOT NULL,
      follows TEXT,
      departement TEXT DEFAULT '' NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT pk_territory_measure PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_territory_measure_diagnostic ON territory_measure (diagnostic)",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
