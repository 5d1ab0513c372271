"""The published description of the routes: the shapes of the messages themselves, no copy."""

from typing import Any

from fastapi import FastAPI
from pydantic import TypeAdapter

from advisor.sync.messages import Exchange, Reply
from advisor.sync.server.refusals import declared

REFERENCE = "#/components/schemas/"
SHAPES: dict[str, Any] = {"Exchange": Exchange, "Reply": Reply}


def sends(shape: str) -> dict[str, Any]:
    """Return what is published of a request whose body is a shape."""
    content = {"application/json": {"schema": {"$ref": REFERENCE + shape}}}
    return {"requestBody": {"required": True, "content": content}}


def told(shape: str, *errors: int) -> dict[int | str, dict[str, Any]]:
    """Return what is published of the answers of a route whose success is a shape."""
    content = {"application/json": {"schema": {"$ref": REFERENCE + shape}}}
    return {200: {"content": content}, **declared(*errors)}


def describe(app: FastAPI, **shapes: Any) -> None:
    """Add the shapes of the messages to what the application publishes."""
    plain = app.openapi

    def whole() -> dict[str, Any]:
        if app.openapi_schema is None:
            found = plain()
            known = found.setdefault("components", {}).setdefault("schemas", {})
            for name, kind in {**SHAPES, **shapes}.items():
                known.update(_schemas(name, kind))
        return plain()

    app.openapi = whole  # type: ignore[method-assign]  # as FastAPI's own manual does


def _schemas(name: str, kind: Any) -> dict[str, Any]:
    made = TypeAdapter(kind).json_schema(ref_template=REFERENCE + "{model}", mode="serialization")
    whole = {**made.pop("$defs", {}), name: made}
    for one in whole.values():
        one.get("properties", {}).pop("extra", None)  # unknown fields stand beside the others
        if "properties" in one:
            defaults = {n for n, p in one["properties"].items() if "default" in p}
            one["required"] = [n for n in one.get("required", []) if n not in defaults]
    return whole
