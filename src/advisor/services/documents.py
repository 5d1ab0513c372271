"""What an adviser can hand over: the visitor's sheet with its accessible twin, the day sheet.

Gathers the facts, freezes the content with the interview, then has the pages made from it.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from advisor.documents.accessible import twin_bytes, twin_path
from advisor.documents.day_sheet import make_day_sheet
from advisor.documents.disk import staged
from advisor.documents.sheet import sheet_bytes
from advisor.domain.aids.aid import AidsForPlace, Status
from advisor.domain.cases.appointment import Interview, PrintedDocument
from advisor.domain.cases.changes import Changes, joined
from advisor.domain.paper.day_writing import write_day
from advisor.domain.paper.frozen_content import freeze
from advisor.domain.paper.sheet import SheetContent
from advisor.domain.paper.sheet_facts import SheetFacts
from advisor.domain.paper.sheet_places import PlaceFinding
from advisor.domain.paper.sheet_writing import write_sheet
from advisor.domain.paper.steps import Step
from advisor.errors import NotFoundError, RefusedError
from advisor.services.aids import AidService, profile_of
from advisor.services.cases import Cases
from advisor.services.indicators import Indicators
from advisor.services.reference import Reference

SHEET = "synthese"


@dataclass(frozen=True, slots=True)
class Printed:
    """What was printed: the sheet, its twin (None with the French ``remark`` that says why).

    ``identical`` is False when a reprint differs from what was first printed, because the
    application that draws the pages changed in between.
    """

    sheet: Path
    twin: Path | None
    changes: Changes
    document: str
    remark: str = ""
    identical: bool = True


class Documents:
    """The documents of one home's cases; ``now`` gives the instant, in UTC."""

    def __init__(
        self,
        cases: Cases,
        reference: Reference,
        aids: AidService,
        indicators: Indicators,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._cases = cases
        self._reference = reference
        self._aids = aids
        self._indicators = indicators
        self._now = now

    @cached_property
    def _steps(self) -> tuple[Step, ...]:
        return self._reference.pack.steps()

    def content(self, interview_id: str) -> SheetContent:
        """Return what the sheet of an interview would say now; nothing is stored."""
        return write_sheet(self.facts(self._cases.interviews.get(interview_id)))

    def print_sheet(self, interview_id: str, out: Path) -> Printed:
        """Freeze the content with the interview, then write the sheet and its twin.

        Nothing appears and nothing is stored when the disk is full (DiskFullError).
        """
        facts = self.facts(self._cases.interviews.get(interview_id))
        content = write_sheet(facts)
        sheet = sheet_bytes(content)
        twin, remark = _twin(content)
        version = content.pack.version
        with staged(_files(out, sheet, twin)):
            interviews = self._cases.interviews
            frozen = interviews.freeze(interview_id, _evaluation(facts), version)
            kept = interviews.printed(interview_id, SHEET, content.to_json(), _hash(sheet), version)
        twin_file = twin_path(out) if twin else None
        return Printed(out, twin_file, joined(kept, frozen), kept.id, remark)

    def reprint(self, interview_id: str, document_id: str, out: Path) -> Printed:
        """Make a printed sheet again from its stored content alone: no pack, no catalogue."""
        kept = self._kept(interview_id, document_id)
        content = SheetContent.from_json(kept.content)
        sheet = sheet_bytes(content)
        twin, remark = _twin(content)
        with staged(_files(out, sheet, twin)):
            pass
        return Printed(
            out,
            twin_path(out) if twin else None,
            Changes(),
            document_id,
            remark,
            _hash(sheet) == kept.sha256,
        )

    def print_day(self, day: date, out: Path, departement: str | None = None) -> Path:
        """Write the adviser's sheet of one day at ``out``; returns it."""
        permanences = self._cases.permanences
        content = write_day(
            day,
            permanences.list(departement=departement, first=day, last=day),
            permanences.day(day, departement=departement),
            self._cases.identity.me(),
            self._now(),
            self._reference.info().version,
        )
        make_day_sheet(content, out)
        return out

    def facts(self, whole: Interview) -> SheetFacts:
        """Return what the sheet of an interview is written from, as known now."""
        now = self._now()
        day = now.astimezone().date()
        profile = profile_of(whole)
        pairs = zip(whole.places, self._aids.for_interview(whole, day), strict=True)
        found = tuple(self._finding(one.commune, aids, day, profile) for one, aids in pairs)
        return SheetFacts(
            interview=whole,
            profile=profile,
            findings=found,
            partners=tuple(
                self._reference.partners(
                    departement=whole.permanence.departement,
                    profession=whole.professional.profession or None,
                )
            ),
            steps=self._steps,
            pack=self._reference.info(),
            adviser=self._cases.identity.me(),
            printed_at=now.replace(microsecond=0),
            conflicts=self._cases.disagreements.fields_of(whole.id),
        )

    def _finding(
        self, code: str, aids: AidsForPlace, day: date, profile: Mapping[str, Any]
    ) -> PlaceFinding:
        reference, profession = self._reference, profile.get("profession")
        supply = [
            one
            for one in reference.indicators("commune", code)
            if one.profession and one.profession == profession
        ]
        return PlaceFinding(
            commune=reference.commune(code),
            zones=reference.zones_at(code, day, None, profile.get("qpv")),
            aids=aids,
            structures=tuple(reference.structures(commune=code)),
            supply=(*self._indicators.supply(code, str(profession or "")), *supply),
        )

    def _kept(self, interview_id: str, document_id: str) -> PrintedDocument:
        for one in self._cases.interviews.get(interview_id).documents:
            if one.id == document_id:
                return one
        raise NotFoundError(
            "Ce document n’a pas été imprimé pour cet entretien.",
            "Choisissez-le dans la liste des documents de l’entretien.",
        )


def _twin(content: SheetContent) -> tuple[bytes | None, str]:
    """Return the twin, or None with the French reason where it cannot be made."""
    try:
        return twin_bytes(content), ""
    except RefusedError as refused:
        return None, refused.message


def _files(out: Path, sheet: bytes, twin: bytes | None) -> dict[Path, bytes]:
    return {out: sheet} if twin is None else {out: sheet, twin_path(out): twin}


def _hash(made: bytes) -> str:
    return hashlib.sha256(made).hexdigest()


def _evaluation(facts: SheetFacts) -> dict[str, Any]:
    """Return the aids as worked out, without what only the catalogue needs to say."""
    places = [_place(one.aids) for one in facts.findings]
    return {"day": facts.printed_at.astimezone().date().isoformat(), "places": places}


def _place(found: AidsForPlace) -> dict[str, Any]:
    return {
        "commune": found.commune,
        "total": freeze(found.total),
        "next_question": freeze(found.next_question),
        "aids": [
            {
                "id": one.id,
                "status": one.status.value,
                "total": freeze(one.amount.total if one.amount else None),
                "missing": list(one.missing),
                "reasons": [
                    freeze(reason)
                    for reason in one.reasons
                    if one.status is not Status.NOT_ELIGIBLE or reason.status is one.status
                ],
            }
            for one in (*found.aids, *found.limits)
        ],
    }
