"""The work kept around a diagnostic, written in French for its pages."""

from advisor.domain.paper.territory_content import (
    MeasureLine,
    MeetingLine,
    StepLine,
    ThemeNotes,
    WorkBlock,
)
from advisor.domain.territories.work import (
    MEASURE_STATE_LABELS,
    MEETING_LABELS,
    STEP_LABELS,
    STEP_STATE_LABELS,
    Measure,
    Meeting,
    Step,
    TerritoryWork,
)
from advisor.domain.words.wording import counted, short_date


def work_block(work: TerritoryWork) -> WorkBlock:
    """Return the request, steps, participants by function, notes, meetings and decisions."""
    themes = tuple(
        ThemeNotes(
            theme,
            tuple(f"{one.text} ({one.organisation}, {short_date(one.at.date())})" for one in notes),
        )
        for theme, notes in work.notes_by_theme().items()
    )
    return WorkBlock(
        request=work.request,
        requested_by=work.requested_by,
        requested_on=short_date(work.requested_on) if work.requested_on else "",
        steps=tuple(_step(one) for one in work.steps),
        participants=tuple(
            ", ".join(part for part in (one.function, one.institution) if part)
            for one in work.participants
        ),
        notes=themes,
        meetings=tuple(_meeting(one) for one in work.meetings),
        recommendations=tuple(_measure(one) for one in work.recommendations),
        actions=tuple(_measure(one) for one in work.actions),
    )


def _step(step: Step) -> StepLine:
    when = ""
    if step.done:
        when = f"fait le {short_date(step.done)}"
    elif step.due:
        when = f"pour le {short_date(step.due)}"
    elif step.begun:
        when = f"depuis le {short_date(step.begun)}"
    return StepLine(STEP_LABELS[step.kind], STEP_STATE_LABELS[step.state], when, step.note)


def _meeting(meeting: Meeting) -> MeetingLine:
    label = MEETING_LABELS[meeting.kind]
    came = "" if meeting.attendance is None else f" ({counted(meeting.attendance, 'présent')})"
    subject = f"{label}\u202f: {meeting.subject}" if meeting.subject else label
    return MeetingLine(short_date(meeting.day), meeting.place, f"{subject}{came}", meeting.summary)


def _measure(measure: Measure) -> MeasureLine:
    due = short_date(measure.due) if measure.due else ""
    return MeasureLine(measure.text, measure.bearer, due, MEASURE_STATE_LABELS[measure.state])
