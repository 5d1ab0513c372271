"""Real-estate and structure funding by dated scheme: a rate, a ceiling, an uplift, a grant.

True on paper; no database, no window. Money in euros, rates between 0 and 1. Where a text
allows two readings, both are answered and the grant runs from the lower to the higher.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.domain.aids.aid import Money
from advisor.domain.aids.funding_request import FundingRequest
from advisor.domain.aids.funding_rules import FundingPart, FundingScheme
from advisor.domain.aids.place_facts import PlaceFacts
from advisor.domain.sourced import Source
from advisor.errors import NotFoundError, RefusedError

DOCTOR = "medecin_generaliste"
CAPPED = "Montant calculé, dans la limite du plafond"
GRANT_RAISED = "La majoration s’applique à la subvention, après plafond"
CEILING_RAISED = "La majoration s’applique au plafond"
NO_UPLIFT = "Sans majoration"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the text: its id, the French sentence, the grant in euros."""

    id: str
    text: str
    grant: Money


@dataclass(frozen=True, slots=True)
class SchemeAnswer:
    """A scheme worked out for a project; ``grant`` None when the sources do not allow a figure.

    ``rate`` is a number between 0 and 1, or ``{"min", "max"}``; ``uplift`` likewise a number,
    0 when it does not apply, None when the zone that decides it is unknown.
    """

    id: str
    title: str
    rate: float | Mapping[str, float] | None
    ceiling: float | None
    uplift: float | None
    grant: Money | None
    readings: tuple[Reading, ...]
    source: Source
    remarks: tuple[str, ...] = ()


def _in_place(scheme: FundingScheme, place: PlaceFacts) -> bool:
    if scheme.departements and place.departement not in scheme.departements:
        return False
    return not scheme.regions or place.region in scheme.regions


def _zone_allows(scheme: FundingScheme, place: PlaceFacts, day: date) -> bool | None:
    """Tell whether the scheme's own zone condition holds; None when the zone is unknown."""
    if not scheme.zones:
        return True
    entry = place.zone(DOCTOR, day)
    return None if entry is None else entry.zone_class in scheme.zones


def _raised(scheme: FundingScheme, place: PlaceFacts, day: date) -> bool | None:
    if scheme.uplift is None:
        return False
    entry = place.zone(DOCTOR, day)
    return None if entry is None else entry.zone_class in scheme.uplift.zones


def _capped(amount: float, ceiling: float | None) -> float:
    return round(amount if ceiling is None else min(amount, ceiling), 2)


def _part_grant(part: FundingPart, request: FundingRequest) -> Money | None:
    """Return the grant of one part of a scheme, None when its expense is not given."""
    base = request.expense(part.base)
    if base is None or not part.rate_high:
        return None
    low, high = part.ceilings(request.practitioners)
    return Money(
        _capped(base * part.rate_low, low),
        _capped(base * part.rate_high, high),
    )


def _plain_grant(scheme: FundingScheme, request: FundingRequest) -> Money | None:
    grants = [_part_grant(part, request) for part in scheme.parts_for(request.kind)]
    known = [grant for grant in grants if grant is not None]
    if not known:
        return None
    return Money(sum(g.low for g in known), sum(g.high for g in known))


def _uplifted(scheme: FundingScheme, request: FundingRequest, grant: Money) -> list[Reading]:
    """Return both readings of « majoré de … % » (only called when the scheme has an uplift)."""
    factor = 1 + (scheme.uplift.rate if scheme.uplift else 0)
    part = scheme.parts_for(request.kind)[0]
    base = request.expense(part.base) or 0
    ceiling = None if part.ceiling is None else part.ceiling * factor
    return [
        Reading(
            "subvention_majoree",
            GRANT_RAISED,
            Money(round(grant.low * factor, 2), round(grant.high * factor, 2)),
        ),
        Reading(
            "plafond_majore",
            CEILING_RAISED,
            Money(_capped(base * part.rate_low, ceiling), _capped(base * part.rate_high, ceiling)),
        ),
    ]


