"""From the start of the process to a window with the day in it, ready to type in."""

from __future__ import annotations

import statistics
import time

from harness import Bench, alone
from window_home import day_home, in_window

TIMES = 5


def run(bench: Bench) -> None:
    taken, worked = [], []
    with day_home() as (home, environment):
        for _ in range(TIMES):
            began = time.time()
            usable, cpu = in_window(home, environment, "print(usable, spent)").split()
            taken.append(float(usable) - began)
            worked.append(float(cpu))
    bench.add("window_median", statistics.median(taken), "s", 2)
    bench.add("window_worst", max(taken), "s")
    bench.add("processor_median", statistics.median(worked), "s", note="temps de calcul seul")


if __name__ == "__main__":
    alone("start", run)
