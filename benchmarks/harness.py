"""What every benchmark shares: measures with budgets, the machine, results as JSON.

A benchmark is one file with ``NAME`` and ``run(bench)``; run it alone with
``python benchmarks/<file>.py`` or all of them with ``./dev bench``.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
sys.path.insert(0, str(ROOT / "src"))


@dataclass(frozen=True)
class Measure:
    """One figure: ``value`` in ``unit``, at most ``budget`` (None: no promise made)."""

    id: str
    value: float
    unit: str
    budget: float | None = None
    note: str = ""

    @property
    def within(self) -> bool | None:
        return None if self.budget is None else self.value <= self.budget


@dataclass
class Bench:
    """Collects the measures of one benchmark; ``skipped`` says what was not measured and why."""

    name: str
    measures: list[Measure] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def add(
        self, name: str, value: float, unit: str, budget: float | None = None, note: str = ""
    ) -> None:
        self.measures.append(Measure(name, round(value, 3), unit, budget, note))

    def skip(self, why: str) -> None:
        self.skipped.append(why)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "measured_on": datetime.now(UTC).date().isoformat(),
            "machine": machine(),
            "measures": [{**asdict(one), "within": one.within} for one in self.measures],
            "skipped": self.skipped,
        }

    def write(self) -> dict[str, Any]:
        RESULTS.mkdir(parents=True, exist_ok=True)
        found = self.as_json()
        text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
        (RESULTS / f"{self.name}.json").write_text(text, encoding="utf-8")
        return found


def machine() -> dict[str, Any]:
    """Describe the machine without its name or its paths."""
    return {
        "system": platform.system(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": _memory_gb(),
        "python": platform.python_version(),
        "load_1min": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def milliseconds(work: Callable[[], Any], times: int = 5) -> list[float]:
    """Run ``work`` a few times; return each duration in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def percentile(values: list[float], rank: float) -> float:
    """Return the value under which ``rank`` per cent of the values stand."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=1000, method="inclusive")[round(rank * 10) - 1]


def resident_mb() -> float:
    """Return the memory of this process now, in megabytes (Linux: proportional share)."""
    rollup = Path("/proc/self/smaps_rollup")
    if rollup.exists():
        for line in rollup.read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    import resource  # noqa: PLC0415

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(name: str, run: Callable[[Bench], None]) -> None:
    """Run one benchmark, write its result and print it."""
    bench = Bench(name)
    run(bench)
    print(json.dumps(bench.write(), ensure_ascii=False))


def _processor() -> str:
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        for line in listing.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def _memory_gb() -> int | None:
    listing = Path("/proc/meminfo")
    if not listing.exists():
        return None
    return round(int(listing.read_text().split()[1]) / 1024 / 1024)
