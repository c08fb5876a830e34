"""Who may be what, and do what, in one campaign.

Sources: separation of sift and equality monitoring (Data Protection Act 2018, Schedule 1 paragraph 8(3));
auditing by somebody outside the process (annual inclusion audits of public bodies); the reveal needs two people.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    RECRUITER = "recruiter"
    SHORTLISTER = "shortlister"
    CLEARER = "clearer"
    DEPUTY = "deputy"
    PANEL_CHAIR = "panel_chair"
    PANEL_MEMBER = "panel_member"
    INCLUSION_LEAD = "inclusion_lead"
    SUBSTITUTE = "substitute"
    ANALYST = "analyst"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


ROLE_TITLES = {
    Role.RECRUITER: "Recruiter",
    Role.SHORTLISTER: "Shortlister",
    Role.CLEARER: "Clearer",
    Role.DEPUTY: "Named deputy of the panel chair",
    Role.PANEL_CHAIR: "Panel chair",
    Role.PANEL_MEMBER: "Panel member",
    Role.INCLUSION_LEAD: "Inclusion lead",
    Role.SUBSTITUTE: "Substitute on the panel",
    Role.ANALYST: "Analyst",
    Role.AUDITOR: "Auditor",
    Role.ADMINISTRATOR: "Administrator",
}

PANEL_ROLES = frozenset({Role.PANEL_CHAIR, Role.PANEL_MEMBER, Role.INCLUSION_LEAD})


class Permission(StrEnum):
    SEE_CAMPAIGN = "see_campaign"
    EDIT_CAMPAIGN = "edit_campaign"
    CLEAR_PASSAGES = "clear_passages"
    TAKE_SECOND_LOOK = "take_second_look"
    SEE_COVERAGE = "see_coverage"
    ARRANGE_SIFT = "arrange_sift"
    SCORE_ANSWERS = "score_answers"
    SET_INTERVIEW_LINE = "set_interview_line"
    SEE_REQUESTS = "see_requests"
    CHECK_ELIGIBILITY = "check_eligibility"
    FREEZE_SHORTLIST = "freeze_shortlist"
    ASK_REVEAL = "ask_reveal"
    AGREE_REVEAL = "agree_reveal"
    AGREE_CLOSING_TIME = "agree_closing_time"
    AGREE_SCORER = "agree_scorer"
    SEE_NAMES = "see_names"
    ARRANGE_PANEL = "arrange_panel"
    SCORE_INTERVIEWS = "score_interviews"
    COMPLETE_CHECKLIST = "complete_checklist"
    SIT_ON_PANEL = "sit_on_panel"
    DECIDE_OUTCOMES = "decide_outcomes"
    CALL_RESERVE = "call_reserve"
    WRITE_TO_CANDIDATES = "write_to_candidates"
    RELEASE_FUNNEL = "release_funnel"
    SEE_RELEASES = "see_releases"
    READ_TRAIL = "read_trail"
    MAKE_EVIDENCE_PACK = "make_evidence_pack"
    SIGN_QUALITY_CHECKLIST = "sign_quality_checklist"
    EXPORT_OUTCOMES = "export_outcomes"


_SITS = frozenset(
    {Permission.SEE_CAMPAIGN, Permission.SEE_NAMES, Permission.SCORE_INTERVIEWS, Permission.SIT_ON_PANEL}
)
_GRANTS: dict[Role, frozenset[Permission]] = {
    Role.RECRUITER: frozenset(
        {
            Permission.SEE_CAMPAIGN,
            Permission.EDIT_CAMPAIGN,
            Permission.AGREE_CLOSING_TIME,
            Permission.AGREE_SCORER,
            Permission.CLEAR_PASSAGES,
            Permission.TAKE_SECOND_LOOK,
            Permission.SEE_COVERAGE,
            Permission.ARRANGE_SIFT,
            Permission.SET_INTERVIEW_LINE,
            Permission.SEE_REQUESTS,
            Permission.CHECK_ELIGIBILITY,
            Permission.FREEZE_SHORTLIST,
            Permission.ASK_REVEAL,
            Permission.CALL_RESERVE,
            Permission.WRITE_TO_CANDIDATES,
            Permission.SEE_NAMES,
            Permission.ARRANGE_PANEL,
            Permission.SEE_RELEASES,
            Permission.MAKE_EVIDENCE_PACK,
            Permission.SIGN_QUALITY_CHECKLIST,
            Permission.EXPORT_OUTCOMES,
        }
    ),
    Role.SHORTLISTER: frozenset({Permission.SCORE_ANSWERS}),
    Role.CLEARER: frozenset(
        {
            Permission.SEE_CAMPAIGN,
            Permission.CLEAR_PASSAGES,
            Permission.TAKE_SECOND_LOOK,
            Permission.AGREE_CLOSING_TIME,
        }
    ),
    Role.DEPUTY: frozenset(
        {
            Permission.SEE_CAMPAIGN,
            Permission.AGREE_REVEAL,
            Permission.AGREE_CLOSING_TIME,
            Permission.AGREE_SCORER,
        }
    ),
    Role.PANEL_CHAIR: frozenset(
        {
            Permission.SEE_CAMPAIGN,
            Permission.AGREE_REVEAL,
            Permission.AGREE_CLOSING_TIME,
            Permission.AGREE_SCORER,
            Permission.SEE_NAMES,
            Permission.SCORE_INTERVIEWS,
            Permission.SIT_ON_PANEL,
            Permission.DECIDE_OUTCOMES,
        }
    ),
    Role.PANEL_MEMBER: _SITS,
    Role.INCLUSION_LEAD: _SITS | {Permission.COMPLETE_CHECKLIST},
    # For one candidate, in place of a member with a conflict: sees that one's name and no other.
    Role.SUBSTITUTE: frozenset({Permission.SEE_CAMPAIGN, Permission.SEE_NAMES, Permission.SCORE_INTERVIEWS}),
    Role.ANALYST: frozenset({Permission.SEE_CAMPAIGN, Permission.RELEASE_FUNNEL, Permission.SEE_RELEASES}),
    Role.AUDITOR: frozenset(
        {
            Permission.SEE_CAMPAIGN,
            Permission.READ_TRAIL,
            Permission.SEE_RELEASES,
            Permission.MAKE_EVIDENCE_PACK,
        }
    ),
    Role.ADMINISTRATOR: frozenset(),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """What somebody with these roles in one campaign may do there."""
    return frozenset().union(*(_GRANTS[role] for role in roles))


_SIFT = (Role.SHORTLISTER,)
_SCORERS = (Role.SHORTLISTER, Role.SUBSTITUTE, *sorted(PANEL_ROLES))

# (one role, the roles it excludes, why): read both ways.
EXCLUSIONS: tuple[tuple[Role, tuple[Role, ...], str], ...] = (
    (Role.RECRUITER, _SIFT, "A recruiter of a campaign may not score its answers."),
    (
        Role.RECRUITER,
        (Role.PANEL_CHAIR, Role.DEPUTY),
        "The second person at the reveal may not be a recruiter of the campaign.",
    ),
    (
        Role.RECRUITER,
        (Role.PANEL_MEMBER, Role.INCLUSION_LEAD, Role.SUBSTITUTE),
        "A recruiter opens Disability Confident requests before the freeze, so may not score interviews.",
    ),
    (Role.CLEARER, _SIFT, "Somebody who reads hidden passages may not score the sift."),
    (Role.ANALYST, _SCORERS, "An analyst scores nothing."),
    (
        Role.AUDITOR,
        tuple(role for role in Role if role is not Role.AUDITOR),
        "An auditor may hold no other role.",
    ),
)


def role_conflicts(roles: Iterable[Role]) -> list[str]:
    """Sentences saying why these roles may not meet in one person in one campaign; empty when they may."""
    held = set(roles)
    return [why for role, others, why in EXCLUSIONS if role in held and any(other in held for other in others)]


def is_second_person(roles: Iterable[Role]) -> bool:
    """Whether somebody may agree to a reveal: panel chair or named deputy, never a recruiter or an auditor."""
    held = set(roles)
    return bool(held & {Role.PANEL_CHAIR, Role.DEPUTY}) and not held & {Role.RECRUITER, Role.AUDITOR}
