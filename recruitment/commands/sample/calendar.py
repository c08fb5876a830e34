"""Who is told what, and when, as five public bodies have it: each group with the plan it watches over."""

from __future__ import annotations

from recruitment.rules.actors import Actor
from recruitment.rules.governance_calendar import GroupKind, OfferedEntry, Rhythm, Timing
from recruitment.services.actions import list_plans
from recruitment.services.governance_groups import add_entry, add_group, list_groups
from recruitment.services.staff_desk import StaffDesk

_JULY = Timing(Rhythm.YEARLY, month=7)
_MAY = Timing(Rhythm.YEARLY, month=5)
_HALF = Timing(Rhythm.SIX_MONTHLY, working_days=20)
_QUARTER = Timing(Rhythm.QUARTERLY, working_days=15)
# Kind and name of the group, then (what it gets, when, the plan in it, who asks for it).
CALENDAR: tuple[tuple[GroupKind, str, tuple[tuple[str, Timing, str, str], ...]], ...] = (
    (
        GroupKind.BOARD,
        "Board",
        (
            ("Yearly report on recruitment", _JULY, "Equality objectives", "West Midlands Ambulance Service"),
            (
                "Workforce Disability Equality Standard, metric 2",
                _MAY,
                "WDES action plan",
                "Birmingham and Solihull Mental Health NHS Foundation Trust",
            ),
        ),
    ),
    (
        GroupKind.STEERING_GROUP,
        "Diversity steering group",
        (
            (
                "Half-yearly report on recruitment",
                _HALF,
                "Equality, diversity and inclusion strategy",
                "Parliamentary and Health Service Ombudsman",
            ),
        ),
    ),
    (
        GroupKind.SUB_GROUP,
        "Race sub-group",
        (("Race action plan, each quarter", _QUARTER, "Race action plan", "Prisons and Probation Ombudsman"),),
    ),
    (
        GroupKind.SUB_GROUP,
        "Joint strategy forum",
        (("Yearly report to the other bodies", _JULY, "Joint equality strategy", "Cumbria public sector"),),
    ),
)


def make_sample_calendar(desk: StaffDesk, actor: Actor) -> int:
    """The groups with what each gets; how many entries were made: none where there are groups already."""
    with desk.sessions.writing() as session:
        if list_groups(session, actor=actor):
            return 0
        plans = {one.title: one.id for one in list_plans(session, actor=actor, today=desk.now.date())}
        made = 0
        for kind, name, entries in CALENDAR:
            group_id = add_group(session, actor=actor, desk=desk, kind=kind, name=name)
            for title, timing, plan, source in entries:
                entry = OfferedEntry(title, timing, source=source)
                add_entry(session, actor=actor, desk=desk, group_id=group_id, entry=entry, plan_id=plans.get(plan))
                made += 1
    return made
