"""An aid as declared in ``data/aids``: conditions, amounts, cumul, sources, all frozen data.

True on paper; no database, no window. ``eligibility`` interprets it, ``aid_document`` reads it
from a document and writes it back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from advisor.domain.aids.aid import Money
from advisor.domain.aids.conditions import Rule
from advisor.domain.aids.situation import Term
from advisor.domain.sourced import Confidence, Source


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: its words, the rule behind them, the article.

    ``if_no`` and ``if_unknown`` replace the sentence told when it fails or stays open.
    """

    id: str
    text: str
    rule: Rule
    legal_ref: str = ""
    if_no: str = ""
    if_unknown: str = ""


@dataclass(frozen=True, slots=True)
class AmountCase:
    """One way to value a component, used when ``when`` holds (None: always).

    ``value`` is fixed; else ``percent`` (to ``percent_high``) of money fields, capped by
    ``ceiling``, with both readings of an ``uplift`` that may raise either; else ``steps``,
    (threshold, value) pairs read by the field ``by``, the highest threshold reached. ``scale``
    is (field, full): the value is reduced in proportion when the field is under ``full``.
    ``sentence`` tells why there is no value.
    """

    when: Rule | None = None
    value: Money | None = None
    percent: float | None = None
    percent_high: float | None = None
    uplift: float = 0
    of: tuple[str, ...] = ()
    ceiling: float | None = None
    steps: tuple[tuple[float, float], ...] = ()
    by: str = ""
    scale: tuple[str, float] | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class ComponentRule:
    """A part of the amount; ``outside_total`` for supplements not tied to the place.

    ``years`` counts yearly occurrences, or months for a monthly part; None when not printed.
    """

    id: str
    kind: str
    label: str
    cases: tuple[AmountCase, ...]
    years: float | None = None
    outside_total: bool = False


@dataclass(frozen=True, slots=True)
class InstalmentRule:
    """One payment: when, and its share of the total or a plain amount."""

    when: str
    share: float | None = None
    amount: float | None = None


@dataclass(frozen=True, slots=True)
class AmountRule:
    """How the amount is worked out; ``basis`` is the French sentence that says so."""

    basis: str
    components: tuple[ComponentRule, ...] = ()
    schedule: tuple[InstalmentRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One démarche: who does what, how many days before (negative) or after installation."""

    what: str
    who: str = ""
    day: int | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExampleProfile:
    """A profile that must give an answer, run as a test; see ``data/aids/README.md``."""

    expect: str
    day: date
    profile: Mapping[str, Any]
    place: Mapping[str, Any]
    total: Any = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Aid:
    """A declared aid, or a limit when ``is_limit`` (then « eligible » means that it applies).

    ``document`` is the text it was read from, as canonical JSON: equal text, equal aid.
    """

    id: str
    title: str
    category: str
    payer: str
    counterpart: str
    conditions: tuple[Condition, ...]
    amount: AmountRule | None
    source: Source
    confidence: Confidence
    valid_from: date | None = None
    valid_to: date | None = None
    term: Term = field(default_factory=Term)
    exclusive_with: tuple[str, ...] = ()
    legal_refs: tuple[str, ...] = ()
    other_sources: tuple[Source, ...] = ()
    not_settled: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    refund_months: int | None = None
    is_limit: bool = False
    verified_on: date | None = None
    profiles: tuple[ExampleProfile, ...] = field(default=(), compare=False, repr=False)
    document: str = field(default="", repr=False)
