"""Writes the sheet: an interview, what was found for its places, and the pack, in plain French.

True on paper; no database, no page. What two people left in conflict is said « à confirmer »;
what is unknown is said unknown; every figure carries its date and points to its source.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from advisor.domain.appointment import Interview, ReferralStatus
from advisor.domain.conditions import value_text
from advisor.domain.pack import PackInfo
from advisor.domain.people import Adviser, Partner
from advisor.domain.profile import read_value
from advisor.domain.profile_fields import FIELDS, label_of
from advisor.domain.sheet import (
    SCHEMA_VERSION,
    TO_CONFIRM,
    Contact,
    Meeting,
    PackStamp,
    SheetContent,
    SheetStep,
    Visitor,
)
from advisor.domain.sheet_aids import (
    AidOverPlaces,
    cards,
    limit_lines,
    open_aids,
    over_places,
    refused_aids,
)
from advisor.domain.sheet_notes import Notes
from advisor.domain.sheet_places import PlaceFinding, departement_text, strip_of
from advisor.domain.steps import Step, countdown
from advisor.domain.wording import (
    clause,
    counted,
    euros,
    hour,
    instant,
    listed,
    long_date,
    possible,
    sentence,
    short_date,
)
from advisor.domain.zone_classes import PROFESSION_NAMES

MOST_PLACES = 4
MOST_CONTACTS = 6
REFERRAL_WORDS = {
    ReferralStatus.TO_CONTACT: "à contacter",
    ReferralStatus.CONTACTED: "contacté",
    ReferralStatus.TAKEN: "pris en charge",
    ReferralStatus.CLOSED: "clos",
}
ADVICE = "Ce document est un conseil, il ne vaut pas décision."
UPSTREAM = (
    "Il se place en amont de l’installation\u202f: il ne se substitue pas aux démarches auprès de "
    "l’Ordre, de la CPAM et de l’URSSAF, qui restent à faire."
)
AT_ITS_DATE = (
    "Les zones, montants et conditions sont ceux du référentiel indiqué, à la date d’impression"
    "\u202f; seul l’organisme qui verse l’aide décide."
)
CONFIDENCE = (
    "Confiance A\u202f: texte officiel lu\u202f; B\u202f: source secondaire\u202f; "
    "C\u202f: à vérifier."
)
NOTICES = (ADVICE, UPSTREAM, AT_ITS_DATE, CONFIDENCE)


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a sheet is written from; ``printed_at`` is an instant with its offset.

    ``profile`` is the interview's with the profession of the person received;
    ``conflicts`` names the profile fields (or ``booking.nom``…) that two people left in conflict.
    """

    interview: Interview
    profile: Mapping[str, Any]
    findings: tuple[PlaceFinding, ...]
    partners: tuple[Partner, ...]
    steps: tuple[Step, ...]
    pack: PackInfo
    adviser: Adviser | None
    printed_at: datetime
    conflicts: frozenset[str] = frozenset()


def write_sheet(facts: SheetFacts) -> SheetContent:
    """Return the content of the sheet, ready to be frozen and drawn."""
    notes = Notes()
    findings = facts.findings[:MOST_PLACES]
    profession = facts.profile.get("profession")
    aids = over_places(findings)
    refused, others = refused_aids(aids)
    printed_on = instant(facts.printed_at.astimezone())
    visitor = _visitor(facts)
    return SheetContent(
        schema_version=SCHEMA_VERSION,
        title=f"Fiche de synthèse de {visitor.name}, {short_date(facts.interview.permanence.day)}",
        printed_at=facts.printed_at,
        printed_on=printed_on,
        visitor=visitor,
        meeting=_meeting(facts),
        summary=tuple(_summary(facts, aids)),
        places=tuple(strip_of(found, profession, notes) for found in findings),
        eligible=cards(aids, notes),
        to_verify=open_aids(aids, _asked(findings), notes),
        refused=refused,
        refused_others=others,
        limits=limit_lines(over_places(findings, limits=True)),
        outside=_remarks(findings),
        steps=tuple(_step(step, facts, notes) for step in _steps(facts)),
        contacts=tuple(_contacts(facts))[:MOST_CONTACTS],
        notices=NOTICES,
        pack=_stamp(facts.pack),
        acts=_acts(findings, profession),
        notes=notes.lines(),
        total=_total(findings),
    )


