"""What is asked of a funding scheme: a day, a commune, a project and its expenses.

True on paper; no database, no window. Money in euros.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from advisor.domain.cases.profile import read_value
from advisor.errors import BadDataError

EXPENSES = ("acquisition", "works", "equipment", "vehicle")


@dataclass(frozen=True, slots=True)
class FundingRequest:
    """The input of ``advisor funding``; expenses not given are unknown, not zero."""

    day: date
    commune: str
    scheme: str | None = None
    kind: str | None = None
    practitioners: int | None = None
    expenses: Mapping[str, float] = field(default_factory=dict)

    def expense(self, names: Sequence[str]) -> float | None:
        """Return the sum of the named expenses, None when none of them is given."""
        known = [self.expenses[name] for name in names if name in self.expenses]
        return sum(known) if known else None

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> "FundingRequest":
        """Read the input; BadDataError names the field at fault."""
        for name, label in (("date", "la date"), ("commune", "la commune")):
            if not raw.get(name):
                raise BadDataError(
                    f"Il manque {label} («\u202f{name}\u202f») dans la demande de financement.",
                    "Ajoutez ce champ et recommencez.",
                )
        kind, practitioners = raw.get("kind"), raw.get("practitioners")
        return cls(
            day=_day_asked(raw["date"]),
            commune=str(raw["commune"]),
            scheme=str(raw["scheme"]) if raw.get("scheme") else None,
            kind=None if kind is None else read_value("project.kind", kind),
            practitioners=(
                None
                if practitioners is None
                else read_value("project.practitioners", practitioners)
            ),
            expenses={
                name: float(read_value(_field(name), raw[name]))
                for name in EXPENSES
                if raw.get(name) is not None
            },
        )


def _day_asked(value: Any) -> date:
    try:
        day: date = read_value("application_date", value)
    except BadDataError:
        raise BadDataError(
            f"La date de la demande de financement ne peut pas valoir «\u202f{value}\u202f».",
            "Donnez une date, par exemple 2026-03-01.",
        ) from None
    return day


def _field(name: str) -> str:
    return "project.equipment" if name == "vehicle" else f"project.{name}"
