"""Speaks to the central store over HTTP: turns bytes into bytes, and failures into sentences.

Every wait ends, every answer has a limit, what may be asked twice is asked again with growing
pauses. Knows neither the database nor what the messages mean.
"""

import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Self

from advisor.errors import BadDataError, NetworkError
from advisor.sync import network_words as words
from advisor.sync.address import read_address
from advisor.sync.connection import Answer, Connection, IncompleteError, Question
from advisor.sync.downloading import Download, WantedFile
from advisor.sync.messages import PROTOCOL

AGAIN = {429, 502, 503, 504}  # may be asked again; after the first and third, nothing was done
UNTOUCHED = {429, 503}
OK, MISSING = 200, 404


@dataclass(frozen=True, slots=True)
class Patience:
    """In seconds but for ``tries``: waits, the whole of one request, pauses between tries."""

    connect: float = 10.0
    read: float = 30.0
    total: float = 120.0
    tries: int = 4
    first_pause: float = 0.5
    longest_pause: float = 20.0


@dataclass(frozen=True, slots=True)
class Admission:
    """What a central store gives a device it enrols. Keys are base64, ``publishers`` as trusted."""

    device: str
    organisation: str
    role: str
    departements: tuple[str, ...]
    token: str
    central_key: str
    publishers: tuple[str, ...] = ()


def _silent(_here: int) -> None:
    """Tell nobody."""


