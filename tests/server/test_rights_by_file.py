"""What another device carries changes and tells no more than its author's own rights allow."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from asking import INTERVIEW, ServerClock
from ops import changes, op
from speaking import Post, Posts

from advisor.domain.cases.operation import Op, Operation
from advisor.sync.device_keys import new_pair
from advisor.sync.envelopes import Answered, Manifest, Sent, line_of, opened, public_box, sign
from advisor.sync.policies import RULES
from advisor.sync.server import enrolment, records
from advisor.sync.server.database import Central
from advisor.sync.wire import plain, read

SECRET = "Une phrase que personne d’autre ne lit"  # noqa: S105  what an adviser typed


class Author:
    """A device that writes envelopes with its own key."""

    def __init__(self, posts: Posts, *departements: str, **more: Any) -> None:
        self.seed, public = new_pair()
        self.device = posts.redeem(
            posts.invite(*departements, **more).code, public_key=public
        ).json()["device"]

    def writes(self, *ops: Op, seed: str = "") -> Sent:
        bodies = tuple(json.loads(json.dumps(one.body())) for one in ops)
        lines = tuple(line_of(one) for one in bodies)
        manifest = Manifest(self.device, "i", len(ops), 0, lines, box=public_box(self.seed))
        return sign(manifest, bodies, seed or self.seed)


def carried(by: Post, *sent: Sent) -> list[dict[str, Any]]:
    body = json.dumps({"envelopes": [plain(one) for one in sent]}).encode()
    answer = by.post("/v1/carried", body)
    assert answer.status_code == 200, answer.text
    assert SECRET not in answer.text
    return list(answer.json()["replies"])


def told(author: Author, reply: dict[str, Any]) -> tuple[set[str], set[str]]:
    """Return what the author alone learns: verdicts, and the kinds of records received."""
    said = opened(read(Answered, reply["reply"]), author.seed)
    assert said is not None
    verdicts = {
        f"{r.verdict.value} {r.reason}".strip() for one in said.replies for r in one.receipts
    }
    pages = [one.page for one in said.replies if one.page]
    return verdicts, {record.entity for page in pages for record in page.records}


def whole(central: Central) -> str:
    with central.reading() as connection:
        return records.dump(connection)


@pytest.fixture
def note(seine: Post) -> Callable[..., Op]:
    """Write a note of 77 and return how another would change it."""
    made = op(
        seine.device, 1, Operation.APPEND_NOTE, "note", "note-1",
        changes(interview=INTERVIEW, text=SECRET, author="A", organisation="URPS"),
        interview=INTERVIEW,
    )  # fmt: skip
    assert seine.verdicts(made) == ["applied"]

    def change(author: Author, departement: str = "77") -> Op:
        fields = changes(text=(1, "Changée"))
        return op(
            author.device, 1, Operation.REVISE_NOTE, "note", "note-1", fields,
            departement=departement,
        )  # fmt: skip

    return change


OUTSIDERS = {
    "another département": {"departements": ("91",)},
    "an organisation that sees no kind": {"organisation": "CPAM", "hidden": sorted(RULES)},
}


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("departement", ["77", "91"])
def test_an_outsider_changes_and_learns_nothing_through_another_s_hands(
    posts: Posts, central: Central, note: Callable[..., Op], who: str, departement: str
) -> None:
    more = dict(OUTSIDERS[who])
    author = Author(posts, *more.pop("departements", ("77",)), **more)
    before = whole(central)
    (reply,) = carried(posts.enrol("77"), author.writes(note(author, departement)))
    assert told(author, reply) == ({"quarantined rights"}, set())
    assert whole(central) == before


def test_a_reader_learns_by_file_and_changes_nothing(
    posts: Posts, central: Central, note: Callable[..., Op]
) -> None:
    author = Author(posts, "77", role="lecteur")
    before = whole(central)
    (reply,) = carried(posts.enrol("91"), author.writes(note(author)))
    assert told(author, reply) == ({"quarantined rights"}, {"note"})
    assert whole(central) == before


def test_whoever_carries_an_answer_cannot_read_it(posts: Posts, note: Callable[..., Op]) -> None:
    author, carrier = Author(posts, "77"), Author(posts, "77")
    (reply,) = carried(posts.enrol("77"), author.writes())
    answered = read(Answered, reply["reply"])
    assert opened(answered, carrier.seed) is None
    assert told(author, reply) == (set(), {"note"})


def test_a_name_borrowed_by_another_key_is_refused(
    posts: Posts, central: Central, note: Callable[..., Op]
) -> None:
    author, thief = Author(posts, "77"), Author(posts, "77")
    before = whole(central)
    sent = author.writes(note(author), seed=thief.seed)
    assert carried(posts.enrol("77"), sent) == [{"refused": "signature"}]
    assert whole(central) == before


def test_a_stolen_revoked_device_changes_and_learns_nothing_by_file(
    posts: Posts, central: Central, note: Callable[..., Op], server_clock: ServerClock
) -> None:
    author = Author(posts, "77")
    enrolment.revoke(central, author.device, server_clock.now())
    before = whole(central)
    (reply,) = carried(posts.enrol("77"), author.writes(note(author)))
    assert reply["refused"] == "revoked"
    assert told(author, reply) == (set(), set())
    assert whole(central) == before
