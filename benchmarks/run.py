"""Runs the named benchmarks, each in its own process; one JSON document on standard output."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Order matters: the full pack is built once by `pack`, and reused by those after it.
NAMES = (
    "start", "pack", "search", "painting", "aids", "rank", "sheet", "cases", "memory", "sync",
    "map",
    "territory", "territory_pdf", "web_map", "central",
)  # fmt: skip


def main(names: list[str]) -> int:
    known = [name for name in NAMES if (HERE / f"{name}.py").is_file()]
    unknown = [name for name in names if name not in known]
    if unknown:
        print(json.dumps({"unknown": unknown[0], "names": known}))
        return 2
    found = []
    for name in names or known:
        print(f"— {name}", file=sys.stderr, flush=True)
        ran = subprocess.run(
            [sys.executable, str(HERE / f"{name}.py")],
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if ran.returncode:
            return ran.returncode
        found.append(json.loads(ran.stdout.splitlines()[-1]))
    within = all(m["within"] is not False for one in found for m in one["measures"])
    print(json.dumps({"benchmarks": found, "within": within}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
