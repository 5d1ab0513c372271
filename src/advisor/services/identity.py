"""Who signs what is typed here."""

from advisor.domain.cases.people import Adviser
from advisor.errors import RefusedError
from advisor.services.desk import Desk
from advisor.store.enrolled import Enrolled
from advisor.store.unit_of_work import Reading


class Identity:
    """The adviser of this home."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def me(self) -> Adviser | None:
        """Return who signs here, None when nobody said so yet."""
        with self._desk.read() as look:
            return look.settings.adviser()

    def organisation(self) -> str | None:
        """Return the organisation of this home: the adviser's, else the one it is enrolled by."""
        with self._desk.read() as look:
            adviser = look.settings.adviser()
            return adviser.organisation if adviser else _enrolled_as(look)

    def sign_in(self, name: str | None = None, organisation: str | None = None) -> Adviser:
        """Keep who signs from now on; what is None keeps its value. Returns the adviser."""
        with self._desk.write() as work:
            held = work.settings.adviser() or Adviser("", _enrolled_as(work) or "")
            adviser = Adviser(
                held.name if name is None else name.strip(),
                held.organisation if organisation is None else organisation.strip(),
            )
            if not adviser.name:
                raise RefusedError(
                    "Il manque le nom de la personne qui signe.",
                    "Indiquez un nom et une organisation.",
                )
            work.settings.keep_adviser(adviser)
        return adviser


def _enrolled_as(look: Reading) -> str | None:
    tie = Enrolled(look.connection).tie()
    return tie.organisation if tie else None
