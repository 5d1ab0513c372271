"""A pack brought home from the central store, going on where it was cut, at any byte.

Knows neither signatures nor where packs are kept: who asks checks what has arrived.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from advisor.sync import network_words as words
from advisor.sync.connection import Answer, IncompleteError, Question

OK, PARTIAL, BEYOND = 200, 206, 416
MOST_CUTS = 100  # a line cut that often is for another day: what arrived stays
Opened = Callable[[Question], AbstractContextManager[Answer]]


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A pack to bring home into ``out``: its id, its size in bytes, its hash (the ETag)."""

    pack_id: str
    out: Path
    size: int
    sha256: str


class _DiskError(Exception):
    """This computer's own disk refused, which is no failure of the network."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(cause)
        self.cause = cause


class Download:
    """Brings one file: ``opened`` asks the store, ``pause`` waits, ``tell`` hears the bytes."""

    def __init__(
        self,
        wanted: WantedFile,
        opened: Opened,
        pause: Callable[[], None],
        tell: Callable[[int], None],
    ) -> None:
        self._wanted = wanted
        self._opened = opened
        self._pause = pause
        self._tell = tell

    def run(self, tries: int) -> None:
        """Receive until it is whole; ``tries`` counts those that brought nothing."""
        cuts = 0
        while (begun := self._here()) < self._wanted.size:
            try:
                self._receive(begun)
            except _DiskError as error:
                raise error.cause from None
            except (*words.NetworkFailures.ALL, IncompleteError) as error:
                tries -= self._here() <= begun
                cuts += 1
                if tries <= 0 or cuts > MOST_CUTS or words.is_about_trust(error):
                    raise words.broken(error) from error
                self._pause()

    def _here(self) -> int:
        """Return how many bytes are here; a part longer than the whole is another file's."""
        out = self._wanted.out
        here = out.stat().st_size if out.exists() else 0
        return here if here <= self._wanted.size else 0

    def _receive(self, begun: int) -> None:
        tag = f'"{self._wanted.sha256}"'
        more = {"Range": f"bytes={begun}-", "If-Range": tag} if begun else {}
        asked = {"Accept-Encoding": "identity", **more}
        with self._opened(
            Question("GET", f"/v1/packs/{self._wanted.pack_id}", headers=asked)
        ) as answer:
            if answer.status == BEYOND and begun:
                self._forget()
            if answer.status not in {OK, PARTIAL}:
                raise words.refused(answer.status, answer.read(), is_json=answer.is_json)
            first = _first_byte(answer, begun)
            self._write(answer.chunks(self._wanted.size - first), first)

    def _write(self, chunks: Iterator[bytes], here: int) -> None:
        with _disk():
            sink = self._wanted.out.open("ab" if here else "wb")
        with sink:
            for chunk in chunks:
                with _disk():
                    sink.write(chunk)
                    sink.flush()
                here += len(chunk)
                self._tell(here)
        if here < self._wanted.size:
            raise IncompleteError

    def _forget(self) -> None:
        with _disk():
            self._wanted.out.unlink()
        raise IncompleteError


def _first_byte(answer: Answer, asked: int) -> int:
    """Return where an answer begins; IncompleteError when it is not what was asked for."""
    if answer.header("content-encoding") not in {"", "identity"}:
        raise IncompleteError
    if answer.status == OK:
        return 0
    if not asked or not answer.header("content-range").startswith(f"bytes {asked}-"):
        raise IncompleteError
    return asked


@contextmanager
def _disk() -> Iterator[None]:
    """Keep what this computer's disk refuses apart from what the network does."""
    try:
        yield
    except OSError as error:
        raise _DiskError(error) from error
