"""The central store's deployment: copies made and put back by the scripts that are shipped.

The scripts run as an administrator runs them, with PostgreSQL's own tools, on the real server of
the tests; the laptops are real homes over real HTTP.
"""

import configparser
import getpass
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from network import Field, Laptop

from advisor.config import product_root
from advisor.sync.server.app import RunningServer
from advisor.sync.server.database import Central
from databases import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]
ROOT = product_root()
FOLDER = ROOT / "packaging" / "central"


@pytest.fixture
def place(postgres: Central, tmp_path: Path) -> Iterator[Field]:
    server = RunningServer(postgres)
    server.start()
    made = Field(postgres, server, tmp_path)
    yield made
    for laptop in made.laptops:
        laptop.close()
    made.server.stop()


@pytest.fixture
def tools() -> str:
    """Return a PATH with PostgreSQL's tools, of the server's own version or a later one."""
    wheel = sorted(Path(sys.prefix).glob("lib/python*/site-packages/*pgserver/pginstall*/bin"))
    found = [str(one) for one in wheel if (one / "pg_dump").is_file()]
    path = os.pathsep.join([*reversed(found), os.environ.get("PATH", "")])
    missing = [
        name for name in ("pg_dump", "pg_restore", "psql") if not shutil.which(name, path=path)
    ]
    if missing or os.name == "nt":
        pytest.skip(f"PostgreSQL’s own tools are not here: {missing}")
    return path


def ran(script: str, *given: str, tools: str, code: int = 0, **told: str) -> str:
    known = {
        **os.environ,
        "PATH": tools,
        "PYTHONPATH": str(ROOT / "src"),
        "ADVISOR": f"{sys.executable} -m advisor",
        **told,
    }
    done = subprocess.run(
        ["/bin/sh", str(FOLDER / script), *given],
        env=known, capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    return done.stdout


def address(central: Central) -> str:
    return central.engine.url.render_as_string(hide_password=False)


@pytest.fixture
def elsewhere(postgres_url: str) -> Iterator[str]:
    """Return the address of another, empty database on the same server."""
    engine = sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS put_back WITH (FORCE)")
        connection.exec_driver_sql("CREATE DATABASE put_back")
    yield engine.url.set(database="put_back").render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE put_back WITH (FORCE)")
    engine.dispose()


def texts(laptop: Laptop) -> set[str]:
    interviews = [laptop.cases.interviews.get(one.id) for one in laptop.cases.interviews.list()]
    return {note.text for one in interviews for note in one.notes}


def test_a_store_put_back_from_last_night_s_copy_loses_nothing(
    place: Field, tools: str, elsewhere: str, tmp_path: Path
) -> None:
    one, other = place.enrolled("un"), place.enrolled("deux")
    case = one.interview()
    one.cases.interviews.note(case, "Avant la copie")
    for laptop in (one, other):
        laptop.sync.sync()
    kept = tmp_path / "copies"
    (copy,) = ran(
        "backup.sh", str(kept), tools=tools, ADVISOR_DATABASE=address(place.central)
    ).split()
    one.cases.interviews.note(case, "Après la copie, envoyée")
    one.sync.sync()
    other.sync.sync()
    other.cases.interviews.note(case, "Après la copie, pas encore envoyée")
    told = ran("restore.sh", copy, elsewhere, tools=tools)
    assert "renverront d’eux-mêmes" in told
    listen = place.url.removeprefix("http://")
    place.server.stop()
    restored = Central(elsewhere)
    place.server = RunningServer(restored)
    place.server.start(listen)
    for laptop in (other, one, other):
        report = laptop.sync.sync()
        assert (report.digest_ok, report.quarantined) == (True, 0)
    everything = {
        "Avant la copie",
        "Après la copie, envoyée",
        "Après la copie, pas encore envoyée",
    }
    assert texts(one) == texts(other) == everything
    place.server.stop()
    restored.close()


def test_a_database_that_holds_something_is_not_restored_over(
    place: Field, tools: str, tmp_path: Path
) -> None:
    database = address(place.central)
    (copy,) = ran("backup.sh", str(tmp_path), tools=tools, ADVISOR_DATABASE=database).split()
    before = place.central.revision()
    ran("restore.sh", copy, database, tools=tools, code=1)
    assert place.central.revision() == before


@pytest.mark.usefixtures("elsewhere")
def test_only_the_newest_copies_stay_and_a_damaged_one_is_refused(
    place: Field, tools: str, elsewhere: str, tmp_path: Path
) -> None:
    known = {"ADVISOR_DATABASE": address(place.central), "ADVISOR_BACKUPS_KEPT": "2"}
    made = [ran("backup.sh", str(tmp_path / "k"), tools=tools, **known).strip() for _ in range(3)]
    assert sorted(str(one) for one in (tmp_path / "k").glob("*.dump")) == sorted(made[1:])
    newest = Path(made[-1])
    newest.write_bytes(newest.read_bytes()[:-9] + b"\0" * 9)
    ran("restore.sh", str(newest), elsewhere, tools=tools, code=1)


def service_of(name: str) -> configparser.SectionProxy:
    unit = configparser.ConfigParser(strict=False, interpolation=None, allow_no_value=True)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(FOLDER / name, encoding="utf-8")
    return unit["Service"]


@pytest.mark.parametrize("unit", ["advisor-central.service", "advisor-central-backup.service"])
def test_the_service_gives_up_what_it_does_not_need(unit: str) -> None:
    service = service_of(unit)
    for name, value in {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "CapabilityBoundingSet": "",
    }.items():
        assert service[name] == value, name
    assert service["EnvironmentFile"].startswith("/etc/")


def test_the_service_the_copy_and_the_database_share_one_account() -> None:
    serving, copying = (service_of(f"advisor-central{name}.service") for name in ("", "-backup"))
    assert "central serve" in serving["ExecStart"]
    assert "central status" in copying["ExecStartPost"]
    settings = (FOLDER / "central.env.example").read_text(encoding="utf-8")
    url = sa.make_url(settings.partition("ADVISOR_DATABASE=")[2].strip().strip('"'))
    assert serving["User"] == copying["User"] == url.username == "advisor"
    kept = copying["ExecStart"].split()[1]
    assert copying["ReadWritePaths"] == kept
    manual = (ROOT / "docs" / "central.md").read_text(encoding="utf-8")
    for said in ("useradd --system", "createuser advisor", kept):
        assert said in manual


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_one_command_runs_under_the_account_and_with_the_settings_of_the_service(
    tmp_path: Path,
) -> None:
    settings = tmp_path / "central.env"
    settings.write_text(f'ADVISOR_DATABASE="sqlite:///{tmp_path / "central.db"}"\n')
    known = {
        "ADVISOR_ACCOUNT": getpass.getuser(),
        "ADVISOR_SETTINGS": str(settings),
        "ADVISOR_PYTHON": sys.executable,
    }
    told = ran("advisor.sh", "central", "migrate", tools=os.environ.get("PATH", ""), **known)
    assert "est prête" in told
    assert (tmp_path / "central.db").is_file()


def test_the_container_runs_as_nobody_special_and_names_no_address() -> None:
    lines = (FOLDER / "Containerfile").read_text(encoding="utf-8").splitlines()
    bases = [one.split("=", 1)[1] for one in lines if one.startswith("ARG BASE=")]
    assert bases == ["python:3.11-slim"]
    assert any(one.startswith("USER ") and one != "USER root" for one in lines)
    assert any("--require-hashes" in one for one in lines)
    assert any(one.startswith("HEALTHCHECK") for one in lines)
