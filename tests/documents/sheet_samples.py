"""Sheets typed by hand, from the ordinary one to the worst."""

from dataclasses import replace
from datetime import UTC, datetime

from advisor.domain.paper.sheet import (
    AidCard,
    Contact,
    Meeting,
    OpenAid,
    PackStamp,
    RefusedAid,
    SheetContent,
    SheetStep,
    Strip,
    Visitor,
)

PROVINS = Strip(
    code="77379",
    name="Provins",
    departement="Seine-et-Marne (77)",
    letters="ZIP",
    pattern="plein",
    zone="Zone d’intervention prioritaire (ZIP)",
    act="Arrêté du 30/03/2022, en vigueur depuis le 30/03/2022, confiance A [1]",
    population="11\u202f632 habitants (2023) [2]",
    supply="Offre\u202f: non disponible dans ce référentiel",
    structures="2 maisons de santé, 1 centre de santé",
    remarks=("Une refonte du zonage a été engagée en 2025\u202f; son acte n’est pas détenu.",),
)
NANGIS = replace(
    PROVINS, code="77327", name="Nangis", population="8\u202f911 habitants (2023) [2]", remarks=()
)
AVON = replace(
    PROVINS,
    code="77014",
    name="Avon",
    letters="ZAC",
    pattern="hachures_serrees",
    zone="Zone d’action complémentaire (ZAC)",
    population="13\u202f823 habitants (2023) [2]",
    remarks=(),
)
MELUN = replace(
    AVON,
    code="77288",
    name="Melun",
    letters="?",
    pattern="inconnu",
    zone="Zone inconnue",
    act="La liste de l’acte n’est pas détenue.",
)
AID = AidCard(
    id="aide_ponctuelle_zip",
    title="Aide ponctuelle à l’installation en ZIP",
    amount="10\u202f000\u202f€",
    places="à Provins et Nangis",
    schedule="une fois, dans les 3 mois de la demande",
    commitments=(
        "exercer en secteur 1, ou en secteur 2 avec l’OPTAM\u202f; aucune durée minimale de séjour."
    ),
    because=(
        "C’est votre première installation libérale.",
        "Le lieu est en ZIP.",
        "Vous exercez en secteur 1.",
    ),
    dates="ouverte depuis le 01/01/2026",
    payer="CPAM",
    reference="Convention 2024, art. 26 [3]",
    confidence="confiance A",
)
FMT = replace(
    AID,
    id="majoration_fmt_primo",
    title="Majoration du forfait médecin traitant",
    amount="montant non chiffré",
    schedule="+50\u202f% la 1re année, +30\u202f% la 2e, +10\u202f% la 3e",
    commitments="",
    because=("Vous êtes généraliste et c’est votre première installation.",),
)
OPEN = OpenAid(
    id="collectivite_installation",
    title="Prime d’installation de la collectivité",
    amount="montant fixé localement",
    places="à Provins, Nangis et Avon",
    question="La commune ou l’EPCI a-t-elle voté une prime\u202f? (à demander à la mairie)",
    payer="commune ou EPCI",
    reference="CGCT, art. L1511-8 [4]",
)
REFUSED = RefusedAid(
    "caim",
    "Contrat d’aide à l’installation (CAIM)",
    "fermé aux nouveaux contrats depuis le 31/12/2025",
    "Convention 2016",
)
STEP = SheetStep(
    mark="J−90",
    by="01/12/2025",
    who="Conseil départemental de l’Ordre des médecins",
    what=(
        "Demander l’inscription au tableau du département d’exercice\u202f; l’Ordre "
        "donne le numéro RPPS"
    ),
    documents="diplôme, pièce d’identité, curriculum vitae",
    to_verify="délai et liste des pièces auprès du conseil départemental",
    source="[5]",
)
CONTACT = Contact(
    name="CPAM de Seine-et-Marne",
    role="conventionnement et aides de la convention",
    reach=("relations avec les professionnels de santé",),
    referral="à contacter",
)


