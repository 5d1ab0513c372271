"""The professional received, the adviser who receives, the partners people are sent to.

True on paper; no database, no window. There is no field for patient data, ever.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Adviser:
    """Who signs what is typed here."""

    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Professional:
    """A visitor: names and ways to call them back, nothing more."""

    id: str
    nom: str
    prenom: str
    profession: str
    telephone: str = ""
    email: str = ""

    @property
    def display_name(self) -> str:
        """Return « Prénom Nom », or « Sans nom » when nothing was given."""
        return f"{self.prenom} {self.nom}".strip() or "Sans nom"


@dataclass(frozen=True, slots=True)
class Partner:
    """An institution's functional contact; never a named person.

    ``departements`` empty means the whole ``region``; ``role`` is what they are asked for.
    """

    id: str
    name: str
    organisation: str
    role: str
    region: str = ""
    departements: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    address: str = ""
    source: str = ""
    verified_on: date | None = None
    note: str = ""
