"""Reads an aid from its declared document, and writes it back as JSON text.

True on paper; no database, no window. The loader of ``data/aids`` checks the document against
its schema first; a pack stores the JSON text and reads it back without any schema library.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from advisor.domain.aids.aid import Money
from advisor.domain.aids.rule_reading import read_day, read_rule
from advisor.domain.aids.rules import (
    Aid,
    AmountCase,
    AmountRule,
    ComponentRule,
    Condition,
    ExampleProfile,
    InstalmentRule,
    Step,
)
from advisor.domain.aids.situation import Term
from advisor.domain.sourced import Confidence, Source

Document = Mapping[str, Any]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


def to_json(aid: Aid) -> str:
    """Return the whole aid as JSON text, the one that ``from_json`` reads back."""
    return aid.document


def from_json(text: str) -> Aid:
    """Return the aid written in JSON text by ``to_json``."""
    return read_aid(json.loads(text))


def read_source(document: Document) -> Source:
    """Return a source: document, locator, the day it was read."""
    return Source(
        document["document"], document.get("locator", ""), read_day(document.get("read_on"))
    )


def _money(value: Any) -> Money | None:
    if value is None:
        return None
    if isinstance(value, Mapping):
        return Money(float(value["min"]), float(value["max"]))
    return Money(float(value), float(value))


def _case(document: Document) -> AmountCase:
    of, scale, percent = document.get("of", ()), document.get("scale"), document.get("percent")
    low, high = (
        (percent["min"], percent["max"]) if isinstance(percent, Mapping) else (percent, None)
    )
    return AmountCase(
        when=read_rule(document["when"]) if "when" in document else None,
        value=_money(document.get("value")),
        percent=low,
        percent_high=high,
        uplift=document.get("uplift", 0),
        of=(of,) if isinstance(of, str) else tuple(of),
        ceiling=document.get("ceiling"),
        steps=tuple((float(a), float(b)) for a, b in document.get("steps", ())),
        by=document.get("by", ""),
        scale=(scale["by"], float(scale["full"])) if scale else None,
        sentence=document.get("sentence", ""),
    )


def _component(document: Document) -> ComponentRule:
    cases = document.get("cases") or [document]
    return ComponentRule(
        id=document["id"],
        kind=document["kind"],
        label=document.get("label", ""),
        cases=tuple(_case(case) for case in cases),
        years=document.get("years"),
        outside_total=document.get("outside_total", False),
    )


def _amount(document: Document | None) -> AmountRule | None:
    if document is None:
        return None
    return AmountRule(
        document["basis"],
        tuple(_component(part) for part in document.get("components", ())),
        tuple(
            InstalmentRule(part["when"], part.get("share"), part.get("amount"))
            for part in document.get("schedule", ())
        ),
    )


def _condition(document: Document) -> Condition:
    return Condition(
        document["id"],
        document["text"],
        read_rule(document["rule"]),
        document.get("legal_ref", ""),
        document.get("if_no", ""),
        document.get("if_unknown", ""),
    )


def _step(document: Document) -> Step:
    documents = tuple(document.get("documents", ()))
    return Step(document["what"], document.get("who", ""), document.get("day"), documents)


def _example(document: Document) -> ExampleProfile:
    day = read_day(document["day"])
    return ExampleProfile(
        expect=document["expect"],
        day=day or date.max,
        profile=_plain(document["profile"]),
        place=_plain(document.get("place", {})),
        total=document.get("total"),
        why=document.get("why", ""),
    )


def read_aid(document: Document) -> Aid:
    """Return the aid of a document that follows ``data/schema/aid.schema.json``."""
    term = document.get("term", {})
    return Aid(
        id=document["id"],
        title=document["title"],
        category=document["category"],
        payer=document["payer"],
        counterpart=document.get("counterpart", ""),
        conditions=tuple(_condition(part) for part in document["conditions"]),
        amount=_amount(document.get("amount")),
        source=read_source(document["source"]),
        confidence=Confidence(document["confidence"]),
        valid_from=read_day(document.get("valid_from")),
        valid_to=read_day(document.get("valid_to")),
        term=Term(term.get("years"), term.get("renewal", "none")),
        exclusive_with=tuple(document.get("exclusive_with", ())),
        legal_refs=tuple(document.get("legal_refs", ())),
        other_sources=tuple(read_source(part) for part in document.get("other_sources", ())),
        not_settled=tuple(document.get("not_settled", ())),
        remarks=tuple(document.get("remarks", ())),
        steps=tuple(_step(part) for part in document.get("steps", ())),
        refund_months=document.get("refund_months"),
        is_limit=document.get("limit", False),
        verified_on=read_day(document["source"].get("read_on")),
        profiles=tuple(_example(part) for part in document.get("profiles", ())),
        document=json.dumps(_plain(document), ensure_ascii=False, sort_keys=True),
    )