def _readings(
    scheme: FundingScheme, request: FundingRequest, grant: Money | None, *, raised: bool | None
) -> tuple[Reading, ...]:
    if grant is None:
        return ()
    if raised is False:
        return (Reading("plafonnee", CAPPED, grant),)
    plain = [Reading("sans_majoration", NO_UPLIFT, grant)] if raised is None else []
    return (*plain, *_uplifted(scheme, request, grant))


def _rate(part: FundingPart) -> float | Mapping[str, float] | None:
    if part.rate_low == part.rate_high:
        return part.rate_low
    return {"min": part.rate_low, "max": part.rate_high}


def _remarks(scheme: FundingScheme, reason: str, *, zone_unknown: bool) -> tuple[str, ...]:
    found = list(scheme.remarks)
    if zone_unknown:
        found.append(f"À vérifier\u202f: zone du lieu inconnue ({reason}).")
    return tuple(found)


def work_out(scheme: FundingScheme, request: FundingRequest, place: PlaceFacts) -> SchemeAnswer:
    """Return the grant of one scheme, without asking whether it is open."""
    raised = _raised(scheme, place, request.day)
    allowed = _zone_allows(scheme, place, request.day)
    grant = _plain_grant(scheme, request)
    readings = _readings(scheme, request, grant, raised=raised)
    if readings:
        grant = Money(
            min(one.grant.low for one in readings), max(one.grant.high for one in readings)
        )
    part = next(iter(scheme.parts_for(request.kind)), None)
    rate = scheme.uplift.rate if scheme.uplift else 0.0
    return SchemeAnswer(
        id=scheme.id,
        title=scheme.title,
        rate=_rate(part) if part and part.rate_high else None,
        ceiling=part.ceiling if part else None,
        uplift={True: rate, False: 0.0, None: None}[raised],
        grant=grant,
        readings=readings,
        source=scheme.source,
        remarks=_remarks(
            scheme,
            place.why_unknown(DOCTOR, request.day),
            zone_unknown=allowed is None or raised is None,
        ),
    )


def _refusal(scheme: FundingScheme, request: FundingRequest, place: PlaceFacts) -> str:
    """Return why a scheme cannot be used, empty when it can."""
    if not scheme.period.holds(request.day):
        return f"Le dispositif «\u202f{scheme.title}\u202f» n’est pas ouvert à cette date."
    if not _in_place(scheme, place):
        return f"Le dispositif «\u202f{scheme.title}\u202f» ne concerne pas ce territoire."
    if _zone_allows(scheme, place, request.day) is False:
        return f"Le dispositif «\u202f{scheme.title}\u202f» ne concerne pas cette zone."
    return ""


def work_out_schemes(
    schemes: Sequence[FundingScheme], raw: Mapping[str, Any], place: PlaceFacts
) -> tuple[SchemeAnswer, ...]:
    """Return the scheme asked for, or every scheme open on the date for the place.

    ``raw`` is the input of the contract. Raises BadDataError for a bad input, NotFoundError for
    an unknown scheme, RefusedError when the scheme asked for is closed or elsewhere.
    """
    request = FundingRequest.read(raw)
    if request.scheme is None:
        return tuple(
            work_out(one, request, place) for one in schemes if not _refusal(one, request, place)
        )
    for one in schemes:
        if one.id == request.scheme:
            why = _refusal(one, request, place)
            if why:
                raise RefusedError(
                    why, "Laissez le dispositif vide pour voir ceux qui sont ouverts."
                )
            return (work_out(one, request, place),)
    known = ", ".join(one.id for one in schemes)
    raise NotFoundError(
        f"Le dispositif «\u202f{request.scheme}\u202f» n’existe pas.",
        f"Dispositifs connus\u202f: {known}.",
    )
