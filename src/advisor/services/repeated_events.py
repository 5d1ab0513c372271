"""The dates of a calendar event that repeats (RRULE, RDATE, EXDATE), within twelve months.

Knows the calendar's words only; must not know bookings.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from advisor.errors import BadDataError

MONTHS_AHEAD = timedelta(days=366)
MOST_DATES = 400
MOST_TRIED = 100_000  # past dates of an old series are gone through
RHYTHMS = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}


def is_repeated(event: Any) -> bool:
    """Tell whether an event stands for several dates."""
    return "RRULE" in event or "RDATE" in event


def starts_of(event: Any, today: date, moved: set[Any]) -> list[Any]:
    """Return when an event begins, each time it is held from ``today`` and for twelve months.

    ``moved`` holds the dates the calendar tells apart, which are left to those events.
    BadDataError when the rule cannot be read or gives no date to come.
    """
    first = event["DTSTART"].dt
    left_out = {_day_or_instant(one) for one in _dates(event, "EXDATE")} | moved
    found = {*_by_rule(event, first, today), *_dates(event, "RDATE")}
    ahead = today + MONTHS_AHEAD
    kept = [
        one
        for one in sorted(found, key=_comparable)
        if today <= _day(one) <= ahead and _day_or_instant(one) not in left_out
    ]
    if not kept:
        raise BadDataError("Cet évènement se répète, et aucune de ses dates n’est à venir.")
    return kept[:MOST_DATES]


def moved_dates(events: list[Any]) -> dict[str, set[Any]]:
    """Return, by event identifier, the dates that another event of the calendar replaces."""
    found: dict[str, set[Any]] = {}
    for event in events:
        if "RECURRENCE-ID" in event:
            uid = str(event.get("UID", ""))
            found.setdefault(uid, set()).add(_day_or_instant(event["RECURRENCE-ID"].dt))
    return found


def _by_rule(event: Any, first: Any, today: date) -> Iterator[Any]:
    from dateutil.rrule import rrulestr  # noqa: PLC0415  (loaded for the rare calendar)

    if "RRULE" not in event:
        yield first
        return
    rules = event["RRULE"]
    if isinstance(rules, list):
        raise BadDataError("Cet évènement suit plusieurs règles de répétition.")
    rule = {name: values for name, values in rules.items() if name not in {"UNTIL", "COUNT"}}
    if str(rule.get("FREQ", [""])[0]).upper() not in RHYTHMS:
        raise BadDataError("Cet évènement se répète à un rythme qui n’est pas celui d’un agenda.")
    if int(rule.get("INTERVAL", [1])[0]) < 1:
        raise BadDataError("La répétition de cet évènement n’est pas lisible.")
    start = first if isinstance(first, datetime) else datetime.combine(first, time())
    text = type(rules)(rule).to_ical().decode("ascii")
    last = datetime.combine(today + MONTHS_AHEAD, time.max, tzinfo=start.tzinfo)
    until = rules.get("UNTIL")
    if until:
        last = min(last, _bound(until[0], start))
    most = int(rules.get("COUNT", [MOST_TRIED])[0])
    for one in islice(rrulestr(text, dtstart=start).replace(until=last), min(most, MOST_TRIED)):
        yield one if isinstance(first, datetime) else one.date()


def _bound(until: Any, start: datetime) -> datetime:
    """Return the last instant of a rule as its first one is told: with a zone or without."""
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max, tzinfo=start.tzinfo)
    if start.tzinfo is None:
        return until.replace(tzinfo=None)
    return until if until.tzinfo else until.replace(tzinfo=start.tzinfo)


def _dates(event: Any, name: str) -> Iterator[Any]:
    held = event.get(name, [])
    for group in held if isinstance(held, list) else [held]:
        for one in group.dts:
            yield one.dt[0] if isinstance(one.dt, tuple) else one.dt


def _day(moment: Any) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _comparable(moment: Any) -> tuple[date, str]:
    return _day(moment), str(moment)


def _day_or_instant(moment: Any) -> Any:
    """Return what makes two writings of one date equal: an instant in UTC, or the day."""
    if isinstance(moment, datetime) and moment.tzinfo:
        return moment.astimezone(UTC)
    return moment
