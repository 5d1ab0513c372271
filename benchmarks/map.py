"""The map as it is opened, recoloured, moved and zoomed: Île-de-France, then all of France."""

from __future__ import annotations

import json

from full_pack import UNSET, full_home
from harness import Bench, alone, percentile
from window_home import day_home, in_window

TRY_MAP = """
import gc, json, time
from PySide6.QtCore import QPointF
from harness import resident_mb
from advisor.domain.maps.layers import LayerKind
went = window.shell.go
def settle():
    while True:
        screen = window.shell.screens.get("map")
        if not window.jobs.busy and (screen is None or screen.view.canvas.is_settled):
            return
        qt.processEvents()
        time.sleep(0.0005)  # leaves the other lane its turn, as a real event loop does
went("home"); settle()
app.reference.pack.map.regions()
seen = []
def first_paint(ask):
    seen.clear()
    began = time.perf_counter()
    ask()
    while True:
        qt.processEvents()
        screen = window.shell.screens.get("map")
        canvas, read = (screen.view.canvas, screen.reading) if screen else (None, None)
        if not hasattr(screen, "watched") and screen:
            screen.watched = canvas.painted.connect(
                lambda: seen.append((time.perf_counter(), screen.view.canvas.shapes))
            )
        own = [at for at, shapes in seen if read and shapes is read.shapes]
        if own and read.asked == screen._asked:
            return (own[0] - began) * 1000
        time.sleep(0.0005)
found = {"opened": first_paint(lambda: went("map"))}
settle()
screen = window.shell.screens["map"]
view, canvas = screen.view, screen.view.canvas
opened, kinds = [], []
for _ in range(3):
    view.controls.scope.choose("dep:38"); settle()
    opened.append(first_paint(lambda: view.controls.scope.choose("reg:11"))); settle()
found["region"] = sorted(opened)[1]
found["places"] = len(canvas.shapes.places)
layers = [
    screen._maps.layer(canvas.shapes.scene, kind, "medecin_generaliste", window.shell.desk.today)
    for kind in (LayerKind.POPULATION, LayerKind.ZONES) * 5
]
for layer in layers:
    began = time.perf_counter(); canvas.show_layer(layer); canvas.repaint()
    kinds.append((time.perf_counter() - began) * 1000)
found["recolour"] = sorted(kinds)[len(kinds) // 2]
def move():
    pans, zooms = [], []
    for step in range(60):
        canvas.camera = canvas.camera.panned(3 if step % 2 else -2, 1)
        began = time.perf_counter(); canvas.repaint()
        pans.append((time.perf_counter() - began) * 1000)
    for step in range(30):
        factor = 1.05 if step < 15 else 1 / 1.05
        canvas.camera = canvas.camera.zoomed(factor, QPointF(300, 200), canvas._whole_scale)
        began = time.perf_counter(); canvas.repaint()
        zooms.append((time.perf_counter() - began) * 1000)
    return pans, zooms
found["pans"], found["zooms"] = move()
canvas.show_whole(); settle()
found["france"] = first_paint(lambda: view.controls.scope.choose("fr"))
settle()
found["france_places"] = len(canvas.shapes.places)
found["france_pans"], found["france_zooms"] = move()
gc.collect()
found["memory"] = resident_mb()
print(json.dumps(found))
"""


def run(bench: Bench) -> None:
    full = full_home()
    if full is None:
        bench.skip(UNSET)
        return
    with day_home(full) as (home, environment):
        found = json.loads(in_window(home, environment, TRY_MAP))
    told = f"{found['places']} lieux"
    bench.add("first_opening", found["opened"], "ms", note="écran fait et carte peinte")
    bench.add("idf_first_paint", found["region"], "ms", 300, note=told)
    bench.add("idf_recolour", found["recolour"], "ms", 60, note=told)
    bench.add("idf_pan_p99", percentile(found["pans"], 99), "ms", 16)
    bench.add("idf_zoom_p99", percentile(found["zooms"], 99), "ms", 16)
    everywhere = f"{found['france_places']} lieux"
    bench.add("france_first_paint", found["france"], "ms", 1000, note=everywhere)
    bench.add("france_pan_p99", percentile(found["france_pans"], 99), "ms", 16)
    bench.add("france_zoom_p99", percentile(found["france_zooms"], 99), "ms", 16)
    bench.add("memory", found["memory"], "MB", 400, note="toute la fenêtre, France affichée")


if __name__ == "__main__":
    alone("map", run)
