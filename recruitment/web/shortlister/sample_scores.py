"""The sample answers: scored alone, then compared with the group; no candidate's score hangs on them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from recruitment.rules.errors import Invalid
from recruitment.rules.permissions import Permission
from recruitment.services.reasons import LONGEST_REASON
from recruitment.services.sample_scores import (
    SampleToScore,
    list_samples_to_score,
    read_sample,
    score_sample,
)
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import Option, PageForm, long_text, radios
from recruitment.web.shortlister import shortlister
from recruitment.web.site import acting, desk


def _form(sample: SampleToScore) -> PageForm:
    """A score and a reason for each criterion; the fields are named by the criterion's place on the page."""
    fields: dict[str, Any] = {}
    for number, criterion in enumerate(sample.criteria, 1):
        guide = dict(criterion.anchors)
        scale = range(sample.lowest, sample.highest + 1)
        options = [Option(str(score), str(score), hint=guide.get(score)) for score in scale]
        about = f" {criterion.description}" if criterion.description else ""
        fields[f"value_{number}"] = radios(
            criterion.name,
            options,
            hint=f"Minimum: {criterion.minimum}.{about}",
            required=f"Select a score for {criterion.name}",
        )
        fields[f"reason_{number}"] = long_text(
            f"Reason for your score for {criterion.name}",
            hint=f"The other shortlisters can read it. You must give one for a score below {criterion.minimum}",
            max_length=LONGEST_REASON,
            noun="The reason",
            rows=2,
        )
    return type("SampleForm", (PageForm,), fields)()


@shortlister.get("/sift/<uuid:campaign_id>/samples")
@allow(Permission.SCORE_ANSWERS)
def samples(campaign_id: UUID) -> Any:
    """The sample to score next, else the first; the queue where the campaign has none."""
    found = list_samples_to_score(reading(), actor=acting(), campaign_id=campaign_id)
    if not found:
        return redirect(url_for(".queue", campaign_id=campaign_id), 303)
    sample_id = next((one for one, is_scored in found if not is_scored), found[0][0])
    return redirect(url_for(".sample", campaign_id=campaign_id, sample_id=sample_id), 303)


@shortlister.route("/sift/<uuid:campaign_id>/samples/<uuid:sample_id>", methods=["GET", "POST"])
@allow(Permission.SCORE_ANSWERS)
def sample(campaign_id: UUID, sample_id: UUID) -> Any:
    asked = {"actor": acting(), "desk": desk(), "campaign_id": campaign_id, "sample_id": sample_id}
    read = read_sample(reading(), **asked)
    form = _form(read)
    if form.validate_on_submit():
        given = {
            criterion.id: (int(form[f"value_{number}"].data), form[f"reason_{number}"].data or "")
            for number, criterion in enumerate(read.criteria, 1)
        }
        try:
            with writing() as session:
                score_sample(session, **asked, given=given)
            return redirect(url_for(".sample", campaign_id=campaign_id, sample_id=sample_id), 303)
        except Invalid as refusal:
            kind, _, key = refusal.field.partition(" ")
            number = next(n for n, criterion in enumerate(read.criteria, 1) if str(criterion.id) == key)
            form[f"{kind}_{number}"].errors = [refusal.sentence]
    page = render_template(
        "shortlister/sample_scores/sample.html", campaign_id=campaign_id, sample=read, form=form
    )
    return page, 400 if form.errors else 200
