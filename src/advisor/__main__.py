"""The program's door: ``advisor`` or ``python -m advisor``."""

import sys

from advisor.cli.main import run


def main() -> int:
    """Run the command line given to the program; returns its exit status."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
