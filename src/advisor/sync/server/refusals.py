"""Turns every failure into one answer: a status, and a French sentence with what to do next."""

from typing import Any

import sqlalchemy as sa
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from advisor.errors import (
    AdvisorError,
    BadDataError,
    NewerDatabaseError,
    NotFoundError,
    RefusedError,
)

UNAVAILABLE = "Le central ne peut pas répondre pour l’instant."
LATER = "Rien n’est perdu. Recommencez dans quelques minutes."
SOON = "5"  # seconds, for whoever should come back
STATUSES: dict[type[AdvisorError], int] = {
    BadDataError: 400,
    NotFoundError: 404,
    RefusedError: 403,
    NewerDatabaseError: 503,
}
OF_HTTP = {
    404: ("not_found", "Cette adresse n’existe pas sur le central."),
    405: ("method", "Cette adresse ne répond pas à cette demande."),
}


class ErrorTold(BaseModel):
    """What went wrong: a stable code, a French sentence, what to do next."""

    code: str
    message: str
    hint: str


class ErrorBody(BaseModel):
    """The body of every answer that is not a success."""

    error: ErrorTold


class HttpError(AdvisorError):
    """A refusal whose status matters; ``headers`` go with it."""

    def __init__(
        self, status: int, code: str, message: str, hint: str = "", **headers: str
    ) -> None:
        super().__init__(message, hint)
        self.status = status
        self.code = code
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def declared(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what the published description says of these statuses."""
    return {status: {"model": ErrorBody} for status in statuses}


def refuse_in_french(app: FastAPI) -> None:
    """Let every failure foreseen by this application answer in the one shape."""
    app.add_exception_handler(AdvisorError, _refused)
    app.add_exception_handler(sa.exc.SQLAlchemyError, _database)
    app.add_exception_handler(HTTPException, _http)


def error_answer(
    status: int, code: str, message: str, hint: str = "", headers: dict[str, str] | None = None
) -> JSONResponse:
    """Return the one shape of a failure."""
    told = {"code": code, "message": message, "hint": hint}
    return JSONResponse({"error": told}, status, headers)


def unavailable() -> JSONResponse:
    """Return what is told when the database does not answer."""
    return error_answer(
        503,
        "unavailable",
        UNAVAILABLE,
        LATER,
        {"Retry-After": SOON},
    )


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, AdvisorError)  # noqa: S101 - registered for this class only
    if isinstance(error, HttpError):
        return error_answer(error.status, error.code, error.message, error.hint, error.headers)
    kinds = (status for kind, status in STATUSES.items() if isinstance(error, kind))
    return error_answer(next(kinds, 400), error.code, error.message, error.hint)


async def _database(_request: Request, error: Exception) -> Response:
    if isinstance(error, sa.exc.DataError):
        return error_answer(400, "bad_data", "Ce message contient une valeur impossible.")
    if isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError | sa.exc.TimeoutError):
        return unavailable()
    raise error


async def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    code, message = OF_HTTP.get(error.status_code, ("bad_request", "Cette demande est illisible."))
    headers = dict(error.headers) if error.headers else None
    return error_answer(error.status_code, code, message, "", headers)
