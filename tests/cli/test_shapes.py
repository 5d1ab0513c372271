"""The JSON of each command has the keys of the contract, and nothing else on standard output."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_runner import Advisor

ZONE_KEYS = {
    "profession", "zoning", "class", "label", "territory", "unit", "partial",
    "valid_from", "valid_to", "legal_act", "source", "confidence",
}  # fmt: skip
AID_KEYS = {
    "id", "title", "status", "amount", "reasons", "missing", "payer", "counterpart",
    "exclusive_with", "legal_refs", "source", "valid_from", "valid_to", "confidence",
}  # fmt: skip
SHOW_KEYS = {
    "id", "permanence", "professional", "profile", "places", "notes", "aids", "referrals",
    "outcome", "satisfaction", "sync",
}  # fmt: skip
DOCTOR = {
    "profession": "medecin_generaliste",
    "status": "remplacant",
    "sector": "1",
    "exercise": "groupe",
    "days_per_week": 4,
    "first_installation": True,
    "installation_date": "2026-01-05",
    "previous_aids": [],
}


def test_communes_tell_name_population_and_what_was_typed(reader: Advisor) -> None:
    found = reader("communes", "melun", "--limit", "3", "--json").data
    assert set(found) == {"communes"}
    assert 1 <= len(found["communes"]) <= 3
    first = found["communes"][0]
    assert set(first) == {"code", "name", "departement", "postcodes", "population", "was"}
    assert first["code"] == "77288"
    assert "77000" in first["postcodes"]
    assert isinstance(first["population"], int)
    assert first["was"] is None


def test_no_commune_is_an_empty_list_and_not_a_failure(reader: Advisor) -> None:
    ran = reader("communes", "xqzxqzxqz", "--json")
    assert (ran.status, ran.data) == (0, {"communes": []})


def test_zones_tell_each_class_and_each_gap(reader: Advisor) -> None:
    found = reader("zones", "77159", "--date", "2026-01-01", "--json").data
    assert set(found) == {"commune", "date", "zones", "unknown"}
    assert found["date"] == "2026-01-01"
    assert found["commune"]["name"] == "Donnemarie-Dontilly"
    for zone in found["zones"]:
        assert zone.keys() >= ZONE_KEYS
        assert isinstance(zone["partial"], bool)
        assert zone["confidence"] in {"A", "B", "C"}
    for gap in found["unknown"]:
        assert gap.keys() >= {"profession", "reason"}
        assert gap["reason"]
    assert {"infirmier", "masseur_kinesitherapeute"} <= {g["profession"] for g in found["unknown"]}


def test_one_profession_gives_its_own_class_only(reader: Advisor) -> None:
    words = ("--profession", "infirmier", "--date", "2013-01-01", "--json")
    found = reader("zones", "77159", *words).data
    assert {zone["profession"] for zone in found["zones"]} == {"infirmier"}


def test_aids_list_the_whole_catalogue_once(reader: Advisor) -> None:
    found = reader(
        *("aids", "--profile", "-", "--commune", "91286", "--date", "2026-02-01", "--json"),
        stdin=json.dumps(DOCTOR),
    ).data
    assert found.keys() >= {"aids", "limits", "next_question", "total"}
    ids = [aid["id"] for aid in found["aids"]]
    assert len(ids) == len(set(ids)) > 50
    assert set(found["total"]) == {"min", "max"}
    for aid in found["aids"]:
        assert aid.keys() >= AID_KEYS
        assert aid["status"] in {"eligible", "not_eligible", "to_verify"}
        assert aid["reasons"], aid["id"]
        for reason in aid["reasons"]:
            assert set(reason) == {"condition", "status", "explanation", "legal_ref"}
        _check_amount(aid["amount"])


def _check_amount(amount: dict[str, Any] | None) -> None:
    if amount is None:
        return
    assert set(amount) == {"components", "total", "schedule", "basis"}
    for part in amount["components"]:
        assert part.keys() >= {"id", "kind", "value", "ceiling", "years"}
        assert part["kind"] in {"lump", "yearly", "monthly", "percent", "text"}
    for one in amount["schedule"]:
        assert set(one) == {"when", "amount"}


def test_the_next_question_names_a_field_and_its_stake(reader: Advisor) -> None:
    profile = {name: value for name, value in DOCTOR.items() if name != "sector"}
    found = reader(
        *("aids", "--profile", "-", "--commune", "91286", "--date", "2026-02-01", "--json"),
        stdin=json.dumps(profile),
    ).data
    assert found["next_question"].keys() == {"field", "label", "stake"}
    assert found["next_question"]["field"] == "sector"
    assert found["next_question"]["stake"] >= 10_000


def test_an_empty_profile_is_answered_too(reader: Advisor) -> None:
    ran = reader("aids", "--profile", "-", "--commune", "77288", "--json", stdin="{}")
    assert ran.status == 0
    assert "eligible" not in {a["status"] for a in ran.data["aids"] if a["amount"]}


def test_ranked_places_say_why(reader: Advisor, tmp_path: Path) -> None:
    codes = tmp_path / "lieux.txt"
    codes.write_text("Code;Nom\n77379;Provins\n77288\n77014\n")
    found = reader(
        *("rank", "--profile", "-", "--within", f"list:{codes}", "--limit", "2", "--json"),
        stdin=json.dumps(DOCTOR),
    ).data
    assert set(found) == {"places"}
    assert len(found["places"]) == 2
    for place in found["places"]:
        assert set(place) == {"code", "name", "score", "why", "total_max"}
        assert place["why"]
    assert found["places"][0]["score"] >= found["places"][1]["score"]


def test_funding_tells_each_reading(reader: Advisor) -> None:
    given = {"date": "2018-01-15", "commune": "77379", "acquisition": 300000, "works": 120000}
    found = reader("funding", "--input", "-", "--json", stdin=json.dumps(given)).data
    assert set(found) == {"schemes"}
    for scheme in found["schemes"]:
        assert set(scheme) == {"id", "rate", "ceiling", "uplift", "grant", "readings", "source"}
        for reading in scheme["readings"]:
            assert set(reading) == {"id", "text", "grant"}


def test_the_reference_tells_what_it_holds(reader: Advisor) -> None:
    found = reader("reference", "info", "--json").data
    assert found.keys() >= {"pack", "counts", "sources"}
    assert set(found["pack"]) == {"id", "version", "built_at", "signed_by"}
    assert found["counts"].keys() >= {"communes", "zonings", "aids", "structures", "indicators"}
    assert all(found["counts"][name] > 0 for name in ("communes", "zonings", "aids"))
    assert found["sources"]


def test_who_signs_is_remembered(advisor: Advisor, passphrase: Path) -> None:
    assert advisor("me", "--json").data == {"name": None, "organisation": None}
    named = advisor("me", "--name", "Alex Essai", "--organisation", "URPS", "--json")
    assert named.data == {"name": "Alex Essai", "organisation": "URPS"}
    assert advisor("--json", "me").data == named.data


@pytest.fixture
def opened(advisor: Advisor, passphrase: Path) -> Callable[[], str]:
    """Return a function that opens one interview and returns its id."""
    given = {
        "booking": {
            "departement": "77", "date": "2026-12-01", "heure": "09:30", "duree": "45",
            "nom": "Exemple", "prenom": "Camille", "profession": "medecin_generaliste",
            "telephone": "06 39 98 00 01", "email": "camille@example.org",
            "commune_souhaitee": "Provins", "motif": "Installation",
        },
        "profile": {k: v for k, v in DOCTOR.items() if k != "profession"},
        "places": ["77379", "77014"],
    }  # fmt: skip

    def open_one() -> str:
        advisor("me", "--name", "Alex Essai", "--organisation", "URPS")
        ran = advisor("appointment", "new", "--file", "-", "--json", stdin=json.dumps(given))
        assert ran.status == 0, ran.out
        assert set(ran.data) == {"id"}
        return str(ran.data["id"])

    return open_one


def test_an_interview_is_opened_shown_changed_and_printed(
    advisor: Advisor, opened: Callable[[], str], tmp_path: Path
) -> None:
    made = opened()
    shown = advisor("appointment", "show", made, "--json").data
    assert shown.keys() >= SHOW_KEYS
    assert set(shown["professional"]) == {
        "id", "nom", "prenom", "profession", "telephone", "email",
    }  # fmt: skip
    assert [place["code"] for place in shown["places"]] == ["77379", "77014"]
    assert shown["sync"] == "local"
    assert shown["profile"]["sector"] == "1"

    changed = advisor("appointment", "set", made, "sector=2", "booking.nom=Autre", "--json").data
    assert changed["id"] == made
    assert changed["changed"]["sector"] == ["1", "2"]
    assert changed["changed"]["booking.nom"] == ["Exemple", "Autre"]

    noted = advisor("appointment", "note", made, "Cherche un cabinet de groupe.", "--json").data
    assert set(noted) == {"id", "changed", "warnings"}
    (note,) = advisor("appointment", "show", made, "--json").data["notes"]
    assert set(note) == {"id", "author", "organisation", "at", "text", "versions"}
    assert (note["author"], note["text"]) == ("Alex Essai", "Cherche un cabinet de groupe.")

    told = {"kind": "installe", "date": "2027-03-01", "commune": "77379", "how": "Reprise"}
    written = advisor(
        "appointment", "outcome", made, "--file", "-", "--json", stdin=json.dumps(told)
    )
    assert written.status == 0, written.out
    assert advisor("appointment", "show", made, "--json").data["outcome"]["kind"] == "installe"

    sheet = tmp_path / "fiche.pdf"
    assert advisor("appointment", "print", made, "--out", sheet, "--json").data["id"] == made
    assert sheet.read_bytes().startswith(b"%PDF")
    assert advisor("appointment", "show", made, "--json").data["documents"]


def test_a_field_that_does_not_exist_is_refused_and_nothing_changes(
    advisor: Advisor, opened: Callable[[], str]
) -> None:
    made = opened()
    before = advisor("appointment", "show", made, "--json").out
    for bad in ("couleur=bleu", "booking.couleur=bleu", "status=perdu", "days_per_week=beaucoup"):
        ran = advisor("appointment", "set", made, bad)
        assert ran.status == 1, bad
        assert ran.err
    assert advisor("appointment", "set", made, "sector").status == 2
    assert advisor("appointment", "show", made, "--json").out == before


def test_a_status_nobody_has_is_told_with_those_of_the_interview_and_of_the_person(
    advisor: Advisor, opened: Callable[[], str]
) -> None:
    told = advisor("appointment", "set", opened(), "status=bidon")
    assert told.status == 1
    for word in ("bidon", "prevu", "recu", "absent", "annule", "remplacant"):
        assert word in told.err


def test_a_permanence_is_created_listed_and_its_day_printed(
    advisor: Advisor, passphrase: Path, tmp_path: Path
) -> None:
    made = advisor(
        *("permanence", "create", "--departement", "77", "--date", "2026-12-01"),
        *("--place", "Mairie de Melun", "--from", "09:00", "--to", "12:00", "--json"),
    ).data
    listed = advisor("permanence", "list", "--json").data["permanences"]
    assert [one["id"] for one in listed] == [made["id"]]
    assert (listed[0]["from"], listed[0]["to"]) == ("09:00", "12:00")
    page = tmp_path / "jour.pdf"
    told = advisor("permanence", "day", "2026-12-01", "--pdf", page, "--json").data
    assert told["appointments"] == []
    assert page.read_bytes().startswith(b"%PDF")


def test_a_permanence_can_come_back_every_month(advisor: Advisor, passphrase: Path) -> None:
    made = advisor(
        *("permanence", "create", "--departement", "77", "--date", "2026-12-01"),
        *("--place", "Mairie de Melun", "--every", "month", "--count", "3", "--json"),
    ).data
    assert len(made["permanences"]) == 3


def test_bookings_imported_twice_add_nothing(
    advisor: Advisor, passphrase: Path, tmp_path: Path
) -> None:
    file = tmp_path / "rdv.csv"
    file.write_bytes(
        "departement;date;heure;duree;nom;prenom;profession;telephone;email;"
        "commune_souhaitee;motif\r\n"
        "77;2026-12-01;09:30;45;Exemple;Zoé;medecin_generaliste;0639980001;;Provins;Première\r\n"
        "77;le 3 mars;10:00;30;Fictive;Éloi;infirmier;;;;\r\n".encode("cp1252")
    )
    first = advisor("permanence", "import", file, "--json").data
    assert set(first) == {"added", "already", "cancelled", "rejected"}
    assert (first["added"], first["already"]) == (1, 0)
    assert [one["line"] for one in first["rejected"]] == [3]
    assert first["rejected"][0]["reason"]
    again = advisor("permanence", "import", file, "--json").data
    assert (again["added"], again["already"]) == (0, 1)
    (one,) = advisor("permanence", "day", "2026-12-01", "--json").data["appointments"]
    assert one["professional"]["prenom"] == "Zoé"


def test_what_waits_to_be_sent_is_counted(advisor: Advisor, passphrase: Path) -> None:
    advisor("me", "--name", "Alex Essai", "--organisation", "URPS")
    advisor(
        *("permanence", "create", "--departement", "77", "--date", "2026-12-01"),
        *("--place", "Mairie de Melun"),
    )
    told = advisor("sync", "status", "--json").data
    assert set(told) == {"pending", "since", "last_sync", "central", "conflicts", "quarantined"}
    assert told["pending"] >= 1
    assert told["since"]
    assert told["central"] is None
    refused = advisor("sync", "--json")
    assert refused.status == 1
    assert "central" in refused.data["error"]["message"]


def test_the_vault_is_checked_copied_and_brought_back(
    advisor: Advisor, passphrase: Path, home: Path
) -> None:
    advisor("me", "--name", "Alex Essai", "--organisation", "URPS")
    checked = advisor("vault", "check", "--json")
    assert checked.status == 0, checked.out
    assert checked.data["ok"] is True
    copy = advisor("vault", "backup", "--json").data["file"]
    assert Path(copy).is_file()
    advisor("me", "--name", "Autre", "--organisation", "CPAM")
    assert advisor("vault", "restore", copy, "--json").status == 0
    assert advisor("me", "--json").data["name"] == "Alex Essai"


def test_a_person_is_erased_with_all_that_concerns_them(
    advisor: Advisor, opened: Callable[[], str], home: Path
) -> None:
    made = opened()
    person = advisor("appointment", "show", made, "--json").data["professional"]["id"]
    assert advisor("vault", "erase", person, "--json").status == 0
    assert "Exemple" not in advisor("appointment", "list", "--json").out


def test_check_tells_what_the_support_desk_asks(advisor: Advisor) -> None:
    told = advisor("check", "--json")
    assert told.status == 0, told.out
    assert told.data.keys() >= {"versions", "pack", "vault", "disk", "last_sync", "display"}
    assert told.data["vault"]["state"] == "absent"


def test_every_command_has_a_french_help(reader: Advisor) -> None:
    for words in ((), ("reference",), ("appointment", "set"), ("permanence", "create")):
        told = reader(*words, "--help")
        assert told.status == 0
        assert told.out.startswith("Utilisation")
        assert told.out.count("Utilisation") == 1
        for english in ("usage", "show this help", "positional", "optional", "exit"):
            assert english not in told.out


def test_json_and_home_are_taken_anywhere_on_the_line(in_a_process: Advisor, home: Path) -> None:
    one = in_a_process("--json", "communes", "melun")
    other = in_a_process("communes", "--json", "melun")
    assert one.status == other.status == 0
    assert one.data == other.data
    assert not one.err
