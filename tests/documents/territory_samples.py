"""Diagnostics as frozen content: an ordinary one, one with too much of everything, an empty one."""

from dataclasses import replace
from datetime import date

import map_samples

from advisor.domain.paper.territory_content import (
    NOT_A_FORECAST,
    NOT_OFFICIAL,
    Bar,
    BarChart,
    Cell,
    CommuneLine,
    IndicatorGroup,
    IndicatorRow,
    MeasureLine,
    MeetingLine,
    ReadingBlock,
    ReadingLine,
    ScenarioBlock,
    ScenarioLine,
    StepLine,
    TerritoryContent,
    ThemeNotes,
    WorkBlock,
)

MISSING = Cell(None, "non disponible", reason="aucune source ne le donne")
SECRET = Cell(None, "non diffusé", 2023, 2, secret=True, reason="secret statistique")


def cell(value: float, unit: str = "", year: int | None = 2024, note: int = 1) -> Cell:
    told = f"{value:g}".replace(".", ",")
    return Cell(value, f"{told}{unit}", year, note)


def row(rank: int) -> IndicatorRow:
    return IndicatorRow(
        id=f"indicateur_{rank}",
        label=f"Indicateur numéro {rank}, médecins généralistes libéraux",
        unit="pour 100 000 habitants",
        territory=cell(60 + rank),
        departement=cell(79, year=None, note=2),
        region=SECRET if rank % 3 == 0 else cell(81.5),
        france=MISSING if rank % 4 == 0 else cell(77),
        definition="Médecins généralistes libéraux de premier recours" if rank % 2 else "",
    )


def chart(rank: int) -> BarChart:
    return BarChart(
        id=f"barres_{rank}",
        title=f"Comparaison {rank}\u202f: médecins généralistes",
        unit="pour 100 000 habitants",
        bars=(
            Bar("Territoire", 61 + rank, f"{61 + rank}", 2024),
            Bar("Isère", 79, "79", 2024),
            Bar("Auvergne-Rhône-Alpes", None, "non diffusé", 2023),
            Bar("France", 77, "77", None),
        ),
        remark="Source\u202f: Réunion d’information de l’Association des maires de l’Isère [1].",
    )


def pyramid() -> BarChart:
    ages = (
        "moins de 35 ans",
        "35 à 44 ans",
        "45 à 54 ans",
        "55 à 59 ans",
        "60 à 64 ans",
        "65 ans et plus",
    )
    counts = (4, 7, 9, 8, 6, 3)
    bars = tuple(Bar(age, count, f"{count}", 2024) for age, count in zip(ages, counts, strict=True))
    return BarChart("ages", "Médecins généralistes par âge", "médecins", bars, "Source [2].")


def scenario() -> ScenarioBlock:
    path = tuple(
        Bar(f"{2026 + year}", 37 - year * 1.2, f"{37 - year}", 2026 + year) for year in range(11)
    )
    return ScenarioBlock(
        marking=NOT_A_FORECAST,
        hypotheses=(
            "départ à 67 ans",
            "0,94 installation pour un départ",
            "1 200 patients par médecin",
        ),
        lines=(
            ScenarioLine(
                "Départs attendus", "14 médecins", 14, "âgés de 57 ans et plus en 2024 [2]"
            ),
            ScenarioLine("Patients sans médecin", "9 600", 9600, "8 postes × 1 200 patients"),
        ),
        remarks=("Projection discutable\u202f: le rythme d’installation peut changer.",),
        path=path,
    )


def reading() -> ReadingBlock:
    lines = tuple(
        ReadingLine(f"Indicateur {rank} de 2012", "défavorable", "moins de 7,2", "6,1 en 2024 [1]")
        for rank in range(1, 5)
    )
    return ReadingBlock(NOT_OFFICIAL, lines, "Quatre indicateurs sur quatre sont défavorables.")


def work() -> WorkBlock:
    return WorkBlock(
        request="Trois départs à la retraite annoncés dans l’année.",
        requested_by="maire de la commune centre",
        requested_on="03/09/2025",
        steps=tuple(
            StepLine(label, "fait" if rank < 3 else "à faire", "12/10/2025" if rank < 3 else "")
            for rank, label in enumerate(
                (
                    "Données",
                    "Rédaction",
                    "Entretiens",
                    "Restitution",
                    "Recommandations",
                    "Porteurs",
                    "Actions",
                )
            )
        ),
        participants=("élu (3)", "médecin généraliste (5)", "infirmière (2)", "ARS (1)"),
        notes=(ThemeNotes("Conditions d’exercice", ("Locaux trop petits (médecin, 12/10/2025)",)),),
        meetings=(MeetingLine("15/10/2025", "Mairie", "Restitution", "Accord sur une MSP."),),
        recommendations=(
            MeasureLine("Étudier une maison de santé", "commune", "01/2026", "proposée"),
        ),
        actions=(
            MeasureLine("Recenser les locaux libres", "intercommunalité", "12/2025", "décidée"),
        ),
    )


