"""A central store of one's own for the length of a demonstration: real HTTP, real enrolment.

It lives in a temporary folder, on this computer only, and leaves no trace in the home.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.cli import demo_scenario as scenario

if TYPE_CHECKING:
    from advisor.services.sync import SyncService
    from advisor.services.sync_state import SyncReport

DEVICE = "Poste de démonstration"


@contextmanager
def synced_once(sync: "SyncService") -> Iterator["SyncReport"]:
    """Enrol with a central store made for this, sync, and give the report.

    Leaving the block unties the home: it may enrol with a real one later.
    """
    with _running() as (url, code):
        sync.enrol(url, code)
        try:
            report = sync.sync()
        except BaseException:
            sync.leave()
            raise
    try:
        yield report
    finally:
        sync.leave()


@contextmanager
def _running() -> Iterator[tuple[str, str]]:
    # A web server is loaded for the demonstration only.
    from advisor.sync.server.app import RunningServer  # noqa: PLC0415
    from advisor.sync.server.database import Central  # noqa: PLC0415
    from advisor.sync.server.enrolment import invite  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="advisor-central-") as folder:
        central = Central(f"sqlite:///{Path(folder) / 'central.db'}")
        try:
            central.migrate()
            invited = invite(
                central,
                name=DEVICE,
                organisation=scenario.ADVISER[1],
                role="conseiller",
                departements=(scenario.DEPARTEMENT,),
                now=datetime.now(UTC),
            )
            with RunningServer(central) as server:
                yield server.url, invited.code
        finally:
            central.close()
