#!/bin/sh
# Puts a copy made by backup.sh into a NEW, EMPTY database, and checks it. Stop the service first.
#
#   sudo -u postgres createdb --owner=advisor advisor_restored
#   sudo -u advisor env ADVISOR=packaging/central/advisor.sh packaging/central/restore.sh COPY \
#     'postgresql://advisor@/advisor_restored?host=/var/run/postgresql'
#
# Then name the new database in /etc/advisor/central.env and start the service: the laptops send
# again, by themselves, what the copy does not hold. Nothing is overwritten: a database that holds
# tables is refused. ADVISOR: the program, `advisor` unless told.
set -eu

copy=${1:?"usage: restore.sh COPY DATABASE"}
database=${2:?"usage: restore.sh COPY DATABASE"}
program=${ADVISOR:-advisor}
plain=$(printf '%s' "$database" | sed 's|^postgresql+psycopg://|postgresql://|')

if [ -f "$copy.sha256" ]; then
    (cd "$(dirname "$copy")" && sha256sum --check --quiet "$(basename "$copy").sha256")
fi
# The role of the second wall belongs to the whole server: another one may not have it yet.
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$plain" <<'SQL'
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'advisor_device') THEN
        CREATE ROLE advisor_device NOLOGIN;
        GRANT advisor_device TO CURRENT_USER;
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'ask an administrator: CREATE ROLE advisor_device NOLOGIN; GRANT advisor_device TO the owner';
END $$;
SQL
pg_restore --exit-on-error --single-transaction --no-owner --dbname="$plain" "$copy"
# Says to the laptops that this store came back from a copy, and brings older tables up to date.
$program central migrate --restored --database "$database"
# Exits with 1 when the chain of the audit does not hold.
$program central status --database "$database"
