"""The central store over HTTP: routes, and nothing that decides.

Every answer is worked out in a thread: the engine and the databases block.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any

import anyio.to_thread
import sqlalchemy as sa
from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel

from advisor import __version__
from advisor.errors import AdvisorError, RefusedError
from advisor.sync.messages import PROTOCOL, Exchange, understood
from advisor.sync.server import enrolment
from advisor.sync.server.bodies import answered, body_reader, opened
from advisor.sync.server.carried import answer_carried
from advisor.sync.server.database import Central
from advisor.sync.server.described import describe, sends, told
from advisor.sync.server.doors import Doors, Speaker, address
from advisor.sync.server.engine import Engine
from advisor.sync.server.enrolment import Enrolled
from advisor.sync.server.giving_packs import add_packs
from advisor.sync.server.refusals import (
    LATER,
    SOON,
    UNAVAILABLE,
    HttpError,
    declared,
    refuse_in_french,
)
from advisor.sync.server.settings import ServerSettings
from advisor.sync.server.watching import Meters, Watcher
from advisor.sync.wire import decode, encode

POSTED = (400, 408, 413, 415, 429, 503)
LOCAL = {"127.0.0.1", "::1", "testclient"}


@dataclass(frozen=True, slots=True)
class EnrolQuestion:
    """What a device sends to be let in; ``public_key`` is Ed25519, raw, base64 for URLs."""

    code: str
    public_key: str
    protocol: int = PROTOCOL
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CarriedQuestion:
    """What one device brings for others; an envelope is what ``sync export`` wrote."""

    envelopes: tuple[Mapping[str, Any], ...]
    extra: Mapping[str, Any] = field(default_factory=dict)


class Carried(BaseModel):
    """One answer for each envelope, in their order: ``reply``, or ``refused`` and why."""

    replies: list[dict[str, Any]]


def make_app(central: Central, settings: ServerSettings | None = None) -> FastAPI:
    """Return the application over a migrated database."""
    chosen = settings or ServerSettings()
    meters = Meters()

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = chosen.workers
        yield

    app = FastAPI(
        title="Central", version=__version__, lifespan=lifespan, docs_url=None,
        redoc_url=None, redirect_slashes=False,
    )  # fmt: skip
    refuse_in_french(app)
    app.add_middleware(Watcher, settings=chosen, meters=meters)
    doors = Doors(central, chosen)
    _add_exchange(app, central, chosen, doors, meters)
    _add_carried(app, central, chosen, doors)
    _add_enrol(app, central, chosen, doors)
    add_packs(app, central, doors)
    _add_watch(app, central, chosen, meters)
    describe(app, EnrolQuestion=EnrolQuestion, CarriedQuestion=CarriedQuestion)
    return app


def _add_exchange(
    app: FastAPI, central: Central, settings: ServerSettings, doors: Doors, meters: Meters
) -> None:
    engine = Engine(central, settings.now, audited=True)

    @app.post(
        "/v1/exchange", responses=told("Reply", 401, *POSTED), openapi_extra=sends("Exchange")
    )
    def exchange(
        request: Request,
        speaker: Annotated[Speaker, Depends(doors.speaker)],
        body: Annotated[bytes, Depends(body_reader(settings))],
    ) -> Response:
        """Push ops and pull one page. A revoked device is told to lock."""
        question = decode(Exchange, opened(request, body, settings))
        if len(question.ops) > settings.most_ops:
            raise HttpError(413, "too_big", "Trop de saisies en un seul envoi.")
        reply = engine.exchange(speaker.device, question)
        request.state.did = meters.count(reply)
        return answered(request, encode(reply))


def _add_carried(app: FastAPI, central: Central, settings: ServerSettings, doors: Doors) -> None:
    engine = Engine(central, settings.now, audited=True)

    @app.post(
        "/v1/carried", responses=declared(401, 403, *POSTED), openapi_extra=sends("CarriedQuestion")
    )
    def carried(
        request: Request,
        _carrier: Annotated[Speaker, Depends(doors.welcome)],
        body: Annotated[bytes, Depends(body_reader(settings))],
    ) -> Carried:
        """Answer what other devices sent by file, each signed by its author and sealed for it."""
        question = decode(CarriedQuestion, opened(request, body, settings))
        if len(question.envelopes) > settings.most_envelopes:
            raise HttpError(413, "too_big", "Trop de fichiers en un seul envoi.")
        request.state.did = {"envelopes": len(question.envelopes)}
        replies = [dict(answer_carried(engine, central, one)) for one in question.envelopes]
        return Carried(replies=replies)


def _add_enrol(app: FastAPI, central: Central, settings: ServerSettings, doors: Doors) -> None:
    responses = declared(403, *POSTED)

    @app.post("/v1/enrol", responses=responses, openapi_extra=sends("EnrolQuestion"))
    def enrol(
        request: Request,
        _counted: Annotated[None, Depends(doors.enrolling)],
        body: Annotated[bytes, Depends(body_reader(settings))],
    ) -> Enrolled:
        """Give a device its token, once, against its code."""
        question = decode(EnrolQuestion, opened(request, body, settings))
        if not understood(question.protocol):
            raise HttpError(
                400,
                "protocol",
                "Ce poste et le central n’ont pas la même version.",
                "Mettez à jour le plus ancien des deux.",
            )
        try:
            enrolled = enrolment.redeem(central, question.code, question.public_key, settings.now())
        except RefusedError as error:
            doors.note_refusal("code")
            raise HttpError(403, "wrong_code", error.message, error.hint) from None
        request.state.device = enrolled.device
        return enrolled


def _add_watch(app: FastAPI, central: Central, settings: ServerSettings, meters: Meters) -> None:
    @app.get("/health", responses=declared(503))
    def health() -> dict[str, str]:
        """Tell whether the database answers and has the shape this version works with."""
        try:
            found, expected = central.revision()
        except (AdvisorError, sa.exc.SQLAlchemyError):
            raise HttpError(503, "unavailable", UNAVAILABLE, LATER, Retry_After=SOON) from None
        if found != expected:
            raise HttpError(
                503,
                "not_migrated",
                "La base du central n’est pas à jour.",
                "Lancez «\u202fadvisor central migrate\u202f».",
            )
        return {"status": "ok", "revision": expected, "version": __version__}

    @app.get("/metrics", response_class=PlainTextResponse, responses=declared(403))
    def metrics(request: Request) -> Response:
        """Give the counters, to this very computer unless told otherwise."""
        if not settings.open_metrics and address(request) not in LOCAL:
            raise HttpError(403, "refused", "Les compteurs ne sont donnés qu’à l’ordinateur local.")
        return PlainTextResponse(meters.text())