def _visitor(facts: SheetFacts) -> Visitor:
    interview = facts.interview
    name = interview.professional.display_name
    if {"booking.nom", "booking.prenom"} & facts.conflicts:
        name = f"{name} (nom {TO_CONFIRM})"
    told = [_field(facts, "profession"), _field(facts, "status").lower()]
    return Visitor(
        name=name,
        profession=", ".join(part for part in told if part) or "Profession à préciser",
        project=tuple(_project(facts)),
    )


def _project(facts: SheetFacts) -> Iterator[str]:
    if facts.profile.get("first_installation") is True:
        yield "première installation"
    for name in ("sector", "exercise"):
        if text := _field(facts, name):
            yield text
    if days := _field(facts, "days_per_week"):
        yield f"{days} jours par semaine"
    if day := _field(facts, "installation_date"):
        yield f"installation le {day}"


def _field(facts: SheetFacts, name: str) -> str:
    """Return a profile value in words, « à confirmer » when two people disagree."""
    value = facts.profile.get(name)
    if name in facts.conflicts:
        return f"{label_of(name).lower()} {TO_CONFIRM}"
    if value is None:
        return ""
    return value_text(name, read_value(name, value) if name in FIELDS else value)


def _meeting(facts: SheetFacts) -> Meeting:
    permanence, slot = facts.interview.permanence, facts.interview.slot
    at = f", {hour(slot.at)}" if slot.at else ""
    adviser = facts.adviser or Adviser("", "")
    place = ", ".join(
        part for part in (permanence.place, departement_text(permanence.departement)) if part
    )
    return Meeting(
        when=f"{long_date(permanence.day)}{at}",
        where=place,
        partners=permanence.partners,
        adviser=adviser.name,
        organisation=adviser.organisation,
    )


def _summary(facts: SheetFacts, aids: Sequence[AidOverPlaces]) -> Iterator[str]:
    yield _places_line(facts)
    yield _aids_line(facts.findings[:MOST_PLACES], aids)
    yield _next_line(facts)


def _places_line(facts: SheetFacts) -> str:
    profession = facts.profile.get("profession")
    if not facts.findings:
        return "Aucun lieu n’est encore choisi\u202f: la zone et les aides dépendent du lieu."
    told: dict[str, list[str]] = {}
    for found in facts.findings[:MOST_PLACES]:
        entry = found.zones.class_for(profession) if profession else None
        label = clause(entry.label) if entry else "zone inconnue"
        told.setdefault(label, []).append(found.commune.name)
    lines = "\u202f; ".join(f"{listed(names)}\u202f: {label}" for label, names in told.items())
    who = PROFESSION_NAMES.get(str(profession), "")
    return f"{lines}{f', pour les {who}' if who else ''}."


def _aids_line(findings: Sequence[PlaceFinding], aids: Sequence[AidOverPlaces]) -> str:
    sure = sum(aid.status == "eligible" for aid in aids)
    doubtful = sum(aid.status == "to_verify" for aid in aids)
    if not findings:
        return "Les aides seront travaillées dès qu’un lieu est connu."
    best = max(findings, key=lambda found: (found.aids.total.low, found.aids.total.high))
    money = best.aids.total
    figure = f", {euros(money.low)} acquis" if money.low else ""
    reach = f" (jusqu’à {euros(money.high)} si tout se confirme)" if money.high > money.low else ""
    where = f" à {best.commune.name}" if len(findings) > 1 and (figure or reach) else ""
    which = "lesquelles" if sure > 1 else "laquelle"
    rest = counted(doubtful, "autre reste", "autres restent")
    return (
        f"{counted(sure, 'aide')} sur {which} compter{figure}{reach}{where}\u202f; "
        f"{rest} à vérifier."
    )


