"""The people and words of the demonstration: all invented, and obviously so.

Telephone numbers are of the ranges kept for fiction by the regulator (0639980000 to …9999),
addresses of the example.org domain. Places and aids are the real ones of the pack.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

DEPARTEMENT = "77"
PLACE = "Melun, salle de démonstration"
ADVISER = ("Alex Démonstration", "Permanence de démonstration, Seine-et-Marne")
PARTNERS = ("ARS, délégation départementale 77", "CPAM 77", "Ordre des médecins 77", "URPS")


@dataclass(frozen=True, slots=True)
class Visitor:
    """One invented visitor: booking, what is learnt in order, where, and what comes next.

    ``booking`` lacks its date; ``fields`` are set one at a time as they are told, a length of
    time standing for the day that comes after it; ``referrals`` are (start of the
    partner's id, what is asked, days from now); ``outcome`` uses the keys of ``outcome --file``.
    """

    booking: dict[str, str]
    fields: tuple[tuple[str, Any], ...]
    places: tuple[str, ...]
    notes: tuple[str, ...]
    referrals: tuple[tuple[str, str, int], ...]
    outcome: dict[str, Any]
    satisfaction: int
    recall_in: int

    def booked_on(self, today: date) -> dict[str, str]:
        """Return the booking with its day."""
        return {**self.booking, "date": today.isoformat()}

    def learnt_by(self, today: date) -> Iterator[tuple[str, Any]]:
        """Give each field with its value, days counted from ``today``."""
        for name, value in self.fields:
            told = (today + value).isoformat() if isinstance(value, timedelta) else value
            yield name, told


def _booking(hour: str, **known: str) -> dict[str, str]:
    return {"departement": DEPARTEMENT, "heure": hour, **known}


DOCTOR = Visitor(
    booking=_booking(
        "09:30",
        duree="45",
        nom="Exemple",
        prenom="Camille",
        profession="medecin_generaliste",
        telephone="06 39 98 00 01",
        email="camille@example.org",
        commune_souhaitee="Provins",
        motif="Première installation",
    ),
    fields=(
        ("status", "remplacant"),
        ("birth_year", 1991),
        ("first_installation", True),
        ("exercise", "groupe"),
        ("days_per_week", 4),
        ("installation_date", timedelta(days=90)),
        ("previous_aids", []),
        ("on_call", True),
        ("sector", "1"),
        ("home_commune", "77288"),
    ),
    places=("77379", "77327", "77014", "77159"),
    notes=(
        "Cherche un cabinet de groupe à moins de trente minutes de Melun.",
        "Souhaite garder un jour par semaine pour la maîtrise de stage.",
    ),
    referrals=(
        ("ordre_", "Inscription au tableau, contrat de remplacement en cours.", 15),
        ("cpam_", "Rendez-vous conventionnel avant l’installation.", 45),
    ),
    outcome={"kind": "en_cours", "how": "Deux cabinets à visiter avant de choisir."},
    satisfaction=5,
    recall_in=30,
)
NURSE = Visitor(
    booking=_booking(
        "10:30",
        duree="30",
        nom="Fictive",
        prenom="Dominique",
        profession="infirmier",
        telephone="06 39 98 00 02",
        email="dominique@example.org",
        commune_souhaitee="Donnemarie-Dontilly",
        motif="Quitter l’hôpital pour le libéral",
    ),
    fields=(
        ("status", "salarie"),
        ("birth_year", 1985),
        ("first_installation", True),
        ("exercise", "groupe"),
        ("share_in_zone", 0.8),
        ("installation_date", timedelta(days=120)),
        ("previous_aids", []),
    ),
    places=("77159", "77327"),
    notes=("Un cabinet d’infirmières cherche une personne associée à Nangis.",),
    referrals=(("cpam_", "Vérifier la classe du zonage infirmier en vigueur.", 10),),
    outcome={"kind": "en_cours"},
    satisfaction=4,
    recall_in=20,
)
STUDENT = Visitor(
    booking=_booking(
        "11:15",
        duree="30",
        nom="Modèle",
        prenom="Sacha",
        profession="medecin_generaliste",
        telephone="06 39 98 00 03",
        email="sacha@example.org",
        commune_souhaitee="Coulommiers",
        motif="Stages et contrat d’engagement",
    ),
    fields=(("status", "etudiant"), ("birth_year", 2003), ("study_year", 5)),
    places=("77131", "77379"),
    notes=("Voudrait vivre près de Coulommiers ; hésite encore sur la spécialité.",),
    referrals=(("ars_dd", "Contrat d’engagement de service public : dossier et dates.", 20),),
    outcome={"kind": "sans_suite", "why": "Reviendra après le choix de l’internat."},
    satisfaction=5,
    recall_in=180,
)
VISITORS = (DOCTOR, NURSE, STUDENT)
