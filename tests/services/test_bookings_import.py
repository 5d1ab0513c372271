import random
from datetime import date, time
from pathlib import Path

import pytest

from advisor.errors import BadDataError
from advisor.services.bookings import read_bookings
from advisor.services.cases import Cases

HEADER = (
    "departement;date;heure;duree;nom;prenom;profession;telephone;email;commune_souhaitee;motif"
)
GOOD = (
    "77;10/03/2026;9h30;45;Exemple;Éléonore;médecin généraliste;06 00 00 00 01;"
    "eleonore@exemple.invalid;Melun;« installation »"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "reservations.csv"


def test_a_windows_1252_file_with_broken_lines_keeps_the_good_ones_and_tells_the_others(
    cases: Cases, file: Path
) -> None:
    lines = [
        HEADER,
        GOOD,
        "77;31/02/2026;10h;30;Faux;Jour;IDE;;;;",
        "",
        "77;10/03/2026;25h;30;Fausse;Heure;IDE;;;;",
        "77;10/03/2026;11h;30;Modèle;Noé;kiné;612345678;;Meaux;",
        "77;10/03/2026;11h;30;Trop;De;Cases;06;x@y;Meaux;motif;encore;encore",
        ";10/03/2026;11h;30;Sans;Departement;IDE;;;;",
        "77;10/03/2026;11h;30;;;IDE;;;;",
    ]
    file.write_bytes("\r\n".join(lines).encode("cp1252"))
    report = cases.permanences.import_bookings(file)
    assert (report.added, report.already) == (2, 0)
    assert [line for line, _reason in report.rejected] == [3, 5, 7, 8, 9]
    assert "31/02/2026" in report.rejected[0].reason
    first, second = cases.permanences.day(date(2026, 3, 10), "77")
    assert (first.professional.prenom, first.slot.at, first.slot.minutes) == (
        "Éléonore",
        time(9, 30),
        45,
    )
    assert first.slot.reason == "« installation »"
    assert first.slot.wished_commune == "Melun"
    assert first.profile == {"profession": "medecin_generaliste"}
    assert second.professional.profession == "masseur_kinesitherapeute"
    assert second.professional.telephone == "0612345678"


def test_the_same_file_imported_twice_adds_nothing(cases: Cases, file: Path) -> None:
    file.write_text(f"{HEADER}\n{GOOD}\n{GOOD}\n", encoding="utf-8-sig")
    first = cases.permanences.import_bookings(file)
    lines = cases.journal.pending().count
    again = cases.permanences.import_bookings(file)
    assert (first.added, first.already) == (1, 1)
    assert (again.added, again.already, again.rejected) == (0, 2, ())
    assert cases.journal.pending().count == lines


def test_a_booking_changed_since_is_still_the_same_booking(cases: Cases, file: Path) -> None:
    file.write_text(f"{HEADER}\n{GOOD}\n", encoding="utf-8")
    cases.permanences.import_bookings(file)
    (one,) = cases.permanences.day(date(2026, 3, 10))
    cases.interviews.set(one.id, {"booking.nom": "Corrigé", "booking.heure": "14:00"})
    assert cases.permanences.import_bookings(file).added == 0


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_columns_are_known_by_name_in_any_order_whatever_the_separator(
    cases: Cases, file: Path, separator: str
) -> None:
    header = separator.join(("Prénom", "NOM", "Date", "Département", "E-mail", "colonne libre"))
    line = separator.join(("Alix", '"Le ""Bon"""', "2026-03-10", "77", "a@exemple.invalid", "rien"))
    file.write_text(f"{header}\n{line}\n", encoding="utf-8")
    assert cases.permanences.import_bookings(file).added == 1
    (one,) = cases.permanences.day(date(2026, 3, 10))
    assert (one.professional.nom, one.professional.email) == ('Le "Bon"', "a@exemple.invalid")


def test_bookings_join_the_permanence_that_is_already_there(cases: Cases, file: Path) -> None:
    made = cases.permanences.create("77", date(2026, 3, 10), "Melun, CPAM").id
    file.write_text(f"{HEADER}\n{GOOD}\n", encoding="utf-8")
    cases.permanences.import_bookings(file)
    (one,) = cases.permanences.day(date(2026, 3, 10))
    assert one.permanence.id == made


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "vide"),
        (b"nom;prenom\nA;B\n", "departement"),
        (b"\x00\x01\x02\x03", "pas un texte"),
        ("departement;heure\n77;9h\n".encode("utf-16"), "date"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART", "calendrier"),
    ],
)
def test_a_file_that_is_not_bookings_is_told_and_changes_nothing(
    cases: Cases, file: Path, content: bytes, told: str
) -> None:
    file.write_bytes(content)
    with pytest.raises(BadDataError, match=told) as caught:
        cases.permanences.import_bookings(file)
    assert caught.value.hint
    assert cases.journal.pending().count == 0


