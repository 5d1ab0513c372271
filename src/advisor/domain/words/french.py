"""How days, amounts and lists are written for a French reader.

True on paper; no database, no window. U+202F is the narrow space of French typography.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

THIN = "\u202f"


@lru_cache(maxsize=4096)
def day_text(day: date) -> str:
    """Return « 31/12/2025 »."""
    return f"{day.day:02}/{day.month:02}/{day.year}"


def number_text(value: float) -> str:
    """Return « 12 500 » or « 2,5 », with narrow spaces between thousands."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.replace(",", THIN).replace(".", ",")


def euros(value: float) -> str:
    """Return « 12 500 € »."""
    return f"{number_text(value)}{THIN}€"


def euros_between(low: float, high: float) -> str:
    """Return one amount, or « de 28 000 € à 34 000 € » when the bounds differ."""
    return euros(low) if low == high else f"de {euros(low)} à {euros(high)}"


def listed(items: Iterable[str], last: str = "ou") -> str:
    """Return « a, b ou c »."""
    words = list(items)
    if len(words) < 2:  # noqa: PLR2004 - one word or none needs no conjunction
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
