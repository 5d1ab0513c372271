"""A funding scheme as declared in ``data/funding``: parts, rates, ceilings, uplift, period.

True on paper; no database, no window. Rates are between 0 and 1, money in euros.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from advisor.domain.aids.document import read_source
from advisor.domain.aids.rule_reading import read_day
from advisor.domain.sourced import Confidence, Period, Source


@dataclass(frozen=True, slots=True)
class FundingPart:
    """One part of a grant: which expenses, at which rate, up to which ceiling.

    ``each`` is a ceiling per practitioner, the whole staying under ``ceiling``; ``kinds`` are the
    kinds of structures it is for, empty for all.
    """

    base: tuple[str, ...]
    rate_low: float
    rate_high: float
    ceiling: float | None
    each: float | None = None
    kinds: tuple[str, ...] = ()

    def ceilings(self, practitioners: int | None) -> tuple[float | None, float | None]:
        """Return the lowest and highest ceilings that may apply to so many practitioners."""
        if self.each is None:
            return self.ceiling, self.ceiling
        if practitioners is None:
            return self.each, self.ceiling
        held = self.each * practitioners
        found = held if self.ceiling is None else min(held, self.ceiling)
        return found, found


@dataclass(frozen=True, slots=True)
class Uplift:
    """« Majoré de … % » when the place's class for doctors is one of ``zones``."""

    rate: float
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FundingScheme:
    """A dated scheme; ``zones`` restricts it to classes for doctors, empty for everywhere."""

    id: str
    title: str
    payer: str
    period: Period
    parts: tuple[FundingPart, ...]
    uplift: Uplift | None
    source: Source
    confidence: Confidence
    regions: tuple[str, ...] = ()
    departements: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    document: str = field(default="", repr=False)

    def parts_for(self, kind: str | None) -> tuple[FundingPart, ...]:
        """Return the parts for a kind of structure; with no kind, those of the first kinds."""
        if kind is None:
            first = self.parts[0].kinds if self.parts else ()
            return tuple(part for part in self.parts if part.kinds == first)
        return tuple(part for part in self.parts if not part.kinds or kind in part.kinds)


def _part(document: Mapping[str, Any]) -> FundingPart:
    rate = document.get("rate", 0)
    low, high = (rate["min"], rate["max"]) if isinstance(rate, Mapping) else (rate, rate)
    return FundingPart(
        base=tuple(document.get("base", ())),
        rate_low=float(low),
        rate_high=float(high),
        ceiling=document.get("ceiling"),
        each=document.get("each"),
        kinds=tuple(document.get("kinds", ())),
    )


def read_scheme(document: Mapping[str, Any]) -> FundingScheme:
    """Return the scheme of a document that follows ``data/schema/funding.schema.json``."""
    uplift = document.get("uplift")
    last: date | None = read_day(document.get("valid_to"))
    return FundingScheme(
        id=document["id"],
        title=document["title"],
        payer=document["payer"],
        period=Period(read_day(document.get("valid_from")), last),
        parts=tuple(_part(part) for part in document.get("parts", ())),
        uplift=Uplift(float(uplift["rate"]), tuple(uplift["zones"])) if uplift else None,
        source=read_source(document["source"]),
        confidence=Confidence(document["confidence"]),
        regions=tuple(document.get("regions", ())),
        departements=tuple(document.get("departements", ())),
        zones=tuple(document.get("zones", ())),
        remarks=tuple(document.get("remarks", ())),
        document=json.dumps(document, ensure_ascii=False, sort_keys=True),
    )


def scheme_to_json(scheme: FundingScheme) -> str:
    """Return the whole scheme as JSON text, the one that ``scheme_from_json`` reads back."""
    return scheme.document


def scheme_from_json(text: str) -> FundingScheme:
    """Return the scheme written in JSON text by ``scheme_to_json``."""
    return read_scheme(json.loads(text))
