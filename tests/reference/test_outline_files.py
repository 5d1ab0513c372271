"""The schematic outlines shipped with the product: read, placed, and refused when badly typed."""

from pathlib import Path

import pytest

from advisor.config import Home, data_folder
from advisor.domain.maps.projection import degrees_of, lambert_93, mercator
from advisor.domain.places.outline import LAMBERT_93, MERCATOR
from advisor.errors import BadDataError
from advisor.reference.files.outline_files import load_outlines
from advisor.reference.pack.installation import current_pack

PARIS = (2.3522, 48.8566)
METRES = 0.00002


def typed(folder: Path, *lines: str) -> Path:
    (folder / "outlines").mkdir()
    text = "\n".join(("code;name;points", *lines))
    (folder / "outlines" / "departements.csv").write_text(text + "\n", encoding="utf-8")
    return folder


def test_the_starter_pack_holds_a_sketch_of_each_departement_of_its_places(tmp_path: Path) -> None:
    pack = current_pack(Home(tmp_path).create())
    drawn = {one.code: one for one in pack.outlines(kind="departement")}
    assert set(drawn) == {place.departement for place in pack.communes()}
    assert all(len(one.rings) == 1 and len(one.rings[0]) <= 2 * 65 for one in drawn.values())
    assert not pack.outlines()
    west, south, east, north = drawn["75"].bounds
    x, y = lambert_93(*PARIS)
    assert west < x < east
    assert south < y < north
    pack.close()


def test_the_shipped_sketches_stay_sketches() -> None:
    text = (data_folder() / "outlines" / "departements.csv").read_text(encoding="utf-8")
    decimals = {
        len(word.partition(".")[2]) for word in text.replace(",", " ").split() if "." in word
    }
    assert decimals == {2}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("77;Seine-et-Marne;2.5 48.5, 2.6 48.5",), "au moins trois points"),
        (("77;Seine-et-Marne;2.5 48.5, 2.6, 2.7 48.9",), "« 2.6 » n’est pas un point"),
        (("77;Seine-et-Marne;48.5 2.5, 48.6 2.6, 48.9 2.7",), "n’est pas en France"),
        (("77;A;2 48, 3 48, 3 49", "77;B;2 48, 3 48, 3 49"), "dessiné deux fois"),
    ],
)
def test_a_badly_typed_outline_is_refused_with_its_line(
    tmp_path: Path, lines: tuple[str, ...], said: str
) -> None:
    with pytest.raises(BadDataError, match=said):
        load_outlines(typed(tmp_path, *lines))


@pytest.mark.parametrize("place", [PARIS, (5.724, 45.188), (-4.486, 48.39), (9.45, 42.7)])
def test_metres_lead_back_to_the_same_degrees(place: tuple[float, float]) -> None:
    assert degrees_of(*lambert_93(*place), LAMBERT_93) == pytest.approx(place, abs=METRES)
    assert degrees_of(*mercator(*place), MERCATOR) == pytest.approx(place, abs=METRES)
