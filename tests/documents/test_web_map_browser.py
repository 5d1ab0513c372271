"""The map that leaves, opened in a real browser with nothing but its file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import map_samples as samples
import pytest
from browser import Page, browsing, find_browser

from advisor.documents.web_map import make_web_map

WITHOUT = (
    "aucun navigateur (Chromium) trouvé ici : la carte n’est pas ouverte dans un vrai navigateur"
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Return a tab of a real browser; skips, counted, where there is none."""
    program = find_browser()
    if program is None:
        pytest.skip(WITHOUT)
    with browsing(program, tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the map of six communes, written."""
    made = tmp_path_factory.mktemp("map") / "carte.html"
    make_web_map(samples.full(), made)
    return made


def fill(page: Page, code: str) -> object:
    return page.value(f"document.querySelector('path[data-code=\"{code}\"]').getAttribute('fill')")


def choose(page: Page, theme: str) -> None:
    page.value(
        "(() => { const e = document.getElementById('theme');"
        f" e.value = '{theme}'; e.dispatchEvent(new Event('change')); }})()"
    )


def test_the_map_asks_the_network_for_nothing(page: Page, file: Path) -> None:
    page.asked.clear()
    page.show(file)
    for theme in ("infirmiers-2012", "population", "medecins-2022"):
        choose(page, theme)
    page.click(".leaflet-control-zoom-in")
    page.click("path[data-code='77004']")
    asked = [one for one in page.asked if not one.startswith("data:")]
    assert asked == [file.as_uri()]
    assert page.complaints == []


def test_a_request_added_by_hand_is_refused_by_the_page_itself(page: Page, file: Path) -> None:
    page.show(file)
    page.value(
        "window.refused = 0;"
        "document.addEventListener('securitypolicyviolation', () => { window.refused += 1; });"
        "const one = new Image(); one.src = 'http://127.0.0.1:9/x.png'; fetch('http://127.0.0.1:9/')"
        ".catch(() => 0); 1"
    )
    page.wait("window.refused >= 2")
    page.complaints.clear()


def test_the_communes_are_drawn_with_the_pattern_and_letters_of_their_class(
    page: Page, file: Path
) -> None:
    page.show(file)
    assert page.value("document.querySelectorAll('path[data-code]').length") == 6
    assert fill(page, "77000") == "url(#f-plein)"
    assert fill(page, "77002") == "url(#f-hachures_serrees)"
    assert fill(page, "77005") == "url(#f-inconnu)"
    letters = page.value("document.querySelector('path[data-code=\"77000\"]').dataset.letters")
    assert letters == "ZIP"
    assert page.value("[...document.querySelectorAll('.tag')].map(e => e.innerText).join()")


def test_choosing_another_theme_recolours_the_map_its_legend_and_its_list(
    page: Page, file: Path
) -> None:
    page.show(file)
    choose(page, "infirmiers-2012")
    assert fill(page, "77002") == "url(#f-vide)"
    assert "n° 12-209 du 25 mai 2012" in str(page.value("document.body.innerText"))
    assert "zone très sous-dotée" in str(page.value("document.getElementById('legende').innerText"))
    assert page.value("document.getElementById('communes').rows[0].cells[2].innerText") == (
        "très sous-dotée"
    )


def test_a_click_on_a_commune_opens_its_card_and_marks_its_line(page: Page, file: Path) -> None:
    page.show(file)
    assert page.value("document.getElementById('fiche').hidden") is True
    page.click("path[data-code='77001']")
    card = str(page.value("document.getElementById('fiche').innerText"))
    for said in ("Nangis", "Médecins, zonage de 2022", "ZIP", "habitants, Insee 2023"):
        assert said in card
    assert page.value("document.querySelector('tr.chosen').dataset.code") == "77001"


def test_the_list_shows_a_commune_on_the_map(page: Page, file: Path) -> None:
    page.show(file)
    page.click("tr[data-code='77003'] button")
    assert "Avon" in str(page.value("document.getElementById('fiche').innerText"))
    assert page.value(
        "document.querySelector('path[data-code=\"77003\"]').getAttribute('stroke')"
    ) == ("#b3261e")


def test_the_list_is_searched_without_accents(page: Page, file: Path) -> None:
    page.show(file)
    page.value(
        "(() => { const e = document.getElementById('filtre'); e.value = 'hay';"
        " e.dispatchEvent(new Event('input')); })()"
    )
    assert (
        page.value(
            "[...document.querySelectorAll('#communes tr:not([hidden])')]"
            ".map(e => e.dataset.code).join()"
        )
        == "77005"
    )


def test_structures_and_candidate_places_can_be_shown_and_hidden(page: Page, file: Path) -> None:
    page.show(file)
    assert page.value("document.querySelectorAll('.spot').length") == 4
    page.click("#couche-msp")
    assert page.value("document.querySelectorAll('.leaflet-marker-pane .spot').length") == 1


def test_the_controls_are_in_french_and_fit_a_small_screen(page: Page, file: Path) -> None:
    page.show(file)
    assert page.value("document.querySelector('.leaflet-control-zoom-in').title") == "Agrandir"
    assert page.value("document.querySelector('.leaflet-control-scale').innerText").endswith("km")
    assert page.value("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.value("document.documentElement.lang") == "fr"


def test_a_schematic_map_draws_circles_and_says_so(page: Page, tmp_path: Path) -> None:
    made = tmp_path / "carte.html"
    make_web_map(samples.schematic(), made)
    page.show(made)
    assert page.value("document.querySelectorAll('path[data-code]').length") == 6
    assert "Carte schématique" in str(page.value("document.querySelector('.notice').innerText"))
    page.click("path[data-code='77005']")
    assert "L’Haÿ-les-Roses" in str(page.value("document.getElementById('fiche').innerText"))


def test_names_that_look_like_markup_run_nothing(page: Page, tmp_path: Path) -> None:
    made = tmp_path / "carte.html"
    make_web_map(replace(samples.hostile(), layers=()), made)
    page.show(made)
    page.click("path[data-code='77000']")
    assert "<img src=x" in str(page.value("document.getElementById('fiche-nom').innerText"))
    assert page.value("document.images.length") == 0
    assert page.complaints == []
