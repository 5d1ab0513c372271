#!/bin/sh
# Copies the central store's PostgreSQL database into FOLDER, checks the copy, removes the oldest.
#
#   ADVISOR_DATABASE=postgresql://… packaging/central/backup.sh FOLDER
#
# ADVISOR_BACKUPS_KEPT: how many copies stay (30 unless told). Prints the name of the copy.
# The copy holds what advisers wrote, the store's own key and the hashes of tokens: keep it as the
# database itself (encrypted disk or `age`, another building).
set -eu
umask 077

folder=${1:?"usage: backup.sh FOLDER"}
database=${ADVISOR_DATABASE:?"ADVISOR_DATABASE names the database"}
kept=${ADVISOR_BACKUPS_KEPT:-30}
# The address as PostgreSQL's own tools read it.
database=$(printf '%s' "$database" | sed 's|^postgresql+psycopg://|postgresql://|')

mkdir -p "$folder"
name="$folder/central-$(date -u +%Y%m%dT%H%M%S%NZ).dump"
trap 'rm -f "$name.part"' EXIT
# --enable-row-security: where the owner may not make roles, its rows are walled for itself too;
# the policies give all of them to whoever names no device.
pg_dump --format=custom --compress=6 --no-owner --enable-row-security --file="$name.part" "$database"
pg_restore --list "$name.part" > /dev/null
sync "$name.part"
mv "$name.part" "$name"
(cd "$folder" && sha256sum "$(basename "$name")" > "$(basename "$name").sha256")

# Names sort by date: the oldest come first.
count=$(find "$folder" -maxdepth 1 -name 'central-*.dump' | wc -l)
find "$folder" -maxdepth 1 -name 'central-*.dump' | sort | while read -r old; do
    [ "$count" -gt "$kept" ] || break
    rm -f "$old" "$old.sha256"
    count=$((count - 1))
done
printf '%s\n' "$name"
