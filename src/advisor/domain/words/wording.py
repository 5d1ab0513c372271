"""Figures, dates, counts and sentences in French, with the spaces French typography asks for.

True on paper; no window, no page. U+202F stands before ``; : ! ? €`` and between thousands.
"""

from collections.abc import Sequence
from datetime import date, datetime, time

from advisor.domain.aids.aid import Money

NARROW = "\u202f"
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
PLURAL_FROM = 2


def number(value: float) -> str:
    """Return « 10 000 » or « 7,3 »: narrow spaces between thousands, decimal comma."""
    rounded = round(value, 2)
    if rounded == int(rounded):
        return f"{int(rounded):,}".replace(",", NARROW)
    text = f"{rounded:,.2f}".rstrip("0")
    return text.replace(",", NARROW).replace(".", ",")


def euros(value: float) -> str:
    """Return « 10 000 € »."""
    return f"{number(value)}{NARROW}€"


def euros_between(low: float, high: float) -> str:
    """Return one figure when both are equal, « jusqu’à … » from zero, else « de … à … »."""
    if low == high:
        return euros(low)
    if low == 0:
        return f"jusqu’à {euros(high)}"
    return f"de {euros(low)} à {euros(high)}"


def short_date(day: date) -> str:
    """Return « 30/03/2022 »."""
    return f"{day:%d/%m/%Y}"


def long_date(day: date) -> str:
    """Return « mardi 1er décembre 2026 »."""
    number_in_month = "1er" if day.day == 1 else str(day.day)
    return f"{DAYS[day.weekday()]} {number_in_month} {MONTHS[day.month - 1]} {day.year}"


def hour(moment: time) -> str:
    """Return « 10 h 30 » or « 10 h », with unbreakable narrow spaces."""
    minutes = f"{NARROW}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{NARROW}h{minutes}"


def instant(moment: datetime) -> str:
    """Return « 22/11/2026 à 10 h 42 » for an instant already in local time."""
    return f"{short_date(moment.date())} à {moment.hour}{NARROW}h{NARROW}{moment.minute:02d}"


def listed(items: Sequence[str]) -> str:
    """Return « a, b et c »."""
    if len(items) < PLURAL_FROM:
        return "".join(items)
    return f"{', '.join(items[:-1])} et {items[-1]}"


def counted(count: int, singular: str, plural: str = "") -> str:
    """Return « 1 aide » or « 3 aides »; zero takes the singular, as French does."""
    word = singular if count < PLURAL_FROM else (plural or f"{singular}s")
    return f"{number(count)} {word}"


def sentence(text: str) -> str:
    """Return the text with a capital and a full stop; empty stays empty."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def clause(text: str) -> str:
    """Return the text without its final full stop, ready to stand inside a sentence."""
    return text.strip().removesuffix(".")


def typographic(text: str) -> str:
    """Return the text with narrow unbreakable spaces where French typography wants them."""
    for sign in ";:!?»€%":
        text = text.replace(f" {sign}", f"{NARROW}{sign}")
    return text.replace("« ", f"«{NARROW}").replace("'", "’")


def lowered(text: str) -> str:
    """Return the text with a small first letter, unless it begins with an abbreviation."""
    if len(text) > 1 and text[1].isupper():
        return text
    return text[:1].lower() + text[1:]


def possible(money: Money) -> str:
    """Return what may be obtained: « 10 000 € », « jusqu’à … », « de … à … »."""
    return euros_between(money.low, money.high)


def span(first: date | None, last: date | None) -> str:
    """Return « du 01/01/2026 au 31/12/2029 », « depuis le … », « jusqu’au … », or nothing."""
    if first and last:
        return f"du {short_date(first)} au {short_date(last)}"
    if first:
        return f"depuis le {short_date(first)}"
    return f"jusqu’au {short_date(last)}" if last else ""
