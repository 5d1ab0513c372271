"""Why a structure is listed, in French words.

True on paper; a code met for the first time is shown with its year, never hidden.
"""

PROGRAMMES = {
    "immobilier_2018": "Projet immobilier aidé, Île-de-France 2018",
    "cabinet_fragilise_2018": "Cabinet de groupe fragilisé accompagné, 2018",
    "diagnostic_2018": "Diagnostic territorial partagé, 2018",
    "sros_2012": "Projet inscrit au SROS ambulatoire, 2012",
    "finess": "Répertoire FINESS",
}


def programme_words(code: str) -> str:
    """Return the French words of a programme."""
    return PROGRAMMES.get(code, code.replace("_", " ").capitalize())
