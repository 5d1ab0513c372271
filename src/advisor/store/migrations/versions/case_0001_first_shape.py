"""The first shape of the case database."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE device (
      id TEXT NOT NULL,
      incarnation TEXT NOT NULL,
      local_seq INTEGER DEFAULT '0' NOT NULL,
      CONSTRAINT pk_device PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE field_state (
      entity TEXT NOT NULL,
      entity_id TEXT NOT NULL,
      field TEXT NOT NULL,
      server_seq INTEGER NOT NULL,
      CONSTRAINT pk_field_state PRIMARY KEY (entity, entity_id, field)
    )
    """,
    """
    CREATE TABLE journal (
      seq INTEGER NOT NULL,
      device TEXT NOT NULL,
      incarnation TEXT NOT NULL,
      local_seq INTEGER NOT NULL,
      unit TEXT NOT NULL,
      undoes TEXT,
      entity TEXT NOT NULL,
      entity_id TEXT NOT NULL,
      interview TEXT,
      operation TEXT NOT NULL,
      fields JSON NOT NULL,
      actor TEXT NOT NULL,
      organisation TEXT NOT NULL,
      declared_at TEXT NOT NULL,
      schema_version TEXT NOT NULL,
      pack_version TEXT NOT NULL,
      departement TEXT NOT NULL,
      state TEXT NOT NULL,
      verdict JSON,
      CONSTRAINT pk_journal PRIMARY KEY (seq),
      CONSTRAINT uq_journal_device_incarnation_local_seq UNIQUE (device, incarnation, local_seq)
    )
    """,
    "CREATE INDEX ix_journal_entity_entity_id ON journal (entity, entity_id)",
    "CREATE INDEX ix_journal_interview ON journal (interview)",
    "CREATE INDEX ix_journal_state ON journal (state)",
    "CREATE INDEX ix_journal_unit ON journal (unit)",
    """
    CREATE TABLE outcome (
      id TEXT NOT NULL,
      kind TEXT NOT NULL,
      day TEXT,
      commune TEXT DEFAULT '' NOT NULL,
      how TEXT DEFAULT '' NOT NULL,
      why TEXT DEFAULT '' NOT NULL,
      departement TEXT DEFAULT '' NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT pk_outcome PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE permanence (
      id TEXT NOT NULL,
      day TEXT NOT NULL,
      place TEXT DEFAULT '' NOT NULL,
      starts TEXT,
      ends TEXT,
      partners JSON DEFAULT '[]' NOT NULL,
      series TEXT,
      departement TEXT DEFAULT '' NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT pk_permanence PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_permanence_day ON permanence (day)",
    """
    CREATE TABLE professional (
      id TEXT NOT NULL,
      nom TEXT DEFAULT '' NOT NULL,
      prenom TEXT DEFAULT '' NOT NULL,
      profession TEXT DEFAULT '' NOT NULL,
      telephone TEXT DEFAULT '' NOT NULL,
      email TEXT DEFAULT '' NOT NULL,
      departement TEXT DEFAULT '' NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT pk_professional PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE project (
      id TEXT NOT NULL,
      profile JSON DEFAULT '{}' NOT NULL,
      departement TEXT DEFAULT '' NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT pk_project PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE setting (
      name TEXT NOT NULL,
      value JSON NOT NULL,
      CONSTRAINT pk_setting PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE appointment (
      id TEXT NOT NULL,
      permanence TEXT NOT NULL,
      professional TEXT NOT NULL,
      status TEXT NOT NULL,
      at TEXT,
      minutes INTEGER DEFAULT '30' NOT NULL,
      reason TEXT DEFAULT '' NOT NULL,
      wished_commune TEXT DEFAULT '' NOT NULL,
      recall_on TEXT,
      satisfaction INTEGER,
      fingerprint TEXT,
      departement TEXT DEFAULT '' NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT pk_appointment PRIMARY KEY (id),
      CONSTRAINT fk_appointment_permanence FOREIGN KEY(permanence)
        REFERENCES permanence (id) DEFERRABLE INITIALLY DEFERRED,
      CONSTRAINT fk_appointment_professional FOREIGN KEY(professional)
        REFERENCES professional (id) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_appointment_fingerprint ON appointment (fingerprint)",
    "CREATE INDEX ix_appointment_permanence ON appointment (permanence)",
    "CREATE INDEX ix_appointment_professional ON appointment (professional)",
    "CREATE INDEX ix_appointment_recall_on ON appointment (recall_on)",
    """
    CREATE TABLE candidate_place (
      id TEXT NOT NULL,
      interview TEXT NOT NULL,
      commune TEXT NOT NULL,
      name TEXT DEFAULT '' NOT NULL,
      position INTEGER DEFAULT '0' NOT NULL,
      departement TEXT DEFAULT '' NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT pk_candidate_place PRIMARY KEY (id),
      CONSTRAINT fk_candidate_place_interview FOREIGN KEY(interview)
        REFERENCES appointment (id) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_candidate_place_interview ON candidate_place (interview)",
    """
    CREATE TABLE document (
      id TEXT NOT NULL,
      interview TEXT NOT NULL,
      kind TEXT NOT NULL,
      pack_version TEXT DEFAULT '' NOT NULL,
      content JSON NOT NULL,
      sha256 TEXT NOT NULL,
      departement TEXT DEFAULT '' NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT pk_document PRIMARY KEY (id),
      CONSTRAINT fk_document_interview FOREIGN KEY(interview)
        REFERENCES appointment (id) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_document_interview ON document (interview)",
    """
    CREATE TABLE evaluation (
      id TEXT NOT NULL,
      interview TEXT NOT NULL,
      pack_version TEXT DEFAULT '' NOT NULL,
      content JSON NOT NULL,
      departement TEXT DEFAULT '' NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT pk_evaluation PRIMARY KEY (id),
      CONSTRAINT fk_evaluation_interview FOREIGN KEY(interview)
        REFERENCES appointment (id) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_evaluation_interview ON evaluation (interview)",
    """
    CREATE TABLE note (
      id TEXT NOT NULL,
      interview TEXT NOT NULL,
      text TEXT DEFAULT '' NOT NULL,
      theme TEXT DEFAULT '' NOT NULL,
      author TEXT DEFAULT '' NOT NULL,
      organisation TEXT DEFAULT '' NOT NULL,
      departement TEXT DEFAULT '' NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT pk_note PRIMARY KEY (id),
      CONSTRAINT fk_note_interview FOREIGN KEY(interview)
        REFERENCES appointment (id) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_note_interview ON note (interview)",
    """
    CREATE TABLE referral (
      id TEXT NOT NULL,
      interview TEXT NOT NULL,
      partner TEXT DEFAULT '' NOT NULL,
      partner_name TEXT DEFAULT '' NOT NULL,
      status TEXT NOT NULL,
      note TEXT DEFAULT '' NOT NULL,
      due TEXT,
      departement TEXT DEFAULT '' NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted BOOLEAN DEFAULT '0' NOT NULL,
      CONSTRAINT pk_referral PRIMARY KEY (id),
      CONSTRAINT fk_referral_interview FOREIGN KEY(interview)
        REFERENCES appointment (id) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_referral_interview ON referral (interview)",
    """
    CREATE TABLE note_version (
      id TEXT NOT NULL,
      note TEXT NOT NULL,
      text TEXT DEFAULT '' NOT NULL,
      author TEXT DEFAULT '' NOT NULL,
      organisation TEXT DEFAULT '' NOT NULL,
      at TEXT NOT NULL,
      CONSTRAINT pk_note_version PRIMARY KEY (id),
      CONSTRAINT fk_note_version_note FOREIGN KEY(note)
        REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED
    )
    """,
    "CREATE INDEX ix_note_version_note ON note_version (note)",
)


def upgrade() -> None:
    """Create every table."""
    for statement in STATEMENTS:
        op.execute(statement)
