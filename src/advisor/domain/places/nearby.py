"""How many points stand around a place: a grid, so that all of France is counted at once.

True on paper; no database, no window. Coordinates are WGS84 degrees, distances kilometres.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import cos, floor, radians, sqrt

KM_PER_DEGREE = 111.195  # one degree of latitude on a sphere of 6 371 km
Point = tuple[float, float]


class Nearby:
    """Points given as (longitude, latitude), counted within ``reach`` kilometres."""

    def __init__(self, points: Iterable[Point], reach: float) -> None:
        self.reach = reach
        self._cells: dict[tuple[int, int], list[Point]] = defaultdict(list)
        for longitude, latitude in points:
            self._cells[self._cell(longitude, latitude)].append((longitude, latitude))

    def count(self, longitude: float, latitude: float) -> int:
        """Return how many points stand within reach, flat-earth distance (exact to 0.1 %)."""
        column, row = self._cell(longitude, latitude)
        found = 0
        for shift in (-1, 0, 1):
            for step in range(-self._columns(latitude), self._columns(latitude) + 1):
                for point in self._cells.get((column + step, row + shift), ()):
                    found += self._within(point, longitude, latitude)
        return found

    def _cell(self, longitude: float, latitude: float) -> tuple[int, int]:
        side = self.reach / KM_PER_DEGREE
        return floor(longitude / side), floor(latitude / side)

    @staticmethod
    def _columns(latitude: float) -> int:
        """Return how many cells to look at each side: a degree narrows towards the poles."""
        return int(1 / max(0.05, cos(radians(latitude)))) + 1

    def _within(self, point: Point, longitude: float, latitude: float) -> bool:
        across = (point[0] - longitude) * cos(radians(latitude))
        along = point[1] - latitude
        return sqrt(across * across + along * along) * KM_PER_DEGREE <= self.reach
