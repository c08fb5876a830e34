"""What a campaign's records say for its checklist, in statements that do not grow with the applications."""

from __future__ import annotations

from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.campaigns import CampaignKind, CampaignState
from recruitment.rules.inclusion_checklist import ITEMS as INCLUSION_ITEMS
from recruitment.rules.outcomes import Decision, Outcome, check_outcomes
from recruitment.rules.panels import RULES, Verdict
from recruitment.rules.quality_evidence import Facts, weekdays_between
from recruitment.services.adverts import advert_standing
from recruitment.services.challenges import count_challenges, count_open_challenges
from recruitment.services.closings import was_closed_without_appointment
from recruitment.services.first_sift_evidence import count_short_of_scorers, first_sift_facts
from recruitment.services.interview_results import interview_results
from recruitment.services.requests import adjustment_standing
from recruitment.services.retention_periods import current_periods
from recruitment.services.tie_breaks import tie_break_standing
from recruitment.services.told import told_standing
from recruitment.store import interviews as rows
from recruitment.store.applications import Answer
from recruitment.store.campaigns import Campaign, list_anchors, list_criteria, list_vacancies
from recruitment.store.first_sifts import is_to_be_scored
from recruitment.store.panels import ChecklistEntry, PanelCheck, PanelWaiver
from recruitment.store.sift import Allocation, ClearanceDecision, Score
from recruitment.store.trail import TrailEvent
from recruitment.vault.compartments import Compartment

_CHANGES = ("criterion_added", "criterion_changed", "criterion_removed")


def gather_facts(session: Session, campaign: Campaign) -> Facts:
    """The caller has asked for permission; no compartment is opened."""
    first, last = _events(session, campaign.id)
    changes = [last[event] for event in _CHANGES if event in last]
    blocking, waived, training, is_checked = _panel(session, campaign.id)
    advert = advert_standing(session, campaign.id)
    guided = {anchor.criterion_id for anchor in list_anchors(session, campaign.id)}
    without = was_closed_without_appointment(session, campaign_id=campaign.id, state=CampaignState(campaign.state))
    merit_problems, unscored = ((), 0) if without else _merit(session, campaign.id)
    agreed_by_another = (
        campaign.reveal_agreed_by is not None and campaign.reveal_agreed_by != campaign.reveal_asked_by
    )
    told = told_standing(session, campaign)
    return Facts(
        kind=CampaignKind(campaign.kind),
        is_without_appointment=without,
        answers_short_of_scorers=count_short_of_scorers(session, campaign, is_to_be_scored()),
        wanted_scorers=campaign.shortlisters_per_answer,
        criteria_without_guide=sum(row.id not in guided for row in list_criteria(session, campaign.id)),
        first_score=first.get("answer_scored"),
        last_change_of_criteria=max(changes, default=None),
        locked=last.get("scores_locked"),
        line=last.get("interview_line_set"),
        line_reason=campaign.interview_line_reason,
        deciders_who_scored=_deciders_who_scored(session, campaign.id),
        left_hidden=session.scalar(
            select(func.count()).where(Answer.campaign_id == campaign.id, Answer.has_restorable)
        )
        or 0,
        frozen=last.get("shortlist_frozen"),
        agreed=last.get("reveal_agreed"),
        is_agreed_by_another=agreed_by_another,
        is_panel_checked=is_checked,
        blocking=blocking,
        waived=waived,
        is_training_in_date=training,
        open_inclusion_items=_open_inclusion_items(session, campaign.id),
        has_inclusion_question=bool(campaign.inclusion_question.strip()),
        interviews_not_scored=unscored,
        opt_ins_opened=_opt_ins_opened(session, campaign.id),
        open_challenges=count_open_challenges(session, campaign.id),
        challenges=count_challenges(session, campaign.id),
        merit_problems=merit_problems,
        tie_break=tie_break_standing(session, campaign.id),
        imported=_imported(session, campaign.id),
        retention_version=current_periods(session, campaign.organisation_id).version,
        advert_is_checked=advert.is_checked,
        advert_open=advert.open,
        adjustments=adjustment_standing(session, campaign.id),
        weekdays_open=weekdays_between(campaign.opens_at, campaign.closes_at),
        letters_sent=told.sent,
        letters_owed=told.owed,
        letters_waiting=told.waiting,
        first_sift=first_sift_facts(session, campaign),
    )


def _events(session: Session, campaign_id: UUID) -> tuple[dict[str, int], dict[str, int]]:
    """Event → its first and its last place in the trail."""
    found = session.execute(
        select(TrailEvent.event, func.min(TrailEvent.number), func.max(TrailEvent.number))
        .where(TrailEvent.chain_id == campaign_id)
        .group_by(TrailEvent.event)
    ).all()
    return {event: first for event, first, _ in found}, {event: last for event, _, last in found}


