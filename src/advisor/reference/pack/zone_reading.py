"""Zonings read from a pack: whole for the short ones, and by place for the long lists.

A long list (a class for each commune of France) is a table by commune; its lines are made when a
place is asked, so that asking a place reads what concerns that place and nothing else.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from threading import Lock
from typing import Any

from advisor.domain.places.place import Commune, PlaceKind
from advisor.domain.zones.resolution import codes_asked
from advisor.domain.zones.zoning import Membership, Territory, TerritoryKind, ZoneLine, Zoning
from advisor.reference.pack.database import PackDatabase
from advisor.reference.pack.plain import from_plain

LINES_KEPT = 20_000
NAMED_BY_LINE = 2  # zoning and position; a class by commune has more


class ZoneReader:
    """Gives, for a place, every zoning of the pack with only the lines that concern it."""

    def __init__(self, database: PackDatabase) -> None:
        self._database = database
        self._lock = Lock()
        self._headers: tuple[Zoning, ...] | None = None
        self._lines: dict[tuple[int, int], ZoneLine] = {}

    def headers(self) -> tuple[Zoning, ...]:
        """Return every zoning without its lines."""
        with self._lock:
            if self._headers is None:
                rows = self._database.rows("SELECT body FROM zoning ORDER BY position")
                self._headers = tuple(from_plain(Zoning, json.loads(body)) for (body,) in rows)
            return self._headers

    def whole(self) -> tuple[Zoning, ...]:
        """Return every zoning with the lines of its act; long lists by commune stay out."""
        lines: dict[int, list[ZoneLine]] = {}
        for zoning, body in self._database.rows(
            "SELECT zoning, body FROM zone_line ORDER BY zoning, position"
        ):
            lines.setdefault(zoning, []).append(from_plain(ZoneLine, json.loads(body)))
        return tuple(
            replace(header, lines=tuple(lines.get(index, ())))
            for index, header in enumerate(self.headers())
        )

    def at(self, place: Commune) -> list[Zoning]:
        """Return the zonings with the lines that name the place or what contains it."""
        headers = self.headers()
        codes = codes_asked(place)
        lines: dict[int, list[ZoneLine]] = {}
        for zoning, position in self._members(codes):
            lines.setdefault(zoning, []).append(self._line(zoning, position))
        for code in codes:
            for zoning, line in self._classes(headers, code):
                lines.setdefault(zoning, []).append(line)
        return [
            replace(header, lines=tuple(lines[index])) if index in lines else header
            for index, header in enumerate(headers)
        ]

    def keys(
        self,
        departement: str | None = None,
        profession: str | None = None,
        day: date | None = None,
    ) -> dict[str, tuple[object, ...]]:
        """Return by commune the lines and classes that name it, in two reads of the pack."""
        parts = ["commune IN (SELECT code FROM commune WHERE departement = ?)"] * bool(departement)
        parts += [self._zonings_of(profession, day)] if profession else []
        among = f" WHERE {' AND '.join(parts)}" if parts else ""
        values = (departement,) if departement else ()
        found: dict[str, tuple[object, ...]] = {}
        for read in (
            f"commune, zoning, position FROM zone_member{among} ORDER BY commune, zoning, position",
            (
                f"commune, zoning, class, partial, part FROM commune_class{among}"
                " ORDER BY commune, zoning, class"
            ),
        ):
            for row in self._database.rows(f"SELECT {read}", values):
                code = row[0]
                known = found.get(code)
                found[code] = (row[1:],) if known is None else (*known, row[1:])
        return found

    def alike(self, keys: dict[str, tuple[object, ...]]) -> dict[str, tuple[object, ...]]:
        """Return the keys with what a line says in the place of which line says it.

        Two places named by two lines of the same class, unit and remark then have equal keys.
        """
        said: dict[tuple[int, int], tuple[object, ...] | None] = {}
        return {
            code: tuple(self._said(row, said) for row in rows)
            if any(len(row) == NAMED_BY_LINE for row in rows)  # type: ignore[arg-type]
            else rows
            for code, rows in keys.items()
        }

    def _said(self, row: Any, said: dict[tuple[int, int], tuple[object, ...] | None]) -> object:
        if len(row) != NAMED_BY_LINE:
            return row
        if row not in said:
            line = self._line(*row)
            whole = not any(member.partial for member in line.territory.members)
            said[row] = (
                (row[0], line.zone_class, line.territory.kind.value, line.remark, line.source)
                if whole
                else None
            )
        return said[row] or row

    def _zonings_of(self, profession: str, day: date | None) -> str:
        """Return the condition that keeps the zonings of one profession, in force on a day."""
        kept = [
            str(index)
            for index, zoning in enumerate(self.headers())
            if profession in zoning.professions
            and not zoning.scheme
            and (day is None or zoning.period.holds(day))
        ]
        return f"zoning IN ({','.join(kept)})"

    def _members(self, codes: Sequence[str]) -> list[tuple[int, int]]:
        marks = ",".join("?" * len(codes))
        return self._database.rows(
            f"SELECT DISTINCT zoning, position FROM zone_member WHERE commune IN ({marks})"
            " ORDER BY zoning, position",
            codes,
        )

    def _line(self, zoning: int, position: int) -> ZoneLine:
        known = self._lines.get((zoning, position))
        if known is None:
            (body,) = self._database.one(
                "SELECT body FROM zone_line WHERE zoning = ? AND position = ?", (zoning, position)
            )
            known = from_plain(ZoneLine, json.loads(body))
            if len(self._lines) < LINES_KEPT:
                self._lines[zoning, position] = known
        return known

    def _classes(self, headers: Sequence[Zoning], code: str) -> list[tuple[int, ZoneLine]]:
        rows = self._database.rows(
            "SELECT k.zoning, k.class, k.partial, k.part, c.name, c.departement, c.kind"
            " FROM commune_class k JOIN commune c ON c.code = k.commune"
            " WHERE k.commune = ? ORDER BY k.zoning",
            (code,),
        )
        return [(row[0], _class_line(headers[row[0]], code, row[1:])) for row in rows]


def _class_line(zoning: Zoning, code: str, row: tuple[str, int, str, str, str, str]) -> ZoneLine:
    zone_class, partial, part, name, departement, kind = row
    arrondissement = kind == PlaceKind.ARRONDISSEMENT.value
    unit = TerritoryKind.ARRONDISSEMENT if arrondissement else TerritoryKind.COMMUNE
    members = (Membership(code, bool(partial)),)
    return ZoneLine(
        Territory(code, unit, part or name, departement, members, complete=not part),
        zone_class,
        zoning.source,
    )
