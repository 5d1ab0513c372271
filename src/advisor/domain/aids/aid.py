"""What an evaluated aid says: three-valued status, reasons, amounts, what is missing.

True on paper; no database, no window. Declared rules are in ``aid_rules``; the interpreter
that produces these answers is ``eligibility``. Money is in euros.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from advisor.domain.sourced import Confidence, Source


class Status(StrEnum):
    """The three answers, never two."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    TO_VERIFY = "to_verify"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount between two bounds; equal bounds are a single figure."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class AmountComponent:
    """A part of an amount for this profile; ``value`` None when the sources give none.

    ``kind`` is lump, yearly, monthly, percent or text; ``value`` is for one occurrence, after
    percent and ceiling; ``years`` how many yearly occurrences (months for monthly).
    """

    id: str
    kind: str
    value: Money | None
    ceiling: float | None = None
    years: float | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment of a schedule: ``when`` in French (« à la signature »), ``amount`` in euros."""

    when: str
    amount: float


@dataclass(frozen=True, slots=True)
class Amount:
    """The whole amount: components, total over the commitment, schedule and its French basis."""

    components: tuple[AmountComponent, ...]
    total: Money | None
    schedule: tuple[Instalment, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition with its verdict, told to a doctor, and the article it comes from."""

    condition: str
    status: Status
    explanation: str
    legal_ref: str = ""


@dataclass(frozen=True, slots=True)
class AidAnswer:
    """An aid worked out for one profile and place on one day.

    ``missing`` names profile fields of conditions still open, and ``zone``.
    ``not_settled`` are French sentences on what the sources leave open.
    ``category`` groups aids for display (« Médecins », « Collectivités »…).
    """

    id: str
    title: str
    status: Status
    amount: Amount | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    payer: str
    counterpart: str
    exclusive_with: tuple[str, ...]
    legal_refs: tuple[str, ...]
    source: Source
    valid_from: date | None
    valid_to: date | None
    confidence: Confidence
    category: str = ""
    not_settled: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """The one question to ask next: ``stake`` is the money that hangs on it, in euros."""

    field: str
    label: str
    stake: float


@dataclass(frozen=True, slots=True)
class AidsForPlace:
    """The whole catalogue for one profile and place; each id exactly once.

    ``limits`` are those that may bind, ``limits_set_aside`` those that do not apply here.
    """

    commune: str
    day: date
    aids: tuple[AidAnswer, ...]
    limits: tuple[AidAnswer, ...]
    next_question: NextQuestion | None
    total: Money
    notes: tuple[str, ...] = ()
    limits_set_aside: tuple[AidAnswer, ...] = ()
