import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import map_samples as samples
import pytest

from advisor.documents.web_map import make_web_map, web_map_bytes
from advisor.domain.paper.map_content import MapContent, MapPlace

FETCHED = re.compile(
    r"""(?:src|href|action|data|poster)\s*=\s*["']?\s*(?:https?:)?//|@import|url\(\s*["']?\s*(?:https?:)?//""",
    re.IGNORECASE,
)
ISLE_OF_FRANCE = 1_290


def html(content: MapContent) -> str:
    return web_map_bytes(content).decode()


def data(page: str) -> dict[str, object]:
    found = re.search(
        r'<script type="application/json" id="donnees">(.*?)</script>', page, re.DOTALL
    )
    assert found is not None
    held: dict[str, object] = json.loads(found[1])
    return held


def test_nothing_in_the_file_points_outside_of_it() -> None:
    page = html(samples.full())
    assert not FETCHED.search(page)
    assert "sourceMappingURL" not in page
    for address in re.findall(r"https?://[^\"'\s<)]+", page):
        assert address.startswith(("http://www.w3.org/", "https://bug", "https://leafletjs.com"))


def test_a_policy_in_the_page_forbids_every_request_and_foreign_script() -> None:
    policy = re.search(
        r'http-equiv="Content-Security-Policy" content="([^"]+)"', html(samples.full())
    )
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-inline" not in policy[1].split("style-src")[0]


def test_every_layer_with_its_legend_act_source_and_date_is_in_the_page() -> None:
    content = samples.full()
    page = unescape(html(content))
    for theme in content.themes:
        assert theme.title in page
        for said in (theme.act, theme.source, *theme.texts, *(e.label for e in theme.legend)):
            assert said in page
    for layer in content.layers:
        assert f"{layer.title} ({len(layer.spots)})" in page
        assert all(spot.name in page for spot in layer.spots)
    assert content.made_on in page
    assert content.pack in page


def test_the_list_beside_the_map_holds_the_same_places_in_the_same_order() -> None:
    content = samples.full()
    page = html(content)
    listed = re.findall(r'<tr data-code="(\w+)">', page)
    drawn = [one["c"] for one in data(page)["places"]]  # type: ignore[index,union-attr]
    assert listed == drawn == [one.code for one in content.places]


def test_names_that_look_like_markup_stay_text() -> None:
    page = html(samples.hostile())
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_a_map_without_contours_says_that_it_is_schematic() -> None:
    page = html(samples.schematic())
    assert samples.schematic().notice in page
    held = data(page)
    assert held["schematic"] is True
    assert all(not one["r"] and one["m"] >= 900 for one in held["places"])  # type: ignore[attr-defined]


def test_a_map_without_any_theme_still_lists_its_places() -> None:
    page = html(replace(samples.full(), themes=()))
    assert "Provins" in page
    assert "commune de la carte" in page


def test_the_same_content_gives_the_same_bytes() -> None:
    assert web_map_bytes(samples.full()) == web_map_bytes(samples.full())


def test_leaflet_s_licence_goes_with_it() -> None:
    page = html(samples.full())
    assert "BSD 2-Clause License" in page
    assert "Volodymyr Agafonkin" in page


def test_a_region_of_thirteen_hundred_communes_stays_under_three_megabytes() -> None:
    first = samples.full()
    many = tuple(_round(first.places[rank % 6], rank) for rank in range(ISLE_OF_FRANCE))
    themes = tuple(
        replace(one, classes=(0,) * len(many), texts=(one.texts[0],) * len(many))
        for one in first.themes
    )
    made = web_map_bytes(replace(first, places=many, themes=themes))
    assert len(made) < 3_000_000


def _round(place: MapPlace, rank: int) -> MapPlace:
    """Return a commune of sixty irregular points, one of a grid of thirty-six columns."""
    left, low = samples.WEST + rank % 36 * 4_000, samples.SOUTH + rank // 36 * 4_000
    bent = [(rank * 37 + step * 53) % 400 for step in range(60)]
    side = [(step * 66, bent[step]) for step in range(60)]
    ring = tuple(v for x, y in side for v in (left + x, low + y + (3_600 if x % 132 else 0)))
    return replace(place, code=f"{rank:05d}", rings=(ring,), x=left + 2_000, y=low + 2_000)


def test_making_a_map_leaves_only_the_map_in_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "nouveau" / "carte.html"
    make_web_map(samples.full(), out)
    assert [one.name for one in out.parent.iterdir()] == ["carte.html"]


@pytest.mark.parametrize("name", ["full", "schematic"])
def test_geometry_comes_back_to_within_a_step_of_where_it_was(name: str) -> None:
    content: MapContent = getattr(samples, name)()
    held = data(html(content))
    step = held["step"]
    assert isinstance(step, int)
    assert step <= 10
    west, south, _, _ = content.bounds()
    edge = 5_500 if content.schematic else 0
    for told, place in zip(held["places"], content.places, strict=True):  # type: ignore[call-overload]
        assert abs(told["x"] * step + west - edge - place.x) <= step
        assert abs(told["y"] * step + south - edge - place.y) <= step