def ordinary() -> SheetContent:
    marks = (
        ("J−90", "01/12/2025"),
        ("J−60", "31/12/2025"),
        ("J−50", "10/01/2026"),
        ("J−45", "15/01/2026"),
        ("J−30", "30/01/2026"),
        ("J−20", "09/02/2026"),
        ("J−8", "21/02/2026"),
        ("Jour J", "01/03/2026"),
        ("J+30", "31/03/2026"),
        ("J+60", "30/04/2026"),
    )
    return SheetContent(
        schema_version=1,
        title="Fiche de synthèse de Claire Martin, 12 novembre 2025",
        printed_at=datetime(2025, 11, 12, 9, 45, tzinfo=UTC),
        printed_on="12/11/2025 à 10\u202fh\u202f45",
        visitor=Visitor(
            "Dr Claire Martin",
            "Médecin généraliste, remplaçante",
            (
                "secteur 1",
                "exercice de groupe",
                "4 jours par semaine",
                "installation le 01/03/2026",
            ),
        ),
        meeting=Meeting(
            "mercredi 12 novembre 2025, 10\u202fh\u202f30",
            "Hôtel de ville, Melun (Seine-et-Marne)",
            ("URPS médecins", "ARS DD 77", "CPAM 77", "Ordre 77"),
            "Conseillère de permanence",
            "URPS médecins Île-de-France",
        ),
        summary=(
            (
                "Provins et Nangis sont en zone d’intervention prioritaire (ZIP) pour les "
                "médecins généralistes\u202f; Avon est en ZAC."
            ),
            (
                "2 aides sur lesquelles compter, jusqu’à 10\u202f000\u202f€ chiffrés\u202f; 1 "
                "aide reste à vérifier."
            ),
            (
                "Prochaine démarche\u202f: faire confirmer la zone et les aides par l’ARS et la "
                "CPAM, avant le 01/12/2025."
            ),
        ),
        places=(PROVINS, NANGIS, AVON),
        eligible=(AID, FMT),
        to_verify=(
            OPEN,
            replace(
                OPEN,
                id="cfe_1464d",
                title="Exonération de CFE",
                question="La commune a-t-elle délibéré\u202f?",
            ),
        ),
        refused=(REFUSED, replace(REFUSED, id="cotram", title="Contrat de transition (COTRAM)")),
        refused_others=(
            "31 autres aides concernent d’autres professions, d’autres régions ou des structures."
        ),
        limits=(),
        outside=(),
        steps=tuple(replace(STEP, mark=mark, by=by) for mark, by in marks),
        contacts=(
            CONTACT,
            replace(CONTACT, name="Ordre des médecins de Seine-et-Marne", referral=""),
            replace(CONTACT, name="ARS, délégation départementale", referral=""),
        ),
        notices=(
            "Ce document est un conseil, il ne vaut pas décision.",
            (
                "Il se place en amont de l’installation et ne se substitue pas aux démarches "
                "auprès de l’Ordre, de la CPAM et de l’URSSAF."
            ),
            (
                "Les montants et conditions sont ceux connus à la date d’impression\u202f; seul "
                "l’organisme payeur décide."
            ),
        ),
        pack=PackStamp("starter", "2026.11", "30/03/2022", "ARS Île-de-France"),
        acts=("arrêté du 30/03/2022 (médecins, Île-de-France)",),
        notes=(
            "[1] ARS Île-de-France, zonage 2022.",
            "[2] Insee, populations 2023.",
            "[3] ameli.fr, aides à l’installation.",
            "[4] CGCT.",
            "[5] Ordre des médecins du Nord.",
        ),
        zones_for="médecins généralistes",
        places_notes=("Les quartiers prioritaires ne sont pas détenus.",),
        total="total possible\u202f: 10\u202f000\u202f€",
    )


def crowded() -> SheetContent:
    """Four places, sixty aids, a very long name, and text that looks like markup."""
    usual = ordinary()
    name = (
        "Dr Anne-Charlotte-Éléonore de La Rochefoucauld-Montmorency <b>&amp; Fils</b> " + "X" * 60
    )
    return replace(
        usual,
        visitor=replace(usual.visitor, name=name),
        places=(PROVINS, NANGIS, AVON, MELUN),
        eligible=tuple(
            replace(AID, id=f"e{n}", title=f"Aide éligible numéro {n}") for n in range(25)
        ),
        to_verify=tuple(
            replace(OPEN, id=f"v{n}", title=f"Aide à vérifier numéro {n}") for n in range(20)
        ),
        refused=tuple(
            replace(REFUSED, id=f"r{n}", title=f"Aide refusée numéro {n}") for n in range(15)
        ),
    )


def bare() -> SheetContent:
    """A visitor of whom almost nothing is known."""
    return replace(
        ordinary(),
        visitor=Visitor("Sans nom", "profession à préciser"),
        places=(),
        eligible=(),
        to_verify=(),
        refused=(),
        refused_others="",
        steps=(),
        contacts=(),
        acts=(),
        notes=(),
        total="",
        summary=("Aucun lieu n’est encore choisi.",),
    )
