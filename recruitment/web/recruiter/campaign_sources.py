"""Where candidates heard of a campaign: the list, and what was counted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from recruitment.rules.disclosure import THRESHOLD
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.campaign_sources import read_sources, set_sources
from recruitment.web.access import allow, reading
from recruitment.web.forms import PageForm, long_text
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk


class SourcesForm(PageForm):
    names = long_text(
        "Where could candidates have heard of it?",
        hint="One a line. For example, a job fair, a site, a community group, a colleague",
        max_length=4_000,
        rows=8,
    )


@recruiter.route("/campaigns/<uuid:campaign_id>/sources", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def sources(campaign_id: UUID) -> Any:
    found = read_sources(reading(), actor=acting(), campaign_id=campaign_id)
    form = SourcesForm(names="\n".join(one.name for one in found.figures))

    def keep(session: Any) -> None:
        set_sources(
            session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, typed=form.names.data or ""
        )

    if is_saved(form, keep):
        return saved("The list is saved.", "recruiter.sources", campaign_id=campaign_id)
    return shown(
        "recruiter/campaigns/sources.html",
        form,
        found=found,
        threshold=THRESHOLD,
        facts=read_facts(reading(), actor=acting(), campaign_id=campaign_id),
    )
