"""The import rules of the house, read from the code itself, imports inside functions too."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[1] / "src" / "advisor"

OPEN_TO_ALL = {"errors", "config"}
ROOMS: dict[str, set[str]] = {
    "errors": set(),
    "config": set(),
    "domain": set(),
    "reference": {"domain"},
    "store": {"domain"},
    "documents": {"domain"},
    "services": {"domain", "reference", "store", "documents", "sync"},
    "sync": {"domain", "store"},
    "ui": {"domain", "services"},
    "cli": {"domain", "services", "sync", "reference", "app"},
    "app": {"domain", "reference", "store", "documents", "services", "sync", "ui", "cli"},
    "__main__": {"app", "cli"},
}
OWNED_LIBRARIES: dict[str, set[str]] = {
    "PySide6": {"ui"},
    "sqlalchemy": {"store", "sync"},
    "alembic": {"store", "sync"},
    "sqlcipher3": {"store"},
    "keyring": {"store"},
    "argon2": {"store"},
    "pandas": {"reference"},
    "shapely": {"reference"},
    "openpyxl": {"reference", "documents"},
    "yaml": {"reference"},
    "jsonschema": {"reference"},
    "reportlab": {"documents"},
    "folium": {"documents"},
    "typst": {"documents"},
    "httpx": {"sync", "reference"},
    "httpcore": {"sync"},
    "fastapi": {"sync"},
    "starlette": {"sync"},
    "uvicorn": {"sync"},
    "psycopg": {"sync"},
    "limits": {"sync"},
    "prometheus_client": {"sync"},
    "argparse": {"cli"},
}
LONGEST_FILE = 300
LONGEST_FUNCTION = 30
FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "helper", "manager", "misc"}


def modules() -> list[Path]:
    return sorted(SRC.rglob("*.py"))


def room_of(path: Path) -> str:
    first = path.relative_to(SRC).parts[0]
    return first.removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    package = ["advisor", *path.relative_to(SRC).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module or "") if part)
            yield from (f"{module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SRC)))
def test_each_room_imports_only_what_the_house_allows(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    assert room in ROOMS, f"no room named {room}"
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] == "advisor" and len(parts) > 1 and parts[1] in ROOMS:
            allowed = ROOMS[room] | OPEN_TO_ALL | {room}
            assert parts[1] in allowed, f"{room} may not import {name}"
        owners = OWNED_LIBRARIES.get(parts[0])
        assert owners is None or room in owners, f"{parts[0]} belongs to {owners}, not {room}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SRC)))
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            start = node.body[0]
            documented = (
                isinstance(start, ast.Expr)
                and isinstance(start.value, ast.Constant)
                and isinstance(start.value.value, str)
            )
            first = node.body[1].lineno if documented and len(node.body) > 1 else start.lineno
            assert node.end_lineno - first < LONGEST_FUNCTION, f"{node.name} is too long"


def test_a_device_never_needs_the_central_store_s_own_code() -> None:
    users = {
        path.relative_to(SRC).as_posix()
        for path in modules()
        for name in imports_of(path)
        if name.startswith("advisor.sync.server")
    }
    assert {one for one in users if not one.startswith("sync/server/")} <= {
        "cli/central.py",
        "cli/demo_central.py",
        "cli/shapes_central.py",
    }


def test_no_room_for_things_without_a_name() -> None:
    assert not [p for p in modules() if p.stem in FORBIDDEN_NAMES]


def test_only_one_file_touches_threads_in_the_window() -> None:
    names = {"threading", "concurrent.futures", "PySide6.QtCore.QThread"}
    users = {
        path.relative_to(SRC).as_posix()
        for path in modules()
        if room_of(path) == "ui"
        for name in imports_of(path)
        if name.split(".")[0] == "threading" or name in names or name.endswith("QThreadPool")
    }
    assert users <= {"ui/jobs.py"}
