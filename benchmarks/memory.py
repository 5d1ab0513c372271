"""Memory of the window once the day was looked at, with the starter pack and with the full one."""

from __future__ import annotations

from full_pack import UNSET, full_home
from harness import Bench, alone
from window_home import day_home, in_window

LOOK_AROUND = """
from harness import resident_mb
for screen in ("permanences", "interview", "structures", "follow_up", "sync", "home"):
    window.shell.go(screen, "")
    while window.jobs.busy:
        qt.processEvents()
    window.repaint()
for typed in ("melun", "saint denis", "provins", "77159"):
    app.reference.search(typed)
print(resident_mb())
"""


def run(bench: Bench) -> None:
    with day_home() as (home, environment):
        bench.add("starter", float(in_window(home, environment, LOOK_AROUND)), "Mo", 350)
    full = full_home()
    if full is None:
        bench.skip(UNSET)
        return
    with day_home(full) as (home, environment):
        bench.add("full", float(in_window(home, environment, LOOK_AROUND)), "Mo", 350)


if __name__ == "__main__":
    alone("memory", run)
