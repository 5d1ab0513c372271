"""How long the full pack takes to build, how large it is, how long it takes to install."""

from __future__ import annotations

import shutil
import time

from full_pack import KEPT, UNSET, opendata
from harness import Bench, alone


def run(bench: Bench) -> None:
    from advisor.app import Application  # noqa: PLC0415
    from advisor.config import Home  # noqa: PLC0415

    sources = opendata()
    if sources is None:
        bench.skip(UNSET)
        return
    shutil.rmtree(KEPT, ignore_errors=True)
    KEPT.mkdir(parents=True)
    pack = KEPT / "full.pack"
    with Application(Home(KEPT / "home")) as app:
        began = time.perf_counter()
        report = app.reference.build(sources, pack)
        bench.add("build", time.perf_counter() - began, "s")
        bench.add("size", pack.stat().st_size / 1e6, "Mo", 60)
        bench.add("communes", report.info.counts["communes"], "communes")
        began = time.perf_counter()
        app.reference.install(pack)
        bench.add("install", time.perf_counter() - began, "s")
        began = time.perf_counter()
        app.reference.commune("77288")
        bench.add("open", (time.perf_counter() - began) * 1000, "ms")


if __name__ == "__main__":
    alone("pack", run)
