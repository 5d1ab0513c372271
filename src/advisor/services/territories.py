"""Territories to study: chosen by list, EPCI, bassin de vie or hand, then worked out.

Needs the reference only; the work kept around a diagnostic is in ``territory_work``.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from advisor.domain.places.departement_names import DEPARTEMENT_NAMES
from advisor.domain.places.place import Commune, PlaceKind
from advisor.domain.territories.diagnosis import Diagnosis, diagnose
from advisor.domain.territories.example import Example
from advisor.domain.territories.reading_2012 import Parameters
from advisor.domain.territories.scenario import Hypotheses
from advisor.domain.territories.territory import (
    ChosenBy,
    Population,
    PrintedPopulation,
    Territory,
    home_of,
)
from advisor.domain.territories.work import TerritoryWork
from advisor.domain.words.wording import counted, listed
from advisor.domain.zones.zoning import TerritoryKind
from advisor.errors import NotFoundError, RefusedError
from advisor.services.indicators import Indicators
from advisor.services.reference import Reference
from advisor.services.territory_evidence import gather

NO_COMMUNE = "Choisissez au moins une commune."
MOST = 2000
NAMED = 5
MERGERS = 6  # a former commune inside a former commune: never more than a few


class Territories:
    """Chooses territories and works out their diagnostic from the pack and imported tables."""

    def __init__(self, reference: Reference, indicators: Indicators) -> None:
        self._reference = reference
        self._indicators = indicators

    def of_communes(
        self, codes: Sequence[str], name: str = "", chosen_by: ChosenBy = ChosenBy.LIST
    ) -> Territory:
        """Return the territory of these INSEE codes; NotFoundError for an unknown one.

        The code of a former commune gives the commune it is in today, which is told.
        """
        communes, remarks = self._communes(codes)
        if not communes:
            raise RefusedError(NO_COMMUNE)
        if len(communes) > MOST:
            raise RefusedError(f"Un territoire compte au plus {MOST} communes.")
        departement, region = home_of(communes)
        made = Territory(
            name or _named(communes), chosen_by, communes, departement=departement, region=region,
            remarks=remarks,
        )  # fmt: skip
        return self._as_printed(made)

    def of_epci(self, siren: str) -> Territory:
        """Return an intercommunalité, even when its communes are not all held; NotFoundError."""
        example = self._example_of(ChosenBy.EPCI, siren)
        try:
            epci = self._reference.epci(siren)
        except NotFoundError:
            if example is None:
                raise
            return self._of_example(example, ())
        communes = tuple(self._reference.commune(code) for code in epci.members)
        if example is not None:
            return self._of_example(example, communes)
        departement, region = home_of(communes)
        whole = not self._reference.info().is_starter and bool(communes)
        return Territory(
            epci.name,
            ChosenBy.EPCI,
            communes,
            siren,
            whole,
            departement or epci.departement,
            region,
        )

    def of_bassin(self, code: str) -> Territory:
        """Return a bassin de vie of the full pack; NotFoundError when it is not held."""
        for one in self._reference.territories(kind=TerritoryKind.BASSIN_DE_VIE.value):
            if one.id == code:
                communes, remarks = self._communes([member.commune for member in one.members])
                departement, region = home_of(communes)
                return Territory(
                    one.name, ChosenBy.BASSIN, communes, code, departement=departement,
                    region=region, remarks=remarks,
                )  # fmt: skip
        raise NotFoundError(
            f"Aucun bassin de vie ne porte le code {code[:60]} dans ce référentiel.",
            "Les bassins de vie sont dans le paquet complet.",
        )

    def bassins(self, commune: str | None = None) -> list[tuple[str, str]]:
        """Return the code and name of the bassins de vie held, those of ``commune`` if given."""
        kind = TerritoryKind.BASSIN_DE_VIE.value
        held = self._reference.territories(commune=commune, kind=kind)
        return [(one.id, one.name) for one in held]

    def of_departement(self, departement: str) -> Territory:
        """Return a département, even when its communes are not all held; NotFoundError."""
        example = self._example_of(ChosenBy.DEPARTEMENT, departement)
        if example is not None and self._reference.info().is_starter:
            return self._of_example(example, ())
        self._reference.codes_of_departement(departement)
        held = self._reference.communes(departement=departement)
        communes = tuple(one for one in held if one.kind is PlaceKind.COMMUNE)
        if example is not None:
            return self._of_example(example, communes)
        _, region = home_of(communes)
        return Territory(
            DEPARTEMENT_NAMES.get(departement, departement), ChosenBy.DEPARTEMENT, communes,
            departement, whole=not self._reference.info().is_starter, departement=departement,
            region=region,
        )  # fmt: skip

    def examples(self) -> tuple[Example, ...]:
        """Return the worked examples: 13 of Île-de-France, Isère and its 18 EPCI."""
        return self._reference.examples()

    def of_example(self, example_id: str) -> Territory:
        """Return the territory of a worked example; NotFoundError."""
        for one in self.examples():
            if one.id == example_id:
                if one.kind is ChosenBy.EPCI:
                    return self.of_epci(one.code)
                if one.kind is ChosenBy.DEPARTEMENT:
                    return self.of_departement(one.code)
                return self._of_example(one, self._communes(one.communes)[0])
        raise NotFoundError(
            f"Aucun exemple ne s’appelle « {example_id} ».", "Voyez la liste des exemples."
        )

    def of_work(self, work: TerritoryWork) -> Territory:
        """Return the territory of a diagnostic kept."""
        if work.chosen_by is ChosenBy.EPCI:
            return self.of_epci(work.code)
        if work.chosen_by is ChosenBy.BASSIN:
            return self.of_bassin(work.code)
        if work.chosen_by is ChosenBy.DEPARTEMENT:
            return self.of_departement(work.code)
        return self.of_communes(work.communes, work.name, work.chosen_by)

    def diagnose(
        self,
        territory: Territory,
        day: date,
        hypotheses: Hypotheses | None = None,
        parameters: Parameters | None = None,
    ) -> Diagnosis:
        """Return the diagnostic of a territory with the user's hypotheses and parameters."""
        evidence = gather(self._reference, self._indicators, territory, day)
        return diagnose(evidence, hypotheses, parameters)

    def compute(self, work: TerritoryWork, day: date) -> Diagnosis:
        """Return the diagnostic of a work kept, with its own hypotheses and parameters."""
        return self.diagnose(self.of_work(work), day, work.hypotheses, work.parameters)

    def _communes(self, codes: Sequence[str]) -> tuple[tuple[Commune, ...], tuple[str, ...]]:
        """Return the communes of today that these codes name, once each, and what was moved."""
        found: dict[str, Commune] = {}
        told: list[str] = []
        unknown: list[str] = []
        for code in dict.fromkeys(codes):
            try:
                place = self._reference.commune(code)
            except NotFoundError:
                unknown.append(code)
                continue
            today = self._today(place)
            if today is not place:
                told.append(f"{place.name} ({code}) est aujourd’hui dans {today.name}.")
            elif today.code != code:
                told.append(f"Le code {code} est aujourd’hui {today.code} ({today.name}).")
            found[today.code] = today
        if unknown:
            raise _not_communes(unknown)
        for one in [each for each in found.values() if each.kind is PlaceKind.ARRONDISSEMENT]:
            if one.parent in found:
                del found[one.code]
                told.append(f"{one.name} est déjà compté dans {found[one.parent].name}.")
        return tuple(found.values()), tuple(told)

    def _today(self, place: Commune) -> Commune:
        """Return the commune that a former one is in today, through the mergers in between."""
        for _ in range(MERGERS):
            if place.kind not in {PlaceKind.FORMER, PlaceKind.DELEGATED} or not place.parent:
                break
            place = self._reference.commune(place.parent)
        return place

    def _example_of(self, kind: ChosenBy, code: str) -> Example | None:
        return next((one for one in self.examples() if (one.kind, one.code) == (kind, code)), None)

    def _as_printed(self, territory: Territory) -> Territory:
        """Add what a source prints of this very list of communes."""
        for one in self.examples():
            if one.communes and set(one.communes) == set(territory.codes):
                return replace(territory, printed=_printed(one))
        return territory

    def _of_example(self, one: Example, communes: tuple[Commune, ...]) -> Territory:
        told = None
        if one.population is not None:
            told = Population(one.population, one.population_year, one.population_source)
        return Territory(
            one.name,
            one.kind,
            communes,
            one.code,
            whole=bool(communes) and one.members == len(communes),
            departement=one.departement,
            region=one.region,
            printed=_printed(one),
            told=told,
            remarks=(one.remark,) if one.remark else (),
            members=one.members if one.code else None,
        )


def _not_communes(codes: Sequence[str]) -> NotFoundError:
    named = listed([*codes[:NAMED], *([f"{len(codes) - NAMED} autres"] if codes[NAMED:] else [])])
    said = (
        "Aucune commune ne porte le code"
        if len(codes) == 1
        else "Aucune commune ne porte les codes"
    )
    return NotFoundError(
        f"{said} {named} dans ce référentiel.",
        "Vérifiez la liste, ou cherchez par le nom\u202f: « advisor communes NOM ».",
    )


def _printed(one: Example) -> PrintedPopulation | None:
    if one.printed_population is None:
        return None
    return PrintedPopulation(one.printed_population, one.source)


def _named(communes: Sequence[Commune]) -> str:
    first = max(communes, key=lambda one: one.population or 0).name
    others = len(communes) - 1
    return f"{first} et {counted(others, 'autre commune', 'autres communes')}" if others else first
