"""“I recognise this person”: go on and have it recorded, or hand this person's answers to somebody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from recruitment.rules.permissions import Permission
from recruitment.services.queues import find_next
from recruitment.services.scores import Recognition, declare_recognition
from recruitment.services.sift import read_answer
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import Option, PageForm, radios
from recruitment.web.shortlister import shortlister
from recruitment.web.site import acting, desk


class RecognitionForm(PageForm):
    recognition = radios(
        "Is there a conflict of interest?",
        [
            Option(
                Recognition.NO_CONFLICT,
                "No, I can score this person fairly",
                hint="We record that you recognised somebody. You carry on with this answer.",
            ),
            Option(
                Recognition.RECUSED,
                "Yes, or I am not sure: somebody else should score this person",
                hint=(
                    "Somebody else will score this person's answers. You will not be told which they were. "
                    "You cannot undo this."
                ),
            ),
        ],
        required="Select whether there is a conflict of interest",
    )


@shortlister.route("/sift/<uuid:campaign_id>/answers/<uuid:handle>/recognise", methods=["GET", "POST"])
@allow(Permission.SCORE_ANSWERS)
def recognise(campaign_id: UUID, handle: UUID) -> Any:
    form = RecognitionForm()
    if form.validate_on_submit():
        return redirect(_record(campaign_id, handle, Recognition(form.recognition.data)), 303)
    answer = read_answer(reading(), actor=acting(), desk=desk(), campaign_id=campaign_id, handle=handle)
    page = render_template(
        "shortlister/answers/recognise.html",
        campaign_id=campaign_id,
        form=form,
        answer=answer,
        is_reported="reported" in request.args,
    )
    return page, 400 if form.errors else 200


def _record(campaign_id: UUID, handle: UUID, recognition: Recognition) -> str:
    """Record it; where the reader goes on."""
    with writing() as session:
        declare_recognition(
            session,
            actor=acting(),
            desk=desk(),
            campaign_id=campaign_id,
            handle=handle,
            recognition=recognition,
        )
    if recognition is Recognition.NO_CONFLICT:
        return url_for(".answer", campaign_id=campaign_id, handle=handle, recognised=1)
    following = find_next(reading(), actor=acting(), campaign_id=campaign_id, after=handle)
    if following is None:
        return url_for(".queue", campaign_id=campaign_id, recused=1)
    return url_for(".answer", campaign_id=campaign_id, handle=following, recused=1)
