"""The argument parser, in French: its help, its section titles and every refusal.

Knows argparse and nothing of the product.
"""

import argparse
import re
from typing import Any, NoReturn

from advisor.errors import UsageError

# What argparse says in English → what the user reads. Groups are numbered in each pattern.
SENTENCES: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.+)", "Il manque : {0}."),
    (r"argument (.+): expected one argument", "L’option {0} attend une valeur."),
    (r"argument (.+): expected at least one argument", "{0} attend au moins une valeur."),
    (r"unrecognized arguments: (.+)", "Argument inconnu : {0}."),
    (r"argument (.+): not allowed with argument (.+)", "{0} et {1} ne vont pas ensemble."),
    (r"argument (.+): ignored explicit argument (.+)", "L’option {0} ne prend pas de valeur."),
    (r"one of the arguments (.+) is required", "Il faut l’un de ces arguments : {0}."),
    (r"argument (?:commande|action): invalid choice: (\S+?) .*", "Commande inconnue : {0}."),
    (
        r"argument (.+): invalid choice: (.+?) \((?:choose|maybe).*?choose from (.+)\)",
        "{0} : {1} n’est pas possible. Choix : {2}.",
    ),
    (
        r"argument (.+): invalid choice: (.+?) \(choose from (.+)\)",
        "{0} : {1} n’est pas possible. Choix : {2}.",
    ),
    (r"argument (.+): invalid \w+ value: (.+)", "{0} : {1} n’est pas une valeur possible."),
)


def in_french(message: str) -> str:
    """Translate one refusal of argparse; what is not known becomes a general sentence."""
    for pattern, sentence in SENTENCES:
        found = re.fullmatch(pattern, message)
        if found:
            return sentence.format(*(_quoted(group) for group in found.groups()))
    return "La commande est mal écrite."


def _quoted(text: str) -> str:
    return re.sub(r"'([^']*)'", "«\u202f\\1\u202f»", text)


class FrenchHelp(argparse.HelpFormatter):
    """Help laid out as usual, with a French prefix."""

    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        """Say « Utilisation » where argparse says « usage »."""
        said = "Utilisation : " if prefix is None else prefix
        super().add_usage(usage, actions, groups, said)


class FrenchParser(argparse.ArgumentParser):
    """A parser that refuses with an exception, in French, and never abbreviates."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", FrenchHelp)
        super().__init__(**{**options, "add_help": False, "allow_abbrev": False})
        self._positionals.title = "arguments"
        self._optionals.title = "options"
        self.add_argument("-h", "--help", action="help", help="affiche cette aide")

    def error(self, message: str) -> NoReturn:
        """Raise a :class:`UsageError`; the caller decides how it is written."""
        raise UsageError(in_french(message), f"Voyez « {self.prog} --help ».")


Group = argparse._SubParsersAction  # noqa: SLF001  (argparse gives its type no public name)


def actions_of(parser: FrenchParser, title: str, dest: str) -> "Group[FrenchParser]":
    """Open a set of sub-commands under ``parser``, one of which must be given."""
    return parser.add_subparsers(
        title=title, dest=dest, metavar="action", required=True, parser_class=FrenchParser
    )