def test_a_missing_file_is_told(cases: Cases, tmp_path: Path) -> None:
    with pytest.raises(BadDataError, match="introuvable"):
        cases.permanences.import_bookings(tmp_path / "absent.csv")


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Exemple//FR
BEGIN:VTIMEZONE
TZID:Heure locale
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:un@exemple.invalid
DTSTART:20260310T083000Z
DTEND:20260310T091500Z
SUMMARY:EXEMPLE Alix - médecin généraliste
LOCATION:CPAM\\, Melun (77)
DESCRIPTION:Téléphone : 06 00 00 00 01\\nMotif : installation\\nCommune souhaitée : Meaux
ATTENDEE:mailto:alix@exemple.invalid
END:VEVENT
BEGIN:VEVENT
UID:deux@exemple.invalid
DTSTART;TZID=America/New_York:20260714T050000
DURATION:PT1H
SUMMARY:Modèle Noé (IDE)
LOCATION:12 rue des Exemples\\, 77000 Melun
END:VEVENT
BEGIN:VEVENT
UID:trois@exemple.invalid
DTSTART;TZID=Heure locale:20260714T140000
DTEND;TZID=Heure locale:20260714T143000
SUMMARY:Dr Encore
CATEGORIES:77
END:VEVENT
BEGIN:VEVENT
UID:quatre@exemple.invalid
DTSTART:20260714T160000
SUMMARY:Sans Lieu
END:VEVENT
BEGIN:VEVENT
UID:cinq@exemple.invalid
SUMMARY:Sans Date (77)
END:VEVENT
BEGIN:VEVENT
UID:six@exemple.invalid
DTSTART:20260714T170000Z
STATUS:CANCELLED
SUMMARY:Annulé
END:VEVENT
END:VCALENDAR
"""


def test_calendar_events_are_converted_to_paris_time_and_told_when_left_out(
    cases: Cases, tmp_path: Path
) -> None:
    file = tmp_path / "agenda.ics"
    file.write_bytes(CALENDAR.replace("\n", "\r\n").encode())
    report = cases.permanences.import_bookings(file)
    assert (report.added, report.already, report.cancelled) == (3, 0, 1)
    lines = CALENDAR.splitlines()
    assert [lines[line] for line, _reason in report.rejected] == [
        "UID:quatre@exemple.invalid",
        "UID:cinq@exemple.invalid",
    ]
    assert "département" in report.rejected[0].reason
    (winter,) = cases.permanences.day(date(2026, 3, 10))
    assert (winter.slot.at, winter.slot.minutes) == (time(9, 30), 45)
    assert (winter.professional.nom, winter.professional.prenom) == ("EXEMPLE", "Alix")
    assert winter.professional.profession == "medecin_generaliste"
    assert winter.professional.telephone == "06 00 00 00 01"
    assert winter.professional.email == "alix@exemple.invalid"
    assert (winter.slot.reason, winter.slot.wished_commune) == ("installation", "Meaux")
    summer = cases.permanences.day(date(2026, 7, 14), "77")
    assert [(one.slot.at, one.professional.nom) for one in summer] == [
        (time(11), "Modèle"),
        (time(14), "Encore"),
    ]
    assert summer[0].profile["profession"] == "infirmier"
    again = cases.permanences.import_bookings(file)
    assert (again.added, again.already) == (0, 3)


def test_a_calendar_damaged_anywhere_is_told_or_read_never_a_crash(
    cases: Cases, tmp_path: Path
) -> None:
    chosen = random.Random(2026)  # noqa: S311 - a fixed seed, not a secret
    file = tmp_path / "agenda.ics"
    outcomes = set()
    for _ in range(300):
        raw = bytearray(CALENDAR.encode())
        for _ in range(chosen.randrange(1, 10)):
            place = chosen.randrange(len(raw))
            if chosen.random() < 0.5:
                raw[place] = chosen.randrange(256)
            else:
                del raw[place : place + chosen.randrange(1, 40)]
        file.write_bytes(raw)
        try:
            found = read_bookings(file, date(2026, 3, 10))
            outcomes.add(len(found.rows) + len(found.rejected))
        except BadDataError as error:
            outcomes.add(bool(error.message))
    assert len(outcomes) > 2


def test_a_quote_left_open_costs_its_line_and_not_those_that_follow(
    cases: Cases, file: Path
) -> None:
    open_quote = '77;10/03/2026;10h;30;"Ouvert;Guy;IDE;;;;'
    after = "77;10/03/2026;11h;30;Suivant;Lou;IDE;;;;"
    file.write_text(f"{HEADER}\n{open_quote}\n{GOOD}\n{after}", encoding="utf-8")
    report = cases.permanences.import_bookings(file)
    assert report.added == 2
    assert [line for line, _reason in report.rejected] == [2]
    assert "guillemet" in report.rejected[0].reason


def test_a_quoted_line_break_is_read_and_a_name_stands_on_one_line(
    cases: Cases, file: Path
) -> None:
    broken = '77;10/03/2026;10h;30;"Le Grand\nMartin";Guy;IDE;;;;"un\ndeux"'
    file.write_text(f"{HEADER}\n{broken}\n{GOOD}", encoding="utf-8")
    assert cases.permanences.import_bookings(file).rejected == ()
    one = cases.permanences.day(date(2026, 3, 10), "77")[1]
    assert one.professional.nom == "Le Grand Martin"
    assert one.slot.reason == "un\ndeux"


def test_a_monstrous_cell_costs_its_line_only(cases: Cases, file: Path) -> None:
    monster = f"77;10/03/2026;10h;30;{'A' * 200_000};Guy;IDE;;;;"
    long_name = f"77;10/03/2026;10h;30;{'A' * 400};Guy;IDE;;;;"
    file.write_text(f"{HEADER}\n{monster}\n{long_name}\n{GOOD}", encoding="utf-8")
    report = cases.permanences.import_bookings(file)
    assert report.added == 1
    assert [line for line, _reason in report.rejected] == [2, 3]
    assert "trop long" in report.rejected[1].reason


@pytest.mark.parametrize("departement", ["zz", "99", "97411", "77000", "😀"])
def test_what_is_not_a_departement_opens_no_permanence(
    cases: Cases, file: Path, departement: str
) -> None:
    file.write_text(f"{HEADER}\n{departement}{GOOD[2:]}\n", encoding="utf-8")
    report = cases.permanences.import_bookings(file)
    assert report.added == 0
    assert "n’est pas un département" in report.rejected[0].reason
    assert cases.permanences.list() == []


@pytest.mark.parametrize("departement", ["77", "077", "Seine-et-Marne", "seine et marne"])
def test_a_departement_is_understood_as_people_write_it(
    cases: Cases, file: Path, departement: str
) -> None:
    file.write_text(f"{HEADER}\n{departement}{GOOD[2:]}\n", encoding="utf-8")
    assert cases.permanences.import_bookings(file).added == 1
    assert cases.permanences.list()[0].departement == "77"


@pytest.mark.parametrize("day", ["10/03/2206", "0001-01-01", "9999-12-31"])
def test_a_year_no_booking_can_have_is_a_slip_told_with_its_line(
    cases: Cases, file: Path, day: str
) -> None:
    file.write_text(f"{HEADER}\n{GOOD.replace('10/03/2026', day)}\n", encoding="utf-8")
    report = cases.permanences.import_bookings(file)
    assert (report.added, [line for line, _reason in report.rejected]) == (0, [2])


def test_the_spreadsheet_s_separator_line_and_its_four_digit_hours_are_understood(
    cases: Cases, file: Path
) -> None:
    text = f"sep=;\n{HEADER}\n{GOOD.replace('9h30', '0930').replace('10/03/2026', '2026/03/10')}\n"
    file.write_text(text, encoding="utf-8")
    assert cases.permanences.import_bookings(file).added == 1
    assert cases.permanences.day(date(2026, 3, 10))[0].slot.at == time(9, 30)


def test_a_column_given_twice_is_refused_before_anything_is_shifted(
    cases: Cases, file: Path
) -> None:
    file.write_text(f"{HEADER.replace('nom;', 'nom;nom;', 1)}\n{GOOD}\n", encoding="utf-8")
    with pytest.raises(BadDataError, match="deux fois"):
        cases.permanences.import_bookings(file)


def test_an_event_too_long_or_in_an_impossible_year_is_told_and_the_others_kept(
    cases: Cases, tmp_path: Path
) -> None:
    def event(uid: int, start: str, who: str) -> str:
        body = f"UID:{uid}\nDTSTART:{start}\nSUMMARY:{who} - infirmier\nLOCATION:Melun (77)"
        return f"BEGIN:VEVENT\n{body}\nEND:VEVENT\n"

    events = [
        event(1, "20260310T093000", "A" * 400),
        event(2, "99991231T233000Z", "Durand Guy"),
        event(3, "00010101T000000Z", "Durand Guy"),
        event(4, "20260310T103000", "Durand Guy"),
    ]
    calendar = tmp_path / "agenda.ics"
    calendar.write_text(
        f"BEGIN:VCALENDAR\nVERSION:2.0\n{''.join(events)}END:VCALENDAR\n", encoding="utf-8"
    )
    report = cases.permanences.import_bookings(calendar)
    assert report.added == 1
    assert len(report.rejected) == 3


def test_an_hour_in_a_zone_nobody_knows_is_told_and_never_read_as_local(
    cases: Cases, tmp_path: Path
) -> None:
    event = "UID:1\nDTSTART;TZID=Mars/Olympus:20260310T093000\nSUMMARY:Durand Guy\nLOCATION:(77)"
    calendar = tmp_path / "agenda.ics"
    calendar.write_text(
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR\n", encoding="utf-8"
    )
    report = cases.permanences.import_bookings(calendar)
    assert report.added == 0
    assert "Mars/Olympus" in report.rejected[0].reason
