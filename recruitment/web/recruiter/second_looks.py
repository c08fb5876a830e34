"""The second look: one text after another as shortlisters read it, and what in it tells."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from recruitment.rules.errors import Invalid, NotFound, Stale
from recruitment.rules.permissions import Permission
from recruitment.rules.second_looks import LeakKind
from recruitment.services.campaign_plans import read_facts
from recruitment.services.second_looks import finish_look, mark_leak, read_second_look
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import Option, PageForm, hidden, long_text, radios
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import saved
from recruitment.web.site import acting, staff_desk

_MOST_DIGITS = 6


class LeakForm(PageForm):
    look = hidden()
    words = long_text(
        "Which words tell?",
        hint="Copy them from the text above and paste them here. Take as few words as you can, all in one piece.",
        required="Enter the words that tell",
        noun="The words",
        rows=3,
    )
    kind = radios(
        "What do they tell?",
        [
            Option(LeakKind.IDENTITY, "Who the person is", hint="By themselves, or with what anybody can look up"),
            Option(
                LeakKind.CHARACTERISTIC,
                "A protected characteristic",
                hint=(
                    "Age, disability, gender reassignment, marriage or civil partnership, pregnancy or maternity, "
                    "race, religion or belief, sex, or sexual orientation"
                ),
            ),
        ],
        required="Select what the words tell",
    )


def _page(campaign_id: UUID, form: LeakForm, errors: tuple[dict[str, str], ...] = (), status: int = 200) -> Any:
    permission = Permission.TAKE_SECOND_LOOK
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=permission)
    found = read_second_look(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    if found.text is not None:
        form.look.data = str(found.text.position)
    page = render_template(
        "recruiter/second_looks/look.html",
        facts=facts,
        found=found,
        form=form,
        errors=errors,
        is_marked=request.args.get("marked", "") == form.look.data,
    )
    return page, 400 if form.errors else status


def _position() -> int:
    typed = request.form.get("look", "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > _MOST_DIGITS:
        raise NotFound
    return int(typed)


def _gone(campaign_id: UUID, refusal: Stale) -> Any:
    error = {"text": f"{refusal.sentence} This is the next one.", "href": "#text"}
    return _page(campaign_id, LeakForm(formdata=None), (error,), 409)


@recruiter.get("/campaigns/<uuid:campaign_id>/second-look")
@allow(Permission.TAKE_SECOND_LOOK)
def second_look(campaign_id: UUID) -> Any:
    return _page(campaign_id, LeakForm())


@recruiter.post("/campaigns/<uuid:campaign_id>/second-look")
@allow(Permission.TAKE_SECOND_LOOK)
def mark_words(campaign_id: UUID) -> Any:
    form = LeakForm()
    if not form.validate():
        return _page(campaign_id, form)
    position = _position()
    try:
        with writing() as session:
            mark_leak(
                session,
                actor=acting(),
                desk=staff_desk(),
                campaign_id=campaign_id,
                position=position,
                words=form.words.data,
                kind=LeakKind(form.kind.data),
            )
    except Invalid as refusal:
        form.words.errors = [refusal.sentence]
        return _page(campaign_id, form)
    except Stale as refusal:
        return _gone(campaign_id, refusal)
    sentence = "The words are hidden for everybody."
    return saved(sentence, "recruiter.second_look", campaign_id=campaign_id, marked=position)


@recruiter.post("/campaigns/<uuid:campaign_id>/second-look/next")
@allow(Permission.TAKE_SECOND_LOOK)
def looked(campaign_id: UUID) -> Any:
    position = _position()
    try:
        with writing() as session:
            finish_look(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, position=position)
    except Stale as refusal:
        return _gone(campaign_id, refusal)
    return redirect(url_for("recruiter.second_look", campaign_id=campaign_id), 303)
