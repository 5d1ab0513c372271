"""Tells two bookings that fall at the same time; a warning, never a refusal. Pure."""

from datetime import time

from advisor.domain.cases.appointment import AppointmentStatus
from advisor.domain.cases.synced import Life
from advisor.sync.merge import Record

DOUBLE_BOOKING = "double_booking"
SLOT = {"permanence", "at", "minutes", "status"}  # the fields that can make two bookings meet
FREE = {AppointmentStatus.CANCELLED.value, AppointmentStatus.ABSENT.value}


def takes_time(record: Record) -> bool:
    """Tell whether an appointment has an hour, and is neither cancelled nor missed."""
    return _minutes(record) is not None


def overlap(one: Record, other: Record) -> bool:
    """Tell whether two appointments of one permanence take the same minutes."""
    mine, theirs = _minutes(one), _minutes(other)
    if mine is None or theirs is None or one.id == other.id:
        return False
    return mine[0] < theirs[1] and theirs[0] < mine[1]


def _minutes(record: Record) -> tuple[int, int] | None:
    def value(name: str) -> object:
        held = record.fields.get(name)
        return held.current.value if held else None

    at, length = value("at"), value("minutes")
    if record.life is not Life.LIVE or value("status") in FREE or not isinstance(at, str):
        return None
    start = time.fromisoformat(at)
    first = start.hour * 60 + start.minute
    return first, first + (length if isinstance(length, int) else 30)
