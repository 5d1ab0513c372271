"""The data carried by the map that leaves: quantised geometry, themes, spots, as one JSON text.

Knows the content of a map; nothing of the page around it.
"""

import json
from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import Any

from advisor.config import resources_folder
from advisor.domain.paper.map_content import MapContent, MapPlace, MapTheme, Ring, SpotLayer

STEPS_ACROSS = 9_000
SMALLEST_RING = 6
SMALLEST_CIRCLE, LARGEST_CIRCLE = 900, 5_500
PEOPLE_PER_SQUARE_KM = 5_000
MARKS = {
    "plein": "#0A3440",
    "hachures_serrees": "#D5E6E8",
    "hachures_larges": "#0A3440",
    "points": "#0A3440",
    "vide": "#F7F3EA",
    "inconnu": "#8A8378",
}


def radius(people: int | None) -> int:
    """Return the radius in metres of a commune's circle: its surface follows its population."""
    whole = 1000 * sqrt((people or 0) / PEOPLE_PER_SQUARE_KM)
    return round(min(LARGEST_CIRCLE, max(SMALLEST_CIRCLE, whole)))


def fillings() -> dict[str, tuple[str, str]]:
    """Return for each pattern its ground and the ink of its lines, as in the window."""
    text = (resources_folder() / "theme" / "tokens.json").read_text(encoding="utf-8")
    zones = json.loads(text)["zones"]
    return {name: (zones[name]["ground"], mark) for name, mark in MARKS.items()}


def carried(content: MapContent) -> str:
    """Return the JSON text of a map, safe inside a ``script`` element."""
    drawer = _Drawer(content)
    text = json.dumps(drawer.whole(), ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


class _Texts:
    """Texts told once and named by their number."""

    def __init__(self) -> None:
        self.held: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self.held.setdefault(text, len(self.held))


class _Drawer:
    """Turns metres into small whole steps from the south-west corner, and texts into numbers."""

    def __init__(self, content: MapContent) -> None:
        self._content = content
        west, south, east, north = content.bounds()
        edge = LARGEST_CIRCLE if content.schematic else 0
        self._box = (west - edge, south - edge, east + edge, north + edge)
        extent = max(self._box[2] - self._box[0], self._box[3] - self._box[1])
        self.step = max(1, -(-extent // STEPS_ACROSS))
        self._labels, self._phrases = _Texts(), _Texts()

    def whole(self) -> dict[str, Any]:
        content = self._content
        places = [self._place(one) for one in content.places]
        west, south = self._point(*self._box[:2])
        east, north = self._point(*self._box[2:])
        return {
            "step": self.step,
            "bounds": [west, south, east, north],
            "schematic": content.schematic,
            "fillings": fillings(),
            "places": places,
            "backdrop": [[one.name, self._rings(one.rings)] for one in content.backdrop],
            "themes": [_theme(one) for one in content.themes],
            "layers": [self._layer(one) for one in content.layers],
            "labels": list(self._labels.held),
            "phrases": list(self._phrases.held),
        }

    def _point(self, x: int, y: int) -> tuple[int, int]:
        west, south, *_ = self._box
        return round((x - west) / self.step), round((y - south) / self.step)

    def _place(self, place: MapPlace) -> dict[str, Any]:
        x, y = self._point(place.x, place.y)
        lines = [
            (self._labels.number(one.label), self._phrases.number(one.text)) for one in place.card
        ]
        drawn = {"c": place.code, "n": place.name, "x": x, "y": y, "f": lines}
        rings = self._rings(place.rings)
        return {**drawn, "r": rings, **({} if rings else {"m": radius(place.people)})}

    def _rings(self, rings: Sequence[Ring]) -> list[list[int]]:
        drawn = (self._ring(one) for one in rings)
        return [one for one in drawn if len(one) >= SMALLEST_RING]

    def _ring(self, ring: Ring) -> list[int]:
        """Return the ring on the grid as differences, without points that draw nothing."""
        west, south, *_ = self._box
        step = self.step
        xs = [round((x - west) / step) for x in ring[0::2]]
        ys = [round((y - south) / step) for y in ring[1::2]]
        points = [(0, 0)]
        for point in zip(xs, ys, strict=True):
            if point == points[-1] and len(points) > 1:
                continue
            if len(points) > 2 and _on_one_line(points[-2], points[-1], point):  # noqa: PLR2004
                points.pop()
            points.append(point)
        return [v for (a, b), (x, y) in pairwise(points) for v in (x - a, y - b)]

    def _layer(self, layer: SpotLayer) -> dict[str, Any]:
        spots = []
        for one in layer.spots:
            x, y = self._point(one.x, one.y)
            spots.append({"x": x, "y": y, "n": one.name, "l": one.lines})
        head = {"id": layer.id, "title": layer.title, "letters": layer.letters}
        return {**head, "shape": layer.shape, "spots": spots}


def _on_one_line(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    ahead = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])
    return ahead > 0 and (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])


def _theme(theme: MapTheme) -> dict[str, Any]:
    texts = _Texts()
    said = [texts.number(one) for one in theme.texts]
    source = f"Source\u202f: {theme.source}" if theme.source else ""
    return {
        "id": theme.id,
        "group": theme.group,
        "title": theme.title,
        "about": [one for one in (theme.act, source) if one],
        "remarks": theme.remarks,
        "legend": [
            {"letters": e.letters, "label": e.label, "pattern": e.pattern, "count": e.count}
            for e in theme.legend
        ],
        "classes": theme.classes,
        "said": said,
        "texts": list(texts.held),
    }
