"""The inclusion lead's checklist."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotFound
from recruitment.rules.inclusion_checklist import STAGE_TITLES, ChecklistStage, ItemAnswer, is_complete
from recruitment.rules.permissions import Permission
from recruitment.services.inclusion_checklists import LONGEST_NOTE, answer_item, read_inclusion_checklist
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import Option, PageForm, long_text, radios
from recruitment.web.panel import panel
from recruitment.web.panel.standings import unchecked
from recruitment.web.site import acting, staff_desk

_CHECKLIST = "/campaigns/<uuid:campaign_id>/interviews/checklist"
_ANSWERS = (
    Option(ItemAnswer.YES, "Yes"),
    Option(ItemAnswer.NO, "No"),
    Option(ItemAnswer.NOT_APPLICABLE, "Does not apply"),
)


@panel.get(_CHECKLIST)
@allow(Permission.COMPLETE_CHECKLIST)
def checklist(campaign_id: UUID) -> str:
    answers = read_inclusion_checklist(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    standing = unchecked(campaign_id)
    return render_template(
        "panel/checklists/checklist.html",
        campaign_id=campaign_id,
        standing=standing,
        stages=[
            (STAGE_TITLES[stage], [each for each in answers if each.item.stage is stage])
            for stage in ChecklistStage
        ],
        left=sum(each.is_open for each in answers),
        is_complete=is_complete(answers),
        is_open=standing.state is CampaignState.REVEALED,
        words={ItemAnswer.YES: "Yes", ItemAnswer.NO: "No", ItemAnswer.NOT_APPLICABLE: "Does not apply"},
    )


class ItemForm(PageForm):
    answer = radios("Your answer", _ANSWERS, required="Select an answer")
    note = long_text(
        "Note",
        hint="Needed for a no, or where it does not apply: what happened, and what was done about it",
        max_length=LONGEST_NOTE,
        rows=3,
    )


@panel.route(f"{_CHECKLIST}/<item>", methods=["GET", "POST"])
@allow(Permission.COMPLETE_CHECKLIST)
def checklist_item(campaign_id: UUID, item: str) -> Any:
    answers = read_inclusion_checklist(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    held = next((each for each in answers if each.item.key == item), None)
    if held is None:
        raise NotFound
    form: Any = ItemForm(answer=held.answer or "", note=held.note if held.answer else "")
    if form.validate_on_submit():
        try:
            with writing() as session:
                answer_item(
                    session,
                    actor=acting(),
                    desk=staff_desk(),
                    campaign_id=campaign_id,
                    item=item,
                    answer=ItemAnswer(form.answer.data),
                    note=form.note.data or "",
                )
            return redirect(url_for("panel.checklist", campaign_id=campaign_id), 303)
        except Invalid as refusal:
            form.note.errors = [refusal.sentence]
    page = render_template(
        "panel/checklists/item.html",
        campaign_id=campaign_id,
        standing=unchecked(campaign_id),
        form=form,
        held=held,
    )
    return page, 400 if form.errors and request.method == "POST" else 200
