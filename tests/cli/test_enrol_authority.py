"""Enrolling with a central store whose certificate comes from an authority of one's own."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cli_runner import Advisor

from advisor.sync.server.app import RunningServer
from advisor.sync.server.database import Central
from advisor.sync.server.enrolment import invite
from authorities import certificate_of_one_s_own

pytestmark = pytest.mark.usefixtures("passphrase")
NOW = datetime.now(UTC)


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    return tmp_path / "autorité de l’agence.pem"


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    made = Central(f"sqlite:///{tmp_path / 'central.db'}")
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def server(tmp_path: Path, authority: Path, central: Central) -> Iterator[RunningServer]:
    certificate = certificate_of_one_s_own(authority, tmp_path)
    with RunningServer(central, certificate=certificate) as running:
        yield running


def test_an_authority_of_one_s_own_is_believed_once_named_and_at_each_sync_after(
    advisor: Advisor, server: RunningServer, central: Central, authority: Path, tmp_path: Path
) -> None:
    asked = {"name": "Poste", "organisation": "URPS Essai", "role": "conseiller"}
    code = invite(central, departements=("77",), now=NOW, **asked).code
    words = ("enrol", "--central", server.url, "--code", code)
    unknown = advisor(*words)
    assert (unknown.status, "autorité inconnue" in unknown.err) == (1, True)
    for wrong in (tmp_path / "absente.pem", tmp_path / "serveur.key"):
        told = advisor(*words, "--ca", wrong)
        assert (told.status, told.out, "Traceback" in told.err) == (1, "", False)
    done = advisor(*words, "--ca", authority)
    assert done.status == 0, done
    authority.unlink()
    synced = advisor("sync", "--json")
    assert synced.status == 0, synced
    assert synced.data["digest_ok"] is True
