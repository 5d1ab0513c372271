"""Outlines of the places of today, made from the official contours of several years.

Contours of communes are those of 2018: a commune made of several since is their union, a former
commune keeps its own. Paris and the inner ring are drawn finer from the IRIS of 2025, the
arrondissements of Lyon and Marseille from an older and coarser file.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from advisor.domain.maps.projection import lambert_93, mercator
from advisor.domain.places.outline import LAMBERT_93, MERCATOR
from advisor.domain.places.place import Commune, PlaceKind
from advisor.errors import BadDataError
from advisor.reference.build.build_ledger import Ledger
from advisor.reference.build.cog_places import OVERSEAS
from advisor.reference.pack.outline_blobs import to_contour
from advisor.reference.pack.writer import Contour

FRANCE = "derive/communes-france-2018-simplifie-300m.geojson"
FINE = tuple(
    f"contours-communes-2018-gregoiredavid/communes-{name}.geojson"
    for name in (
        "38-isere",
        "77-seine-et-marne",
        "78-yvelines",
        "91-essonne",
        "95-val-d-oise",
    )
)
ARRONDISSEMENTS = tuple(
    f"contours-arrondissements-PLM-geofla/communes-{name}-avec-arrondissements.geojson"
    for name in ("13", "69")
)
IRIS = tuple(f"contours-iris-2025/iris-{name}.geojson" for name in ("75", "92", "93", "94"))
LARGER = {
    "departement": "contours-communes-2018-gregoiredavid/departements-version-simplifiee.geojson",
    "region": "contours-communes-2018-gregoiredavid/regions-version-simplifiee.geojson",
}
CITY_OF_IRIS = {"751": "75056"}
FINE_DEGREES = 0.0002

Shapes = dict[str, BaseGeometry]


def read_shapes(ledger: Ledger, places: dict[str, Commune]) -> Shapes:
    """Return the shape of each place that has one, in degrees."""
    shapes: Shapes = {}
    if ledger.has(FRANCE, "Contours des communes"):
        shapes.update(_shapes_of(ledger, FRANCE, "code", "Contours des communes 2018"))
    for file in FINE:
        if (ledger.root / file).is_file():
            shapes.update(_shapes_of(ledger, file, "code", "Contours des communes 2018, détaillés"))
    for file in ARRONDISSEMENTS:
        if (ledger.root / file).is_file():
            found = _shapes_of(ledger, file, "code", "Contours des arrondissements")
            shapes.update({code: one for code, one in found.items() if _is_part(places, code)})
    shapes.update(_from_iris(ledger))
    return _of_today(ledger, shapes, places)


def centres(shapes: Shapes) -> dict[str, tuple[float, float]]:
    """Return for each shape a point inside it: longitude and latitude."""
    codes = sorted(shapes)
    points = shapely.point_on_surface([shapes[code] for code in codes])
    return {
        code: (round(point.x, 5), round(point.y, 5))
        for code, point in zip(codes, points, strict=True)
    }


def contours_of(ledger: Ledger, shapes: Shapes) -> list[Contour]:
    """Return every outline to write: communes, then départements and regions."""
    made = [_contour("commune", code, shapes[code]) for code in sorted(shapes)]
    for kind, file in LARGER.items():
        if ledger.has(file, "Contours des départements et régions"):
            found = _shapes_of(ledger, file, "code", "Contours simplifiés 2018")
            made += [_contour(kind, code, found[code]) for code in sorted(found)]
    overseas: defaultdict[str, list[BaseGeometry]] = defaultdict(list)
    for code, one in shapes.items():
        if code.startswith(OVERSEAS):
            overseas[code[:3]].append(one)
    for departement in sorted(overseas):
        made.append(_contour("departement", departement, _union(overseas[departement])))
    return [contour for contour in made if contour is not None]


def _of_today(ledger: Ledger, shapes: Shapes, places: dict[str, Commune]) -> Shapes:
    inside: defaultdict[str, list[str]] = defaultdict(list)
    shapes = {ledger.code(code): one for code, one in shapes.items()}
    for code in sorted(shapes):
        place = places.get(code)
        if place is None:
            ledger.reject(FRANCE, 0, f"contour d’un code inconnu : « {code} »")
        elif place.parent and place.kind is not PlaceKind.ARRONDISSEMENT:
            inside[place.parent].append(code)
    held = {code: one for code, one in shapes.items() if code in places}
    for code, parts in inside.items():
        own = [shapes[code]] if code in shapes else []
        held[code] = _union([*own, *(shapes[part] for part in parts)])
    bare = [
        code
        for code, place in places.items()
        if place.kind in {PlaceKind.COMMUNE, PlaceKind.ARRONDISSEMENT} and code not in held
    ]
    if bare:
        told = ", ".join(sorted(bare))
        ledger.remark(f"{len(bare)} communes sans contour dans les sources : {told}.")
    return held


def _from_iris(ledger: Ledger) -> Shapes:
    pieces: defaultdict[str, list[BaseGeometry]] = defaultdict(list)
    for file in IRIS:
        if (ledger.root / file).is_file():
            title = "Contours IRIS 2025"
            for code, one in _features(ledger, file, "code_commune", title):
                pieces[code].append(one)
    codes = sorted(pieces)
    if not codes:
        return {}
    whole = [_union(pieces[code]) for code in codes]
    simple = dict(zip(codes, shapely.coverage_simplify(whole, FINE_DEGREES), strict=True))
    for start, city in CITY_OF_IRIS.items():
        parts = [one for code, one in simple.items() if code.startswith(start)]
        if parts:
            simple[city] = _union(parts)
    return simple


def _shapes_of(ledger: Ledger, file: str, key: str, title: str) -> Shapes:
    return dict(_features(ledger, file, key, title))


def _features(
    ledger: Ledger, file: str, key: str, title: str
) -> Iterator[tuple[str, BaseGeometry]]:
    path = ledger.source(file, title, "IGN, Insee", "Licence Ouverte", None)
    for rank, feature in enumerate(_collection(path), start=1):
        try:
            yield str(feature["properties"][key]), shape(feature["geometry"])
        except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError):
            ledger.reject(file, rank, "contour illisible")


def _collection(path: Path) -> list[Any]:
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (ValueError, KeyError, TypeError):
        raise BadDataError("ce fichier n’est pas un GeoJSON lisible.", file=path) from None
    return list(features)


def _is_part(places: dict[str, Commune], code: str) -> bool:
    return code in places and places[code].kind is PlaceKind.ARRONDISSEMENT


def _union(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    return shapely.union_all([shapely.make_valid(one) for one in shapes])


def _contour(kind: str, code: str, one: BaseGeometry) -> Contour | None:
    overseas = code.startswith(OVERSEAS) or (kind == "region" and code.startswith("0"))
    frame, project = (MERCATOR, mercator) if overseas else (LAMBERT_93, lambert_93)
    return to_contour(
        kind, code, frame, ([project(x, y) for x, y in ring.coords] for ring in _rings(one))
    )


def _rings(one: BaseGeometry) -> Iterator[Any]:
    for part in getattr(one, "geoms", [one]):
        if part.geom_type == "Polygon":
            yield part.exterior
            yield from part.interiors
        elif hasattr(part, "geoms"):
            yield from _rings(part)