def _deciders_who_scored(session: Session, campaign_id: UUID) -> int:
    scorers = (
        select(Allocation.person_id)
        .join(Score, (Score.campaign_id == Allocation.campaign_id) & (Score.allocation_id == Allocation.id))
        .where(Allocation.campaign_id == campaign_id)
    )
    return (
        session.scalar(
            select(func.count(func.distinct(ClearanceDecision.person_id))).where(
                ClearanceDecision.campaign_id == campaign_id, ClearanceDecision.person_id.in_(scorers)
            )
        )
        or 0
    )


def _panel(session: Session, campaign_id: UUID) -> tuple[tuple[str, ...], tuple[str, ...], bool | None, bool]:
    """Of the last check: what blocked, what was waived, whether training stood."""
    check = session.scalars(
        select(PanelCheck)
        .where(PanelCheck.campaign_id == campaign_id)
        .order_by(PanelCheck.checked_at.desc(), PanelCheck.id)
        .limit(1)
    ).one_or_none()
    if check is None:
        return (), (), None, False
    approved = {
        row.rule
        for row in session.scalars(
            select(PanelWaiver).where(PanelWaiver.campaign_id == campaign_id, PanelWaiver.is_approved.is_(True))
        )
        if list(row.members) == list(check.members)
    }
    unmet = [one for one in check.findings if one["verdict"] == Verdict.NOT_MET and one["severity"] == "blocks"]
    waived = {one["rule"] for one in check.findings if one["verdict"] == Verdict.WAIVED} | approved
    training = next((one["verdict"] for one in check.findings if one["rule"] == "training_in_date"), None)
    return (
        tuple(_title(one["rule"]) for one in unmet if one["rule"] not in waived),
        tuple(_title(rule) for rule in sorted(waived)),
        None if training is None else training in (Verdict.MET, Verdict.WAIVED),
        True,
    )


def _open_inclusion_items(session: Session, campaign_id: UUID) -> int:
    """Items that the inclusion lead answers and has not."""
    entered = set(session.scalars(select(ChecklistEntry.item).where(ChecklistEntry.campaign_id == campaign_id)))
    return sum(item.evidence is None and item.key not in entered for item in INCLUSION_ITEMS)


def _title(rule: str) -> str:
    return RULES[rule].title if rule in RULES else rule.replace("_", " ")


def _merit(session: Session, campaign_id: UUID) -> tuple[tuple[str, ...], int]:
    """What breaks the order of merit, candidates as "a candidate"; and interviews without all scores."""
    results = interview_results(session, campaign_id)
    outcomes = session.scalars(select(rows.Outcome).where(rows.Outcome.campaign_id == campaign_id)).all()
    posts = sum(vacancy.posts for vacancy in list_vacancies(session, campaign_id))
    decisions = [
        Decision(
            row.application_id.hex,
            results[row.application_id].total if row.application_id in results else Fraction(0),
            Outcome(row.result),
            row.application_id in results and results[row.application_id].meets_minimum,
            row.reason,
        )
        for row in outcomes
    ]
    sentences = []
    for problem in check_outcomes(decisions, posts, 0):
        sentence = problem.sentence
        for row in outcomes:
            sentence = sentence.replace(row.application_id.hex, "a candidate")
        sentences.append(sentence[:1].upper() + sentence[1:])
    unscored = sum(row.result != Outcome.WITHDREW and row.application_id not in results for row in outcomes)
    return tuple(dict.fromkeys(sentences)), unscored


def _opt_ins_opened(session: Session, campaign_id: UUID) -> int | None:
    """The first opening of Disability Confident requests, told from that of adjustments by its ground."""
    found = session.execute(
        select(TrailEvent.number, TrailEvent.detail)
        .where(TrailEvent.chain_id == campaign_id, TrailEvent.event == "compartment_opened")
        .order_by(TrailEvent.number)
    )
    return next((number for number, detail in found if _is_of_opt_ins(detail)), None)


def _is_of_opt_ins(detail: dict[str, Any]) -> bool:
    return detail.get("compartment") == Compartment.REQUESTS and "Disability Confident" in str(
        detail.get("ground")
    )


def _imported(session: Session, campaign_id: UUID) -> int:
    found = session.scalars(
        select(TrailEvent.detail).where(
            TrailEvent.chain_id == campaign_id, TrailEvent.event == "applications_imported"
        )
    )
    return sum(int(detail["applications"]) for detail in found)
