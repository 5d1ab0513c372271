"""One imported table as a small read-only database: indicators, figures, where they come from."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from advisor.domain.territories.kinds import Group, IndicatorKind, Rule
from advisor.errors import BadDataError

VERSION = 1
TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE indicator (id TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE figure (
    kind TEXT NOT NULL, territory TEXT NOT NULL, name TEXT NOT NULL, written TEXT NOT NULL,
    line INTEGER NOT NULL, indicator TEXT NOT NULL, year INTEGER, value REAL,
    secret INTEGER NOT NULL, how TEXT NOT NULL);
CREATE INDEX figure_by_territory ON figure (kind, territory);
"""
Figure = tuple[str, str, str, str, int, str, int | None, float | None, int, str]
INSERT = "INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def create(path: Path) -> sqlite3.Connection:
    """Make an empty dataset at ``path``."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(TABLES)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    return connection


def describe(
    connection: sqlite3.Connection, meta: Mapping[str, Any], kinds: Iterable[IndicatorKind]
) -> None:
    """Write what the dataset is about and its indicators, then commit."""
    rows = [(name, json.dumps(value, ensure_ascii=False)) for name, value in meta.items()]
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)
    bodies = [(one.id, json.dumps(asdict(one), ensure_ascii=False)) for one in kinds]
    connection.executemany("INSERT OR REPLACE INTO indicator VALUES (?, ?)", bodies)
    connection.commit()


def open_dataset(path: Path) -> sqlite3.Connection:
    """Open a dataset for reading; BadDataError for a damaged or a newer one."""
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error as error:
        raise BadDataError(
            "ce tableau importé est abîmé.", "Importez-le de nouveau.", file=path.name
        ) from error
    if version > VERSION:
        connection.close()
        raise BadDataError(
            "ce tableau a été importé par une version plus récente.",
            "Mettez le logiciel à jour.",
            file=path.name,
        )
    return connection


def meta_of(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return what the dataset says of itself."""
    rows = connection.execute("SELECT name, value FROM meta")
    return {name: json.loads(value) for name, value in rows}


def kinds_of(connection: sqlite3.Connection) -> dict[str, IndicatorKind]:
    """Return the indicators of the dataset by id."""
    found = {}
    for key, body in connection.execute("SELECT id, body FROM indicator"):
        plain = json.loads(body)
        plain["group"], plain["rule"] = Group(plain["group"]), Rule(plain["rule"])
        found[key] = IndicatorKind(**plain)
    return found


def read_meta(path: Path) -> dict[str, Any]:
    """Return what the dataset at ``path`` says of itself."""
    with closing(open_dataset(path)) as connection:
        return meta_of(connection)
