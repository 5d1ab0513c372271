import itertools

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from advisor.domain.zones.marks import MARKS, Pattern
from advisor.ui.main import prepare
from advisor.ui.theme import Theme, contrast, luminance, tokens, zone_style

READABLE = 4.5
MODES = ("light", "dark")
PAIRS = [tuple(pair) for pair in tokens()["pairs"]]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids=str)
def test_every_text_is_readable_on_its_ground(mode: str, text: str, ground: str) -> None:
    theme = Theme(mode)
    assert contrast(theme.colour(text), theme.colour(ground)) >= READABLE


@pytest.mark.parametrize("mode", MODES)
def test_every_colour_of_text_is_measured_on_something(mode: str) -> None:
    drawn = {"line", "line_strong", "amber_line", "brick_line", "green_line", "map"}
    measured = {name for pair in PAIRS for name in pair}
    assert set(tokens()["colours"][mode]) - drawn == measured


@pytest.mark.parametrize("zone_class", sorted(MARKS))
def test_every_zone_class_is_readable_and_marked_without_colour(zone_class: str) -> None:
    drawn = zone_style(zone_class)
    assert contrast(drawn.text, drawn.ground) >= READABLE
    assert drawn.mark.letters
    assert drawn.mark.pattern in Pattern


def test_zone_classes_grow_lighter_in_order_so_that_grey_keeps_their_rank() -> None:
    ramp = ["ZIP", "ZAC", "ZAR", "ZV", "HZ"]
    light = [luminance(zone_style(name).ground) for name in ramp]
    assert light == sorted(light)
    assert min(b - a for a, b in itertools.pairwise(light)) > 0.08


def test_an_unknown_class_is_drawn_as_unknown_and_not_as_outside() -> None:
    assert zone_style("").mark.letters == "?"
    assert zone_style("").mark.pattern != zone_style("HZ").mark.pattern


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_first_class_stands_out_from_the_ground_of_the_map(mode: str) -> None:
    assert contrast(zone_style("ZIP").ground, Theme(mode).colour("map")) >= 2


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_sizes_follow_the_scale_and_body_text_is_never_small(scale: float) -> None:
    theme = Theme("light", scale)
    assert theme.type_size("body") == round(15 * scale)
    assert theme.type_size("small") == round(13 * scale)
    assert f"font-size: {theme.type_size('title')}px" in theme.style_sheet()


def test_the_smallest_type_is_thirteen_pixels() -> None:
    sizes = {name: value for name, value in tokens()["type"].items() if isinstance(value, int)}
    assert min(sizes.values()) == 13


def test_our_font_is_loaded_and_holds_the_narrow_space() -> None:
    prepare()
    family = tokens()["type"]["family"]
    assert family in QFontDatabase.families()
    assert QRawFont.fromFont(QFont(family)).supportsCharacter(ord("\u202f"))
