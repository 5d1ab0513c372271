"""Tells two bookings that fall at the same time; a warning, never a refusal. Pure."""

from datetime import time

from advisor.domain.cases.appointment import AppointmentStatus
from advisor.domain.cases.synced import Life
from advisor.sync.merge import Record

DOUBLE_BOOKING = "double_booking"
SLOT = {"permanence", "at", "minutes", "status"}  # the fields that can make two bookings meet
LAST_MINUTE = 24 * 60 - 1
FREE = {AppointmentStatus.CANCELLED.value, AppointmentStatus.ABSENT.value}


def minutes_of(record: Record) -> tuple[int, int] | None:
    """Return the first minute an appointment takes and the first it leaves, None when none."""

    def value(name: str) -> object:
        held = record.fields.get(name)
        return held.current.value if held else None

    at, length = value("at"), value("minutes")
    if record.life is not Life.LIVE or value("status") in FREE or not isinstance(at, str):
        return None
    start = time.fromisoformat(at)
    first = start.hour * 60 + start.minute
    return first, first + (length if isinstance(length, int) else 30)
