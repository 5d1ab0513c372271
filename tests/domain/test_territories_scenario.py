"""The ten-year scenario and the reading of 2012, worked out by hand."""

import pytest

from advisor.domain.territories.reading_2012 import Answer, Measured, Parameters, read
from advisor.domain.territories.scenario import Hypotheses, Observed, project
from advisor.errors import RefusedError

ISERE = Observed(
    doctors=1153,
    shares={60: 26},
    installations=366,
    departures=391,
    patients_per_doctor=941,
    without=145_428,
)


def test_the_deck_s_figures_give_its_pessimistic_scenario() -> None:
    """26 % of 1 153 leave: 299,78; at 366 for 391, 280,61 settle; 19,17 doctors are missing.

    At 941 patients each, 18 037 lose their doctor; with the 145 428 without one, 163 465.
    """
    found = project(ISERE)
    assert found.marking == "scénario, pas une prévision"
    assert found.leaving == pytest.approx(299.78)
    assert found.installing == pytest.approx(280.61, abs=0.01)
    assert found.balance == pytest.approx(-19.17, abs=0.01)
    assert found.losing == pytest.approx(18_037, abs=1)
    assert found.without_then == pytest.approx(163_465, abs=1)
    assert found.path[0] == 1153
    assert found.path[-1] == pytest.approx(1153 - 19.17, abs=0.01)


def test_a_better_pace_gives_doctors_back() -> None:
    """At 1,5 times the pace 420,92 settle: 121,14 more than leave; nobody loses a doctor."""
    found = project(ISERE, Hypotheses(pace=1.5))
    assert found.balance == pytest.approx(121.14, abs=0.01)
    assert found.losing is not None
    assert found.losing < 0
    assert found.without_then == pytest.approx(145_428 - 121.14 * 941, abs=10)


def test_fewer_without_a_doctor_never_goes_below_nobody() -> None:
    assert project(ISERE, Hypotheses(pace=5)).without_then == 0


def test_an_earlier_departure_takes_the_younger_share() -> None:
    """Leaving at 65 takes those of 55 and over; at 67, between 55 and 60: 40 + (26 - 40)·2/5."""
    shares = {55: 40.0, 60: 26.0, 65: 12.0}
    observed = Observed(doctors=100, shares=shares, ratio=1)
    assert project(observed, Hypotheses(65)).leaving == 40
    assert project(observed, Hypotheses(67)).leaving == pytest.approx(34.4)
    assert project(observed, Hypotheses(75)).leaving == 12
    assert project(observed).departure_age == 70


def test_an_age_that_is_not_held_is_missing_and_not_invented() -> None:
    found = project(ISERE, Hypotheses(65))
    assert found.leaving is None
    assert found.without_then is None
    assert "55 ans et plus" in found.missing[0]


def test_without_the_number_of_doctors_the_scenario_is_for_a_hundred() -> None:
    """CC Collines Isère Nord: 32 % over 60, 3 installations for one departure: 32 and 96."""
    found = project(Observed(shares={60: 32}, ratio=3.0, patients_per_doctor=900))
    assert (found.per_hundred, found.leaving, found.installing) == (True, 32, 96)
    assert found.losing is None


def test_a_yearly_number_is_kept_when_departures_are_not_observed() -> None:
    found = project(Observed(doctors=20, shares={60: 25}, installations=4, years=5))
    assert (found.leaving, found.installing, found.balance) == (5, 8, 3)


@pytest.mark.parametrize(
    "given",
    [{"departure_age": 64}, {"departure_age": 76}, {"pace": -1}, {"pace": 6},
     {"patients_per_doctor": 0}],
)  # fmt: skip
def test_hypotheses_out_of_bounds_are_refused_in_french(given: dict[str, float]) -> None:
    with pytest.raises(RefusedError, match="se choisit entre"):
        Hypotheses(**given)  # type: ignore[arg-type]


def test_nothing_is_judged_before_the_user_sets_a_threshold() -> None:
    found = read(Measured(density=50, activity=6000, complementarity=60, older=40, idh=0.4))
    assert found.marking == "non officiel"
    assert found.judged == 0
    assert found.score is None


def test_the_four_indicators_are_read_with_the_user_s_thresholds_and_weights() -> None:
    """Fragile: 1 (weight 2) and 3 (weight 1); not fragile: 4 (weight 1); 2 has no figure: 3/4."""
    set_ = Parameters(70, 5000, 80, 30, 0, 0.5, (2, 1, 1, 1))
    measured = Measured(density=50, activity=6000, older=40, change=0, idh=0.6)
    found = read(measured, set_)
    assert [one.answer for one in found.indicators] == [
        Answer.FRAGILE,
        Answer.NO_FIGURE,
        Answer.FRAGILE,
        Answer.NOT_FRAGILE,
    ]
    assert (found.fragile, found.judged) == (2, 3)
    assert found.score == pytest.approx(0.75)


def test_growing_numbers_of_doctors_are_not_fragile_however_old() -> None:
    found = read(Measured(older=60, change=2), Parameters(older_above=30))
    assert found.indicators[2].answer is Answer.NOT_FRAGILE


def test_weights_that_weigh_nothing_sensible_are_refused() -> None:
    with pytest.raises(RefusedError):
        Parameters(weights=(1, 1, 1))
    with pytest.raises(RefusedError):
        Parameters(weights=(1, 1, 1, -1))
