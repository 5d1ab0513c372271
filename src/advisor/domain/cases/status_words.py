"""The coded words of appointments, orientations and outcomes, as a French reader sees them.

True on paper; no database, no window.
"""

APPOINTMENT_STATUS = {
    "prevu": "prévu",
    "sans_rendez_vous": "sans rendez-vous",
    "recu": "reçu",
    "absent": "absent",
    "annule": "annulé",
}
REFERRAL_STATUS = {
    "a_contacter": "à contacter",
    "contacte": "contacté",
    "pris_en_charge": "pris en charge",
    "clos": "clos",
}
OUTCOME = {
    "installe": "installé",
    "en_cours": "en cours",
    "abandonne": "abandonné",
    "sans_suite": "sans suite",
}
SATISFACTION = {
    1: "1 · pas du tout",
    2: "2 · peu",
    3: "3 · moyennement",
    4: "4 · satisfait",
    5: "5 · très satisfait",
}
