"""Many devices push at once over HTTP while others read: nobody ever skips a committed op."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
from asking import note
from speaking import Post, Posts

from advisor.sync.messages import Pull

WRITERS, MANY, AT_ONCE = 8, 24, 3


def own_line(post: Post) -> Post:
    """Return the device on a connection of its own."""
    return Post(httpx.Client(base_url=post.web.base_url, timeout=120), post.device, post.token)


def write(post: Post) -> int:
    """Push small batches; every second one asks for a page too, as devices do."""
    answered = 0
    for first in range(1, MANY + 1, AT_ONCE):
        numbers = range(first, first + AT_ONCE)
        ops = [note(post.device, n, f"{post.device}-{n:03}", f"{n}") for n in numbers]
        reply = post.ask(*ops, pull=Pull(0, 5) if first % 2 else None)
        answered += len([one for one in reply.receipts if one.verdict == "applied"])
    post.web.close()
    return answered


def follow(post: Post, writing: Callable[[], bool]) -> list[tuple[int, str]]:
    """Pull page after page until writing is over and the last page is read."""
    seen: list[tuple[int, str]] = []
    cursor, over = 0, False
    while not over:
        last_look = not writing()
        page = post.ask(pull=Pull(cursor, 7)).page
        assert page is not None
        seen += [(one.seq, one.id) for one in page.records]
        assert page.cursor >= cursor
        cursor = page.cursor
        over = last_look and not page.more
    post.web.close()
    return seen


def test_no_reader_skips_what_concurrent_writers_commit(posts: Posts) -> None:
    writers = [own_line(posts.enrol("77")) for _ in range(WRITERS)]
    readers = [own_line(posts.enrol("77")) for _ in range(2)]
    done = threading.Event()
    with ThreadPoolExecutor(WRITERS + len(readers)) as threads:
        reading = [threads.submit(follow, one, lambda: not done.is_set()) for one in readers]
        try:
            answered = list(threads.map(write, writers))
        finally:
            done.set()
        read = [one.result() for one in reading]
    assert answered == [MANY] * WRITERS
    written = {f"{one.device}-{n:03}" for one in writers for n in range(1, MANY + 1)}
    for seen in read:
        ranks = [rank for rank, _ in seen]
        assert ranks == sorted(set(ranks)), "a rank came after a higher one, or twice"
        assert len(seen) == len(written)
        assert {record for _, record in seen} == written
