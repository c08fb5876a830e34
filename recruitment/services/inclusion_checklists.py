"""The inclusion lead's checklist of a campaign: partly answered from evidence, the rest by the lead."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid, NotFound
from recruitment.rules.inclusion_checklist import ITEMS, Answered, Evidence, ItemAnswer, answer_items, is_complete
from recruitment.rules.panels import Finding, Verdict
from recruitment.rules.permissions import Permission
from recruitment.services.challenges import count_challenges, count_open_challenges
from recruitment.services.desk import Desk
from recruitment.services.panel_checks import findings_now
from recruitment.services.permissions import require
from recruitment.services.reasons import open_reason, seal_reason
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.panels import AgreedScore, ChecklistEntry

LONGEST_NOTE = 1_000
_BY_FINDING = {
    Evidence.TRAINING: "training_in_date",
    Evidence.QUESTION_APPROVED: "inclusion_question_approved",
    Evidence.CONFLICTS: "conflicts_declared",
    Evidence.SAME_PANEL: "same_panel_throughout",
}


def _evidence(session: Session, desk: Desk, campaign: Campaign) -> dict[Evidence, tuple[bool, str]]:
    findings = {each.rule: each for each in findings_now(session, campaign, today=desk.now.date()).findings}
    found = {evidence: _of_finding(findings[rule]) for evidence, rule in _BY_FINDING.items() if rule in findings}
    agreed = session.scalar(select(func.count()).where(AgreedScore.campaign_id == campaign.id)) or 0
    raised, waiting = count_challenges(session, campaign.id), count_open_challenges(session, campaign.id)
    found[Evidence.SCORED_ALONE] = (True, "Others' scores cannot be seen before one's own are in.")
    found[Evidence.DIFFERENCES] = (True, f"{agreed} agreed after discussion; no first score was changed.")
    found[Evidence.CHALLENGES] = (
        not waiting,
        f"{raised} raised, {raised - waiting} answered." if raised else "No challenge was raised.",
    )
    return found


def _of_finding(finding: Finding) -> tuple[bool, str]:
    return finding.verdict is Verdict.MET, finding.sentence


def _answers(session: Session, desk: Desk, campaign: Campaign) -> tuple[Answered, ...]:
    entered = {
        row.item: (ItemAnswer(row.answer), open_reason(desk, campaign.id, f"checklist {row.item}", row.note))
        for row in session.scalars(select(ChecklistEntry).where(ChecklistEntry.campaign_id == campaign.id))
    }
    return answer_items(_evidence(session, desk, campaign), entered)


def read_inclusion_checklist(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID
) -> tuple[Answered, ...]:
    """Every item with its answer, for the inclusion lead."""
    campaign = require(session, actor, campaign_id, Permission.COMPLETE_CHECKLIST)
    return _answers(session, desk, campaign)


def answer_item(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, item: str, answer: ItemAnswer, note: str = ""
) -> None:
    """Answer one item; a no, or "not applicable", needs a note."""
    campaign = require(session, actor, campaign_id, Permission.COMPLETE_CHECKLIST, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="answer the checklist")
    if item not in {each.key for each in ITEMS}:
        raise NotFound
    if answer is not ItemAnswer.YES and not note.strip():
        raise Invalid("Say what happened, and what was done about it.", f"note_{item}")
    if len(note) > LONGEST_NOTE:
        raise Invalid(f"Shorten the note to {LONGEST_NOTE:,} characters or fewer.", f"note_{item}")
    session.merge(
        ChecklistEntry(
            campaign_id=campaign_id,
            item=item,
            answer=answer,
            note=seal_reason(desk, campaign_id, f"checklist {item}", note),
            entered_by=actor.id,
            entered_at=desk.now,
        )
    )
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="checklist_answered",
        item=item,
        answer=answer.value,
    )


def is_checklist_complete(session: Session, *, desk: Desk, campaign: Campaign) -> bool:
    return is_complete(_answers(session, desk, campaign))