def _asked(findings: Sequence[PlaceFinding]) -> str:
    questions = [found.aids.next_question for found in findings if found.aids.next_question]
    return max(questions, key=lambda one: one.stake).field if questions else ""


def _next_line(facts: SheetFacts) -> str:
    questions = [one.aids.next_question for one in facts.findings if one.aids.next_question]
    if questions:
        best = max(questions, key=lambda one: one.stake)
        stake = f" ({euros(best.stake)} en dépendent)" if best.stake else ""
        return f"La question qui compte\u202f: {best.label}{stake}"
    steps = _steps(facts)
    if not steps:
        return "Revenez à la permanence quand la profession et le projet se précisent."
    due = steps[0].due(_installation(facts))
    by = f", avant le {short_date(due)}" if due else ""
    return f"Première démarche\u202f: {steps[0].who}{by}."


def _installation(facts: SheetFacts) -> date | None:
    value = facts.profile.get("installation_date")
    if value is None or "installation_date" in facts.conflicts:
        return None
    day: date = read_value("installation_date", value)
    return day


def _steps(facts: SheetFacts) -> tuple[Step, ...]:
    profile = facts.profile
    return countdown(facts.steps, profile.get("profession"), profile.get("status"))


def _step(step: Step, facts: SheetFacts, notes: Notes) -> SheetStep:
    due = step.due(_installation(facts))
    return SheetStep(
        mark=step.mark,
        by=short_date(due) if due else "",
        who=step.who,
        what=clause(step.what),
        documents=", ".join(step.documents),
        to_verify=clause(step.to_verify),
        source=notes.mark(step.source),
    )


def _contacts(facts: SheetFacts) -> Iterator[Contact]:
    """Give the partners the visitor is sent to, then the others that serve the place."""
    by_id = {partner.id: partner for partner in facts.partners}
    sent: set[str] = set()
    for referral in facts.interview.referrals:
        sent.add(referral.partner)
        partner = by_id.get(referral.partner)
        due = f" avant le {short_date(referral.due)}" if referral.due else ""
        yield Contact(
            name=referral.partner_name or (partner.name if partner else referral.partner),
            role=partner.role if partner else referral.note,
            reach=_reach(partner) if partner else (),
            referral=f"{REFERRAL_WORDS[referral.status]}{due}",
        )
    for partner in facts.partners:
        if partner.id not in sent:
            yield Contact(partner.name, partner.role, _reach(partner))


def _reach(partner: Partner) -> tuple[str, ...]:
    held = tuple(one for one in (partner.phone, partner.email, partner.website) if one)
    return held[:2] or tuple(one for one in (partner.address,) if one)


def _stamp(pack: PackInfo) -> PackStamp:
    return PackStamp(pack.id, pack.version, short_date(pack.built_at), pack.signed_by)


def _acts(findings: Sequence[PlaceFinding], profession: str | None) -> tuple[str, ...]:
    entries = [found.zones.class_for(profession) for found in findings if profession]
    return tuple(dict.fromkeys(entry.legal_act for entry in entries if entry and entry.legal_act))


def _remarks(findings: Sequence[PlaceFinding]) -> tuple[str, ...]:
    """Return what holds for the whole evaluation, each sentence once."""
    return tuple(dict.fromkeys(sentence(note) for found in findings for note in found.aids.notes))


def _total(findings: Sequence[PlaceFinding]) -> str:
    if not findings:
        return ""
    best = max(findings, key=lambda found: (found.aids.total.high, found.aids.total.low))
    if not best.aids.total.high:
        return ""
    where = f" à {best.commune.name}" if len(findings) > 1 else ""
    return f"total possible{where}\u202f: {possible(best.aids.total)}"
