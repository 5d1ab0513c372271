#!/bin/sh
# One command on the central store, under its own account and with its own settings:
#
#   sudo packaging/central/advisor.sh central status
#   sudo packaging/central/advisor.sh central enrol --name "Poste de Melun" --organisation URPS …
#
# ADVISOR_ACCOUNT, ADVISOR_SETTINGS and ADVISOR_PYTHON name others than those of docs/central.md.
set -eu

account=${ADVISOR_ACCOUNT:-advisor}
settings=${ADVISOR_SETTINGS:-/etc/advisor/central.env}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
if [ "$(id -un)" != "$account" ]; then
    exec runuser --user "$account" -- "$0" "$@"
fi
set -a
. "$settings"
set +a
export PYTHONPATH="$root/src" PYTHONDONTWRITEBYTECODE=1
exec "${ADVISOR_PYTHON:-$root/venv/bin/python}" -m advisor "$@"
