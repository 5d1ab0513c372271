"""Works out an amount for a situation: components, ceilings, pro rata, schedule, total.

True on paper; no database, no window. Money in euros. What the sources do not give stays None
with its sentence; what the profile does not say yet is a range when both bounds are printed.
"""

from advisor.domain.aids.aid import Amount, AmountComponent, Instalment, Money, Status
from advisor.domain.aids.rules import AmountCase, AmountRule, ComponentRule, InstalmentRule
from advisor.domain.aids.situation import Situation
from advisor.domain.cases.profile_fields import label_of
from advisor.domain.words.french import listed, number_text

YEARLY_KINDS = ("yearly", "monthly", "percent")
NOTHING = Money(0, 0)


def _scaled(money: Money, factor: float) -> Money:
    return Money(round(money.low * factor, 2), round(money.high * factor, 2))


def _sum_of(case: AmountCase, situation: Situation) -> float | None:
    held = [situation.value(name) for name in case.of]
    known = [float(value) for value in held if value is not None]
    return sum(known) if known else None


def _of_percent(case: AmountCase, situation: Situation) -> Money | None:
    base = _sum_of(case, situation)
    if base is None:
        return None
    low, high = (_grant(base, case, rate) for rate in (case.percent, case.percent_high))
    return Money(low.low, (high if case.percent_high else low).high)


def _grant(base: float, case: AmountCase, percent: float | None) -> Money:
    """Return a share of an expense under its ceiling; an uplift raises the share or the ceiling."""
    share, factor = base * (percent or 0) / 100, 1 + case.uplift
    ceiling = share if case.ceiling is None else case.ceiling
    readings = (min(share, ceiling) * factor, min(share, ceiling * factor))
    return Money(round(min(readings), 2), round(max(readings), 2))


def _of_steps(case: AmountCase, situation: Situation) -> Money | None:
    held = situation.value(case.by)
    values = [value for _, value in case.steps]
    if held is None:
        return Money(min(values), max(values))
    reached = [value for threshold, value in sorted(case.steps) if held >= threshold]
    return Money(reached[-1], reached[-1]) if reached else None


def _value(case: AmountCase, situation: Situation) -> Money | None:
    if case.percent is not None:
        value = _of_percent(case, situation)
    elif case.steps:
        value = _of_steps(case, situation)
    else:
        value = case.value
    if value is not None and case.scale:
        field, full = case.scale
        held = situation.value(field)
        value = _scaled(value, 1 if held is None else min(1, held / full))
    return value


def _open_cases(rule: ComponentRule, situation: Situation) -> tuple[AmountCase, ...]:
    """Return the cases that may apply: one when the profile decides, several when it is open."""
    kept = []
    for case in rule.cases:
        verdict = case.when.verdict(situation).status if case.when else Status.ELIGIBLE
        if verdict is not Status.NOT_ELIGIBLE:
            kept.append(case)
        if verdict is Status.ELIGIBLE:
            break
    return tuple(kept)


def _missing_base(cases: tuple[AmountCase, ...], situation: Situation) -> tuple[str, ...]:
    names = dict.fromkeys(name for case in cases if case.percent is not None for name in case.of)
    return tuple(label_of(name).lower() for name in names if situation.value(name) is None)


def _component(rule: ComponentRule, situation: Situation) -> tuple[AmountComponent, str] | None:
    """Return the component and a sentence when it has no value; None when it does not apply."""
    cases = _open_cases(rule, situation)
    if not cases:
        return None
    values = [_value(case, situation) for case in cases]
    known = [value for value in values if value is not None]
    value = None
    if known and len(known) == len(values):
        value = Money(min(v.low for v in known), max(v.high for v in known))
    ceiling = next((case.ceiling for case in cases if case.ceiling is not None), None)
    part = AmountComponent(rule.id, rule.kind, value, ceiling, rule.years, rule.label)
    if value is not None:
        return part, ""
    missing = _missing_base(cases, situation)
    if missing:
        return (
            part,
            f"{rule.label or rule.id}\u202f: à chiffrer ({listed(missing, 'et')} à préciser).",
        )
    return part, " ".join(dict.fromkeys(case.sentence for case in cases if case.sentence))


def occurrences(part: AmountComponent) -> float | None:
    """Return how many times a component is paid, None when the sources do not print it."""
    return part.years if part.kind in YEARLY_KINDS else 1


def _total(parts: list[AmountComponent]) -> Money | None:
    if not parts or any(part.value is None or occurrences(part) is None for part in parts):
        return None
    low = sum(part.value.low * (occurrences(part) or 0) for part in parts if part.value)
    high = sum(part.value.high * (occurrences(part) or 0) for part in parts if part.value)
    return Money(round(low, 2), round(high, 2))


def _instalments(rules: tuple[InstalmentRule, ...], total: Money | None) -> tuple[Instalment, ...]:
    exact = total.low if total is not None and total.low == total.high else None
    found = []
    for rule in rules:
        if rule.amount is not None:
            found.append(Instalment(rule.when, rule.amount))
        elif rule.share is not None and exact is not None:
            found.append(Instalment(rule.when, round(exact * rule.share, 2)))
    return tuple(found)


def work_out(rule: AmountRule | None, situation: Situation) -> Amount | None:
    """Return the amount for a situation, None for an aid without any amount."""
    if rule is None:
        return None
    worked = [(part.outside_total, _component(part, situation)) for part in rule.components]
    held = [found for _, found in worked if found is not None]
    inside = [
        found[0]
        for outside, found in worked
        if found is not None and not outside and found[0].kind != "text"
    ]
    total = _total(inside)
    sentences = [sentence for _, sentence in held if sentence]
    if total is None and any(part.value and occurrences(part) is None for part in inside):
        sentences.append("Le nombre d’années de versement n’est pas imprimé dans la source.")
    return Amount(
        components=tuple(part for part, _ in held),
        total=total,
        schedule=_instalments(rule.schedule, total),
        basis=" ".join(dict.fromkeys([rule.basis, *sentences])),
    )


def at_stake(amount: Amount | None) -> Money:
    """Return the money that counts in totals: the total, else what is known of one occurrence."""
    if amount is None:
        return NOTHING
    if amount.total is not None:
        return amount.total
    known = [part for part in amount.components if part.value and part.kind != "text"]
    low = sum(part.value.low * (occurrences(part) or 1) for part in known if part.value)
    high = sum(part.value.high * (occurrences(part) or 1) for part in known if part.value)
    return Money(low, high)


def refund_on_exit(received: float, months_done: int, months_due: int) -> float:
    """Return what is paid back, in euros, when leaving before the end of the commitment."""
    if months_done >= months_due:
        return 0.0
    return round(received * (months_due - months_done) / months_due, 2)


def percent_text(rate: float) -> str:
    """Return « 40 % » for 0.4."""
    return f"{number_text(rate * 100)}\u202f%"
