"""The page around the map that leaves: folium's map with everything inside the file.

Knows folium and HTML; nothing of what the map says. Nothing in the page may ask the network for
anything: the libraries are copied in, and a policy written in the page forbids every request.
"""

import base64
import hashlib
import re
from functools import cache

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from advisor.config import resources_folder

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
POLICY = "<!--policy-->"
IMAGE = re.compile(r"url\((images/[a-z0-9-]+\.png)\)")
LINK_OF_PREFIX = re.compile(r"""<a href="https://leafletjs\.com"[^>]*>""")
SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+\s*$")


class Page(Figure):
    """A French page: head, the map among its neighbours, then the scripts."""

    _template = Template(
        """<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<!--policy-->
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="advisor">
<title>{{ this.title|e }}</title>
<style>{{ this.styles }}</style>
<script>{{ this.library }}</script>
<script>{{ this.drawing }}</script>
</head>
<body>
{{ this.before }}
{{ this.html.render(**kwargs) }}
{{ this.after }}
<script type="application/json" id="donnees">{{ this.carried }}</script>
<script>{{ this.script.render(**kwargs) }}</script>
</body>
</html>
"""
    )

    def __init__(self, title: str, before: str, after: str, carried: str) -> None:
        super().__init__(title=title)
        self.before, self.after, self.carried = before, after, carried
        self.styles = library_styles() + _own("map.css")
        self.library = library()
        self.drawing = _own("map.js")


class LooseMap(folium.Map):
    """Folium's map in whole metres, without tiles, without anything fetched from elsewhere."""

    farthest, nearest = -14, -2
    default_js: list[tuple[str, str]] = []  # noqa: RUF012  (folium's own type)
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <div class="folium-map" id="{{ this.get_name() }}"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        const {{ this.get_name() }} = L.map("{{ this.get_name() }}", {
            center: {{ this.location|tojson }},
            crs: L.CRS.{{ this.crs }},
            minZoom: {{ this.farthest }},
            maxZoom: {{ this.nearest }},
            ...{{ this.options|tojavascript }}
        });
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__(
            location=(0, 0),
            tiles=None,
            crs="Simple",
            zoom_start=-6,
            zoom_control=False,
            attribution_control=False,
            zoom_snap=0.25,
            zoom_delta=0.5,
            wheel_px_per_zoom_level=120,
        )
        self._id = "carte"


class Drawing(MacroElement):
    """Hands the map to our own drawing once folium has made it."""

    _template = Template(
        "{% macro script(this, kwargs) %}drawMap({{ this._parent.get_name() }});{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._id = "dessin"


def render(title: str, before: str, after: str, carried: str) -> str:
    """Return the whole page; the same arguments give the same text."""
    page = Page(title, before, after, carried)
    made = LooseMap()
    page.add_child(made)
    made.add_child(Drawing())
    html: str = page.render()
    return html.replace(POLICY, _policy(html), 1)


def _policy(html: str) -> str:
    """Return the rule that lets only this page's own scripts run, and nothing be fetched."""
    hashes = " ".join(f"'sha256-{_sha256(one)}'" for one in SCRIPT.findall(html))
    rules = (
        "default-src 'none'",
        f"script-src {hashes}",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">'


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def library() -> str:
    """Return Leaflet without its link and its source map; licence kept in the page's foot."""
    text = _leaflet("leaflet.js")
    return SOURCE_MAP.sub("", LINK_OF_PREFIX.sub("<a>", text))


@cache
def library_styles() -> str:
    """Return Leaflet's styles with its pictures inside."""
    return IMAGE.sub(_inside, _leaflet("leaflet.css"))


def licence() -> str:
    """Return Leaflet's licence, which must stand wherever it is copied."""
    return _leaflet("LICENSE.txt")


def _inside(found: re.Match[str]) -> str:
    picture = (resources_folder() / "leaflet" / found[1]).read_bytes()
    return f"url(data:image/png;base64,{base64.b64encode(picture).decode()})"


def _leaflet(name: str) -> str:
    return (resources_folder() / "leaflet" / name).read_text(encoding="utf-8")


@cache
def _own(name: str) -> str:
    return (resources_folder() / "web_map" / name).read_text(encoding="utf-8")
