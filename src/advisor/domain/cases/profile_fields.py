"""The facts an aid may ask about a person and their project, declared once.

True on paper; no database, no window. Screens build their form from ``FIELDS``; a rule that
needs a new fact adds its field here. Labels and questions are in French.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.domain.cases import vocabulary

DOCTORS = ("medecin_generaliste", "medecin_specialiste")


@dataclass(frozen=True, slots=True)
class Field:
    """One fact of the profile.

    ``kind`` is choice, bool, integer, number, date, money, share, text, list or object;
    ``choices`` are (code, French label); ``professions`` those it concerns, empty for all;
    ``highest`` is the greatest number that makes sense, None for no bound.
    """

    name: str
    kind: str
    label: str
    question: str
    group: str = "Projet"
    choices: tuple[tuple[str, str], ...] = ()
    professions: tuple[str, ...] = ()
    highest: int | None = None


PERSON, PRACTICE, DATES = "Personne", "Exercice", "Dates"
PAST, BUILDING, STUDIES, TAX = "Parcours", "Projet de structure", "Études", "Fiscalité"

_DECLARED = (
    Field("profession", "choice", "Profession", "Quelle est votre profession ?", PERSON,
          vocabulary.PROFESSIONS),
    Field("status", "choice", "Statut", "Quel est votre statut aujourd’hui ?", PERSON,
          vocabulary.STATUSES),
    Field("birth_year", "integer", "Année de naissance", "Quelle est votre année de naissance ?",
          PERSON,
          highest=2100),
    Field("home_commune", "text", "Commune de résidence",
          "Dans quelle commune habitez-vous (code INSEE) ?", PERSON),
    Field("specialty", "choice", "Spécialité", "Quelle est votre spécialité ?", PERSON,
          vocabulary.SPECIALTIES, ("medecin_specialiste", "chirurgien_dentiste")),
    Field("advanced_practice", "bool", "Pratique avancée",
          "Êtes-vous infirmier en pratique avancée (IPA) ?", PERSON, (), ("infirmier",)),
    Field("sector", "choice", "Secteur", "Quel sera votre secteur conventionnel ?", PRACTICE,
          vocabulary.SECTORS, DOCTORS),
    Field("exercise", "choice", "Mode d’exercice", "Comment exercerez-vous ?", PRACTICE,
          vocabulary.EXERCISES),
    Field("days_per_week", "number", "Jours par semaine",
          "Combien de jours par semaine exercerez-vous ici ?", PRACTICE,
          highest=7),
    Field("first_installation", "bool", "Première installation",
          "Est-ce votre première installation en libéral ?", PRACTICE),
    Field("kind_of_installation", "choice", "Forme d’installation",
          "S’agit-il d’une création, d’une reprise, d’une association ?", PRACTICE,
          vocabulary.INSTALLATION_KINDS),
    Field("main_practice_commune", "text", "Commune du cabinet principal",
          "Dans quelle commune est votre cabinet principal (code INSEE) ?", PRACTICE),
    Field("on_call", "bool", "Permanence des soins",
          "Participez-vous à la permanence des soins ambulatoires ?", PRACTICE, (), DOCTORS),
    Field("on_call_waived", "bool", "Dispense de garde",
          "Êtes-vous dispensé de permanence des soins ?", PRACTICE, (), DOCTORS),
    Field("opposable_fees", "bool", "Tarifs opposables",
          "Appliquez-vous les tarifs opposables ?", PRACTICE, (), DOCTORS),
    Field("opposable_share", "share", "Part d’honoraires opposables",
          "Quelle part de vos honoraires est aux tarifs opposables ?", PRACTICE, (), DOCTORS),
    Field("joins_group_within_two_years", "bool", "Exercice coordonné sous deux ans",
          "Rejoindrez-vous un groupe, une ESP ou une CPTS sous deux ans ?", PRACTICE, (), DOCTORS),
    Field("fees_in_zone", "money", "Honoraires dans la zone",
          "Quels honoraires annuels sans dépassement dans cette zone ?", PRACTICE),
    Field("days_in_zone_per_year", "number", "Jours par an dans la zone",
          "Combien de jours par an exercerez-vous dans cette zone ?", PRACTICE,
          highest=366),
    Field("share_in_zone", "share", "Part d’activité dans la zone",
          "Quelle part de votre activité sera faite dans la zone ?", PRACTICE),
    Field("zone_distance_km", "number", "Distance à la zone éligible",
          "À combien de kilomètres est la zone éligible la plus proche ?", PRACTICE),
    Field("rural_area", "bool", "Zone rurale", "Le cabinet est-il en zone rurale ?", PRACTICE),
    Field("qpv", "text", "Quartier prioritaire",
          "Le cabinet est-il dans un quartier prioritaire (nom du QPV, ou « aucun ») ?", PRACTICE),
    Field("hosts_younger_doctor", "bool", "Accueil d’un confrère de moins de 50 ans",
          "Accueillez-vous un confrère de moins de 50 ans qui s’installe ?", PRACTICE),
    Field("hires_medical_assistant", "bool", "Embauche d’un assistant médical",
          "Voulez-vous embaucher un assistant médical ?", PRACTICE, (), DOCTORS),
    Field("assistant_time_share", "share", "Temps de travail de l’assistant",
          "Quel temps de travail pour l’assistant médical (1 = temps plein) ?", PRACTICE, (),
          DOCTORS),
    Field("trainer", "bool", "Maître de stage", "Êtes-vous maître de stage ?", PRACTICE),
    Field("advanced_consultations", "bool", "Consultations avancées",
          "Tiendrez-vous des consultations avancées dans cette zone ?", PRACTICE, (), DOCTORS),
    Field("enough_patients", "bool", "Patientèle suffisante",
          "Votre patientèle dépasse-t-elle le 30e percentile ?", PRACTICE, (), DOCTORS),
    Field("acts_last_year", "integer", "Actes par an", "Combien d’actes l’an dernier ?", PRACTICE),
    Field("acts_per_month", "integer", "Actes par mois", "Combien d’actes par mois ?", PRACTICE),
    Field("departure_in_zone", "bool", "Départ d’un confrère",
          "Un confrère cesse-t-il définitivement son activité dans cette zone ?", PRACTICE),
    Field("fees_above_minimum", "bool", "Honoraires minimaux",
          "Vos honoraires atteignent-ils 5 % de la moyenne nationale ?", PRACTICE, (),
          ("sage_femme",)),
    Field("medical_desert", "bool", "Désert médical",
          "Le Département classe-t-il cette commune en désert médical ?", PRACTICE),
    Field("local_aid", "bool", "Aide d’une collectivité",
          "Une collectivité propose-t-elle une aide ici ?", PRACTICE),
    Field("local_diagnosis", "bool", "Diagnostic local",
          "Un diagnostic local de l’offre de soins a-t-il été fait ici ?", PRACTICE),
    Field("installation_date", "date", "Date d’installation",
          "À quelle date vous installez-vous ?", DATES),
    Field("signature_date", "date", "Date de signature",
          "À quelle date le contrat est-il signé ?", DATES),
    Field("application_date", "date", "Date de dossier complet",
          "À quelle date le dossier complet est-il déposé ?", DATES),
    Field("previous_aids", "list", "Aides déjà reçues",
          "Quelles aides à l’installation avez-vous déjà reçues, et quand ?", PAST),
    Field("replacement_registered_months", "integer", "Mois d’inscription comme remplaçant",
          "Depuis combien de mois êtes-vous inscrit comme remplaçant ?", PAST, (), DOCTORS),
    Field("replacement_days_in_quarter", "integer", "Jours de remplacement par trimestre",
          "Combien de jours de remplacement par trimestre ?", PAST, (), DOCTORS,
          highest=92),
    Field("retired_since", "date", "Retraité depuis",
          "Depuis quelle date êtes-vous retraité ?", PAST),
    Field("annual_income", "money", "Revenu annuel libéral",
          "Quel est votre revenu annuel tiré de cette activité ?", PAST),
    Field("income_year", "integer", "Année du revenu", "De quelle année est ce revenu ?", PAST),
    Field("replacement_licence", "bool", "Niveau de remplacement",
          "Avez-vous le niveau requis pour remplacer ?", STUDIES, (), DOCTORS),
    Field("study_year", "integer", "Année d’études", "En quelle année d’études êtes-vous ?",
          STUDIES),
    Field("staff", "integer", "Salariés", "Combien de salariés dans le cabinet ?", TAX),
    Field("tax_regime", "choice", "Régime fiscal", "Quel est votre régime d’imposition ?", TAX,
          vocabulary.TAX_REGIMES),
    Field("turnover_outside", "share", "Part de recettes hors zone",
          "Quelle part de vos recettes est faite hors de la zone ?", TAX),
    Field("local_vote", "bool", "Délibération locale",
          "La collectivité a-t-elle voté cette exonération ?", TAX),
    Field("local_hiring", "bool", "Clause d’embauche locale",
          "Respecterez-vous la clause d’embauche de la zone franche ?", TAX),
    Field("annual_turnover", "money", "Recettes annuelles",
          "Quelles recettes annuelles prévoyez-vous ?", TAX),
    Field("project", "object", "Projet de structure", "Quel est votre projet de structure ?",
          BUILDING),
    Field("project.kind", "choice", "Type de structure", "Quel type de structure ?", BUILDING,
          vocabulary.PROJECT_KINDS),
    Field("project.acquisition", "money", "Montant de l’acquisition",
          "Quel est le montant de l’acquisition ?", BUILDING),
    Field("project.works", "money", "Montant des travaux", "Quel est le montant des travaux ?",
          BUILDING),
    Field("project.equipment", "money", "Montant des équipements",
          "Quel est le montant des équipements ?", BUILDING),
    Field("project.practitioners", "integer", "Nombre de praticiens",
          "Combien de praticiens dans le projet ?", BUILDING),
    Field("project.legal_form", "text", "Forme juridique",
          "Quelle est la forme juridique de la structure (SISA, SCM…) ?", BUILDING),
)  # fmt: skip

FIELDS: Mapping[str, Field] = {field.name: field for field in _DECLARED}


def label_of(name: str) -> str:
    """Return the French label of a field; ``zone`` is the class of the place."""
    if name == "zone":
        return "Zone du lieu"
    field = FIELDS.get(name)
    return field.label if field else name


def question_of(name: str) -> str:
    """Return the French question that asks for a field."""
    if name == "zone":
        return "Quelle est la zone de ce lieu pour cette profession (à demander à l’ARS) ?"
    field = FIELDS.get(name)
    return field.question if field else label_of(name)
