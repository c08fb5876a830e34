"""“I could identify this person from the text”: the words are marked, and hidden for everybody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from recruitment.rules.errors import Invalid
from recruitment.rules.permissions import Permission
from recruitment.services.sift import read_answer
from recruitment.services.text_reports import prepare_report, report_text
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import Option, PageForm, long_text, radios
from recruitment.web.shortlister import shortlister
from recruitment.web.shortlister.passages import paragraphs_of
from recruitment.web.site import acting, desk


class ReportForm(PageForm):
    words = long_text(
        "Which words tell who it is?",
        hint="Copy them from the answer and paste them here. Take as few words as you can, all in one piece.",
        required="Enter the words that tell who it is",
        noun="The words",
        rows=3,
    )
    knows = radios(
        "Do you know who it is?",
        [
            Option("no", "No, but I or others could find out"),
            Option("yes", "Yes, I recognise this person", hint="We then ask if there is a conflict of interest"),
        ],
        required="Select whether you know who it is",
    )


@shortlister.route("/sift/<uuid:campaign_id>/answers/<uuid:handle>/report", methods=["GET", "POST"])
@allow(Permission.SCORE_ANSWERS)
def report(campaign_id: UUID, handle: UUID) -> Any:
    form = ReportForm()
    if form.validate_on_submit() and _is_reported(campaign_id, handle, form):
        onward = ".recognise" if form.knows.data == "yes" else ".answer"
        return redirect(url_for(onward, campaign_id=campaign_id, handle=handle, reported=1), 303)
    answer = read_answer(reading(), actor=acting(), desk=desk(), campaign_id=campaign_id, handle=handle)
    page = render_template(
        "shortlister/text_reports/report.html",
        campaign_id=campaign_id,
        form=form,
        answer=answer,
        paragraphs=paragraphs_of(answer.parts),
    )
    return page, 400 if form.errors else 200


def _is_reported(campaign_id: UUID, handle: UUID, form: ReportForm) -> bool:
    try:
        prepared = prepare_report(
            reading(), actor=acting(), desk=desk(), campaign_id=campaign_id, handle=handle, words=form.words.data
        )
        with writing() as session:
            report_text(session, actor=acting(), desk=desk(), prepared=prepared)
    except Invalid as refusal:
        form.words.errors = [refusal.sentence]
        return False
    return True