def commune(rank: int) -> CommuneLine:
    known = rank % 5 > 0
    return CommuneLine(
        code=f"38{rank:03d}",
        name=f"Commune numéro {rank}",
        departement="38",
        population=f"{1 + rank}\u202f200 (2023)",
        people=1200 + 1000 * rank,
        zone="zone d’intervention prioritaire (ZIP)" if known else "classe non connue ici",
        letters="ZIP" if known else "",
        pattern="plein" if known else "",
        structures="MSP d’essai" if rank == 1 else "",
    )


def ordinary() -> TerritoryContent:
    whole = map_samples.full()
    return TerritoryContent(
        title="Diagnostic territorial\u202f: Bièvre Est",
        name="CC de Bièvre Est",
        chosen="intercommunalité 243801073",
        day=date(2025, 11, 12),
        pack="référentiel du 01/01/2025",
        population=Cell(9_531, "9\u202f531 habitants", 2023, 1),
        warnings=("Moins de 10 000 habitants\u202f: le plancher du protocole n’est pas atteint.",),
        communes=tuple(commune(rank) for rank in range(1, 15)),
        highlights=tuple(
            ScenarioLine(
                f"Fait marquant {rank}",
                f"{rank * 7} % (2024) [1]",
                rank * 7,
                "Isère\u202f: 26 % (2024) [2]",
            )
            for rank in range(1, 7)
        ),
        groups=(
            IndicatorGroup("offre", "Offre de soins", tuple(row(rank) for rank in range(1, 6))),
            IndicatorGroup("ages", "Âges", tuple(row(rank) for rank in range(6, 10))),
        ),
        comparisons=tuple(chart(rank) for rank in range(1, 6)),
        pyramid=pyramid(),
        dynamics=BarChart(
            "dynamique",
            "Sur cinq ans",
            "médecins",
            (Bar("Installations", 366, "366", 2023), Bar("Départs", 391, "391", 2023)),
            "366 installations pour 391 départs\u202f: 0,94 [1].",
        ),
        scenario=scenario(),
        reading=reading(),
        work=work(),
        method=("Les chiffres sont ceux des tables officielles importées.",),
        sources=(
            "Réunion de l’Association des maires de l’Isère, 15 mai 2024",
            "CPAM de l’Isère, 2023",
        ),
        adviser="Chargée de mission",
        organisation="ARS, délégation départementale de l’Isère",
        departement_name="Isère",
        region_name="Auvergne-Rhône-Alpes",
        maps=(
            whole.with_theme("medecins-2022"),
            replace(whole.with_theme("population"), layers=()),
        ),
    )


def crowded() -> TerritoryContent:
    usual = ordinary()
    held = work()
    long = "Le cabinet cherche un remplaçant depuis deux ans et n’en trouve pas. " * 6
    return replace(
        usual,
        communes=tuple(commune(rank) for rank in range(1, 400)),
        groups=(
            *usual.groups,
            *(
                IndicatorGroup(f"g{n}", f"Groupe {n}", tuple(row(rank) for rank in range(1, 9)))
                for n in range(3)
            ),
        ),
        comparisons=tuple(chart(rank) for rank in range(1, 13)),
        work=replace(
            held,
            notes=tuple(ThemeNotes(f"Thème {n}", (long,) * 12) for n in range(6)),
            recommendations=held.recommendations * 40,
            actions=held.actions * 40,
            meetings=held.meetings * 30,
        ),
        sources=tuple(f"Source officielle numéro {n}, publiée en 2024" for n in range(1, 40)),
    )


def bare() -> TerritoryContent:
    return TerritoryContent(
        title="Diagnostic territorial\u202f: territoire d’essai",
        name="Territoire d’essai",
        chosen="liste de communes",
        day=date(2025, 11, 12),
        pack="référentiel du 01/01/2025",
        population=MISSING,
        warnings=(),
        communes=(),
        highlights=(),
        groups=(),
    )
