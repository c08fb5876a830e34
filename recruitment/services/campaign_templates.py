"""Campaigns begun from a template, shipped or kept, and templates kept of one's own campaigns."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaign_templates import (
    CampaignTemplate,
    TemplateCriterion,
    TemplateQuestion,
    read_template,
)
from recruitment.rules.campaigns import QuestionKind, StageKind
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, check_lines
from recruitment.rules.permissions import Permission
from recruitment.services.campaigns import CampaignPlan, add_question, add_vacancy, create_campaign
from recruitment.services.criteria import CriterionPlan, add_criterion
from recruitment.services.permissions import require, require_staff
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store import campaigns as rows
from recruitment.store.campaign_templates import KeptTemplate, list_kept_templates


@cache
def shipped_templates() -> Mapping[str, CampaignTemplate]:
    """Name of the file → template."""
    folder = files("recruitment.rules.campaign_templates") / "shipped"
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)
    return {one.name.removesuffix(".toml"): read_template(tomllib.loads(one.read_text("utf-8"))) for one in found}


@dataclass(frozen=True)
class Choice:
    """A template to begin from; `id` of those that a body keeps, which `may_drop` says the reader may remove."""

    name: str
    template: CampaignTemplate
    id: UUID | None
    may_drop: bool


def list_templates(session: Session, *, actor: Actor) -> list[Choice]:
    """The body's own first, then those that are shipped."""
    person = require_staff(session, actor)
    own = [
        Choice(row.id.hex, read_template(row.content), row.id, person.is_administrator or row.made_by == actor.id)
        for row in list_kept_templates(session, actor.organisation_id)
    ]
    return own + [Choice(name, template, None, False) for name, template in shipped_templates().items()]


def find_template(session: Session, *, actor: Actor, name: str) -> CampaignTemplate:
    """A shipped template by its name, or one of the body's own by its id; otherwise `NotFound`."""
    require_staff(session, actor)
    if name in shipped_templates():
        return shipped_templates()[name]
    try:
        key = UUID(hex=name)
    except ValueError:
        raise NotFound from None
    row = session.get(KeptTemplate, (actor.organisation_id, key))
    if row is None:
        raise NotFound
    return read_template(row.content)


def keep_template(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, title: str, about: str = ""
) -> UUID:
    """Keep a campaign's stages, questions and criteria as a template of the body. `Invalid` names the field."""
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN)
    check_lines(title=title, about=about)
    if not title.strip():
        raise Invalid("Enter a title for the template.", "title")
    template = replace(_template_of(session, campaign), title=title.strip(), about=about.strip())
    if not template.questions or not template.criteria:
        raise Invalid("Add questions and criteria first: without them there is nothing to keep.", "title")
    template_id = desk.new_id()
    session.add(
        KeptTemplate(
            organisation_id=actor.organisation_id,
            id=template_id,
            title=template.title,
            content=template.to_fields(),
            made_by=actor.id,
            made_at=desk.now,
        )
    )
    session.flush()
    _record(session, desk, actor, "template_kept", template.title)
    return template_id


def _template_of(session: Session, campaign: rows.Campaign) -> CampaignTemplate:
    # Whether so many will apply is a matter of each campaign: a template plans no first sift.
    stages = [one for one in rows.list_stages(session, campaign.id) if one.kind != StageKind.FIRST_SIFT]
    places = {stage.position: number for number, stage in enumerate(stages, 1)}
    questions = rows.list_questions(session, campaign.id)
    numbers = {question.id: number for number, question in enumerate(questions, 1)}
    guides: dict[UUID, dict[int, str]] = {}
    for anchor in rows.list_anchors(session, campaign.id):
        guides.setdefault(anchor.criterion_id, {})[anchor.score] = anchor.text
    scored = rows.criteria_by_question(session, campaign.id)
    return CampaignTemplate(
        campaign.title,
        "",
        campaign.summary,
        tuple((StageKind(stage.kind), stage.name) for stage in stages),
        tuple(TemplateQuestion(QuestionKind(q.kind), q.text, q.hint, q.word_limit) for q in questions),
        tuple(
            TemplateCriterion(
                c.name, places[c.stage_position], c.description, c.weight, c.minimum, guides.get(c.id, {}),
                tuple(sorted(numbers[key] for key, criteria in scored.items() if c.id in criteria)),
                c.scores_spelling,
            )
            for c in rows.list_criteria(session, campaign.id)
        ),
    )  # fmt: skip


def drop_template(session: Session, *, actor: Actor, desk: StaffDesk, template_id: UUID) -> None:
    """Remove one of the body's own: whoever kept it, or an administrator. Campaigns made from it stay."""
    person = require_staff(session, actor)
    row = session.get(KeptTemplate, (actor.organisation_id, template_id))
    if row is None:
        raise NotFound
    if not person.is_administrator and row.made_by != actor.id:
        raise NotAllowed
    session.delete(row)
    session.flush()
    _record(session, desk, actor, "template_dropped", row.title)


def _record(session: Session, desk: StaffDesk, actor: Actor, event: str, title: str) -> None:
    record_event(session, at=desk.now, chain_id=actor.organisation_id, actor=actor, event=event, title=title)


def begin_from_template(
    session: Session, *, actor: Actor, desk: StaffDesk, name: str, plan: CampaignPlan, posts: int = 1, **facts: str
) -> UUID:
    """A draft with everything of the template and one vacancy under the campaign's title.

    `plan` without stages of its own; `facts` of the vacancy as in `add_vacancy`.
    """
    template = find_template(session, actor=actor, name=name)
    planned = replace(plan, stages=template.stages, summary=plan.summary or template.summary)
    campaign_id = create_campaign(session, actor=actor, desk=desk, plan=planned)
    begun: dict[str, Any] = {"actor": actor, "desk": desk, "campaign_id": campaign_id}
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="campaign_from_template",
        title=template.title,
    )
    add_vacancy(
        session, actor=actor, desk=desk, campaign_id=campaign_id, title=plan.title, posts=posts, reason="", **facts
    )
    questions = [
        add_question(session, **begun, kind=one.kind, text=one.text, hint=one.hint, word_limit=one.words)
        for one in template.questions
    ]
    for one in template.criteria:
        add_criterion(
            session,
            **begun,
            plan=CriterionPlan(
                one.name, one.stage, one.description, one.weight, one.minimum, dict(one.guide),
                tuple(questions[number - 1] for number in one.questions), one.scores_spelling,
            ),
        )  # fmt: skip
    return campaign_id
