from datetime import date, time

import pytest

from advisor.domain.cases.appointment import AppointmentStatus
from advisor.errors import NotFoundError, RefusedError
from advisor.services.cases import Cases


def test_a_monthly_series_keeps_its_weekday_and_is_one_series(cases: Cases) -> None:
    cases.permanences.create(
        "77", date(2026, 3, 10), "Melun", time(9), time(17), every_month=3, partners=["ARS", "CPAM"]
    )
    found = cases.permanences.list("77")
    assert [one.day for one in found] == [
        date(2026, 3, 10),
        date(2026, 4, 14),
        date(2026, 5, 12),
        date(2026, 6, 9),
    ]
    assert len({one.series for one in found}) == 1
    assert {(one.starts, one.ends, one.partners) for one in found} == {
        (time(9), time(17), ("ARS", "CPAM"))
    }
    assert cases.permanences.list("77", date(2026, 4, 1), date(2026, 4, 30)) == [found[1]]
    assert cases.permanences.list("91") == []


def test_the_fifth_weekday_becomes_the_last_of_a_shorter_month(cases: Cases) -> None:
    cases.permanences.create("77", date(2026, 6, 30), "Melun", every_month=2)
    days = [one.day for one in cases.permanences.list()]
    assert days == [date(2026, 6, 30), date(2026, 7, 28), date(2026, 8, 25)]


def test_a_walk_in_is_received_now_and_an_absent_is_marked(cases: Cases, interview: str) -> None:
    permanence = cases.interviews.get(interview).permanence.id
    walked = cases.permanences.walk_in(permanence, {"nom": "Passante", "profession": "kiné"}).id
    cases.permanences.set_status(interview, AppointmentStatus.ABSENT)
    found = {one.id: one for one in cases.permanences.day(date(2026, 3, 10), "77")}
    assert found[walked].status is AppointmentStatus.WALK_IN
    assert found[walked].profile["profession"] == "masseur_kinesitherapeute"
    assert found[walked].slot.at is not None
    assert found[interview].status is AppointmentStatus.ABSENT


def test_partners_present_are_changed_in_place(cases: Cases) -> None:
    made = cases.permanences.create("91", date(2026, 3, 12), "Évry").id
    touched = cases.permanences.set_partners(made, ["URPS"])
    assert touched.spoken() == {"permanence.partners": ([], ["URPS"])}
    assert cases.permanences.get(made).partners == ("URPS",)


def test_impossible_sessions_are_refused_in_french(cases: Cases) -> None:
    with pytest.raises(RefusedError, match="avant de commencer"):
        cases.permanences.create("77", date(2026, 3, 10), "Melun", time(17), time(9))
    with pytest.raises(RefusedError, match="département"):
        cases.permanences.create(" ", date(2026, 3, 10), "Melun")
    with pytest.raises(RefusedError, match="au plus"):
        cases.permanences.create("77", date(2026, 3, 10), "Melun", every_month=500)
    with pytest.raises(NotFoundError):
        cases.permanences.walk_in("n-existe-pas", {})
    assert cases.permanences.list() == []
