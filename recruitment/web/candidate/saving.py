"""Opening and saving one section of a draft, without ever losing what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, make_response, redirect, render_template, request, url_for

from recruitment.rules.errors import Invalid, NotFound, Stale, TooLate
from recruitment.services.candidate_accounts import has_applied, has_standing_application
from recruitment.services.drafts import OpenDraft, read_draft, save_draft
from recruitment.services.vacancies import AdvertisedCampaign, read_advert
from recruitment.web import forms
from recruitment.web.access import reading, writing
from recruitment.web.fields import OptionsField
from recruitment.web.forms import PageForm
from recruitment.web.site import acting, desk

Show = Callable[..., Any]

_CLOSED = "The closing time has passed. You can still read your draft, but not change or submit it."
_SUBMITTED = "You have submitted this application already, perhaps in another window, so it cannot be changed."


class SectionForm(PageForm):
    """`version` is that of the draft that the page was made from."""

    version = forms.hidden(max_length=12)


def own_draft(campaign_id: UUID) -> OpenDraft:
    """The candidate's draft; once it has been submitted, a GET goes on to the confirmation."""
    try:
        return read_draft(reading(), actor=acting(), desk=desk(), campaign_id=campaign_id)
    except NotFound:
        if not has_applied(reading(), actor=acting(), campaign_id=campaign_id):
            raise
        abort(redirect(url_for("candidate.submitted", campaign_id=campaign_id), 303))


def section_draft(campaign_id: UUID, make_form: Callable[[], PageForm]) -> OpenDraft:
    """The draft for a page that changes it; after closing there is only the page that reads it.

    `make_form` is called where the draft can no longer be saved, to show again what was typed.
    """
    if request.method == "POST" and has_standing_application(reading(), actor=acting(), campaign_id=campaign_id):
        abort(make_response(typed_kept(campaign_id, make_form(), _SUBMITTED)))
    draft = own_draft(campaign_id)
    if draft.is_closed:
        if request.method == "POST":
            abort(make_response(typed_kept(campaign_id, make_form(), _CLOSED)))
        abort(redirect(url_for("candidate.tasks", campaign_id=campaign_id), 303))
    return draft


def advert_of(campaign_id: UUID) -> AdvertisedCampaign:
    """As it is for this candidate, who may have a closing time of their own."""
    return read_advert(reading(), desk=desk(), campaign_id=campaign_id, candidate_id=acting().id)


def posted_version(form: PageForm) -> int:
    """The version that was sent; 0, which is always an old one, where none was."""
    typed = str(form.version.raw_data[0]) if form.version.raw_data else ""
    return int(typed) if re.fullmatch("[0-9]{1,12}", typed) else 0


def back_to(campaign_id: UUID, **told: Any) -> str:
    """The page that this section was opened from: the task list, or "check your answers"."""
    view = "candidate.check" if request.args.get("return") == "check" else "candidate.tasks"
    return url_for(view, campaign_id=campaign_id, **told)


def stored(draft: OpenDraft, form: PageForm, show: Show, write: Callable[[Any], None]) -> Any:
    """Run `write` in the request's write session; None when it is kept, else the page to show instead."""
    try:
        with writing() as session:
            write(session)
    except Stale as refusal:
        # The next try is made from what is stored now, with what was typed on this page.
        form.version.data = str(draft.version)
        return show(({"text": refusal.sentence, "href": "#main-content"},)), 409
    except TooLate as refusal:
        return typed_kept(draft.campaign_id, form, refusal.sentence)
    except Invalid as refusal:
        return show(({"text": refusal.sentence, "href": f"#{refusal.field or 'main-content'}"},)), 400
    return None


def save_section(
    draft: OpenDraft, form: PageForm, show: Show, section: str, *, target: str = "", **changes: Any
) -> Any:
    """Save the changes of one section and go on to `target`, or to where the page was opened from."""
    content = draft.content.with_section(section, **changes)

    def write(session: Any) -> None:
        save_draft(
            session,
            actor=acting(),
            desk=desk(),
            campaign_id=draft.campaign_id,
            version=posted_version(form),
            content=content,
        )

    return stored(draft, form, show, write) or redirect(target or back_to(draft.campaign_id), 303)


def typed_kept(campaign_id: UUID, form: PageForm, sentence: str) -> tuple[str, int]:
    """A page that cannot save any more, and shows what was typed so that it can be copied."""
    typed = [(field.label.text, _as_text(field)) for field in form.fields_to_show()]
    page = render_template(
        "candidate/application/typed_kept.html",
        campaign_id=campaign_id,
        advert=advert_of(campaign_id),
        sentence=sentence,
        typed=[(label, value) for label, value in typed if value],
    )
    return page, 409


def _as_text(field: Any) -> str:
    if isinstance(field, OptionsField):
        return ", ".join(option.label for option in field.options if field.is_selected(option.value))
    return field.data.strip() if isinstance(field.data, str) else ""
