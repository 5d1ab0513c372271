"""A published pack is given whole or from any byte on, to enrolled devices only."""

from pathlib import Path
from typing import Any

import pytest
from asking import ServerClock
from speaking import Post, Posts

from advisor.errors import RefusedError
from advisor.sync.server import packs
from advisor.sync.server.database import Central
from advisor.sync.server.packs import PART

CONTENT = bytes(range(256)) * (PART // 128) + b"the end"  # two parts and a bit
KEY = "ab" * 32


def published(central: Central, file: Path, now: Any, name: str = "pack-1") -> packs.PackCard:
    said = {"version": "1", "built_at": "2026-01-01", "signed_by": "publisher:x"}
    return packs.publish(central, file, pack_id=name, **said, public_key=KEY, now=now)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "one.pack"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def card(central: Central, file: Path, server_clock: ServerClock) -> packs.PackCard:
    return published(central, file, server_clock.now())


def test_before_anything_is_published_there_is_none(seine: Post) -> None:
    assert seine.get("/v1/packs/current").status_code == 404
    assert seine.get("/v1/packs/none").status_code == 404


def test_the_current_pack_is_told_and_given_whole(card: packs.PackCard, seine: Post) -> None:
    told = seine.get("/v1/packs/current").json()
    assert (told["id"], told["size"], told["sha256"]) == ("pack-1", len(CONTENT), card.sha256)
    answer = seine.get("/v1/packs/pack-1")
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["etag"] == f'"{card.sha256}"'


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=10-", 10, len(CONTENT) - 1),
        (f"bytes={PART - 1}-{PART}", PART - 1, PART),
        (f"bytes={PART}-{2 * PART}", PART, 2 * PART),
        ("bytes=-7", len(CONTENT) - 7, len(CONTENT) - 1),
        ("bytes=5-99999999999", 5, len(CONTENT) - 1),
    ],
)
@pytest.mark.usefixtures("card")
def test_a_download_is_taken_up_at_any_byte(seine: Post, asked: str, first: int, last: int) -> None:
    answer = seine.get("/v1/packs/pack-1", Range=asked)
    assert answer.status_code == 206
    assert answer.headers["content-range"] == f"bytes {first}-{last}/{len(CONTENT)}"
    assert answer.content == CONTENT[first : last + 1]


@pytest.mark.usefixtures("card")
def test_a_range_beyond_the_end_or_of_another_file_is_answered_as_it_should(seine: Post) -> None:
    beyond = seine.get("/v1/packs/pack-1", Range=f"bytes={len(CONTENT)}-")
    assert (beyond.status_code, beyond.json()["error"]["code"]) == (416, "range")
    changed = seine.get("/v1/packs/pack-1", **{"Range": "bytes=5-", "If-Range": '"other"'})
    assert (changed.status_code, len(changed.content)) == (200, len(CONTENT))
    for nonsense in ("bytes=", "lines=1-2", "bytes=5-3,7-9", "bytes=a-b"):
        assert seine.get("/v1/packs/pack-1", Range=nonsense).status_code == 200


@pytest.mark.usefixtures("card")
def test_enrolment_tells_whose_packs_to_trust(posts: Posts) -> None:
    assert posts.redeem(posts.invite("77").code).json()["publishers"] == [KEY]


def test_the_pack_published_last_is_current_and_an_old_one_may_come_back(
    central: Central, file: Path, tmp_path: Path, seine: Post, server_clock: ServerClock
) -> None:
    now = server_clock.now()
    published(central, file, now)
    newer = tmp_path / "two.pack"
    newer.write_bytes(b"newer")
    published(central, newer, now, "pack-2")
    assert seine.get("/v1/packs/current").json()["id"] == "pack-2"
    assert seine.get("/v1/packs/pack-1").content == CONTENT
    published(central, file, now)
    assert seine.get("/v1/packs/current").json()["id"] == "pack-1"
    with pytest.raises(RefusedError, match="déjà"):
        published(central, newer, now)
