"""A territory too small to fill a map of its own: shown among its neighbours, under a star.

True on paper: metres of the scene's frame, no pack, no page.
"""

from collections.abc import Sequence
from dataclasses import replace

from advisor.domain.maps.layers import Bounds, MapPlace, MapScene
from advisor.domain.paper.map_content import MapContent, MapSpot, SpotLayer

ALONE = 12_000  # metres from one end to the other: from there on, a territory fills its map
AROUND, LEAST = 4_000, 7_000
WIDER = 1.9  # maps of pages are about twice as wide as they are tall
ABOVE = 0.11  # of the map's height, clear of the commune's own letters and structures
TOLD = "Les communes connues autour du territoire sont montrées et comptées avec lui."


def surroundings(places: Sequence[MapPlace]) -> Bounds | None:
    """Return what to show around a small territory; None when it fills a map alone."""
    boxes = [_box(one) for one in places]
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    reach = max(east - west, north - south)
    if reach >= ALONE:
        return None
    tall = max(reach // 2 + AROUND, LEAST)
    wide = round(tall * WIDER)
    x, y = (west + east) // 2, (south + north) // 2
    return x - wide, y - tall, x + wide, y + tall


def within(scene: MapScene, box: Bounds, inside: int) -> MapScene:
    """Return a scene with the places of a box only; says so when they are more than ``inside``."""
    west, south, east, north = box
    places = tuple(one for one in scene.places if west <= one.x <= east and south <= one.y <= north)
    more = TOLD if len(places) > inside else ""
    told = " ".join(one for one in (scene.statement, more) if one)
    return replace(scene, places=places, statement=told)


def starred(content: MapContent, name: str, places: Sequence[MapPlace], box: Bounds) -> MapContent:
    """Return a map of that box with a star above the centre of each commune of the territory."""
    above = round((box[3] - box[1]) * ABOVE)
    spots = tuple(MapSpot(one.x, one.y + above, one.name) for one in places)
    star = SpotLayer("territoire", f"{name}, le territoire étudié", "T", "etoile", spots)
    return replace(content, extent=box, layers=(*content.layers, star))


def _box(place: MapPlace) -> Bounds:
    return place.outline.bounds if place.outline else (place.x, place.y, place.x, place.y)