class CentralClient:
    """Asks one central store; a context manager. ``server_date`` is the last answer's own clock.

    ``ca_file`` or ``authority`` (PEM text) replaces the authorities the system believes. Failures
    are NetworkError (an OSError too), RefusedError or LockedError, each a French sentence.
    """

    def __init__(
        self,
        url: str,
        token: str | None = None,
        *,
        ca_file: Path | None = None,
        authority: str = "",
        patience: Patience = Patience(),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        draw: Callable[[], float] = random.random,
    ) -> None:
        self.address = read_address(url)
        if ca_file is not None:
            authority = read_authority(ca_file)
        self._line = Connection(self.address, authority, clock)
        self._token, self._patience = token, patience
        self._clock, self._sleep, self._draw = clock, sleep, draw
        self.server_date: datetime | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._line.close()

    def exchange(self, data: bytes) -> bytes:
        """Return the reply to an exchange; asking again is harmless, so it is done."""
        return self._ask(Question("POST", "/v1/exchange", data))

    def enrol(self, code: str, public_key: str) -> Admission:
        """Spend a one-time code; never asked twice once it may have been received."""
        body = {"code": code, "public_key": public_key, "protocol": PROTOCOL}
        try:
            found = _object(self._ask(Question("POST", "/v1/enrol", _bytes(body), once=True)))
            return Admission(
                device=_text(found, "device"),
                organisation=_text(found, "organisation"),
                role=_text(found, "role"),
                departements=_texts(found, "departements"),
                token=_text(found, "token"),
                central_key=_text(found, "central_key"),
                publishers=_texts(found, "publishers"),
            )
        except NetworkError as error:
            raise words.not_enrolled(error) from error
        except (KeyError, TypeError):
            raise words.not_enrolled(words.unreadable()) from None

    def carried(self, envelopes: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Hand over exchanges carried by file; returns the replies in the same order."""
        question = Question("POST", "/v1/carried", _bytes({"envelopes": list(envelopes)}))
        replies = _object(self._ask(question)).get("replies")
        if not isinstance(replies, list) or len(replies) != len(envelopes):
            raise words.unreadable()
        return replies

    def current_pack(self) -> Mapping[str, Any] | None:
        """Return the reference pack published there, None when there is none."""
        answer = self._persist(Question("GET", "/v1/packs/current"))
        if answer.status == MISSING and answer.is_json:
            return None
        return _object(self._judged(answer))

    def download(self, wanted: WantedFile, tell: Callable[[int], None] = _silent) -> None:
        """Bring a pack home, going on where a former try was cut, in this run or another.

        ``tell`` hears how many bytes are here; what it raises stops there. The caller checks hash
        and signature. Raises NetworkError, RefusedError, and OSError when the disk refuses.
        """
        patience = self._patience

        def opened(question: Question) -> AbstractContextManager[Answer]:
            return self._line.opened(self._signed(question), patience.connect, patience.read)

        def pause() -> None:
            self._sleep(self._draw() * patience.first_pause)

        Download(wanted, opened, pause, tell).run(patience.tries)

    def _ask(self, question: Question) -> bytes:
        return self._judged(self._persist(question))

    def _persist(self, question: Question) -> "_Heard":
        """Ask until answered, with pauses drawn between nothing and a doubling bound."""
        patience = self._patience
        end = self._clock() + patience.total
        for attempt in range(patience.tries):
            bound = patience.first_pause * 2**attempt
            pause = self._draw() * min(bound, patience.longest_pause)
            last = attempt + 1 == patience.tries
            try:
                heard = self._hear(question, end - self._clock())
            except (*words.NetworkFailures.ALL, IncompleteError) as error:
                if last or not _worth_asking_again(question, error):
                    raise words.broken(error) from error
            else:
                again = heard.status in (UNTOUCHED if question.once else AGAIN)
                pause = pause if heard.after is None else heard.after
                if last or not again or pause > patience.longest_pause:
                    return heard
            if self._clock() + pause >= end:
                break
            self._sleep(pause)
        raise words.failed(TimeoutError())

    def _hear(self, question: Question, seconds: float) -> "_Heard":
        patience = self._patience
        with self._line.opened(
            self._signed(question), patience.connect, patience.read, seconds
        ) as answer:
            self.server_date = _date(answer.header("date")) or self.server_date
            after = _pause(answer.header("retry-after"))
            return _Heard(answer.status, answer.is_json, answer.read(), after)

    def _signed(self, question: Question) -> Question:
        if self._token is None:
            return question
        bearer = {"Authorization": f"Bearer {self._token}", **question.headers}
        return Question(question.method, question.path, question.body, bearer, question.once)

    def _judged(self, heard: "_Heard") -> bytes:
        if 300 <= heard.status < 400:  # noqa: PLR2004  (redirections are the three hundreds)
            raise words.elsewhere()
        if heard.status != OK or not heard.is_json:
            raise words.refused(heard.status, heard.body, is_json=heard.is_json)
        if not heard.body.rstrip().endswith(b"}"):
            raise words.cut_short()
        return heard.body


@dataclass(frozen=True, slots=True)
class _Heard:
    status: int
    is_json: bool
    body: bytes
    after: float | None


def read_authority(file: Path) -> str:
    """Return the certificates to believe, as PEM text; BadDataError when there is none."""
    try:
        text = file.read_text(encoding="ascii")
    except (OSError, ValueError):
        text = ""
    if "-----BEGIN CERTIFICATE-----" not in text:
        raise BadDataError(
            "Ce fichier ne contient pas de certificat lisible.",
            "Demandez au responsable du central le certificat de son autorité (format PEM).",
            file=file,
        )
    return text


def _worth_asking_again(question: Question, error: BaseException) -> bool:
    if words.is_about_trust(error):
        return False
    return not question.once or isinstance(error, words.NetworkFailures.BEFORE_SENDING)


def _bytes(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _object(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise words.unreadable()
    return found


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found[name]
    if not isinstance(value, str) or not value:
        raise TypeError(name)
    return value


def _texts(found: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = found.get(name, [])
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise TypeError(name)
    return tuple(values)


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC) if text else None
    except (ValueError, OverflowError):
        return None


def _pause(text: str) -> float | None:
    """Return how long the server asks to wait, given in seconds or as a date; None else."""
    if text.isascii() and text.isdigit():
        return float(text)
    until = _date(text)
    return None if until is None else max(0.0, (until - datetime.now(UTC)).total_seconds())
