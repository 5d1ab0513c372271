"""What a use case touched, told to the screens and to the command line.

True on paper; no database, no window.
"""

from collections.abc import Iterable
from typing import Any

from advisor.domain.cases.appointment import Changed
from advisor.domain.cases.bookings import BOOKING_NAMES


class Changes(list[Changed]):
    """Every record touched, the main one first; empty when nothing changed."""

    @property
    def id(self) -> str:
        """Return the id of the main record; IndexError when nothing changed."""
        return self[0].id

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return the French remarks to show beside what was typed, each once."""
        return tuple(dict.fromkeys(text for change in self for text in change.warnings))

    def spoken(self) -> dict[str, tuple[Any, Any]]:
        """Return every field with (old, new), named as the command line names it.

        Profile fields and ``status`` bare, booking fields as ``booking.nom``, the others
        prefixed by their kind (``referral.status``).
        """
        return {
            spoken_name(change.entity, name): values
            for change in self
            for name, values in change.fields.items()
        }


def spoken_name(entity: str, name: str) -> str:
    """Return the name the command line gives to a field of a kind of record."""
    booked = BOOKING_NAMES.get((entity, name))
    if booked:
        return f"booking.{booked}"
    return name if entity in {"project", "appointment"} else f"{entity}.{name}"


def joined(*groups: Iterable[Changed]) -> Changes:
    """Return one list from several, in order."""
    return Changes(change for group in groups for change in group)
