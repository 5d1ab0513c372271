"""The commune search as it is typed in the window: from the key to the painted list."""

from __future__ import annotations

import json

from full_pack import UNSET, full_home
from harness import Bench, alone, percentile
from window_home import day_home, in_window

TYPE_NAMES = """
import json, random, time
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from advisor.ui.pieces.commune_box import CommuneBox
from advisor.ui.pictures import _busiest
window.shell.go("interview", _busiest(window))
while window.jobs.busy:
    qt.processEvents()
box = next(one for one in window.findChildren(CommuneBox) if one.isVisible() and one.isEnabled())
names = [place.name for place in app.reference.communes()]
random.Random(2026).shuffle(names)
taken = []
for name in names[:60]:
    box.clear()
    for letter in name[:12]:
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        began = time.perf_counter()
        qt.sendEvent(box, key)
        while window.jobs.busy:
            qt.processEvents()
            time.sleep(0.0005)  # leaves the other lane its turn, as a real event loop does
        qt.processEvents()
        taken.append((time.perf_counter() - began) * 1000)
print(json.dumps(taken))
"""


def run(bench: Bench) -> None:
    full = full_home()
    if full is None:
        bench.skip(UNSET)
    with day_home(full) as (home, environment):
        taken = json.loads(in_window(home, environment, TYPE_NAMES))
    bench.add("keystroke_painted_p50", percentile(taken, 50), "ms")
    bench.add("keystroke_painted_p99", percentile(taken, 99), "ms", 16)
    bench.add("keystrokes", len(taken), "frappes")


if __name__ == "__main__":
    alone("painting", run)
