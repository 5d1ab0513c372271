"""The user guide names every command, and names none that does not exist."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from advisor.cli.main import build_parser

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide.md"


def commands(parser: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[str]:
    below = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if words and (not below or not below[0].required):
        yield " ".join(("advisor", *words))
    for action in below:
        for name, inner in action.choices.items():
            yield from commands(inner, (*words, name))


def test_every_command_appears_in_the_guide() -> None:
    guide = " ".join(GUIDE.read_text(encoding="utf-8").split())
    for command in commands(build_parser()):
        assert f"`{command}" in guide, command


def test_the_guide_names_no_command_that_does_not_exist() -> None:
    known = {command.split()[1] for command in commands(build_parser())}
    for line in GUIDE.read_text(encoding="utf-8").splitlines():
        for named in re.findall(r"`advisor ([a-z]+)", line):
            assert named in known, line


def test_every_command_says_in_french_what_it_is_for() -> None:
    for name, inner in build_parser()._subparsers._group_actions[0].choices.items():
        assert inner.format_help().startswith("Utilisation"), name
