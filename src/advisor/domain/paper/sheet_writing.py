"""Writes the sheet: an interview, what was found for its places, and the pack, in plain French.

True on paper; no database, no page. What two people left in conflict is said « à confirmer »;
what is unknown is said unknown; every figure carries its date and points to its source.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from advisor.domain.cases.appointment import ReferralStatus
from advisor.domain.cases.people import Adviser, Partner
from advisor.domain.pack import PackInfo
from advisor.domain.paper.frozen_content import with_texts
from advisor.domain.paper.sheet import (
    SCHEMA_VERSION,
    TO_CONFIRM,
    Contact,
    Meeting,
    PackStamp,
    SheetContent,
    SheetStep,
    Strip,
    Visitor,
)
from advisor.domain.paper.sheet_aids import (
    AidOverPlaces,
    cards,
    hangs_on_project,
    limit_lines,
    open_aids,
    over_places,
    refused_aids,
    with_a_project,
)
from advisor.domain.paper.sheet_facts import SheetFacts, field_text, installation_day, steps_of
from advisor.domain.paper.sheet_notes import Notes
from advisor.domain.paper.sheet_places import departement_text, strips_of
from advisor.domain.paper.sheet_summary import best_question, summary_of
from advisor.domain.paper.steps import Step
from advisor.domain.words.wording import (
    clause,
    hour,
    instant,
    long_date,
    possible,
    sentence,
    short_date,
    typographic,
)
from advisor.domain.zones.classes import PROFESSION_NAMES

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


def write_sheet(facts: SheetFacts) -> SheetContent:
    """Return the content of the sheet, ready to be frozen and drawn."""
    notes = Notes()
    aids = over_places(facts.shown)
    bare = _without_aids(facts, aids, notes)
    wanted = facts.profile.get("project")
    apart = [one for one in aids if not wanted and hangs_on_project(one.first)]
    near = [one for one in aids if one not in apart]
    refused, others = refused_aids(aids)
    content = replace(
        bare,
        eligible=cards(aids, notes, _told(bare.places, bare.places_notes)),
        to_verify=open_aids(near, _asked(facts), notes),
        to_verify_others=with_a_project(apart),
        refused=refused,
        refused_others=others,
        limits=limit_lines(over_places(facts.shown, limits=True)),
        outside=_remarks(facts),
        total=_total(facts),
        steps=tuple(_step(step, facts, notes) for step in steps_of(facts)),
    )
    told = replace(content, notes=notes.lines(), short_notes=notes.short_lines())
    return with_texts(told, typographic)


def _without_aids(facts: SheetFacts, aids: Sequence[AidOverPlaces], notes: Notes) -> SheetContent:
    places, shared = strips_of(facts.shown, facts.profession, notes)
    return SheetContent(
        schema_version=SCHEMA_VERSION,
        title=_title(facts),
        printed_at=facts.printed_at,
        printed_on=instant(facts.printed_at.astimezone()),
        visitor=_visitor(facts),
        meeting=_meeting(facts),
        summary=tuple(summary_of(facts, aids)),
        places=places,
        contacts=tuple(_contacts(facts))[:MOST_CONTACTS],
        notices=NOTICES,
        pack=_stamp(facts.pack),
        acts=_acts(facts),
        zones_for=PROFESSION_NAMES.get(facts.profession or "", ""),
        places_notes=shared,
    )


def _told(places: Iterable[Strip], shared: Iterable[str]) -> set[str]:
    return {*shared, *(remark for place in places for remark in place.remarks)}


def _title(facts: SheetFacts) -> str:
    day = short_date(facts.interview.permanence.day)
    return f"Fiche de synthèse de {_visitor(facts).name}, {day}"


def _asked(facts: SheetFacts) -> str:
    question = best_question(facts)
    return question.field if question else ""


def _visitor(facts: SheetFacts) -> Visitor:
    interview = facts.interview
    name = interview.professional.display_name
    if {"booking.nom", "booking.prenom"} & facts.conflicts:
        name = f"{name} (nom {TO_CONFIRM})"
    told = [field_text(facts, "profession"), field_text(facts, "status").lower()]
    return Visitor(
        name=name,
        profession=", ".join(part for part in told if part) or "Profession à préciser",
        project=tuple(_project(facts)),
    )


def _project(facts: SheetFacts) -> Iterator[str]:
    if facts.profile.get("first_installation") is True:
        doubt = f" ({TO_CONFIRM})" if facts.doubts("first_installation") else ""
        yield f"première installation{doubt}"
    for name in ("sector", "exercise"):
        if text := field_text(facts, name):
            yield text
    if days := field_text(facts, "days_per_week"):
        yield f"{days} jours par semaine"
    if day := field_text(facts, "installation_date"):
        yield f"installation le {day}"


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


def _step(step: Step, facts: SheetFacts, notes: Notes) -> SheetStep:
    due = step.due(installation_day(facts))
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
    others = [partner for partner in facts.partners if partner.id not in sent]
    for partner in sorted(others, key=lambda one: not _reach(one)):
        yield Contact(partner.name, partner.role, _reach(partner))


def _reach(partner: Partner) -> tuple[str, ...]:
    held = tuple(one for one in (partner.phone, partner.email, partner.website) if one)
    return held[:2] or tuple(one for one in (partner.address,) if one)


def _stamp(pack: PackInfo) -> PackStamp:
    return PackStamp(pack.id, pack.version, short_date(pack.built_at), pack.signed_by)


def _acts(facts: SheetFacts) -> tuple[str, ...]:
    profession = facts.profession
    entries = [one.zones.class_for(profession) for one in facts.shown if profession]
    return tuple(dict.fromkeys(entry.legal_act for entry in entries if entry and entry.legal_act))


def _remarks(facts: SheetFacts) -> tuple[str, ...]:
    """Return what holds for the whole evaluation, each sentence once."""
    return tuple(dict.fromkeys(sentence(note) for one in facts.shown for note in one.aids.notes))


def _total(facts: SheetFacts) -> str:
    found = facts.shown
    if not found:
        return ""
    best = max(found, key=lambda one: (one.aids.total.high, one.aids.total.low))
    if not best.aids.total.high:
        return ""
    where = f" pour {best.commune.name}" if len(found) > 1 else ""
    return f"total possible{where}\u202f: {possible(best.aids.total)}"
