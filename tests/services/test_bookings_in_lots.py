from datetime import date, time
from pathlib import Path

import pytest

from advisor.services import booking_import
from advisor.services.booking_import import ImportStage
from advisor.services.cases import Cases

DAY = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def small_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(booking_import, "LOT", 10)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "reservations.csv"
    lines = [f"77;{DAY};{9 + at // 6}:{at % 6}0;Nom{at};Alix;IDE;Meaux" for at in range(35)]
    header = "departement;date;heure;nom;prenom;profession;commune_souhaitee"
    made.write_text("\n".join([header, *lines]), encoding="utf-8")
    return made


def test_a_long_file_tells_each_lot_and_brings_everybody_in(cases: Cases, file: Path) -> None:
    told: list[ImportStage] = []
    report = cases.permanences.import_bookings(file, told.append)
    assert (report.added, report.already, report.waiting) == (35, 0, 0)
    assert [(one.done, one.total) for one in told] == [(10, 35), (20, 35), (30, 35), (35, 35)]
    assert told[-1].sentence == "Import des rendez-vous\u202f: 35 sur 35"
    assert len(cases.permanences.list()) == 1
    people = cases.permanences.day(DAY, "77")
    assert [one.professional.nom for one in people] == [f"Nom{at}" for at in range(35)]
    assert people[0].slot.at == time(9)
    assert people[0].slot.wished_commune == "Meaux"
    assert people[0].profile == {"profession": "infirmier"}
    assert {one.sync for one in people} == {"local"}


def test_an_import_stopped_keeps_what_it_wrote_and_the_same_file_brings_the_rest(
    cases: Cases, file: Path
) -> None:
    told: list[ImportStage] = []
    report = cases.permanences.import_bookings(file, told.append, lambda: len(told) == 2)
    assert (report.added, report.already, report.waiting) == (20, 0, 15)
    assert len(cases.permanences.day(DAY)) == 20
    again = cases.permanences.import_bookings(file)
    assert (again.added, again.already, again.waiting) == (15, 20, 0)
    assert len(cases.permanences.day(DAY)) == 35


def test_the_lines_of_a_lot_are_numbered_without_a_gap_and_say_what_is_kept(
    cases: Cases, file: Path
) -> None:
    cases.permanences.import_bookings(file)
    entries = cases.journal.entries(limit=1000)
    numbers = sorted(one.local_seq for one in entries)
    assert numbers == list(range(1, 1 + 1 + 35 * 3))
    interview = cases.permanences.day(DAY)[3]
    making = next(
        one for one in entries if one.entity_id == interview.id and one.entity == "appointment"
    )
    assert making.new_values()["at"] == "09:30"
    assert making.interview == interview.id
    assert making.departement == "77"
    cases.interviews.set(interview.id, {"booking.motif": "association"})
    assert cases.interviews.get(interview.id).slot.reason == "association"


def test_a_slot_of_the_file_that_overlaps_another_is_told(cases: Cases, tmp_path: Path) -> None:
    first = tmp_path / "un.csv"
    first.write_text(f"departement;date;heure;nom\n77;{DAY};9:00;Ancien\n", encoding="utf-8")
    cases.permanences.import_bookings(first)
    second = tmp_path / "deux.csv"
    second.write_text(
        f"departement;date;heure;nom\n77;{DAY};9:15;Un\n77;{DAY};10:00;Deux\n77;{DAY};10:10;Trois\n",
        encoding="utf-8",
    )
    report = cases.permanences.import_bookings(second)
    told = [text for change in report.changes for text in change.warnings]
    assert told == [
        "Ce créneau chevauche celui de Ancien, à 09:00.",
        "Ce créneau chevauche celui de Deux, à 10:00.",
    ]


def calendar(tmp_path: Path, *events: str) -> Path:
    file = tmp_path / "agenda.ics"
    bodies = "".join(f"BEGIN:VEVENT\n{one}\nEND:VEVENT\n" for one in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{bodies}END:VCALENDAR\n"
    file.write_bytes(text.replace("\n", "\r\n").encode())
    return file


WHO = "SUMMARY:Durand Guy - infirmier\nLOCATION:Melun (77)"
WEEKLY = f"UID:r1\nDTSTART;TZID=Europe/Paris:20260302T093000\nRRULE:FREQ=WEEKLY\n{WHO}"


def test_an_event_that_repeats_gives_its_dates_of_the_twelve_months_to_come(
    cases: Cases, tmp_path: Path
) -> None:
    file = calendar(tmp_path, WEEKLY)
    report = cases.permanences.import_bookings(file)
    days = [one.day for one in cases.permanences.list()]
    assert report.added == len(days) == 52
    assert (days[0], days[-1]) == (date(2026, 3, 16), date(2027, 3, 8))
    assert {cases.permanences.day(day)[0].slot.at for day in days} == {time(9, 30)}
    assert cases.permanences.import_bookings(file).already == 52


def test_dates_left_out_moved_or_cancelled_are_heeded(cases: Cases, tmp_path: Path) -> None:
    zone = ";TZID=Europe/Paris:"
    series = (
        WEEKLY.replace("WEEKLY", "WEEKLY;UNTIL=20260430T000000Z") + f"\nEXDATE{zone}20260323T093000"
    )
    moved = f"UID:r1\nRECURRENCE-ID{zone}20260330T093000\nDTSTART{zone}20260331T140000\n{WHO}"
    sixth = "20260406T093000"
    off = f"UID:r1\nRECURRENCE-ID{zone}{sixth}\nDTSTART{zone}{sixth}\nSTATUS:CANCELLED\n{WHO}"
    report = cases.permanences.import_bookings(calendar(tmp_path, series, moved, off))
    assert (report.cancelled, report.rejected) == (1, ())
    held = [
        (one.day, cases.permanences.day(one.day)[0].slot.at) for one in cases.permanences.list()
    ]
    assert held == [
        (date(2026, 3, 16), time(9, 30)),
        (date(2026, 3, 31), time(14)),
        (date(2026, 4, 13), time(9, 30)),
        (date(2026, 4, 20), time(9, 30)),
        (date(2026, 4, 27), time(9, 30)),
    ]


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=SECONDLY", "rythme"),
        ("FREQ=DAILY;INTERVAL=0", "pas lisible"),
        ("FREQ=WEEKLY;COUNT=1", "aucune de ses dates"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "aucune de ses dates"),
    ],
)
def test_a_rule_that_gives_no_date_to_come_is_told_with_its_line(
    cases: Cases, tmp_path: Path, rule: str, reason: str
) -> None:
    report = cases.permanences.import_bookings(
        calendar(tmp_path, WEEKLY.replace("FREQ=WEEKLY", rule))
    )
    assert report.added == 0
    assert [one.line for one in report.rejected] == [3]
    assert reason in report.rejected[0].reason
