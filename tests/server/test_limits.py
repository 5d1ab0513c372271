"""However much, deep, often or slowly it is asked, the store bounds what it takes."""

import gzip
import json
import socket
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
import sqlalchemy as sa
from asking import ServerClock, note
from speaking import Post, Posts

from advisor.sync.messages import Exchange, Pull
from advisor.sync.server.app import RunningServer
from advisor.sync.server.database import Central
from advisor.sync.server.settings import ServerSettings
from advisor.sync.wire import encode


@pytest.fixture
def settings(server_clock: ServerClock) -> ServerSettings:
    return ServerSettings(
        most_body=20_000, most_unzipped=50_000, most_ops=5, device_rate="12/hour",
        refusal_rate="4/hour", enrol_rate="6/hour", whole_body=1.0, between_words=0.3,
        now=server_clock.now,
    )  # fmt: skip


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_a_body_too_big_is_refused_zipped_or_not(seine: Post) -> None:
    big = b'{"device": "' + b"a" * 60_000 + b'"}'
    assert code(seine.post("/v1/exchange", big)) == (413, "too_big")
    bomb = gzip.compress(b"[" + b"0," * 5_000_000 + b"0]")
    assert len(bomb) < 20_000
    assert code(seine.post("/v1/exchange", bomb, Content_Encoding="gzip")) == (413, "too_big")
    chunks = seine.web.post(
        "/v1/exchange", content=iter([big[:30_000], big[30_000:]]), headers=seine.headers
    )
    assert code(chunks) == (413, "too_big")


def test_what_is_not_sane_json_is_refused_in_one_sentence(seine: Post) -> None:
    start = json.loads(encode(Exchange(seine.device, "i", 1)))
    for body in (
        b"",
        b"[[",
        b"\xff\xfe",
        b"[" * 9_000 + b"]" * 9_000,
        json.dumps({**start, "local_seq": 10**30}).encode(),
        json.dumps({**start, "pull": {"cursor": 2**70}}).encode(),
        json.dumps({**start, "incarnation": "\x00"}).encode(),
        encode(Exchange(seine.device, "i", 1, ({"device": seine.device, "x": 1},))),
    ):
        answer = seine.post("/v1/exchange", body)
        assert answer.status_code == 400, (body[:60], answer.text)
        assert answer.json()["error"]["message"].endswith(".")


def test_a_number_beyond_numbers_is_refused(seine: Post) -> None:
    op = note(seine.device, 1, "n1", "x").body()
    text = encode(Exchange(seine.device, "i", 1, ({**op, "more": "PLACE"},)))
    answer = seine.post("/v1/exchange", text.replace(b'"PLACE"', b"1e999"))
    assert answer.status_code == 400


def test_codings_and_kinds_nobody_reads_are_refused(seine: Post) -> None:
    body = encode(Exchange(seine.device, "i", 1))
    assert code(seine.post("/v1/exchange", body, Content_Encoding="br")) == (415, "unsupported")
    assert code(seine.post("/v1/exchange", body, Content_Type="text/plain")) == (415, "unsupported")
    for broken in (body, gzip.compress(body)[:-3], gzip.compress(body) + b"more"):
        answer = seine.post("/v1/exchange", broken, Content_Encoding="gzip")
        assert code(answer) == (400, "bad_data")


def test_a_zipped_question_gets_a_zipped_answer(posts: Posts) -> None:
    post = posts.enrol("77")
    post.ask(*(note(post.device, n, f"n{n}", "texte " * 40) for n in range(1, 6)))
    body = gzip.compress(encode(Exchange(post.device, "i", 5, (), Pull(0))))
    answer = post.post("/v1/exchange", body, Content_Encoding="gzip", Accept_Encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.json()["page"]["records"]) == 5


def test_too_many_ops_at_once_are_refused_whole(seine: Post) -> None:
    ops = [note(seine.device, n, f"n{n}", "x") for n in range(1, 7)]
    assert code(seine.asked(*ops)) == (413, "too_big")
    assert seine.pulled() == []


def test_a_device_that_asks_too_often_waits_and_the_others_do_not(posts: Posts) -> None:
    one, other = posts.enrol("77"), posts.enrol("77")
    answers = [one.asked() for _ in range(14)]
    assert [a.status_code for a in answers] == [200] * 12 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert code(answers[-1]) == (429, "too_often")
    assert other.asked().status_code == 200


def test_guessing_tokens_and_codes_soon_takes_too_long_and_stops_no_neighbour(
    posts: Posts, web: httpx.Client
) -> None:
    neighbour = posts.enrol("77")
    guesses = [
        web.get("/v1/packs/current", headers={"Authorization": f"Bearer {'A' * 42}{n}"})
        for n in range(6)
    ]
    assert [a.status_code for a in guesses] == [401] * 4 + [429] * 2
    assert neighbour.asked().status_code == 200  # the same address, a good token
    codes = [posts.redeem("XXXXX-XXXXX-XXXXX-XXXXX").status_code for _ in range(8)]
    assert codes == [400] * 5 + [429] * 3  # the neighbour’s own counts


def test_a_body_that_drips_is_given_up(seine: Post) -> None:
    port = seine.web.base_url.port
    assert port is not None
    with socket.create_connection(("127.0.0.1", port)) as slow:
        slow.settimeout(30)
        head = f"POST /v1/exchange HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {seine.token}\r\n"
        slow.sendall(f"{head}Content-Length: 100\r\n\r\n{{".encode())
        assert b" 408 " in slow.recv(1000)


@pytest.fixture
def gone(central: Central, settings: ServerSettings) -> Iterator[httpx.Client]:
    """Return a server whose database loses its tables under it."""
    with RunningServer(central, replace(settings)) as server:
        with central.engine.begin() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
        with httpx.Client(base_url=server.url, timeout=60) as client:
            yield client


def test_health_says_when_the_database_is_not_as_expected(gone: httpx.Client) -> None:
    answer = gone.get("/health")
    assert code(answer) == (503, "not_migrated")


def test_what_breaks_inside_is_told_without_what_it_held(
    seine: Post, central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("Madame Exemple")

    monkeypatch.setattr("advisor.sync.server.engine.Engine.exchange", broken)
    answer = seine.asked(note(seine.device, 1, "n1", "x"))
    assert code(answer) == (500, "unforeseen")
    assert "Exemple" not in answer.text


def test_the_log_says_what_was_done_and_nothing_of_what_was_said(
    central: Central, server_clock: ServerClock
) -> None:
    lines: list[str] = []
    chosen = ServerSettings(
        now=server_clock.now, log=lambda one: lines.append(json.dumps(one, ensure_ascii=False))
    )
    with (
        RunningServer(central, chosen) as server,
        httpx.Client(base_url=server.url, timeout=60) as web,
    ):
        post = Posts(central, web, server_clock.now).enrol("77")
        post.ask(note(post.device, 1, "n1", "Madame Exemple"))
        web.get("/nowhere/Madame-Exemple")
        counters = web.get("/metrics").text
    said = [json.loads(one) for one in lines]
    assert [one["route"] for one in said] == ["/v1/enrol", "/v1/exchange", "unknown", "/metrics"]
    assert said[1]["device"] == post.device
    assert said[1]["did"] == {"ops": 1, "records": 0}
    for secret in ("Exemple", "127.0.0.1", post.token):
        assert secret not in "".join(lines)
    assert 'advisor_ops_total{verdict="applied"} 1.0' in counters
    assert "Exemple" not in counters
