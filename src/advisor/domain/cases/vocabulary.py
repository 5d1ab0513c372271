"""The coded words of the profile, with what a French reader sees.

True on paper; no database, no window.
"""

PROFESSIONS = (
    ("medecin_generaliste", "Médecin généraliste"),
    ("medecin_specialiste", "Médecin d’une autre spécialité"),
    ("chirurgien_dentiste", "Chirurgien-dentiste"),
    ("sage_femme", "Sage-femme"),
    ("pharmacien", "Pharmacien"),
    ("biologiste", "Biologiste"),
    ("infirmier", "Infirmier"),
    ("masseur_kinesitherapeute", "Masseur-kinésithérapeute"),
    ("orthophoniste", "Orthophoniste"),
    ("orthoptiste", "Orthoptiste"),
    ("pedicure_podologue", "Pédicure-podologue"),
)
STATUSES = (
    ("etudiant", "Étudiant"),
    ("interne", "Interne"),
    ("docteur_junior", "Docteur junior"),
    ("remplacant", "Remplaçant"),
    ("collaborateur", "Collaborateur"),
    ("installe", "Installé"),
    ("salarie", "Salarié"),
    ("retraite", "Retraité"),
)
SECTORS = (
    ("1", "Secteur 1"),
    ("2_optam", "Secteur 2 avec OPTAM"),
    ("2", "Secteur 2 sans OPTAM"),
)
EXERCISES = (
    ("individuel", "Individuel"),
    ("groupe", "Cabinet de groupe"),
    ("msp", "Maison de santé (MSP)"),
    ("pole", "Pôle de santé"),
    ("cds", "Centre de santé (CDS)"),
    ("esp", "Équipe de soins primaires (ESP)"),
    ("cpts", "Communauté professionnelle (CPTS)"),
)
INSTALLATION_KINDS = (
    ("creation", "Création"),
    ("reprise", "Reprise"),
    ("association", "Association"),
    ("collaboration", "Collaboration"),
    ("salariat", "Salariat"),
)
PROJECT_KINDS = (
    ("cabinet_individuel", "Cabinet individuel"),
    ("cabinet_groupe", "Cabinet de groupe"),
    ("msp", "Maison de santé (MSP)"),
    ("cds", "Centre de santé (CDS)"),
    ("structure_coordination", "Structure de coordination (CPTS, DAC)"),
    ("equipe_soins_primaires", "Équipe de soins primaires"),
)
TAX_REGIMES = (("reel", "Régime réel"), ("micro", "Micro-BNC"))
SPECIALTIES = (
    ("gynecologie", "Gynécologie"),
    ("ophtalmologie", "Ophtalmologie"),
    ("odf", "Orthopédie dento-faciale"),
    ("chirurgie_orale", "Chirurgie orale"),
    ("medecine_bucco_dentaire", "Médecine bucco-dentaire"),
    ("autre", "Autre"),
)
