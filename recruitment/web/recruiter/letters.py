"""Outcome letters of one campaign: who is due one, sending them all, how far it has come, and what is in doubt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request

from recruitment.rules.errors import NotFound, TooSoon
from recruitment.rules.letters import KIND_TITLES, SETTLING_WORDS, STATE_WORDS, LetterKind, Settling
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.letter_previews import preview_letter
from recruitment.services.letters import (
    Letters,
    queue_letters,
    read_letters,
    settle_letter,
)
from recruitment.web.access import allow, reading
from recruitment.web.filters import counted
from recruitment.web.forms import Option, PageForm, checkboxes, hidden, radios
from recruitment.web.recruiter import recruiter
from recruitment.web.recruiter.links import where_to_ask
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_PATH = "/campaigns/<uuid:campaign_id>/letters"


class SettleForm(PageForm):
    letter = hidden(max_length=32)
    settling = radios(
        "What is to happen with it?",
        [Option(one, words) for one, words in SETTLING_WORDS.items()],
        required="Select what is to happen with it",
    )


def _form(found: Letters) -> Any:
    options = [
        Option(one.kind, f"{KIND_TITLES[one.kind]}: {counted(one.number, 'letter')}")
        for one in found.due
        if one.is_worded
    ]
    chosen = checkboxes("Which letters do you send now?", options, required="Select the letters to send")
    return type("SendForm", (PageForm,), {"kinds": chosen})()


@recruiter.route(_PATH, methods=["GET", "POST"])
@allow(Permission.WRITE_TO_CANDIDATES)
def letters(campaign_id: UUID) -> Any:
    found = read_letters(reading(), actor=acting(), campaign_id=campaign_id)
    form = _form(found)

    def send(session: Any) -> int:
        return queue_letters(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            kinds=[LetterKind(kind) for kind in form.kinds.data or ()],
            ask_address=where_to_ask(campaign_id),
        )

    if is_saved(form, send):
        return saved(
            "The letters are on their way. You may leave this page.", "recruiter.letters", campaign_id=campaign_id
        )
    return shown(
        "recruiter/letters/letters.html",
        form,
        found=found,
        titles=KIND_TITLES,
        states=STATE_WORDS,
        facts=read_facts(reading(), actor=acting(), campaign_id=campaign_id),
    )


@recruiter.get(f"{_PATH}/preview")
@allow(Permission.WRITE_TO_CANDIDATES)
def preview_of_letter(campaign_id: UUID) -> Any:
    """The letter to one candidate by reference, as it would go or went."""
    found, problem = None, ""
    reference = request.args.get("reference", "")[:40]
    if reference:
        try:
            found = preview_letter(
                reading(),
                actor=acting(),
                desk=staff_desk(),
                campaign_id=campaign_id,
                reference=reference,
                ask_address=where_to_ask(campaign_id),
            )
        except TooSoon as refusal:
            problem = refusal.sentence
        except NotFound:
            problem = "No application of this campaign has that reference."
    facts = read_facts(
        reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.WRITE_TO_CANDIDATES
    )
    page = render_template(
        "recruiter/letters/preview.html",
        facts=facts,
        found=found,
        problem=problem,
        reference=reference,
        titles=KIND_TITLES,
        states=STATE_WORDS,
    )
    return page, 400 if problem else 200


@recruiter.route(f"{_PATH}/decide", methods=["GET", "POST"])
@allow(Permission.WRITE_TO_CANDIDATES)
def decide_letter(campaign_id: UUID) -> Any:
    """Letters that cannot go on by themselves, one form for each."""
    found = read_letters(reading(), actor=acting(), campaign_id=campaign_id)
    sent: Any = SettleForm()

    def settle(session: Any) -> None:
        settle_letter(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            letter_id=_key(sent.letter.data),
            settling=Settling(sent.settling.data),
            ask_address=where_to_ask(campaign_id),
        )

    if is_saved(sent, settle):
        return saved("Your decision is on the record.", "recruiter.decide_letter", campaign_id=campaign_id)
    return shown(
        "recruiter/letters/decide.html",
        sent,
        found=found,
        titles=KIND_TITLES,
        states=STATE_WORDS,
        settlings=SETTLING_WORDS,
        facts=read_facts(reading(), actor=acting(), campaign_id=campaign_id),
    )


def _key(typed: str | None) -> UUID:
    try:
        return UUID(hex=typed or "")
    except ValueError:
        return UUID(int=0)
