"""Counting what stands around a place: the grid against counting one by one."""

from math import cos, hypot, radians

from hypothesis import given
from hypothesis import strategies as st

from advisor.domain.places.nearby import KM_PER_DEGREE, Nearby

FRANCE = st.tuples(st.floats(-5, 9.5), st.floats(41, 51.2))


@given(st.lists(FRANCE, max_size=40), FRANCE, st.sampled_from([0.5, 10.0, 80.0]))
def test_the_grid_finds_what_counting_one_by_one_finds(
    points: list[tuple[float, float]], here: tuple[float, float], reach: float
) -> None:
    longitude, latitude = here
    counted = sum(
        hypot((x - longitude) * cos(radians(latitude)), y - latitude) * KM_PER_DEGREE <= reach
        for x, y in points
    )
    assert Nearby(points, reach).count(longitude, latitude) == counted


def test_melun_is_near_le_mee_and_far_from_provins() -> None:
    melun, le_mee, provins = (2.66, 48.54), (2.63, 48.54), (3.30, 48.56)
    around = Nearby([le_mee, provins], 10)
    assert around.count(*melun) == 1
    assert Nearby([], 10).count(*melun) == 0
