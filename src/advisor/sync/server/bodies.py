"""Reads what is sent and writes what is answered, within bounds: size, depth, time, zipped or not.

Nothing here understands what it carries.
"""

import asyncio
import gzip
import re
import zlib
from collections.abc import Callable, Coroutine
from itertools import accumulate
from typing import Any

from fastapi import Request, Response
from starlette.requests import ClientDisconnect

from advisor.sync.server.refusals import HttpError
from advisor.sync.server.settings import ServerSettings

JSON = "application/json"
SMALLEST_ZIPPED = 1400  # bytes: below, an answer fits one packet anyway
GZIP = 16 + zlib.MAX_WBITS
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def body_reader(settings: ServerSettings) -> Callable[[Request], Coroutine[Any, Any, bytes]]:
    """Return what reads the body of a request, as sent."""

    async def read_body(request: Request) -> bytes:
        _check_kind(request)
        try:
            async with asyncio.timeout(settings.whole_body):
                return await _read(request, settings)
        except TimeoutError:
            raise HttpError(
                408,
                "too_slow",
                "L’envoi s’est interrompu.",
                "Recommencez\u202f; si cela dure, synchronisez par fichier.",
            ) from None
        except ClientDisconnect:
            raise HttpError(400, "cut", "L’envoi a été coupé.") from None

    return read_body


def opened(request: Request, body: bytes, settings: ServerSettings) -> bytes:
    """Return a body unzipped if it was zipped, once its size and depth are known to be sane."""
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding == "gzip":
        body = _unzipped(body, settings.most_unzipped)
    elif coding not in {"identity", ""}:
        raise _unread("Ce codage n’est pas compris (gzip seul).")
    if _depth(body) > settings.most_depth:
        raise HttpError(400, "bad_data", "Ce message est trop imbriqué.")
    return body


def answered(request: Request, body: bytes) -> Response:
    """Return an answer, zipped for who reads it so and when it is worth it."""
    headers = {"Vary": "Accept-Encoding"}
    asked = request.headers.get("accept-encoding", "").lower()
    if "gzip" in asked and len(body) >= SMALLEST_ZIPPED:
        body = gzip.compress(body, compresslevel=5, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type=JSON, headers=headers)


async def _read(request: Request, settings: ServerSettings) -> bytes:
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > settings.most_body:
        raise _too_big()
    whole = bytearray()
    pieces = request.stream().__aiter__()
    while True:
        async with asyncio.timeout(settings.between_words):
            piece = await anext(pieces, None)
        if piece is None:
            return bytes(whole)
        whole += piece
        if len(whole) > settings.most_body:
            raise _too_big()


def _check_kind(request: Request) -> None:
    kind = request.headers.get("content-type", JSON).partition(";")[0].strip().lower()
    if kind != JSON:
        raise _unread("Du JSON est attendu.")


def _unread(message: str) -> HttpError:
    return HttpError(415, "unsupported", message, "Mettez l’application de ce poste à jour.")


def _too_big() -> HttpError:
    return HttpError(
        413, "too_big", "Cet envoi est trop gros.", "Envoyez moins de saisies à la fois."
    )


def _unzipped(body: bytes, most: int) -> bytes:
    """Return the content of one gzip member; a bomb is stopped where it passes the bound."""
    opener = zlib.decompressobj(GZIP)
    try:
        whole = opener.decompress(body, most + 1)
    except zlib.error:
        whole = None
    if whole is not None and len(whole) > most:
        raise _too_big()
    if whole is None or not opener.eof or opener.unused_data:
        raise HttpError(400, "bad_data", "Cet envoi est abîmé.", "Relancez la synchronisation.")
    return whole


def _depth(body: bytes) -> int:
    """Return how deeply a JSON text is nested, without reading it."""
    brackets = _STRINGS.sub(b"", body).translate(None, _NOT_BRACKETS)
    return max(accumulate(1 if one in b"[{" else -1 for one in brackets), default=0)
