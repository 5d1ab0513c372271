"""From degrees to metres and back: Lambert 93 on the mainland, spherical Mercator overseas.

True on paper. Lambert 93 is the conformal conic of EPSG:2154 (GRS 80, parallels 44° and 49°,
origin 3° E and 46,5° N, false origin 700 000 m and 6 600 000 m).
"""

from math import (
    asin,
    atan,
    atan2,
    atanh,
    degrees,
    exp,
    hypot,
    log,
    pi,
    radians,
    sin,
    sqrt,
    tan,
    tanh,
)

from advisor.domain.places.outline import LAMBERT_93

_AXIS = 6378137.0
_FLATNESS = 1 / 298.257222101
_E = sqrt(2 * _FLATNESS - _FLATNESS**2)
_EAST, _NORTH = 700000.0, 6600000.0
_LON_0, _LAT_0 = radians(3.0), radians(46.5)
_PARALLELS = (radians(44.0), radians(49.0))
_TURNS = 6


def _isometric(latitude: float) -> float:
    bent = _E * sin(latitude)
    return log(tan(pi / 4 + latitude / 2) * ((1 - bent) / (1 + bent)) ** (_E / 2))


def _reduced(latitude: float) -> float:
    squared = (_E * sin(latitude)) ** 2
    return sqrt(1 - sin(latitude) ** 2) / sqrt(1 - squared)


_N = log(_reduced(_PARALLELS[1]) / _reduced(_PARALLELS[0])) / (
    _isometric(_PARALLELS[0]) - _isometric(_PARALLELS[1])
)
_C = _AXIS * _reduced(_PARALLELS[0]) * exp(_N * _isometric(_PARALLELS[0])) / _N
_NORTH_OF_POLE = _NORTH + _C * exp(-_N * _isometric(_LAT_0))


def lambert_93(longitude: float, latitude: float) -> tuple[int, int]:
    """Return metres east and north of a point of the mainland, in degrees WGS84."""
    from_pole = _C * exp(-_N * _isometric(radians(latitude)))
    angle = _N * (radians(longitude) - _LON_0)
    x = _EAST + from_pole * sin(angle)
    y = _NORTH_OF_POLE - from_pole * sin(angle + pi / 2)
    return round(x), round(y)


def mercator(longitude: float, latitude: float) -> tuple[int, int]:
    """Return metres of the spherical Mercator frame of a point, in degrees WGS84."""
    x = _AXIS * radians(longitude)
    y = _AXIS * log(tan(pi / 4 + radians(latitude) / 2))
    return round(x), round(y)


def degrees_of(x: float, y: float, frame: str = LAMBERT_93) -> tuple[float, float]:
    """Return the longitude and latitude, in degrees WGS84, of a point of a frame."""
    if frame != LAMBERT_93:
        return degrees(x / _AXIS), degrees(2 * atan(exp(y / _AXIS)) - pi / 2)
    east, south = x - _EAST, _NORTH_OF_POLE - y
    longitude = _LON_0 + atan2(east, south) / _N
    upright = -log(hypot(east, south) / _C) / _N
    bent = tanh(upright)
    for _ in range(_TURNS):
        bent = tanh(upright + _E * atanh(_E * bent))
    return degrees(longitude), degrees(asin(bent))


def metres(longitude: float, latitude: float, frame: str = LAMBERT_93) -> tuple[int, int]:
    """Return metres of a frame of a point in degrees WGS84."""
    project = lambert_93 if frame == LAMBERT_93 else mercator
    return project(longitude, latitude)
