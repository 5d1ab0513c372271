"""Three laptops, one of them never online; keys go round in any order, old ones too."""

import random
from collections import Counter
from pathlib import Path

import pytest
from posts import Post, Star
from writes import Writer

from advisor.store import tables
from advisor.store.carried import REFUSED, WAITING, Carried
from advisor.sync.server.database import Central

SEEDS, LONG_SEEDS, STEPS = 4, 200, 60


class Round:
    """What happens by chance, then a calm in which everybody must agree."""

    def __init__(self, star: Star, seed: int) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - a simulation, not a secret
        self.writer = Writer(self.rng)
        self.away, *self.online = (star.post(name, "77", "91") for name in "abc")
        self.files: list[Path] = []
        self.said: list[str] = []

    @property
    def posts(self) -> list[Post]:
        return [self.away, *self.online]

    def step(self) -> None:
        post, draw = self.rng.choice(self.posts), self.rng.random()
        if draw < 0.55:
            self.said.append(f"{post.name} {self.writer.write(post.vault)}")
        elif draw < 0.70:
            self.files.append(post.export())
            self.said.append(f"{post.name} export {len(self.files) - 1}")
        elif draw < 0.88 and self.files:
            number = self.rng.randrange(len(self.files))
            self.said.append(f"{post.name} import {number} {post.take(self.files[number])}")
        else:
            post = self.rng.choice(self.online)
            self.said.append(f"{post.name} sync {post.sync()}")

    def calm(self) -> None:
        for _ in range(4):
            for post in self.online:
                post.sync()
            for post in self.online:
                post.take(self.away.export())
                post.sync()
                self.away.take(post.export())

    def agreed(self) -> None:
        held = [post.held() for post in self.posts]
        assert held[1] == held[2], self.said
        assert held[0] == held[1], self.said
        for post in self.posts:
            assert post.pending() == 0
            with post.vault.read() as look:
                version = tables.note_version
                rows = look.connection.execute(version.select()).all()
                texts = Counter((row.note, row.text) for row in rows)
                assert set(texts.values()) <= {1}, self.said
        for post in self.online:
            with post.vault.read() as look:
                assert Carried(look.connection).envelopes(WAITING, REFUSED) == []


def seeds() -> list[object]:
    more = range(SEEDS, LONG_SEEDS)
    return [*range(SEEDS), *(pytest.param(seed, marks=pytest.mark.long) for seed in more)]


@pytest.mark.parametrize("seed", seeds())
def test_laptops_that_meet_by_key_agree_whatever_happened(tmp_path: Path, seed: int) -> None:
    central = Central(f"sqlite:///{tmp_path / 'central.db'}")
    central.migrate()
    star = Star(tmp_path, central)
    try:
        round_ = Round(star, seed)
        for _ in range(STEPS):
            round_.step()
        round_.calm()
        round_.agreed()
    finally:
        star.close()
        central.close()
