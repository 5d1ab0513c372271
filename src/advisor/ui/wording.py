"""How figures, dates and money are written in French on the screen.

Adds to the domain's own wording what a screen needs: short forms, what is typed, words of codes.
Must not know any widget.
"""

import re
from datetime import date, datetime, time
from enum import StrEnum

from advisor.domain.aids.aid import Amount, Money
from advisor.domain.cases import status_words
from advisor.domain.cases.profile import FIELDS
from advisor.domain.words.wording import MONTHS, euros, number, short_date

TWO_DIGITS = 100
CENTURY = 2000


def money(value: Money | None) -> str:
    """Return « 10 000 € », « 0–10 000 € », or that no amount is known."""
    if value is None:
        return "montant non chiffré"
    if value.low == value.high:
        return euros(value.high)
    return f"{number(value.low)}–{euros(value.high)}"


def amount(value: Amount | None) -> str:
    """Return the total of an aid in few words."""
    return money(value.total if value else None)


def day(value: date | None) -> str:
    """Return « 30/03/2022 », or nothing."""
    return short_date(value) if value else ""


def short_day(value: date | None) -> str:
    """Return « 12/11 », or nothing."""
    return f"{value:%d/%m}" if value else ""


def month(value: date) -> str:
    """Return « mars 2026 »."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def hour(value: time | datetime | None) -> str:
    """Return « 10:30 », or nothing."""
    return f"{value:%H:%M}" if value else ""


def ago(value: date, today: date) -> str:
    """Return how old a date is, in words."""
    days = (today - value).days
    if days <= 0:
        return "aujourd’hui"
    if days == 1:
        return "hier"
    if days < 60:  # noqa: PLR2004  two months in days read better than in months
        return f"il y a {days} jours"
    if days < 730:  # noqa: PLR2004  idem, two years
        return f"il y a {days // 30} mois"
    return f"il y a {days // 365} ans"


def read_day(text: str) -> date | None:
    """Return the day typed as « 15/1/27 », « 15.01.2027 » or « 2027-01-15 ».

    Raises ValueError when it is not a day; None when nothing is typed.
    """
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    if not text.strip():
        return None
    if len(numbers) != 3:  # noqa: PLR2004  a day has three numbers
        raise ValueError(text)
    if re.match(r"\s*\d{4}", text):
        return date(*numbers)
    last, middle, year = numbers
    return date(year + CENTURY if year < TWO_DIGITS else year, middle, last)


def read_hour(text: str) -> time | None:
    """Return the hour typed as « 9h », « 9:30 » or « 09h30 »; ValueError when it is none."""
    if not text.strip():
        return None
    match = re.fullmatch(r"\s*(\d{1,2})\s*(?:[h:.]\s*(\d{2})?)?\s*", text.lower())
    if not match:
        raise ValueError(text)
    return time(int(match[1]), int(match[2] or 0))


def read_number(text: str) -> float | None:
    """Return the number typed in French (« 12 500,50 »); ValueError when it is none."""
    bare = re.sub(r"[\s\u202f\u00a0€%]", "", text).replace(",", ".")
    return float(bare) if bare else None


APPOINTMENT_STATUS = status_words.APPOINTMENT_STATUS
REFERRAL_STATUS = status_words.REFERRAL_STATUS
OUTCOME = status_words.OUTCOME
AID_STATUS = {
    "eligible": "éligible",
    "to_verify": "à vérifier",
    "not_eligible": "non applicable",
}
SATISFACTION = status_words.SATISFACTION
STRUCTURE_KIND = {
    "msp": "MSP",
    "cds": "Centre de santé (CDS)",
    "cabinet_groupe": "Cabinet de groupe",
    "pole": "Pôle de santé",
    "cpts": "CPTS",
    "dac": "DAC / PTA",
    "mmg": "Maison médicale de garde",
    "reseau": "Réseau",
    "non_precise": "Nature non précisée",
}
CONFIDENCE = {
    "A": "texte officiel lu",
    "B": "source secondaire",
    "C": "à vérifier",
}


def worded(words: dict[str, str], code: str | StrEnum) -> str:
    """Return the French words of a code, or the code itself when it has none."""
    return words.get(str(code), str(code))


def capital(text: str) -> str:
    """Return the text with a capital letter at its start."""
    return text[:1].upper() + text[1:]


def choice_words(name: str, code: object) -> str:
    """Return the French words of a choice of the profile; what is not coded stays as typed."""
    if not code:
        return ""
    return dict(FIELDS[name].choices).get(str(code), str(code))
