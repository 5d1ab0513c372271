"""The classes a zoning may give, and how each is said in French.

True on paper; no database, no window. Codes are those of the contract of the command line.
"""

DOCTORS_UNTIL_2018 = ("deficitaire", "fragile", "hors_zonage")
DOCTORS_SINCE_2017 = ("ZIP", "ZAC", "ZAR", "ZV", "HZ")
OTHER_PROFESSIONS = (
    "tres_sous_dotee",
    "sous_dotee",
    "intermediaire",
    "tres_dotee",
    "sur_dotee",
    "non_prioritaire",
)
MIDWIVES = (*OTHER_PROFESSIONS, "sans_sage_femme", "moins_350_naissances")
FISCAL = ("zrr", "zrr_partielle", "hors_zrr", "frr", "frr_plus", "hors_frr", "zfu", "hors_zfu")

CLASS_LABELS: dict[str, str] = {
    "deficitaire": "zone déficitaire",
    "fragile": "zone fragile",
    "hors_zonage": "hors zonage",
    "ZIP": "zone d’intervention prioritaire (ZIP)",
    "ZAC": "zone d’action complémentaire (ZAC)",
    "ZAR": "zone d’accompagnement régional (ZAR)",
    "ZV": "zone de vigilance (ZV)",
    "HZ": "hors zonage (HZ)",
    "tres_sous_dotee": "zone très sous-dotée",
    "sous_dotee": "zone sous-dotée",
    "intermediaire": "zone intermédiaire",
    "tres_dotee": "zone très dotée",
    "sur_dotee": "zone sur-dotée",
    "non_prioritaire": "zone non prioritaire",
    "sans_sage_femme": "zone sans sage-femme",
    "moins_350_naissances": "zone de moins de 350 naissances",
    "zrr": "zone de revitalisation rurale (ZRR)",
    "zrr_partielle": "zone de revitalisation rurale (ZRR), pour une partie de la commune",
    "hors_zrr": "hors zone de revitalisation rurale",
    "frr": "France ruralités revitalisation (FRR)",
    "frr_plus": "France ruralités revitalisation « plus » (FRR+)",
    "hors_frr": "hors France ruralités revitalisation",
    "zfu": "zone franche urbaine (ZFU-TE), pour une partie de la commune",
    "hors_zfu": "hors zone franche urbaine",
}

PROFESSION_NAMES: dict[str, str] = {
    "medecin_generaliste": "médecins généralistes",
    "medecin_specialiste": "médecins spécialistes",
    "chirurgien_dentiste": "chirurgiens-dentistes",
    "sage_femme": "sages-femmes",
    "pharmacien": "pharmaciens",
    "biologiste": "biologistes",
    "infirmier": "infirmiers",
    "masseur_kinesitherapeute": "masseurs-kinésithérapeutes",
    "orthophoniste": "orthophonistes",
    "orthoptiste": "orthoptistes",
    "pedicure_podologue": "pédicures-podologues",
}

SCHEME_NAMES: dict[str, str] = {
    "zrr": "zones de revitalisation rurale (ZRR)",
    "frr": "France ruralités revitalisation (FRR)",
    "zfu": "zones franches urbaines (ZFU-TE)",
}


def label_of(zone_class: str) -> str:
    """Return the French label of a class, the code itself when it is not known here."""
    return CLASS_LABELS.get(zone_class, zone_class)
