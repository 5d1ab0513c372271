"""How a place name is read as it is typed: one spelling for all the ways to write it.

True on paper; no database, no window. « St-Ouen s/ Seine », « SAINT OUEN SUR SEINE » and
« saint-ouen/seine » give the same words. What is compared is ``joined``: the words without
anything between them, so that a forgotten space or apostrophe costs nothing.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_TEXT = 80
ARTICLES = frozenset({"le", "la", "les", "l", "d", "de", "du", "des"})
LINKS = frozenset({"a", "au", "aux", "en", "es", "et", "lez", "s", "ss", "sous", "sur"})
SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
DISTRICT = {"ardt": "arrondissement", "arrdt": "arrondissement", "arrt": "arrondissement"}

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "’": " "})
_ORDINAL = re.compile(r"\b(\d{1,2})\s*(?:er|ere|e|eme|ieme|nd|nde)\b")
_UNDER = re.compile(r"\bs\s?/\s?s\b")
_OVER = re.compile(r"\bs\s?/")
_CEDEX = re.compile(r"\bcedex\b(?:\s*\d{1,2}\b)?")
_BETWEEN = re.compile(r"[^a-z0-9]+")
_CODE = re.compile(r"(?:\d{1,5}|2[ab]\d{0,3})")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: its words in order, and the one code when there is nothing else."""

    words: tuple[str, ...]
    code: str = ""

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the words that may be a département, a postal code or an INSEE code."""
        return tuple(word for word in self.words if _CODE.fullmatch(word))


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents or ligatures, words apart by one space."""
    lowered = text.lower().translate(_LIGATURES)
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", lowered)
        if not unicodedata.combining(letter)
    ).lower()
    spelled = _OVER.sub(" sur ", _UNDER.sub(" sous ", plain))
    return _BETWEEN.sub(" ", _ORDINAL.sub(r"\1", _CEDEX.sub(" ", spelled))).strip()


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a place name, « Saint » and « arrondissement » written in full."""
    return tuple(SAINTS.get(word, DISTRICT.get(word, word)) for word in fold(name).split())


def read(text: str) -> Typed:
    """Read what was typed; a text without letters or digits gives no words.

    The last word is kept as typed (« st » may be the start of « Stains »).
    """
    folded = fold(text[:LONGEST_TEXT]).split()
    if not folded:
        return Typed(())
    if len(folded) == 1 and _CODE.fullmatch(folded[0]):
        return Typed((), folded[0].upper())
    spelled = [SAINTS.get(word, DISTRICT.get(word, word)) for word in folded[:-1]]
    last = folded[-1]
    return Typed((*spelled, DISTRICT.get(last, last)))


def joined(words: Iterable[str]) -> str:
    """Return the words without anything between them."""
    return "".join(words)


def telling(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words without articles and links; all of them when nothing else is left."""
    every = tuple(words)
    kept = tuple(word for word in every if word not in ARTICLES and word not in LINKS)
    return kept or every


def without_leading_articles(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words from the first one that is not an article; all when none is."""
    for position, word in enumerate(words):
        if word not in ARTICLES:
            return words[position:]
    return words


def spellings(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return every joined form that the words typed so far may stand for, the likeliest first."""
    if not words:
        return ()
    *before, last = words
    found = [joined(words)]
    if last in SAINTS:
        found.insert(0, joined([*before, SAINTS[last]]))
    glued = words[0].startswith("st") and len(words[0]) > len("stes")
    if glued:
        found.append("saint" + joined(words)[len("st") :])
    return tuple(found)


def name_keys(name: str) -> dict[str, int]:
    """Return the joined forms a name answers to, with how closely each one follows it.

    0 the whole name · 1 the name without its articles and links, or without its leading
    article · 2 from a later word on (« gaucher » for La Ferté-Gaucher).
    """
    words = words_of(name)
    kept = telling(words)
    keys = {joined(words[start:]): 2 for start in range(1, len(words)) if words[start] in kept}
    keys |= {joined(kept[start:]): 2 for start in range(1, len(kept))}
    keys[joined(kept)] = 1
    keys[joined(without_leading_articles(words))] = 1
    if words and words[-1] == "arrondissement":
        keys[joined(words[:-1])] = 0
    keys[joined(words)] = 0
    keys.pop("", None)
    return keys
