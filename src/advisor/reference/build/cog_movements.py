"""Movements of communes since 1943 (Insee): who took over whom, old names and old codes.

A former commune keeps its own code and is followed, by the latest movement, to the commune of
today that contains it. A change of code alone (départements of 1968, seat moved) makes no former
commune: the old code becomes one of the codes the place had.
"""

from dataclasses import dataclass, field
from datetime import date

from advisor.reference.build.build_ledger import Ledger, read_rows

FILE = "cog-2026-datagouv/mouvements-communes.csv"
COLUMNS = ("MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "LIBELLE_AV", "TYPECOM_AP", "COM_AP")
ABSORBED = frozenset({"31", "32", "33"})
PART_ENDED = frozenset({"34", "35"})
RECODED = frozenset({"41", "50"})
CREATED = "20"
RESTORED = "21"
COMMUNE = "COM"
LONGEST_CHAIN = 30


@dataclass(slots=True)
class Movements:
    """What movements tell, by INSEE code.

    ``absorbed``: (day, successor) of what ceased to be a commune; ``followed``: the same for
    what ceased to be a part of one too; ``recoded``: (day, new code) of an old code; ``names``:
    every old name with its day; ``last_name``: the latest of them; ``came_from``: the commune
    that a commune created or restored was cut from.
    """

    absorbed: dict[str, tuple[date, str]] = field(default_factory=dict)
    followed: dict[str, tuple[date, str]] = field(default_factory=dict)
    recoded: dict[str, list[tuple[date, str]]] = field(default_factory=dict)
    names: dict[str, list[tuple[date, str]]] = field(default_factory=dict)
    last_name: dict[str, tuple[date, str]] = field(default_factory=dict)
    started: dict[str, date] = field(default_factory=dict)
    came_from: dict[str, str] = field(default_factory=dict)

    def today(self, code: str, living: frozenset[str]) -> str | None:
        """Return the code of the commune of today (in ``living``) where ``code`` is now."""
        seen: set[str] = set()
        while code not in living and code not in seen and len(seen) < LONGEST_CHAIN:
            seen.add(code)
            step = self.followed.get(code)
            code = step[1] if step else self.place_code(code)
        return code if code in living else None

    def place_code(self, code: str) -> str:
        """Return the last code of the same place, following changes of code alone."""
        since = date.min
        while later := [step for step in self.recoded.get(code, ()) if step[0] > since]:
            since, code = max(later)
        return code

    def ended(self, code: str) -> date | None:
        """Return the day a commune ceased, None when its code alone changed since."""
        if code not in self.absorbed:
            return None
        day = self.absorbed[code][0]
        return None if any(step[0] >= day for step in self.recoded.get(code, ())) else day


def read_movements(ledger: Ledger) -> Movements:
    """Return the movements; rows that cannot be read are reported."""
    path = ledger.source(FILE, "Mouvements de communes", "Insee", "Licence Ouverte", None)
    movements = Movements()
    for line, row in read_rows(path, COLUMNS):
        try:
            day = date.fromisoformat(row["DATE_EFF"])
        except ValueError:
            ledger.reject(FILE, line, f"date illisible : « {row['DATE_EFF']} »")
            continue
        if not row["COM_AP"] or (not row["COM_AV"] and row["MOD"] != CREATED):
            side = "d’arrivée" if row["COM_AV"] else "de départ"
            ledger.reject(FILE, line, f"mouvement {row['MOD']} sans commune {side}")
            continue
        ledger.saw(day)
        _note(movements, day, row)
    return movements


def _note(movements: Movements, day: date, row: dict[str, str]) -> None:
    before, after, mod = row["COM_AV"], row["COM_AP"], row["MOD"]
    was_commune = row["TYPECOM_AV"] == COMMUNE
    if was_commune:
        _keep_latest(movements.last_name, before, day, row["LIBELLE_AV"])
        movements.names.setdefault(before, []).append((day, row["LIBELLE_AV"]))
    if row["TYPECOM_AP"] != COMMUNE:
        return
    if mod in RECODED and before != after:
        movements.recoded.setdefault(before, []).append((day, after))
    if before != after and (mod in ABSORBED or mod in PART_ENDED):
        _keep_latest(movements.followed, before, day, after)
        if was_commune:
            _keep_latest(movements.absorbed, before, day, after)
    if mod in {CREATED, RESTORED} and before != after:
        movements.started[after] = max(day, movements.started.get(after, day))
        movements.came_from[after] = before


def _keep_latest(held: dict[str, tuple[date, str]], code: str, day: date, value: str) -> None:
    if code not in held or held[code][0] <= day:
        held[code] = (day, value)
