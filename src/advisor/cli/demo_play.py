"""Plays a real permanence through the real services, headless, and writes what it makes."""

import csv
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.cli import demo_scenario as scenario
from advisor.cli.appointment import shown
from advisor.cli.appointment_input import outcome_given
from advisor.cli.demo_central import synced_once
from advisor.cli.demo_maps import write_diagnostic, write_example, write_map
from advisor.cli.shapes_sync import report_shape
from advisor.domain.cases.appointment import AppointmentStatus
from advisor.domain.words.wording import euros

if TYPE_CHECKING:
    from advisor.app import Application

SHEETS = ("synthese", "synthese-2", "synthese-3")


@dataclass
class Play:
    """One permanence played in the home of ``app``; everything is written in ``out``."""

    app: "Application"
    out: Path
    today: date
    say: Callable[[str], None]
    files: dict[str, str] = field(default_factory=dict)
    interviews: list[str] = field(default_factory=list)
    synced: dict[str, Any] = field(default_factory=dict)

    def run(self) -> str:
        """Play the whole day and sync it; returns the first visitor's interview."""
        self._sign_in()
        self._open_permanence()
        visitors = scenario.VISITORS
        self._import_bookings(visitors)
        for visitor, name, interview in zip(visitors, SHEETS, self._booked(), strict=True):
            self._receive(visitor, interview)
            self._print(interview, name)
        self._print_day()
        self._draw_territory()
        with synced_once(self.app.services.sync) as report:
            self.synced = report_shape(report)
            self.say(f"Synchronisé avec un central d’essai : {report.sentence}")
            self._write_interview(self.interviews[0])
            self._draw_screens()
        return self.interviews[0]

    def _sign_in(self) -> None:
        self.app.cases.identity.sign_in(*scenario.ADVISER)

    def _open_permanence(self) -> None:
        self.app.cases.permanences.create(
            scenario.DEPARTEMENT,
            self.today,
            scenario.PLACE,
            time(9),
            time(12, 30),
            every_month=2,
            partners=scenario.PARTNERS,
        )
        self.say("Permanence ouverte à Melun (77).")

    def _import_bookings(self, visitors: tuple[scenario.Visitor, ...]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "rendez-vous.csv"
            with file.open("w", encoding="utf-8", newline="") as stream:
                booked = [visitor.booked_on(self.today) for visitor in visitors]
                rows = csv.DictWriter(stream, list(booked[0]), delimiter=";")
                rows.writeheader()
                rows.writerows(booked)
            report = self.app.cases.permanences.import_bookings(file)
        self.say(f"{report.added} rendez-vous repris du fichier.")

    def _booked(self) -> list[str]:
        booked = self.app.cases.permanences.day(self.today, departement=scenario.DEPARTEMENT)
        self.interviews = [one.id for one in sorted(booked, key=lambda i: i.slot.at or time(0))]
        return self.interviews

    def _receive(self, visitor: scenario.Visitor, interview: str) -> None:
        cases = self.app.cases.interviews
        self.app.cases.permanences.set_status(interview, AppointmentStatus.RECEIVED)
        for code in visitor.places:
            cases.add_place(interview, self.app.reference.commune(code).code)
        for name, value in visitor.learnt_by(self.today):
            cases.set(interview, {name: value})
        whole = cases.get(interview)
        best = max(found.total.high for found in self.app.interview_aids(whole))
        met = f"{whole.professional.display_name} : {len(whole.places)} lieux comparés"
        self.say(f"{met}, jusqu’à {euros(best)} d’aides possibles.")
        for text in visitor.notes:
            cases.note(interview, text)
        self._orient(visitor, interview, whole.professional.profession)
        outcome, _ = outcome_given(visitor.outcome)
        cases.outcome(interview, outcome)
        cases.set(interview, {"recall_on": self.today + timedelta(days=visitor.recall_in)})
        cases.satisfaction(interview, visitor.satisfaction)

    def _orient(self, visitor: scenario.Visitor, interview: str, profession: str) -> None:
        held = self.app.reference.partners(departement=scenario.DEPARTEMENT, profession=profession)
        for word, asked, days in visitor.referrals:
            partner = next((one for one in held if one.id.startswith(word)), None)
            if partner is not None:
                due = self.today + timedelta(days=days)
                self.app.cases.interviews.refer(interview, partner.id, partner.name, asked, due)

    def _print(self, interview: str, name: str) -> None:
        made = self.app.documents.print_sheet(interview, self.out / f"{name}.pdf")
        self._wrote(made.sheet)
        if made.twin:
            self._wrote(made.twin)
        else:
            self.say(made.remark)

    def _print_day(self) -> None:
        file = self.out / "journee.pdf"
        self.app.documents.print_day(self.today, file, departement=scenario.DEPARTEMENT)
        self._wrote(file)

    def _draw_territory(self) -> None:
        self._wrote(write_map(self.app, self.out, scenario.DOCTOR.places))
        self._wrote(write_diagnostic(self.app, self.out, self.today))
        self._wrote(write_example(self.app, self.out, self.today))

    def _write_interview(self, interview: str) -> None:
        file = self.out / "entretien.json"
        data = shown(self.app, self.app.cases.interviews.get(interview))
        file.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        self._wrote(file)

    def _draw_screens(self) -> None:
        for path in self.app.take_pictures(self.out).values():
            self._wrote(path)

    def _wrote(self, file: Path) -> None:
        self.files[file.name] = str(file)
        self.say(f"Écrit : {file}")
