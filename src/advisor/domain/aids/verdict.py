"""The three answers of a condition and how they combine (strong Kleene logic).

True on paper; no database, no window. « False » decides a conjunction even when the rest is
unknown, « true » decides an alternative; everything else stays to be verified.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.domain.aids.aid import Status

BETWEEN_FACTS = "\u202f; "


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a condition answers: status, missing profile fields, a short French detail.

    ``missing`` is only filled when the answer is to be verified; ``remarks`` are French
    sentences that the aid carries whatever the answer (a zoning being recast, for instance).
    """

    status: Status
    missing: tuple[str, ...] = ()
    detail: str = ""
    remarks: tuple[str, ...] = ()


def yes(detail: str = "", remarks: tuple[str, ...] = ()) -> Verdict:
    """Build the answer « fulfilled »."""
    return Verdict(Status.ELIGIBLE, (), detail, remarks)


def no(detail: str = "", remarks: tuple[str, ...] = ()) -> Verdict:
    """Build the answer « not fulfilled »."""
    return Verdict(Status.NOT_ELIGIBLE, (), detail, remarks)


def unknown(*missing: str, detail: str = "", remarks: tuple[str, ...] = ()) -> Verdict:
    """Build the answer « to be verified », naming the fields that would settle it."""
    return Verdict(Status.TO_VERIFY, tuple(missing), detail, remarks)


def settled(*, fulfilled: bool, detail: str = "") -> Verdict:
    """Build « fulfilled » or « not fulfilled » from a plain truth value."""
    return yes(detail) if fulfilled else no(detail)


def _details(verdicts: Iterable[Verdict]) -> str:
    """Join what was seen, each fact once however deep it was seen."""
    facts = [fact for v in verdicts if v.detail for fact in v.detail.split(BETWEEN_FACTS)]
    return BETWEEN_FACTS.join(dict.fromkeys(facts))


def _remarks(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    found = [v.remarks for v in verdicts if v.remarks]
    return tuple(dict.fromkeys(remark for remarks in found for remark in remarks))


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """Combine with « and »: one refusal refuses and says why, else one doubt leaves a doubt."""
    held = tuple(verdicts)
    status = together(held)
    found = [v for v in held if v.status is status]
    missing = dict.fromkeys(name for v in found for name in v.missing)
    told = found[:1] if status is Status.NOT_ELIGIBLE else found
    return Verdict(status, tuple(missing), _details(told), _remarks(held))


def together(verdicts: Iterable[Verdict]) -> Status:
    """Return what several answers amount to when all must hold."""
    statuses = {v.status for v in verdicts}
    if Status.NOT_ELIGIBLE in statuses:
        return Status.NOT_ELIGIBLE
    return Status.TO_VERIFY if Status.TO_VERIFY in statuses else Status.ELIGIBLE


def either(verdicts: Iterable[Verdict]) -> Verdict:
    """Combine with « or »: one yes is enough, else the first doubt says what to ask.

    The branches are written in the order an adviser would ask, so only the first open branch
    names its missing fields.
    """
    held = tuple(verdicts)
    for status in (Status.ELIGIBLE, Status.TO_VERIFY):
        for verdict in held:
            if verdict.status is status:
                return Verdict(status, verdict.missing, verdict.detail, _remarks(held))
    return Verdict(Status.NOT_ELIGIBLE, (), _details(held), _remarks(held))


def negated(verdict: Verdict) -> Verdict:
    """Turn yes into no and no into yes; a doubt stays a doubt."""
    opposite = {Status.ELIGIBLE: Status.NOT_ELIGIBLE, Status.NOT_ELIGIBLE: Status.ELIGIBLE}
    status = opposite.get(verdict.status, verdict.status)
    return Verdict(status, verdict.missing, verdict.detail, verdict.remarks)
