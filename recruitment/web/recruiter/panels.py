"""Arranging the interview panel: its people and the inclusion question."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.permissions import PANEL_ROLES, ROLE_TITLES, Permission, Role
from recruitment.services.campaign_plans import list_people, read_facts
from recruitment.services.campaigns import change_campaign
from recruitment.web.access import allow, reading
from recruitment.web.forms import PageForm, long_text
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_NEEDED = (Role.PANEL_CHAIR, Role.INCLUSION_LEAD)


class InclusionQuestionForm(PageForm):
    inclusion_question = long_text(
        "Inclusion question",
        hint="Asked of everybody at interview. For example, how they have made a team fairer",
        required="Enter the inclusion question",
        max_length=1_000,
        rows=4,
    )


@recruiter.route("/campaigns/<uuid:campaign_id>/panel-arrangements", methods=["GET", "POST"])
@allow(Permission.ARRANGE_PANEL)
def panel_page(campaign_id: UUID) -> Any:
    session, actor = reading(), acting()
    facts = read_facts(session, actor=actor, campaign_id=campaign_id, permission=Permission.ARRANGE_PANEL)
    people = list_people(session, actor=actor, campaign_id=campaign_id)
    form = InclusionQuestionForm(inclusion_question=facts.inclusion_question)

    def change(session: Any) -> None:
        change_campaign(
            session,
            actor=actor,
            desk=staff_desk(),
            campaign_id=campaign_id,
            inclusion_question=form.inclusion_question.data,
        )

    if is_saved(form, change):
        return saved("The inclusion question is saved.", "recruiter.panel_page", campaign_id=campaign_id)
    held = {role for person in people for role in person.roles}
    return shown(
        "recruiter/panels/panel.html",
        form,
        facts=facts,
        panel=[(person, sorted(person.roles & PANEL_ROLES)) for person in people if person.roles & PANEL_ROLES],
        missing=[ROLE_TITLES[role] for role in _NEEDED if role not in held],
        titles=ROLE_TITLES,
        is_changeable=not has_reached(facts.state, CampaignState.DECIDED),
    )
