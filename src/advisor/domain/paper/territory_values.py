"""A value of a diagnostic in words, with its year and the number of its source.

True on paper; no page.
"""

import re
from dataclasses import dataclass, field

from advisor.domain.territories.figures import NOT_HELD, SECRET, Value
from advisor.domain.words.wording import PLURAL_FROM, number

SAME_IN_BOTH = frozenset({"ans", "fois", "mois", "temps"})
NO_YEAR = "année non dite"
PERIOD = re.compile(r"période (\d{4})-(\d{4})")


@dataclass(slots=True)
class Notes:
    """The sources cited, numbered from 1 in the order they are first met."""

    texts: list[str] = field(default_factory=list)

    def of(self, source: str) -> int:
        """Return the number of a source, 0 for none."""
        if not source:
            return 0
        if source not in self.texts:
            self.texts.append(source)
        return self.texts.index(source) + 1


def value_text(value: Value) -> str:
    """Return « 26 % », « 79 », « non diffusé » or « non disponible »."""
    if value.secret:
        return SECRET
    if value.value is None:
        return NOT_HELD
    sign = f"\u202f{value.unit}" if value.unit in {"%", "€"} else ""
    return f"{number(value.value)}{sign}"


def unit_of(value: float | None, unit: str) -> str:
    """Return « installation pour 1 cessation » for 0,94, « médecins » for 1 153, nothing for %."""
    first, space, rest = unit.partition(" ")
    single = value is not None and abs(value) < PLURAL_FROM
    if single and first.endswith("s") and first not in SAME_IN_BOTH:
        first = first.removesuffix("s")
    return "" if unit == "%" or value is None else f" {first}{space}{rest}"


def dated(value: Value, notes: Notes, unit: str = "") -> str:
    """Return a value with its year and the number of its source, where there is one."""
    told = f"{value_text(value)}{unit}"
    if not value.known:
        return told
    note = notes.of(value.source)
    return f"{told} ({when(value) or NO_YEAR})" + (f" [{note}]" if note else "")


def when(value: Value) -> str:
    """Return the year of a value, « 2018-2023 » when its definition tells a period; else empty."""
    period = PERIOD.search(value.how)
    if period and value.year == int(period[2]):
        return f"{period[1]}-{period[2]}"
    return str(value.year) if value.year else ""
