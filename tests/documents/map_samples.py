"""Maps as frozen content: six square communes, the same as circles, and one with hostile names."""

from dataclasses import replace

from advisor.domain.paper.map_content import (
    Backdrop,
    CardLine,
    LegendEntry,
    MapContent,
    MapPlace,
    MapSpot,
    MapTheme,
    SpotLayer,
)

WEST, SOUTH, SIDE = 700_000, 6_800_000, 6_000
NAMES = ("Provins", "Nangis", "Melun", "Avon", "Rebais", "L’Haÿ-les-Roses")
ACT = "Arrêté de l’ARS Île-de-France du 30 mars 2022, en vigueur depuis le 30/03/2022"
LEGEND = (
    LegendEntry("ZIP", "zone d’intervention prioritaire (ZIP)", "plein", "2 communes"),
    LegendEntry("ZAC", "zone d’action complémentaire (ZAC)", "hachures_serrees", "2 communes"),
    LegendEntry("HZ", "hors zonage (HZ)", "vide", "1 commune"),
)


def square(rank: int) -> tuple[int, ...]:
    x, y = WEST + rank % 3 * SIDE, SOUTH + rank // 3 * SIDE
    return (x, y, x + SIDE, y, x + SIDE, y + SIDE, x, y + SIDE)


def places() -> tuple[MapPlace, ...]:
    return tuple(
        MapPlace(
            code=f"7700{rank}",
            name=name,
            departement="77",
            x=WEST + rank % 3 * SIDE + SIDE // 2,
            y=SOUTH + rank // 3 * SIDE + SIDE // 2,
            people=2_000 * (rank + 1),
            population=f"{2 * (rank + 1)}\u202f000 (2023)",
            rings=(square(rank),),
            card=(CardLine("Population", f"{2 * (rank + 1)}\u202f000 habitants, Insee 2023"),),
        )
        for rank, name in enumerate(NAMES)
    )


def themes() -> tuple[MapTheme, ...]:
    doctors = MapTheme(
        "medecins-2022",
        "Zonages",
        "Médecins, zonage de 2022",
        LEGEND,
        (0, 0, 1, 1, 2, -1),
        ("ZIP", "ZIP", "ZAC", "ZAC", "hors zonage", "classe non connue ici"),
        ACT,
        "Liste annexée à l’arrêté",
    )
    nurses = replace(
        doctors,
        id="infirmiers-2012",
        title="Infirmiers, zonage de 2012",
        legend=(
            LegendEntry("TSD", "zone très sous-dotée", "plein", "1 commune"),
            LegendEntry("SUR", "zone sur-dotée", "vide", "5 communes"),
        ),
        classes=(0, 1, 1, 1, 1, 1),
        texts=("très sous-dotée", *("sur-dotée",) * 5),
        act="Arrêté ARS Île-de-France n° 12-209 du 25 mai 2012",
    )
    people = MapTheme(
        "population",
        "Chiffres",
        "Population",
        (
            LegendEntry("1", "moins de 5 000 habitants", "points", "2 communes"),
            LegendEntry("2", "5 000 habitants ou plus", "hachures_larges", "4 communes"),
        ),
        (0, 0, 1, 1, 1, 1),
        tuple(one.population for one in places()),
        source="Insee, population municipale 2023",
    )
    return doctors, nurses, people


def layers() -> tuple[SpotLayer, ...]:
    msp = MapSpot(WEST + 3_000, SOUTH + 3_000, "MSP d’essai", ("ouverte, 2018",))
    candidate = MapSpot(WEST + 9_000, SOUTH + 3_000, "Nangis")
    return (
        SpotLayer("msp", "Maisons de santé (MSP)", "M", "carre", (msp,), "Protocole de 2018"),
        SpotLayer("candidats", "Lieux envisagés", "1", "etoile", (candidate,)),
    )


def full() -> MapContent:
    edge = (WEST, SOUTH, WEST + 3 * SIDE, SOUTH, WEST + 3 * SIDE, SOUTH + 2 * SIDE, WEST, SOUTH)
    return MapContent(
        title="Carte de Seine-et-Marne",
        subtitle="Zonages et structures",
        places=places(),
        themes=themes(),
        layers=layers(),
        backdrop=(Backdrop("Seine-et-Marne", (edge,)),),
        sources=("IGN, Insee, contours de 2018",),
        pack="essai 1",
        made_on="12/11/2025",
    )


def schematic() -> MapContent:
    bare = tuple(replace(one, rings=()) for one in places())
    notice = "Carte schématique\u202f: un cercle par commune, contours simplifiés des départements."
    return replace(full(), places=bare, schematic=True, notice=notice)


def hostile() -> MapContent:
    trap = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    first, *others = places()
    return replace(full(), title=trap, places=(replace(first, name=trap), *others))
