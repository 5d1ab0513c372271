"""Statements worked out once for each kind of database, then handed straight to its driver.

For what sync runs thousands of times: the engine takes 40 to 100 µs to run a statement it already
knows, the driver 5. Values go in and come out as their columns say, whoever listens to statements
hears them, and failures are the engine's own: the same as ``connection.execute``, only sooner.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

Change = Callable[[Any], Any]
Values = Mapping[str, Any]
NOTHING: Values = {}
PLANS_KEPT = 300  # of one statement: a list of another length makes another text


class Prepared:
    """One statement with its ``bindparam``s, run with values by name; rows are named tuples."""

    def __init__(self, statement: sa.Select[Any] | sa.Insert | sa.Update | sa.Delete) -> None:
        self._statement = statement
        self._plans: dict[tuple[Any, ...], _Plan] = {}
        self._lists: tuple[str, ...] | None = None

    def rows(self, connection: sa.Connection, values: Values = NOTHING) -> list[Any]:
        """Return what it finds."""
        plan = self._plan(connection.dialect, values)
        with _cursor(connection, plan, plan.bound(values)) as cursor:
            return plan.read(cursor.fetchall())

    def first(self, connection: sa.Connection, values: Values = NOTHING) -> Any:
        """Return the first row it finds, None when there is none."""
        found = self.rows(connection, values)
        return found[0] if found else None

    def scalar(self, connection: sa.Connection, values: Values = NOTHING) -> Any:
        """Return the first column of the first row, None when there is none."""
        found = self.rows(connection, values)
        return found[0][0] if found else None

    def run(self, connection: sa.Connection, values: Values) -> int:
        """Write; returns how many lines were concerned."""
        plan = self._plan(connection.dialect, values)
        with _cursor(connection, plan, plan.bound(values)) as cursor:
            return int(cursor.rowcount)

    def run_all(self, connection: sa.Connection, several: Sequence[Values]) -> int:
        """Write once for each of ``several``, all of the same names; returns how many lines."""
        if not several:
            return 0
        plan = self._plan(connection.dialect, several[0])
        bound = [plan.bound(values) for values in several]
        with _cursor(connection, plan, bound, many=True) as cursor:
            return int(cursor.rowcount)

    def _plan(self, dialect: sa.Dialect, values: Values) -> "_Plan":
        if self._lists is None:
            asked = self._statement.compile(dialect=dialect).bind_names
            self._lists = tuple(one.key for one in asked if one.expanding)
        lengths = [len(values[name]) for name in self._lists]
        key = (dialect.name, *values, *lengths)
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) >= PLANS_KEPT:
                self._plans.clear()
            plan = self._plans[key] = _planned(self._statement, dialect, values)
        return plan


@dataclass(frozen=True, slots=True)
class _Plan:
    """A text for one database; what goes into it, in its order, and what comes out of it.

    ``slots`` are the place, the name and the change of each value given; ``spans`` the places a
    list fills. ``names`` are those of the text, empty when it counts its values instead.
    """

    text: str
    names: tuple[str, ...]
    fixed: tuple[Any, ...]
    slots: tuple[tuple[int, str, Change | None], ...]
    spans: tuple[tuple[int, int, str], ...]
    row: Any
    changes: tuple[tuple[int, Change], ...]

    def bound(self, values: Values) -> Any:
        bound = list(self.fixed)
        for place, name, change in self.slots:
            bound[place] = change(values[name]) if change else values[name]
        for first, last, name in self.spans:
            bound[first:last] = _flat(values[name])
        return dict(zip(self.names, bound, strict=True)) if self.names else bound

    def read(self, rows: Sequence[Any]) -> list[Any]:
        if not self.changes:
            return list(map(self.row._make, rows))
        found = []
        for row in rows:
            read = list(row)
            for place, change in self.changes:
                read[place] = change(read[place])
            found.append(self.row._make(read))
        return found


def _planned(statement: Any, dialect: sa.Dialect, values: Values) -> _Plan:
    compiled = statement.compile(dialect=dialect, column_keys=list(values))
    types = {name: one.type for one, name in compiled.bind_names.items()}
    opened = compiled.construct_expanded_state(dict(values))
    order = tuple(opened.positiontup or opened.parameters)
    fixed: list[Any] = [None] * len(order)
    slots = []
    held = {one for names in opened.parameter_expansion.values() for one in names}
    for place, name in enumerate(order):
        if name in held:
            continue
        change = types[name].dialect_impl(dialect).bind_processor(dialect)
        if name in values:
            slots.append((place, name, change))
        else:
            value = opened.parameters[name]
            fixed[place] = change(value) if change else value
    spans = tuple(
        (order.index(names[0]), order.index(names[0]) + len(names), name)
        for name, names in opened.parameter_expansion.items()
        if names
    )
    given = () if compiled.positional else order
    row, changes = _reading(statement, dialect)
    return _Plan(opened.statement, given, tuple(fixed), tuple(slots), spans, row, changes)


def _reading(statement: Any, dialect: sa.Dialect) -> tuple[Any, tuple[tuple[int, Change], ...]]:
    """Return the shape of the rows, and how the values of some columns are read."""
    columns = list(statement.exported_columns)
    shape = namedtuple("Row", [one.key or "_" for one in columns], rename=True)  # type: ignore[misc]  # noqa: PYI024 - names known only here
    found = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns]
    return shape, tuple((place, change) for place, change in enumerate(found) if change)


def _flat(values: Sequence[Any]) -> list[Any]:
    """Return the values of a list, those of its tuples one after another."""
    return [part for one in values for part in (one if isinstance(one, tuple) else (one,))]


@contextmanager
def _cursor(
    connection: sa.Connection, plan: _Plan, bound: Any, *, many: bool = False
) -> Iterator[Any]:
    """Run a text within the transaction of ``connection`` and give the driver's cursor."""
    if not connection.in_transaction():
        connection.begin()
    driver = connection.connection
    cursor, text = driver.cursor(), plan.text
    try:
        for listener in connection.dispatch.before_cursor_execute:
            text, bound = listener(connection, cursor, text, bound, None, many)
        (cursor.executemany if many else cursor.execute)(text, bound)
        for listener in connection.dispatch.after_cursor_execute:
            listener(connection, cursor, text, bound, None, many)
        yield cursor
    except connection.dialect.loaded_dbapi.Error as error:
        raise _told(connection, driver, cursor, text, error) from error
    finally:
        cursor.close()


def _told(connection: sa.Connection, driver: Any, cursor: Any, text: str, error: Any) -> Any:
    """Return the engine's own failure for one of the driver's; a lost connection is given up."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, driver.dbapi_connection, cursor)
    base = dialect.loaded_dbapi.Error
    failure = sa.exc.DBAPIError.instance(
        text, None, error, base, hide_parameters=True, connection_invalidated=lost, dialect=dialect
    )
    if lost:
        connection.invalidate(error)
    return failure
