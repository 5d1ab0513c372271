"""The map that leaves: one HTML file that opens in any browser with the cable out.

Knows the content of a map and its page; nothing of where the content comes from. Beside the map
stands the list of the same communes, for the keyboard and screen readers.
"""

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from itertools import groupby
from pathlib import Path

from advisor.documents.disk import write_whole
from advisor.documents.web_map_data import carried
from advisor.domain.paper.map_content import (
    LegendEntry,
    MapContent,
    MapTheme,
    SpotLayer,
)
from advisor.domain.words.french import number_text
from advisor.domain.words.wording import counted

MANY_SPOTS = 40
NO_THEME = LegendEntry("·", "commune de la carte", "points")


def make_web_map(content: MapContent, out: Path) -> None:
    """Write the map at ``out`` in one move; DiskFullError when the disk cannot take it."""
    write_whole(out, web_map_bytes(content))


def web_map_bytes(content: MapContent) -> bytes:
    """Return the map as one UTF-8 HTML file; the same content gives the same bytes."""
    from advisor.documents.web_map_page import licence, render  # noqa: PLC0415  (loads folium)

    whole = content if content.themes else replace(content, themes=(_only_places(content),))
    after = "\n".join(_after(whole, licence()))
    return render(whole.title, _before(whole), after, carried(whole)).encode()


def _only_places(content: MapContent) -> MapTheme:
    count = len(content.places)
    return MapTheme("communes", "", "Communes", (NO_THEME,), (0,) * count, ("",) * count)


def _before(content: MapContent) -> str:
    subtitle = f"<p>{escape(content.subtitle)}</p>" if content.subtitle else ""
    notice = f'<p class="notice">{escape(content.notice)}</p>' if content.notice else ""
    return (
        '<a class="skip" href="#liste">Aller à la liste des communes</a>\n<div class="page">\n'
        f"<header><h1>{escape(content.title)}</h1>{subtitle}</header>\n"
        f'<section class="frame" aria-label="Carte">{notice}'
    )


def _after(content: MapContent, licence: str) -> Iterator[str]:
    yield (
        '<div class="card" id="fiche" role="region" aria-live="polite" aria-label="Fiche" hidden>'
        '<button type="button" class="close" id="fiche-fermer">Fermer</button>'
        '<h2 id="fiche-nom"></h2><dl id="fiche-lignes"></dl></div>\n</section>'
    )
    yield '<div class="side"><section class="panel controls" aria-label="Couches et légende">'
    yield '<label class="field" for="theme">Ce que montrent les couleurs et les motifs</label>'
    yield f'<select id="theme">{"".join(_choices(content))}</select>'
    yield '<ul class="legend" id="legende" aria-label="Légende"></ul>'
    yield '<div class="about" id="theme-a-propos"></div>'
    if content.layers:
        yield "<fieldset><legend>Repères</legend>"
        yield f'<div class="layers">{"".join(_boxes(content.layers))}</div></fieldset>'
    yield '<div class="about" id="theme-remarques"></div></section>'
    yield from _list(content)
    yield "</div>"
    yield from _foot(content, licence)
    yield "</div>"


def _choices(content: MapContent) -> Iterator[str]:
    for group, themes in groupby(content.themes, key=lambda one: one.group):
        options = "".join(
            f'<option value="{escape(one.id)}">{escape(one.title)}</option>' for one in themes
        )
        yield f'<optgroup label="{escape(group)}">{options}</optgroup>' if group else options


def _boxes(layers: tuple[SpotLayer, ...]) -> Iterator[str]:
    """Give a box for each layer, ticked as long as the map stays readable with it."""
    shown = 0
    for layer in layers:
        shown += len(layer.spots)
        checked = " checked" if shown <= MANY_SPOTS else ""
        name = f"{escape(layer.title)} ({number_text(len(layer.spots))})"
        yield (
            f'<label><input type="checkbox" id="couche-{escape(layer.id)}"{checked}>'
            f"<span></span>{name}</label>"
        )


def _list(content: MapContent) -> Iterator[str]:
    first = content.themes[0]
    told = counted(len(content.places), "commune")
    yield '<section class="panel listing" id="liste" aria-label="Liste des communes">'
    yield (
        '<label class="field" for="filtre">Chercher dans la liste '
        f'(<span id="combien">{told}</span>)</label>'
        '<input type="search" id="filtre" autocomplete="off">'
    )
    yield '<div class="scroll" id="defile" tabindex="0"><table><thead><tr>'
    yield '<th scope="col">Commune</th><th scope="col">Population</th>'
    yield f'<th scope="col" id="colonne-theme">{escape(first.title)}</th></tr></thead>'
    yield '<tbody id="communes">'
    for place, text in zip(content.places, first.texts, strict=True):
        name, people = escape(place.name), escape(place.population or "non disponible")
        yield (
            f'<tr data-code="{escape(place.code)}"><th scope="row"><button type="button">{name}'
            f"</button> ({escape(place.departement)})</th>"
            f'<td class="number">{people}</td><td>{escape(text)}</td></tr>'
        )
    yield "</tbody></table></div></section>"


def _foot(content: MapContent, licence: str) -> Iterator[str]:
    yield "<footer><p>Cette carte est un document\u202f: elle ne demande rien au réseau. "
    yield f"Faite le {escape(content.made_on)} avec le référentiel {escape(content.pack)}.</p>"
    yield from _spots_told(content.layers)
    yield "<details><summary>Sources et dates</summary><ul>"
    for theme in content.themes:
        said = "\u202f; ".join(one for one in (theme.act, theme.source) if one)
        if said:
            yield f"<li>{escape(theme.title)}\u202f: {escape(said)}</li>"
    for layer in content.layers:
        if layer.source:
            yield f"<li>{escape(layer.title)}\u202f: {escape(layer.source)}</li>"
    yield from (f"<li>{escape(one)}</li>" for one in content.sources)
    yield "</ul></details>"
    yield "<details><summary>Logiciel de dessin\u202f: Leaflet, sa licence</summary>"
    yield f'<pre lang="en">{escape(licence)}</pre></details></footer>'


def _spots_told(layers: tuple[SpotLayer, ...]) -> Iterator[str]:
    for layer in layers:
        yield f"<details><summary>{escape(layer.title)} ({len(layer.spots)})</summary><ul>"
        for spot in layer.spots:
            yield f"<li>{escape(', '.join((spot.name, *spot.lines)))}</li>"
        yield "</ul></details>"
