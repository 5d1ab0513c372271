"""Figures and days as a French reader expects them, for the lines of the command line."""

from datetime import date

from advisor.domain.aids.aid import Money
from advisor.domain.cases.appointment import AppointmentStatus, OutcomeKind, ReferralStatus
from advisor.domain.cases.profile import FIELDS
from advisor.domain.words.wording import NARROW, counted, euros_between, listed, number, short_date

__all__ = ["NARROW", "counted", "euros", "french_day", "listed", "number", "people"]

STATUS_LABELS = {
    AppointmentStatus.BOOKED: "prévu",
    AppointmentStatus.WALK_IN: "sans rendez-vous",
    AppointmentStatus.RECEIVED: "reçu",
    AppointmentStatus.ABSENT: "absent",
    AppointmentStatus.CANCELLED: "annulé",
}
REFERRAL_LABELS = {
    ReferralStatus.TO_CONTACT: "à contacter",
    ReferralStatus.CONTACTED: "contacté",
    ReferralStatus.TAKEN: "pris en charge",
    ReferralStatus.CLOSED: "clos",
}
OUTCOME_LABELS = {
    OutcomeKind.INSTALLED: "installé",
    OutcomeKind.UNDER_WAY: "en cours",
    OutcomeKind.ABANDONED: "abandonné",
    OutcomeKind.NO_FOLLOW_UP: "sans suite",
}


def choice_label(name: str, code: str) -> str:
    """Return the French label of a profile field's choice, else the code itself."""
    field = FIELDS.get(name)
    return dict(field.choices).get(code, code) if field else code


def euros(money: Money | None) -> str:
    """Write an amount, a range, or that it is not known."""
    return "montant non chiffré" if money is None else euros_between(money.low, money.high)


def people(count: int | None) -> str:
    """Write a population."""
    return "population non détenue" if count is None else f"{number(count)} hab."


def french_day(day: date | None) -> str:
    """Write a day as 22/11/2026."""
    return "" if day is None else short_date(day)
