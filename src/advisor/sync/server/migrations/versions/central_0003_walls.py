"""The walls inside the database: an audit that only grows, rows that only their device reaches.

On PostgreSQL the rows of a device are reached under the role ``advisor_device`` and the settings
``advisor.*`` of the transaction. Where the owner may not make or take that role, row security is
forced on the owner itself, and the settings alone confine it. SQLite has the triggers only.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REFUSED = "the audit only grows"

LITE = [
    f"CREATE TRIGGER audit_{verb.lower()} BEFORE {verb} ON audit "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    for verb in ("UPDATE", "DELETE")
]
ONLY_GROWS = f"""
CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSED}'; END $$;
CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
"""

# The role belongs to the whole server: another database may have made it before.
ROLE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'advisor_device') THEN
        BEGIN
            CREATE ROLE advisor_device NOLOGIN;
        EXCEPTION WHEN insufficient_privilege OR duplicate_object THEN NULL;
        END;
    END IF;
    BEGIN
        GRANT advisor_device TO CURRENT_USER;
    EXCEPTION WHEN insufficient_privilege OR undefined_object THEN NULL;
    END;
END $$;
"""

MANAGING = (
    "(SELECT current_user <> 'advisor_device'"
    " AND coalesce(current_setting('advisor.device', true), '') = '')"
)
DEVICE = "(SELECT current_setting('advisor.device', true))"


def _listed(name: str) -> str:
    setting = f"current_setting('advisor.{name}', true)"
    return f"(SELECT string_to_array(coalesce({setting}, ''), chr(31)))::text[]"


# Table → which of its rows a device reaches; what it may do there.
RULES = {
    "record": (
        f"departement = ANY({_listed('departements')}) AND entity <> ALL({_listed('hidden')})",
        "SELECT, INSERT, UPDATE",
    ),
    "receipt": (f"device = {DEVICE}", "SELECT, INSERT"),
    "incarnation": (f"device = {DEVICE}", "SELECT"),
    "device": (f"id = {DEVICE}", "SELECT"),
}


def _walls() -> str:
    lines = []
    for table, (reached, _) in RULES.items():
        rule = f"{MANAGING} OR ({reached})"
        lines += [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;",
            f"CREATE POLICY of_its_device ON {table} USING ({rule}) WITH CHECK ({rule});",
        ]
    return "\n".join(lines)


def _granted() -> str:
    grants = [f"GRANT {verbs} ON {table} TO advisor_device;" for table, (_, verbs) in RULES.items()]
    forced = [f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;" for table in RULES]
    return f"""
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_roles
        WHERE rolname = 'advisor_device' AND pg_has_role(current_user, oid, 'MEMBER')
    ) THEN
        EXECUTE 'GRANT USAGE ON SCHEMA ' || quote_ident(current_schema()) || ' TO advisor_device';
        GRANT SELECT ON rank TO advisor_device;
        {" ".join(grants)}
    ELSE
        {" ".join(forced)}
    END IF;
END $$;
"""


def upgrade() -> None:
    """Raise the walls that this database can hold."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for one in LITE:
            connection.exec_driver_sql(one)
    if connection.dialect.name == "postgresql":
        for one in (ONLY_GROWS, ROLE, _walls(), _granted()):
            connection.exec_driver_sql(one)
