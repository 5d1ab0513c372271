"""What a booking says, whatever file it came from: names, hours and professions as typed.

True on paper; no file is read here.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from advisor.domain.years import of_our_time

COLUMNS = (
    "departement",
    "date",
    "heure",
    "duree",
    "nom",
    "prenom",
    "profession",
    "telephone",
    "email",
    "commune_souhaitee",
    "motif",
)
# Where each booking column lives once it is a record.
BOOKING_FIELDS: Mapping[str, tuple[str, str]] = {
    "nom": ("professional", "nom"),
    "prenom": ("professional", "prenom"),
    "profession": ("professional", "profession"),
    "telephone": ("professional", "telephone"),
    "email": ("professional", "email"),
    "heure": ("appointment", "at"),
    "duree": ("appointment", "minutes"),
    "motif": ("appointment", "reason"),
    "commune_souhaitee": ("appointment", "wished_commune"),
}
BOOKING_NAMES = {field: column for column, field in BOOKING_FIELDS.items()}
LONGEST = {"motif": 5_000}  # characters; the other columns stop at LONGEST_TEXT
LONGEST_TEXT = 300
DEFAULT_MINUTES = 30
LONGEST_MINUTES = 8 * 60
DELETE = 0x9F  # the last control character of Latin-1

_PROFESSIONS: Mapping[str, tuple[str, ...]] = {
    "medecin_generaliste": (
        "medecin",
        "medecin generaliste",
        "generaliste",
        "mg",
        "medecine generale",
        "docteur",
        "interne en medecine generale",
        "omnipraticien",
    ),
    "medecin_specialiste": ("medecin specialiste", "specialiste", "pediatre", "gynecologue"),
    "chirurgien_dentiste": ("chirurgien dentiste", "dentiste", "cd"),
    "sage_femme": ("sage femme", "sf", "maieuticien", "maieuticienne"),
    "pharmacien": ("pharmacien", "pharmacienne", "pharmacien d officine"),
    "biologiste": ("biologiste", "biologiste medical", "biologiste medicale"),
    "infirmier": (
        "infirmier",
        "infirmiere",
        "infirmier e",
        "infirmier ere",
        "infirmiere liberale",
        "infirmier liberal",
        "ide",
        "idel",
        "ipa",
    ),
    "masseur_kinesitherapeute": (
        "masseur kinesitherapeute",
        "masseuse kinesitherapeute",
        "kinesitherapeute",
        "kine",
        "mk",
        "mkde",
    ),
    "orthophoniste": ("orthophoniste",),
    "orthoptiste": ("orthoptiste",),
    "pedicure_podologue": ("pedicure podologue", "podologue", "pedicure"),
}
_CODES = {name: code for code, names in _PROFESSIONS.items() for name in names}


@dataclass(frozen=True, slots=True)
class Booking:
    """One booked slot, read from a file or from a form; ``duree`` is in minutes."""

    departement: str
    day: date
    at: time | None = None
    minutes: int = DEFAULT_MINUTES
    nom: str = ""
    prenom: str = ""
    profession: str = ""
    telephone: str = ""
    email: str = ""
    commune_souhaitee: str = ""
    motif: str = ""
    place: str = ""
    uid: str = ""

    @property
    def fingerprint(self) -> str:
        """Return what makes two lines the same booking: calendar id, or day, hour and person."""
        person = self.uid or "|".join(
            plain(part) for part in (self.nom, self.prenom, self.telephone, self.email)
        )
        hour = "" if self.uid or self.at is None else self.at.isoformat()
        whole = "|".join((plain(self.departement), self.day.isoformat(), hour, person))
        return hashlib.sha256(whole.encode("utf-8")).hexdigest()[:32]


def plain(text: str) -> str:
    """Return ``text`` in lower case, without accents, words separated by one space."""
    if text.isascii():
        return " ".join(re.findall(r"[a-z0-9]+", text.lower()))
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)
    )
    return " ".join(re.findall(r"[a-z0-9]+", bare.replace("œ", "oe").replace("æ", "ae")))


def profession_code(text: str) -> str | None:
    """Return the profession's code for a name as people write it, None when not recognised."""
    name = plain(text)
    if not name:
        return None
    code = name.replace(" ", "_")
    if code in _PROFESSIONS:
        return code
    if name in _CODES:
        return _CODES[name]
    words = name.split()
    singular = " ".join(word.removesuffix("s") for word in words)
    if singular in _CODES:
        return _CODES[singular]
    return next(
        (found for size in (3, 2, 1) if (found := _CODES.get(" ".join(words[:size])))), None
    )


def tidy(column: str, text: str) -> str:
    """Return a typed text without control characters, on one line except for the reason."""
    kept = "".join(c if c.isprintable() or c.isspace() or ord(c) > DELETE else "" for c in text)
    return kept.strip() if column in LONGEST else " ".join(kept.split())


def room_for(column: str) -> int:
    """Return the most characters a booking column may hold."""
    return LONGEST.get(column, LONGEST_TEXT)


def read_day(text: str) -> date | None:
    """Return the day written ``2026-03-10``, ``10/03/2026`` or ``10/03/26``, else None.

    A year no booking can have (2206, 0026) is a slip of the finger: None.
    """
    found = re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", text.strip())
    if found:
        year, month, day = (int(part) for part in found.groups())
    else:
        found = re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})", text.strip())
        if not found:
            return None
        day, month, year = (int(part) for part in found.groups())
        year += 2000 if year < 100 else 0  # noqa: PLR2004 - a two-digit year
    try:
        read = date(year, month, day)
    except ValueError:
        return None
    return read if of_our_time(read) else None


def read_hour(text: str) -> time | None:
    """Return the hour written ``9:30``, ``09h30``, ``0930``, ``9h`` or ``09:30:00``, else None."""
    found = re.fullmatch(
        r"(\d{1,2})\s*(?:[:hH.]\s*(\d{2})?(?::\d{2})?)", text.strip()
    ) or re.fullmatch(r"(\d{2})(\d{2})", text.strip())
    if not found:
        return None
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


def read_minutes(text: str) -> int | None:
    """Return the minutes written ``45``, ``45 min``, ``1h`` or ``1h15``; None when unreadable."""
    bare = text.strip().lower()
    found = re.fullmatch(r"(\d{1,3})\s*(?:m|mn|min|minutes?|')?", bare)
    if found:
        minutes = int(found.group(1))
    else:
        found = re.fullmatch(r"(\d)\s*(?:h|:)\s*(\d{2})?", bare)
        if not found:
            return None
        minutes = int(found.group(1)) * 60 + int(found.group(2) or 0)
    return minutes if 0 < minutes <= LONGEST_MINUTES else None
