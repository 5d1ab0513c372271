"""The ten-year scenario of general practitioners: a scenario, not a forecast.

True on paper. It does what the Isère deck of 15 May 2024 does (L292): doctors who reach the age of
departure leave, installations follow the ratio observed, and what is missing leaves patients
without a doctor. Three hypotheses are the user's to move. Nothing is rounded before the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from advisor.domain.words.wording import number
from advisor.errors import RefusedError

YEARS = 10
HUNDRED = 100.0
NOT_A_FORECAST = "scénario, pas une prévision"
AGES = (65, 75)
PACES = (0.0, 5.0)
PATIENTS = (1.0, 5000.0)


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """What the user may move.

    ``departure_age`` (65 to 75): doctors who reach it within ten years leave; None takes the age
    for which a share is held. ``pace`` multiplies the observed rate of installation (1 keeps it).
    ``patients_per_doctor`` None takes the figure of the territory.
    """

    departure_age: int | None = None
    pace: float = 1.0
    patients_per_doctor: float | None = None

    def __post_init__(self) -> None:
        """Refuse what is out of bounds with a French sentence."""
        _within(self.departure_age, AGES, "L’âge de départ")
        _within(self.pace, PACES, "Le rythme d’installation")
        _within(self.patients_per_doctor, PATIENTS, "Le nombre de patients par médecin")


def _within(value: float | None, bounds: tuple[float, float], what: str) -> None:
    if value is not None and not bounds[0] <= value <= bounds[1]:
        low, high = (number(bound) for bound in bounds)
        raise RefusedError(f"{what} se choisit entre {low} et {high}.")


@dataclass(frozen=True, slots=True)
class Observed:
    """What is observed today. ``shares`` maps an age to the per cent of doctors from it on.

    ``installations`` and ``departures`` are over the same period of ``years`` years when it is
    known; ``ratio`` is installations for one departure. ``without`` is the number of inhabitants
    without a doctor today.
    """

    doctors: float | None = None
    shares: Mapping[int, float] | None = None
    ratio: float | None = None
    installations: float | None = None
    departures: float | None = None
    years: int | None = None
    patients_per_doctor: float | None = None
    without: float | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """What becomes in ten years; None where it cannot be worked out, ``missing`` says why.

    ``per_hundred`` is True when the number of doctors is not held: everything is then for one
    hundred doctors. ``losing`` is the number of patients who lose a doctor (negative: who gain
    one); ``without_then`` adds those without one today. ``path`` is doctors at years 0 to 10.
    """

    hypotheses: Hypotheses
    departure_age: int | None = None
    doctors: float | None = None
    per_hundred: bool = False
    leaving: float | None = None
    installing: float | None = None
    balance: float | None = None
    patients_per_doctor: float | None = None
    losing: float | None = None
    without_now: float | None = None
    without_then: float | None = None
    path: tuple[float, ...] = ()
    how: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    marking: str = NOT_A_FORECAST


def project(observed: Observed, hypotheses: Hypotheses | None = None) -> Scenario:
    """Return the scenario; what is not held makes a missing part, never an invented one."""
    asked = hypotheses or Hypotheses()
    how: list[str] = []
    missing: list[str] = []
    age, share = _leaving_share(observed.shares or {}, asked.departure_age, how, missing)
    per_hundred = observed.doctors is None
    doctors = HUNDRED if observed.doctors is None else observed.doctors
    leaving = None if share is None else doctors * share / HUNDRED
    installing = _installing(observed, leaving, doctors, asked.pace, how, missing)
    balance = None if leaving is None or installing is None else installing - leaving
    patients = asked.patients_per_doctor or observed.patients_per_doctor
    if patients is None:
        missing.append("patients par médecin : non disponible, à poser comme hypothèse")
    losing = None if balance is None or patients is None or per_hundred else -balance * patients
    if per_hundred:
        missing.append("nombre de médecins : non disponible, le scénario est pour 100 médecins")
    then = None
    if losing is not None and observed.without is not None:
        then = max(0.0, observed.without + losing)
    return Scenario(
        asked, age, doctors, per_hundred, leaving, installing, balance, patients, losing,
        observed.without, then, _path(doctors, balance), tuple(how), tuple(missing),
    )  # fmt: skip


def _leaving_share(
    shares: Mapping[int, float], asked: int | None, how: list[str], missing: list[str]
) -> tuple[int | None, float | None]:
    """Return the age of departure used and the per cent of doctors who reach it in ten years."""
    if not shares:
        missing.append("âge des médecins : non disponible")
        return asked, None
    first = next(age for age in (60, 55, 65, *shares) if age in shares)
    age = asked if asked is not None else first + YEARS
    now = age - YEARS
    if now in shares:
        how.append(f"partent les médecins de {now} ans et plus aujourd’hui")
        return age, shares[now]
    for low, high in pairwise(sorted(shares)):
        if low < now < high:
            part = (now - low) / (high - low)
            how.append(f"part des {now} ans et plus interpolée entre {low} et {high} ans")
            return age, shares[low] + (shares[high] - shares[low]) * part
    missing.append(f"part des médecins de {now} ans et plus : non disponible")
    return age, None


def _installing(
    observed: Observed,
    leaving: float | None,
    doctors: float,
    pace: float,
    how: list[str],
    missing: list[str],
) -> float | None:
    ratio = observed.ratio
    if observed.installations is not None and observed.departures:
        ratio = observed.installations / observed.departures
    if ratio is not None and leaving is not None:
        how.append("les installations gardent le rapport observé aux départs")
        return leaving * ratio * pace
    if observed.installations is not None and observed.years and observed.doctors == doctors:
        how.append("les installations gardent leur nombre annuel observé")
        return observed.installations / observed.years * YEARS * pace
    missing.append("installations observées : non disponible")
    return None


def _path(doctors: float, balance: float | None) -> tuple[float, ...]:
    if balance is None:
        return ()
    return tuple(doctors + balance * year / YEARS for year in range(YEARS + 1))
