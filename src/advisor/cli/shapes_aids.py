"""Evaluated aids as the contract's JSON, and the lines that say the same to a person."""

from collections.abc import Iterable
from typing import Any

from advisor.cli.shapes import day, money, money_range, plain
from advisor.cli.wording import euros
from advisor.domain.aids.aid import AidAnswer, AidsForPlace, Amount, AmountComponent, Reason, Status

STATUS_WORDS = {
    Status.ELIGIBLE: "éligible",
    Status.TO_VERIFY: "à vérifier",
    Status.NOT_ELIGIBLE: "non",
}


def aids_for_place(found: AidsForPlace) -> dict[str, Any]:
    """Shape the whole catalogue worked out for one profile and place."""
    question = found.next_question
    return {
        "aids": [aid(answer) for answer in found.aids],
        "limits": [aid(answer) for answer in (*found.limits, *found.limits_set_aside)],
        "next_question": question
        and {"field": question.field, "label": question.label, "stake": plain(question.stake)},
        "total": money_range(found.total),
        "notes": list(found.notes),
    }


def aid(answer: AidAnswer) -> dict[str, Any]:
    """Shape one aid: its verdict, its reasons, what is missing, what it pays."""
    return {
        "id": answer.id,
        "title": answer.title,
        "status": str(answer.status),
        "amount": amount(answer.amount),
        "reasons": [reason(one) for one in answer.reasons],
        "missing": list(answer.missing),
        "payer": answer.payer,
        "counterpart": answer.counterpart,
        "exclusive_with": list(answer.exclusive_with),
        "legal_refs": list(answer.legal_refs),
        "source": str(answer.source),
        "valid_from": day(answer.valid_from),
        "valid_to": day(answer.valid_to),
        "confidence": str(answer.confidence),
        "category": answer.category,
        "remarks": list(answer.remarks),
        "not_settled": list(answer.not_settled),
        "verified_on": day(answer.verified_on),
    }


def reason(one: Reason) -> dict[str, Any]:
    """Shape one condition with its verdict."""
    return {
        "condition": one.condition,
        "status": str(one.status),
        "explanation": one.explanation,
        "legal_ref": one.legal_ref,
    }


def amount(whole: Amount | None) -> dict[str, Any] | None:
    """Shape an amount; null when the aid pays nothing that can be told."""
    if whole is None:
        return None
    return {
        "components": [component(part) for part in whole.components],
        "total": money(whole.total),
        "schedule": [{"when": one.when, "amount": plain(one.amount)} for one in whole.schedule],
        "basis": whole.basis,
    }


def component(part: AmountComponent) -> dict[str, Any]:
    """Shape one part of an amount, for one occurrence."""
    return {
        "id": part.id,
        "kind": part.kind,
        "value": money(part.value),
        "ceiling": None if part.ceiling is None else plain(part.ceiling),
        "years": None if part.years is None else plain(part.years),
        "label": part.label,
    }


def lines_for(found: AidsForPlace) -> list[str]:
    """Tell the aids that count, what to ask next, and how many do not apply."""
    lines: list[str] = []
    for status in (Status.ELIGIBLE, Status.TO_VERIFY):
        lines += _lines_of((a for a in found.aids if a.status is status), status)
    refused = sum(a.status is Status.NOT_ELIGIBLE for a in found.aids)
    lines.append(f"{refused} autres aides, non applicables ({len(found.aids)} au catalogue).")
    lines += [f"Limite : {a.title} ({STATUS_WORDS[a.status]})" for a in found.limits]
    if found.next_question:
        lines.append(f"Question qui compte : {found.next_question.label}")
    lines.append(f"Total possible : {euros(found.total)}")
    return [*lines, *found.notes]


def _lines_of(answers: Iterable[AidAnswer], status: Status) -> list[str]:
    lines: list[str] = []
    for one in answers:
        paid = euros(one.amount.total if one.amount else None)
        lines.append(f"{STATUS_WORDS[status]:>11}  {one.title} ({one.id}), {paid}")
        open_reasons = [r for r in one.reasons if r.status is status]
        if status is Status.TO_VERIFY:
            lines += [f"{'':13}{r.explanation}" for r in open_reasons]
    return lines
