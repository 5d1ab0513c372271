"""Files, texts and dates nobody should give: told in one sentence, with what to do next."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import Advisor

Refuse = Callable[..., str]
BOOKING = {"departement": "77", "date": "2026-03-10", "nom": "Exemple", "profession": "infirmier"}


def given(**booking: object) -> str:
    return json.dumps({"booking": {**BOOKING, **booking}})


@pytest.mark.parametrize("command", ["zones", "communes"])
def test_bytes_the_terminal_could_not_read_are_refused_as_such(
    refuse: Refuse, command: str
) -> None:
    assert "illisible" in refuse(2, command, "Mel\udcffun")


def test_half_a_character_in_a_json_file_is_told_with_its_line(
    refuse: Refuse, passphrase: Path
) -> None:
    told = refuse(1, "appointment", "new", "--file", "-", stdin=given(nom="Zo\ud800"))
    assert "moitié d’un caractère" in told


def test_a_whole_emoji_written_as_two_codes_is_kept(advisor: Advisor, passphrase: Path) -> None:
    made = advisor("appointment", "new", "--file", "-", "--json", stdin=given(nom="Zo😀"))
    shown = advisor("appointment", "show", made.data["id"], "--json")
    assert shown.data["professional"]["nom"] == "Zo😀"


def test_a_name_longer_than_the_disk_allows_is_told_for_reading_and_for_writing(
    refuse: Refuse, passphrase: Path
) -> None:
    long = "x" * 300
    assert "ne peut pas être lu" in refuse(1, "aids", "--commune", "77288", "--profile", long)
    told = refuse(1, "permanence", "day", "2026-03-10", "--pdf", f"{long}.pdf")
    assert "le nom d’un fichier" in told


def test_a_device_is_never_replaced_by_a_document(refuse: Refuse, passphrase: Path) -> None:
    if not Path("/dev/null").is_char_device():
        pytest.skip("this system has no /dev/null")
    told = refuse(1, "permanence", "day", "2026-03-10", "--pdf", "/dev/null")
    assert "fichier ordinaire" in told
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "２０２６-01-01"])
def test_a_day_outside_our_time_is_not_a_date(refuse: Refuse, day: str) -> None:
    refuse(2, "zones", "77288", "--date", day)
    profile = json.dumps({"profession": "infirmier", "installation_date": day})
    refuse(1, "aids", "--commune", "77288", "--profile", "-", stdin=profile)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("days_per_week", 8, "7 au plus"),
        ("birth_year", 99_999, "2100 au plus"),
        ("birth_year", True, "true"),
        ("fees_in_zone", 10**400, "…"),
        ("previous_aids", [{"id": ["caim"]}], '[{"id": ["caim"]}]'),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_and_shown_as_it_was_written(
    refuse: Refuse, field: str, value: object, told: str
) -> None:
    profile = json.dumps({field: value})
    assert told in refuse(1, "aids", "--commune", "77288", "--profile", "-", stdin=profile)


@pytest.mark.parametrize(
    ("booking", "told"),
    [
        ({"departement": "97411"}, "n’est pas un département"),
        ({"departement": "😀"}, "n’est pas un département"),
        ({"nom": "A" * 1_000_000}, "trop long"),
        ({"date": "9999-12-31"}, "n’est pas une valeur lisible"),
    ],
    ids=["commune code", "emoji", "long name", "far year"],
)
def test_a_booking_nobody_can_have_opens_no_interview(
    refuse: Refuse, advisor: Advisor, passphrase: Path, booking: dict[str, str], told: str
) -> None:
    assert told in refuse(1, "appointment", "new", "--file", "-", stdin=given(**booking))
    assert advisor("appointment", "list", "--json").data == {"appointments": []}


def test_an_empty_list_is_not_taken_for_an_empty_object(refuse: Refuse, passphrase: Path) -> None:
    assert "booking" in refuse(1, "appointment", "new", "--file", "-", stdin='{"booking": []}')


def test_a_disk_without_room_is_said_to_be_full(
    refuse: Refuse, passphrase: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "sources")

    monkeypatch.setattr(Path, "mkdir", no_room)
    assert "disque est plein" in refuse(1, "me")


@pytest.mark.skipif(sys.platform == "win32", reason="streams are closed otherwise there")
def test_a_closed_standard_input_is_told_and_a_gone_reader_hears_nothing(home: Path) -> None:
    start = f"{sys.executable} -m advisor --home {home}"
    closed = f"{start} aids --profile - --commune 77288 <&-"
    ran = subprocess.run(["bash", "-c", closed], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "entrée standard" in ran.stderr
    gone = f"{start} zones 99999 --json | true"
    ran = subprocess.run(["bash", "-c", gone], capture_output=True, text=True, check=False)
    assert ran.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="streams are closed otherwise there")
def test_a_command_started_with_its_output_closed_does_its_work_in_silence(home: Path) -> None:
    line = f"{sys.executable} -m advisor zones 77288 --home {home} >&-"
    ran = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_bare_locale_that_cuts_letters_in_bytes_is_understood(advisor: Advisor) -> None:
    cut = "Crégy".encode().decode("ascii", "surrogateescape")
    assert advisor("communes", cut, "--json").data["communes"][0]["name"] == "Crégy-lès-Meaux"
