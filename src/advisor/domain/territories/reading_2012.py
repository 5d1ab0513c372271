"""The reading of a territory by the four indicators of 2012 (SROS, L849-871): not official.

True on paper. The source prints neither weights nor thresholds (only « négative ou nulle » for the
change over three years, L865-866): they are the user's, and nothing is judged without them.
"""

from dataclasses import dataclass
from enum import StrEnum

from advisor.errors import RefusedError

NOT_OFFICIAL = "non officiel"
LARGEST_WEIGHT = 10.0


class Answer(StrEnum):
    """What one indicator says of the territory."""

    FRAGILE = "fragile"
    NOT_FRAGILE = "non fragile"
    NO_THRESHOLD = "seuil à poser"
    NO_FIGURE = "donnée non disponible"


@dataclass(frozen=True, slots=True)
class Parameters:
    """Thresholds (None: not set yet) and weights of the four indicators, all the user's.

    Density per 100 000 inhabitants, activity in acts per doctor, complementarity in per cent of
    the région's densities, share and change in per cent, IDH as an index.
    """

    density_below: float | None = None
    activity_above: float | None = None
    complementarity_below: float | None = None
    older_above: float | None = None
    change_at_most: float = 0.0
    idh_below: float | None = None
    weights: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)

    def __post_init__(self) -> None:
        """Refuse weights that weigh nothing."""
        good = len(self.weights) == len(LABELS)
        if not good or not all(0 <= one <= LARGEST_WEIGHT for one in self.weights):
            raise RefusedError("Il faut quatre poids entre 0 et 10.")


LABELS = (
    "Accessibilité au médecin omnipraticien (densité et activité)",
    "Complémentarité de l’offre (autres professions)",
    "Évolution prévisible (60 ans et plus, effectifs sur trois ans)",
    "Besoins de la population (indicateur de développement humain)",
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured on the territory, None where it is not held."""

    density: float | None = None
    activity: float | None = None
    complementarity: float | None = None
    older: float | None = None
    change: float | None = None
    idh: float | None = None


@dataclass(frozen=True, slots=True)
class ReadIndicator:
    """One of the four: its answer, its weight."""

    label: str
    answer: Answer
    weight: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The four answers; ``score`` is the weight of the fragile ones over the weight judged."""

    parameters: Parameters
    indicators: tuple[ReadIndicator, ...]
    score: float | None
    marking: str = NOT_OFFICIAL

    @property
    def fragile(self) -> int:
        """Return how many of the four are fragile."""
        return sum(one.answer is Answer.FRAGILE for one in self.indicators)

    @property
    def judged(self) -> int:
        """Return how many of the four could be judged."""
        said = {Answer.FRAGILE, Answer.NOT_FRAGILE}
        return sum(one.answer in said for one in self.indicators)


def read(measured: Measured, parameters: Parameters | None = None) -> Reading:
    """Return the reading with the parameters given."""
    set_ = parameters or Parameters()
    answers = (
        _both(_below(measured.density, set_.density_below),
              _above(measured.activity, set_.activity_above)),
        _below(measured.complementarity, set_.complementarity_below),
        _both(_above(measured.older, set_.older_above),
              _at_most(measured.change, set_.change_at_most)),
        _below(measured.idh, set_.idh_below),
    )  # fmt: skip
    indicators = tuple(
        ReadIndicator(label, answer, weight)
        for label, answer, weight in zip(LABELS, answers, set_.weights, strict=True)
    )
    return Reading(set_, indicators, _score(indicators))


def _below(value: float | None, threshold: float | None) -> Answer:
    if threshold is None:
        return Answer.NO_THRESHOLD
    if value is None:
        return Answer.NO_FIGURE
    return Answer.FRAGILE if value < threshold else Answer.NOT_FRAGILE


def _above(value: float | None, threshold: float | None) -> Answer:
    if threshold is None:
        return Answer.NO_THRESHOLD
    if value is None:
        return Answer.NO_FIGURE
    return Answer.FRAGILE if value > threshold else Answer.NOT_FRAGILE


def _at_most(value: float | None, threshold: float) -> Answer:
    if value is None:
        return Answer.NO_FIGURE
    return Answer.FRAGILE if value <= threshold else Answer.NOT_FRAGILE


def _both(one: Answer, other: Answer) -> Answer:
    """Return fragile when both are; one « non fragile » is enough to answer."""
    for answer in (Answer.NOT_FRAGILE, Answer.NO_THRESHOLD, Answer.NO_FIGURE):
        if answer in {one, other}:
            return answer
    return Answer.FRAGILE


def _score(indicators: tuple[ReadIndicator, ...]) -> float | None:
    judged = [one for one in indicators if one.answer in {Answer.FRAGILE, Answer.NOT_FRAGILE}]
    total = sum(one.weight for one in judged)
    if not total:
        return None
    return sum(one.weight for one in judged if one.answer is Answer.FRAGILE) / total
