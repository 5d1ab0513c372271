"""The routes of reference packs: which is current, and its bytes, from any byte on."""

import re
from dataclasses import dataclass
from typing import Annotated

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import StreamingResponse

from advisor.sync.server import packs
from advisor.sync.server.database import Central
from advisor.sync.server.doors import Doors, Speaker
from advisor.sync.server.keys import private_key
from advisor.sync.server.packs import PackCard
from advisor.sync.server.refusals import HttpError, declared
from advisor.sync.vouching import OfferedPack, vouch

BYTES = "application/octet-stream"
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
BYTES_TOLD = {
    200: {"description": "The file", "content": {BYTES: {}}},
    206: {"description": "A part of the file", "content": {BYTES: {}}},
    **declared(401, 403, 404, 416, 422, 429, 503),
}
NO_PACK = "Aucun référentiel n’est publié sur ce central."


@dataclass(frozen=True, slots=True)
class PackTold:
    """The pack published last; ``vouched`` is this store's signature under it."""

    id: str
    version: str
    built_at: str
    size: int
    sha256: str
    signed_by: str
    public_key: str
    vouched: str


def add_packs(app: FastAPI, central: Central, doors: Doors) -> None:
    """Add the two routes of packs."""

    @app.get("/v1/packs/current", responses=declared(401, 403, 404, 429, 503))
    def current_pack(_speaker: Annotated[Speaker, Depends(doors.welcome)]) -> PackTold:
        """Tell the reference pack published last."""
        with central.reading() as connection:
            card = packs.current(connection)
            if card is None:
                raise HttpError(404, "not_found", NO_PACK, "Gardez celui de ce poste.")
            return _told(card, private_key(connection))

    _add_bytes(app, central, doors)


def _add_bytes(app: FastAPI, central: Central, doors: Doors) -> None:
    @app.get(
        "/v1/packs/{pack_id}",
        response_class=StreamingResponse,
        responses=BYTES_TOLD,
    )
    def pack_bytes(
        request: Request, pack_id: str, _speaker: Annotated[Speaker, Depends(doors.welcome)]
    ) -> Response:
        """Give a pack's bytes; ``Range`` takes it up where it was cut, ``If-Range`` its ETag."""
        with central.reading() as connection:
            card = packs.card_of(connection, pack_id)
        tag = f'"{card.sha256}"'
        same = request.headers.get("if-range", tag) == tag
        asked = _span(request.headers.get("range", ""), card.size) if same else None
        return _sent(central, card, asked, tag)


def _told(card: PackCard, key: Ed25519PrivateKey) -> PackTold:
    values = {name: getattr(card, name) for name in PackCard.__slots__}
    offered = OfferedPack(**{name: values[name] for name in OfferedPack.__slots__})
    return PackTold(**values, vouched=vouch(key, offered))


def _sent(central: Central, card: PackCard, asked: tuple[int, int] | None, tag: str) -> Response:
    first, last = asked or (0, card.size - 1)
    headers = {"Accept-Ranges": "bytes", "ETag": tag, "Content-Length": str(last - first + 1)}
    if asked:
        headers["Content-Range"] = f"bytes {first}-{last}/{card.size}"
    stream = packs.read(central, card.id, first, last)
    return StreamingResponse(stream, 206 if asked else 200, headers, BYTES)


def _span(asked: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte asked for; None for the whole, 416 beyond the end."""
    found = _RANGE.fullmatch(asked.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        first, last = max(0, size - int(found[2])), size - 1
    else:
        first, last = int(found[1]), min(int(found[2] or size - 1), size - 1)
    if first > last:
        raise HttpError(
            416, "range", "Cette partie du référentiel n’existe pas.",
            "Reprenez le téléchargement du début.", Content_Range=f"bytes */{size}",
        )  # fmt: skip
    return first, last
