"""Saving a form: what a service refuses is shown on the same page, with what was typed kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for

from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid
from recruitment.services.campaign_plans import CampaignFacts
from recruitment.web.access import writing
from recruitment.web.forms import PageForm


def is_saved(form: PageForm, act: Callable[[Any], object], **fields: str) -> bool:
    """Whether the posted form was valid and `act` took it; `fields`: the service's name → the form's."""
    if not form.validate_on_submit():
        return False
    try:
        with writing() as session:
            act(session)
    except Invalid as refusal:
        name = fields.get(refusal.field, refusal.field)
        field = form[name] if name in form else form.fields_to_show()[0]
        field.errors = [refusal.sentence]
        return False
    return True


def shown(template: str, form: PageForm, **values: Any) -> tuple[str, int]:
    """A form's page; 400 where something in it is refused."""
    return render_template(template, form=form, **values), 400 if form.errors else 200


def saved(sentence: str, endpoint: str, **values: Any) -> Any:
    """Go on to a page that says what was saved."""
    flash(sentence)
    return redirect(url_for(endpoint, **values), 303)


def ask_reason_if_open(form: PageForm, facts: CampaignFacts) -> None:
    """Let a form with a field `reason` ask for it only after opening; refuse once the sift has opened."""
    require_state(facts.state, CampaignState.DRAFT, CampaignState.OPEN, act="change what scores rest on")
    if facts.state is CampaignState.DRAFT:
        del form.reason


def reason_of(form: PageForm) -> str:
    return (form.reason.data or "") if "reason" in form else ""
