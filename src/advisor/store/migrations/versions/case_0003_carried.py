"""What is carried for other devices: their entries, and the answers meant for them."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE carried_envelope (
      id TEXT NOT NULL,
      device TEXT NOT NULL,
      incarnation TEXT NOT NULL,
      local_seq INTEGER NOT NULL,
      cursor INTEGER NOT NULL,
      manifest JSON NOT NULL,
      signature TEXT DEFAULT '' NOT NULL,
      state TEXT NOT NULL,
      reason TEXT DEFAULT '' NOT NULL,
      head INTEGER DEFAULT '0' NOT NULL,
      received_at TEXT NOT NULL,
      CONSTRAINT pk_carried_envelope PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_carried_envelope_device ON carried_envelope (device)",
    """
    CREATE TABLE carried_op (
      envelope TEXT NOT NULL,
      place INTEGER NOT NULL,
      entity TEXT NOT NULL,
      entity_id TEXT NOT NULL,
      interview TEXT,
      shown BOOLEAN NOT NULL,
      over INTEGER,
      body JSON,
      CONSTRAINT pk_carried_op PRIMARY KEY (envelope, place)
    )
    """,
    "CREATE INDEX ix_carried_op_entity_entity_id ON carried_op (entity, entity_id)",
    "CREATE INDEX ix_carried_op_interview ON carried_op (interview)",
    """
    CREATE TABLE carried_reply (
      id TEXT NOT NULL,
      device TEXT NOT NULL,
      head INTEGER NOT NULL,
      content JSON NOT NULL,
      CONSTRAINT pk_carried_reply PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_carried_reply_device ON carried_reply (device)",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
