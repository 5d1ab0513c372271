"""Days typed by hand: an ordinary one, a full one, an empty one."""

from datetime import UTC, datetime

from advisor.domain.paper.day_content import DayContent, DayLine, DaySession

LINE = DayLine(
    time="10\u202fh\u202f30",
    minutes="30\u202fmin",
    name="Claire Martin",
    profession="Médecin généraliste",
    reason="première installation",
    wished="Provins",
    phone="06\u202f12\u202f34\u202f56\u202f78",
    status="prévu",
)


def day(count: int) -> DayContent:
    lines = tuple(
        DayLine(
            time=f"{9 + n // 2}\u202fh\u202f{'30' if n % 2 else '00'}",
            minutes=LINE.minutes,
            name=f"Visiteur numéro {n} <b>&",
            profession=LINE.profession,
            reason=LINE.reason,
            wished=LINE.wished,
            phone=LINE.phone,
            status=LINE.status,
        )
        for n in range(count)
    )
    session = DaySession(
        departement="Seine-et-Marne (77)",
        place="Hôtel de ville, Melun",
        hours=f"de 9\u202fh à 17\u202fh, {count} rendez-vous",
        partners=("URPS médecins", "ARS DD 77", "CPAM 77"),
        lines=lines,
    )
    return DayContent(
        schema_version=1,
        title="Feuille du mercredi 12 novembre 2025",
        day="mercredi 12 novembre 2025",
        printed_at=datetime(2025, 11, 12, 7, 0, tzinfo=UTC),
        printed_on="12/11/2025 à 8\u202fh\u202f00",
        adviser="Conseillère · URPS médecins Île-de-France",
        sessions=(session,),
        pack_version="2026.11",
        notice="Feuille de travail du conseiller\u202f: données personnelles.",
    )
