"""The commune search in memory: sorted keys, bisection, and one typo forgiven when needed.

Every step looks only at the keys that begin as typed; starts shared by very many names have
their best answers written down beforehand, so that one letter costs no more than ten.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from advisor.domain.places.departement_names import departements_named
from advisor.domain.places.name_search import SAINTS, read, spellings, telling
from advisor.domain.places.name_typos import SlipFinder, span
from advisor.reference.names.name_answers import Answers, Hit
from advisor.reference.names.name_columns import (
    BARE,
    BEST_OF_CROWD,
    FORMER_CODE,
    INSEE,
    LATER,
    POSTCODE,
    WHOLE,
    Columns,
)

MOST_LOOKED_AT = 3000
ENOUGH = 5
COMPLETIONS_FIRST = 3
LIKELY_WHOLE = 5
LONGEST_WHOLE = 20
"""Between these lengths, a text that begins a name may be another whole name with a slip."""

Texts = Sequence[str]


class NameIndex:
    """The commune search; safe to share between threads once made."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._count = len(columns.codes)
        self._slips = SlipFinder(columns.keys, columns.heads)
        self._own: dict[str, tuple[list[int], list[int]]] = {}
        self._places: dict[str, set[int]] = {}

    def search(self, text: str, departement: str | None = None, limit: int = 10) -> list[Hit]:
        """Return the places that ``text`` names or begins to name, the likeliest first.

        ``departement`` is the permanence's: its places come before others once exact names are
        served. Any text is accepted; one without letters or digits finds nothing.
        """
        typed = read(text)
        answers = Answers(self._columns, max(limit, 0), departement)
        if typed.code:
            self._by_code(typed.code, answers)
        elif typed.words:
            self._by_words(typed.words, typed.numbers, answers)
        return answers.hits()

    def _by_words(self, words: tuple[str, ...], numbers: Texts, answers: Answers) -> None:
        self._by_name(words, answers, slips=not numbers)
        if numbers:
            self._within_number(words, max(numbers, key=len), answers)
        elif not answers.places:
            self._within_departement(words, answers)
        if not answers.places:
            self._with_slip(words, answers)

    def _by_name(self, words: tuple[str, ...], answers: Answers, *, slips: bool = False) -> None:
        as_typed, bare = spellings(words), spellings(telling(words))
        slipped = self._whole_but_for_a_slip(as_typed[0]) if slips else ()
        lone_saint = len(words) == 1 and words[0] in SAINTS
        if not lone_saint:
            answers.take(self._written_so(as_typed[0], words))
        self._by_text(as_typed, answers, exact=not lone_saint, slipped=slipped)
        if bare != as_typed:
            self._by_text(bare, answers, exact=True, slipped=slipped)
        self._all_words(words, answers)
        answers.take(slipped)

    def _by_text(
        self, texts: Texts, answers: Answers, *, exact: bool, slipped: Sequence[int]
    ) -> None:
        """Take the names that are one of ``texts``, then those that begin so.

        An old name lets the towns that begin so pass first, unless it is the permanence's own.
        The ``slipped``, whole but for a slip, come after three completions of no exact name.
        """
        same = self._exact(texts) if exact else []
        for closeness in (WHOLE, BARE):
            answers.take([v >> 2 for v in same if v & 3 == closeness and v >> 2 < self._count])
        old = [v >> 2 for v in same if v & 3 != LATER and v >> 2 >= self._count]
        begun, later = self._beginning(texts, answers)
        if old:
            answers.take([entry for entry in old if self._is_own(entry, answers)])
            answers.take([e for e in begun if e < self._columns.towns], most=COMPLETIONS_FIRST)
            answers.take(old)
        elif slipped and not answers.places:
            answers.take(begun or later, most=COMPLETIONS_FIRST)
            answers.take(slipped)
        answers.take(begun)
        answers.take(later)

    def _written_so(self, text: str, words: tuple[str, ...]) -> list[int]:
        """Return the names of today made of these very words (« La Balme », not « Labalme »)."""
        written = "".join(f" {SAINTS.get(word, word)}" for word in words)
        entries = [value >> 2 for value in self._exact((text,)) if value & 3 == WHOLE]
        return [e for e in entries if e < self._count and self._columns.spelled[e] == written]

    def _exact(self, texts: Texts) -> list[int]:
        """Return the values of the keys that are one of ``texts``."""
        keys, values = self._columns.keys, self._columns.key_values
        found = []
        for text in texts:
            place = bisect_left(keys, text)
            while place < len(keys) and keys[place] == text:
                found.append(values[place])
                place += 1
        return found

    def _is_own(self, entry: int, answers: Answers) -> bool:
        place = self._columns.old_places[entry - self._count]
        return self._columns.departements[place] == answers.departement

    def _beginning(self, texts: Texts, answers: Answers) -> tuple[set[int], set[int]]:
        """Return the names that begin with one of ``texts``; apart, those of a later word."""
        values: list[int] = []
        for text in texts:
            first, after = span(self._columns.keys, text)
            values.extend(self._some(text, first, after, answers))
        begun = {value >> 2 for value in values if value & 3 != LATER}
        return begun, {value >> 2 for value in values if value & 3 == LATER}

    def _some(self, text: str, first: int, after: int, answers: Answers) -> Sequence[int]:
        """Return the values of keys [first, after) that may matter for these answers."""
        columns = self._columns
        best = columns.crowded.get(text)
        if best is None or answers.accepted is not None or answers.limit > BEST_OF_CROWD // 2:
            return columns.key_values[first:after]
        if answers.departement is None:
            return best
        positions, values = self._of_departement(answers.departement)
        return values[bisect_left(positions, first) : bisect_left(positions, after)] + best

    def _of_departement(self, departement: str) -> tuple[list[int], list[int]]:
        """Return the positions and values of the keys of one département, worked out once."""
        known = self._own.get(departement)
        if known is None:
            columns = self._columns
            here = [own == departement for own in columns.departements]
            here += [here[place] for place in columns.old_places]
            both = [(at, v) for at, v in enumerate(columns.key_values) if here[v >> 2]]
            known = [at for at, _ in both], [value for _, value in both]
            self._own[departement] = known
        return known

    def _all_words(self, words: tuple[str, ...], answers: Answers) -> None:
        """Take the names that hold every word typed in any order; whole words first."""
        wanted = telling(words)
        if len(answers.places) >= ENOUGH or len(wanted) == 1 == len(words):
            return
        columns, spelled = self._columns, self._columns.spelled
        spans = {word: span(columns.keys, word) for word in wanted}
        rarest = min(spans, key=lambda word: spans[word][1] - spans[word][0])
        first, after = spans[rarest]
        found = {value >> 2 for value in columns.key_values[first:after][:MOST_LOOKED_AT]}
        for word in wanted:
            if word != rarest or len(wanted) == 1:
                part = f" {word}"
                found = {entry for entry in found if part in spelled[entry]}
        whole = [f" {word} " for word in wanted[:-1]]
        answers.take([entry for entry in found if all(part in spelled[entry] for part in whole)])
        answers.take(found)

    def _within_number(self, words: tuple[str, ...], number: str, answers: Answers) -> None:
        """Search again without the number, among the places whose code begins with it."""
        rest = tuple(word for word in words if word != number)
        told = answers.places and len(number) == 1
        if rest and not told and not answers.full:
            first, after = span(self._columns.numbers, number.upper())
            found = self._columns.number_values[first:after]
            among = answers.among({v >> 2 for v in found if v & 3 != FORMER_CODE})
            self._by_name(rest, among)
            if not answers.places:
                self._with_slip(rest, among)

    def _within_departement(self, words: tuple[str, ...], answers: Answers) -> None:
        """Read the last words as the name of a département, and search the others there."""
        for cut in range(1, len(words)):
            for named in departements_named(words[cut:]):
                self._by_name(words[:cut], answers.among(self._places_of(named)))

    def _places_of(self, departement: str) -> set[int]:
        if not self._places:
            places: defaultdict[str, set[int]] = defaultdict(set)
            for place, own in enumerate(self._columns.departements):
                places[own].add(place)
            self._places = places
        return self._places.get(departement, set())

    def _whole_but_for_a_slip(self, text: str) -> list[int]:
        """Return the names that are ``text`` but for one edit."""
        if not LIKELY_WHOLE <= len(text) <= LONGEST_WHOLE:
            return []
        found = self._exact(self._slips.whole(text))
        return [value >> 2 for value in found if value & 3 != LATER]

    def _with_slip(self, words: tuple[str, ...], answers: Answers) -> None:
        """Take the names one edit apart: whole names first, then names begun, then later words."""
        for text in dict.fromkeys((*spellings(words), *spellings(telling(words)))):
            starts = self._slips.starts(text)
            answers.take([v >> 2 for v in self._exact(starts) if v & 3 != LATER])
            begun, later = self._beginning(starts, answers)
            answers.take(begun)
            answers.take(later)
            if answers.places:
                return

    def _by_code(self, code: str, answers: Answers) -> None:
        """Take the place with this INSEE code, those with this postal code, those begun so."""
        numbers, values = self._columns.numbers, self._columns.number_values
        first, after = span(numbers, code)
        same = first
        while same < after and numbers[same] == code:
            same += 1
        exact = values[first:same]
        for kind in (INSEE, POSTCODE):
            answers.take([value >> 2 for value in exact if value & 3 == kind])
        answers.take([v >> 2 for v in exact if v & 3 == FORMER_CODE], was=code)
        best = self._columns.crowded.get(code)
        crowded = best is not None and answers.departement is None and answers.limit <= len(best)
        begun = best if crowded and best else values[same:after]
        answers.take({value >> 2 for value in begun if value & 3 != FORMER_CODE})
