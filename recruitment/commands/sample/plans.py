"""What the strategies of five public bodies ask of recruitment, as plans that point at the screens for it."""

from __future__ import annotations

from datetime import date

from recruitment.rules.actions import ActionText, Status
from recruitment.rules.actors import Actor
from recruitment.services.actions import add_action, list_plans, make_plan
from recruitment.services.staff_desk import StaffDesk

_Asked = tuple[str, str, str, str]
# Title and source, then (objective, what, lead, the screen that serves it).
PLANS: tuple[tuple[str, str, tuple[_Asked, ...]], ...] = (
    (
        "Equality, diversity and inclusion strategy",
        "Parliamentary and Health Service Ombudsman, strategy 2020 to 2024",
        (
            (
                "Fair recruitment",
                "Recruit without names and characteristics",
                "Head of recruitment",
                "Campaigns: every sift is anonymised",
            ),
            (
                "Fair recruitment",
                "Keep 30% of candidates from ethnic minorities through every stage",
                "Head of recruitment",
                "Releases, comparisons and targets",
            ),
            (
                "Accountability",
                "Report to the steering group twice a year",
                "Equality lead",
                "Releases, figures of a half year",
            ),
            (
                "Accountability",
                "Assess each change of the process for equality",
                "Policy lead",
                "People, equality impact assessments",
            ),
        ),
    ),
    (
        "Race action plan",
        "Prisons and Probation Ombudsman, plan 2021/22, objective 1",
        (
            (
                "Recruitment",
                "Look through adverts for what shuts people out",
                "Recruitment lead",
                "Campaign, advert check",
            ),
            (
                "Recruitment",
                "Ask test questions that are plain and mean one thing",
                "Recruitment lead",
                "Campaign, advert check of the questions",
            ),
            (
                "Recruitment",
                "Make panels diverse, and see after each campaign whether it came true",
                "Recruitment lead",
                "Panel pool, rules for panels, checklist after the campaign",
            ),
            (
                "Recruitment",
                "Name an inclusion lead on every panel, with a checklist",
                "Panel chairs",
                "Panel, inclusion lead's checklist",
            ),
            (
                "Recruitment",
                "Ask a question on inclusion in every interview",
                "Race sub-group",
                "Panel pool, library of questions",
            ),
        ),
    ),
    (
        "Equality objectives",
        "West Midlands Ambulance Service, objectives 2017 to 2020, objective 1",
        (
            (
                "Recruitment process",
                "Audit the process once a year from outside the directorate",
                "Internal audit",
                "Audits",
            ),
            (
                "Recruitment process",
                "Train everybody on a panel",
                "Learning and development",
                "Panel pool, training",
            ),
            (
                "Workforce figures",
                "Compare applicants, shortlisted and appointed with the local population",
                "Analyst",
                "Releases, comparisons with the Census",
            ),
            ("Workforce figures", "Publish once a year in July", "Analyst", "Releases, figures of the year"),
        ),
    ),
    (
        "Joint equality strategy",
        "Cumbria public sector, strategy 2016 to 2020",
        (
            (
                "Working together",
                "Watch recruitment, retention and progression in every body",
                "Equality leads",
                "Releases of each body",
            ),
            (
                "Working together",
                "Show all bodies' figures side by side",
                "Equality leads",
                "Releases, joint strategy",
            ),
        ),
    ),
    (
        "WDES action plan",
        "Birmingham and Solihull Mental Health NHS Foundation Trust, plan 2020/21, metric 2",
        (
            (
                "Metric 2",
                "Put trained members of staff networks on panels as equals who can challenge",
                "Network chairs",
                "Panel pool, rules for panels, challenges",
            ),
            (
                "Metric 2",
                "Bring an inclusion adviser onto panels from band 7",
                "Head of inclusion",
                "Rules for panels",
            ),
            ("Metric 2", "Spot-check acting-up and secondment", "Internal audit", "Audits, a chosen sample"),
            (
                "Declaration",
                "Have fewer people whose disability is not known",
                "Equality lead",
                "Releases, declared beside each figure",
            ),
        ),
    ),
)


def make_sample_plans(desk: StaffDesk, actor: Actor) -> int:
    """The five plans, due by the end of the year after; how many were made: none where some are there."""
    with desk.sessions.writing() as session:
        if list_plans(session, actor=actor, today=desk.now.date()):
            return 0
        due = date(desk.now.year + 1, 3, 31)
        for title, source, asked in PLANS:
            plan_id = make_plan(session, actor=actor, desk=desk, title=title, sources=source)
            for objective, what, lead, screen in asked:
                text = ActionText(objective, what, lead, due, Status.IN_PROGRESS, evidence=screen)
                add_action(session, actor=actor, desk=desk, plan_id=plan_id, text=text)
    return len(PLANS)
