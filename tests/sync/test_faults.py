"""The real client and server through a relay that misbehaves: each fault alone, then many."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fault_proxy import KINDS, OF_TLS, SILENT, Fault, FaultProxy
from network import Field, Laptop
from play import cores

from advisor.errors import BadDataError, NetworkError
from advisor.sync.client import Patience
from advisor.sync.server.app import RunningServer
from advisor.sync.server.database import Central

SCRIPT = Path(__file__).with_name("faults.py")
RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results" / "sync_faults.json"
RUNS = int(os.environ.get("FAULT_RUNS", "100"))
MANY = int(os.environ.get("FAULT_MANY", "1000"))
POSIX = pytest.mark.skipif(os.name == "nt", reason="servers are forked on POSIX systems")
SECONDS = 3600  # for a machine that does many other things
ONCE = Patience(connect=60, read=120, total=300, tries=1)
SOON_TIRED = Patience(connect=0.5, read=0.5, total=1, tries=1)
ALONE = {  # what the adviser is told when it is met once and never asked again
    "refused": "coupée",
    "half-open": "à temps",
    "TLS handshake cut": "chiffrée",
    "wrong certificate": "certificat",
    "cut question": "coupée",
    "dripped question": "à temps",
    "unheard question": "à temps",
    "late question": "",
    "duplicated question": "",
    "question sent twice at once": "",
    "lost answer": "coupée",
    "cut answer": "coupée|incomplète",
    "dripped answer": "à temps",
    "slow answer": "",
    "silent after the answer": "à temps",
    "truncated, length corrected": "incomplète",
    "truncated, length kept": "à temps",
    "former answer": "forme attendue",
    "502 in HTML": "code 502",
    "502 in HTML once done": "code 502",
    "503 with Retry-After": "code 503",
    "page of a portal": "page web",
}


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Central]:
    opened = Central(f"sqlite:///{tmp_path / 'central.db'}")
    opened.migrate()
    yield opened
    opened.close()


@pytest.mark.parametrize("kind", KINDS)
def test_each_fault_alone_ends_in_a_sentence_and_the_next_sync_sets_all_right(
    lite: Central, tmp_path: Path, kind: str
) -> None:
    proxy = FaultProxy(tls=kind in OF_TLS)
    authority = tmp_path / "authority.pem"
    authority.write_text(proxy.authority)
    with RunningServer(lite) as server:
        proxy.begin(server.url)
        place = Field(lite, server, tmp_path)
        one, other = (place.laptop(name) for name in ("un", "deux"))
        for laptop in (one, other):
            laptop.sync.enrol(proxy.url, place.code(), authority if proxy.authority else None)
            laptop.sync.sync()
        interview = one.interview()
        one.cases.interviews.note(interview, "Une seule fois")
        proxy.play([Fault(kind, 0.6)])
        met_by(one, SOON_TIRED if kind in SILENT else ONCE, ALONE[kind])
        assert proxy.met == {kind: 1}
        proxy.play([])
        one.sync._network["patience"] = ONCE
        assert [laptop.sync.sync().digest_ok for laptop in (one, other)] == [True, True]
        assert one.sync.state().pending.count == 0
        for laptop in (one, other):
            (found,) = [laptop.cases.interviews.get(i.id) for i in laptop.cases.interviews.list()]
            assert [note.text for note in found.notes] == ["Une seule fois"]
            laptop.close()
    proxy.close()


def met_by(laptop: Laptop, patience: Patience, told: str) -> None:
    laptop.sync._network["patience"] = patience
    if not told:
        assert laptop.sync.sync().sent > 0
        return
    with pytest.raises((NetworkError, BadDataError)) as failure:
        laptop.sync.sync()
    assert re.search(told, failure.value.message), failure.value.message
    assert "Rien n’est perdu" in failure.value.hint


def played(folder: Path, first: int, runs: int, *more: str) -> tuple[dict[str, Any], str]:
    """Play seeds in a process of their own; returns what was counted, and what it said."""
    file = folder / f"from-{first}.json"
    asked = ["--first", str(first), "--runs", str(runs), "--json", str(file), *more]
    done = subprocess.run(
        [sys.executable, SCRIPT, *asked], capture_output=True, text=True, check=False
    )
    assert file.exists(), done.stderr
    return json.loads(file.read_text(encoding="utf-8")), done.stdout + done.stderr


def kept(counted: dict[str, Any], said: str, runs: int) -> None:
    assert counted["runs"] == runs, said
    assert counted["failures"] == [], said
    assert [counted[name] for name in ("lost", "doubled", "diverged", "not_erased")] == [0] * 4
    assert counted["ops"] > runs


@POSIX
@pytest.mark.timeout(SECONDS)
def test_nothing_is_lost_doubled_or_diverged_through_a_relay_that_misbehaves(
    tmp_path: Path,
) -> None:
    workers = min(cores(), 4)
    share = -(-RUNS // workers)
    firsts = range(1, share * workers, share)
    with ThreadPoolExecutor(workers) as several:
        found = list(several.map(lambda first: played(tmp_path, first, share), firsts))
    for counted, said in found:
        kept(counted, said, share)
    met = {kind for counted, _ in found for kind in counted["faults"]}
    assert met == set(KINDS) or RUNS < 100, set(KINDS) - met


@POSIX
@pytest.mark.timeout(SECONDS)
def test_nor_with_the_central_store_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    kept(*played(tmp_path, 1, 4, "--postgres", postgres_url), 4)


@POSIX
@pytest.mark.long
@pytest.mark.timeout(36_000)
def test_a_thousand_runs_keep_every_promise(tmp_path: Path) -> None:
    counted, said = played(tmp_path, 1, MANY)
    kept(counted, said, MANY)
    RESULTS.write_text(json.dumps(counted, indent=2, ensure_ascii=False) + "\n", "utf-8")
