"""Outcomes in order of merit, made final by the panel chair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid, TooSoon
from recruitment.rules.outcomes import Decision, Outcome, check_outcomes
from recruitment.rules.permissions import Permission
from recruitment.services.attendance import withdrawn_and_missed
from recruitment.services.challenges import count_open_challenges
from recruitment.services.inclusion_checklists import is_checklist_complete
from recruitment.services.interview_results import InterviewResult, interview_results
from recruitment.services.jobs import enqueue
from recruitment.services.marks import below_minimum, write_not_invited
from recruitment.services.permissions import require
from recruitment.services.reveals import revealed_campaign
from recruitment.services.shortlists import frozen_shortlist
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store import interviews as rows
from recruitment.store.applications import StageEvent, StageEventKind
from recruitment.store.campaigns import list_vacancies

TALLY_CAMPAIGN = "tally_campaign"


@dataclass(frozen=True)
class Decided:
    """What the chair enters for one application; `reason` where totals are tied."""

    result: Outcome
    vacancy_id: UUID | None = None
    reason: str = ""


@dataclass(frozen=True)
class Merit:
    """Where one shortlisted application stands: total None until the whole panel has scored it.

    `is_out`: not interviewed, since below a minimum mark or absent; so not appointed.
    """

    application_id: UUID
    result: InterviewResult | None
    is_withdrawn: bool
    decided: Decided | None
    is_out: bool = False


def read_merit(session: Session, *, actor: Actor, campaign_id: UUID) -> list[Merit]:
    """The panel's totals, best first; for the chair, once all are in."""
    campaign = revealed_campaign(session, actor, campaign_id, Permission.DECIDE_OUTCOMES)
    results = interview_results(session, campaign_id)
    entries = frozen_shortlist(session, campaign)
    withdrawn, missed = withdrawn_and_missed(session, campaign_id)
    out = (missed | below_minimum(session, campaign_id)) - set(results)
    if any(key not in results and key not in withdrawn | out for key in entries):
        raise TooSoon("Not every panel member has scored every candidate yet.")
    decided = {
        row.application_id: Decided(Outcome(row.result), row.vacancy_id, row.reason)
        for row in session.scalars(select(rows.Outcome).where(rows.Outcome.campaign_id == campaign_id))
    }
    merit = [
        Merit(key, results.get(key), key in withdrawn, decided.get(key), key in out - withdrawn) for key in entries
    ]
    return sorted(merit, key=lambda one: (-(one.result.total if one.result else Fraction(0)), one.application_id))


@dataclass(frozen=True)
class Posts:
    """A vacancy and how many people it can take."""

    vacancy_id: UUID
    title: str
    posts: int


def list_posts(session: Session, *, actor: Actor, campaign_id: UUID) -> tuple[Posts, ...]:
    require(session, actor, campaign_id, Permission.SEE_CAMPAIGN)
    vacancies = list_vacancies(session, campaign_id)
    return tuple(Posts(vacancy.id, vacancy.title, vacancy.posts) for vacancy in vacancies)


def decide_outcomes(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    decisions: Mapping[UUID, Decided],
    names: Mapping[UUID, str] | None = None,
) -> None:
    """Make the outcomes of the whole shortlist final. `Invalid` says how they break the order of merit.

    `names` stand for ids in that sentence. The tally of the equality answers is queued with it.
    """
    campaign = require(session, actor, campaign_id, Permission.DECIDE_OUTCOMES, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="decide outcomes")
    if waiting := count_open_challenges(session, campaign_id):
        raise TooSoon(
            f"{waiting} {'challenge waits' if waiting == 1 else 'challenges wait'} for the chair's answer."
        )
    if not is_checklist_complete(session, desk=desk, campaign=campaign):
        raise TooSoon("The inclusion lead's checklist is not complete yet.")
    merit = read_merit(session, actor=actor, campaign_id=campaign_id)
    whole = {
        one.application_id: Decided(Outcome.WITHDREW)
        if one.is_withdrawn
        else Decided(Outcome.NOT_APPOINTED)
        if one.is_out
        else decisions.get(one.application_id)
        for one in merit
    }
    if any(decided is None for decided in whole.values()):
        raise Invalid("Enter an outcome for everybody on the shortlist.", "result")
    final = {key: decided for key, decided in whole.items() if decided is not None}
    _check_vacancies(session, campaign_id, final)
    _check_order(session, campaign_id, merit, final, names or {})
    _write_outcomes(session, actor, desk, campaign_id, merit, final)
    campaign.state = CampaignState.DECIDED
    enqueue(session, desk=desk, kind=TALLY_CAMPAIGN, campaign_id=campaign_id)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="outcomes_decided",
        outcomes={str(key): decided.result.value for key, decided in final.items()},
        reasons={str(key): decided.reason for key, decided in final.items() if decided.reason},
    )


def _check_vacancies(session: Session, campaign_id: UUID, final: Mapping[UUID, Decided]) -> None:
    """Whoever is given a vacancy is given one of this campaign, and none takes more than its posts."""
    vacancies = {vacancy.id: vacancy for vacancy in list_vacancies(session, campaign_id)}
    given = [decided for decided in final.values() if decided.vacancy_id is not None]
    if any(decided.vacancy_id not in vacancies for decided in given):
        raise Invalid("Select a vacancy of this campaign.", "vacancy")
    for vacancy in vacancies.values():
        taken = sum(decided.vacancy_id == vacancy.id and decided.result is Outcome.APPOINTED for decided in given)
        if taken > vacancy.posts:
            raise Invalid(
                f"{taken} candidates are appointed to “{vacancy.title}”, which has "
                f"{vacancy.posts} {'post' if vacancy.posts == 1 else 'posts'}.",
                "vacancy",
            )


def _check_order(
    session: Session,
    campaign_id: UUID,
    merit: list[Merit],
    final: Mapping[UUID, Decided],
    names: Mapping[UUID, str],
) -> None:
    posts = sum(vacancy.posts for vacancy in list_vacancies(session, campaign_id))
    problems = check_outcomes(
        [
            Decision(
                one.application_id.hex,
                one.result.total if one.result else Fraction(0),
                final[one.application_id].result,
                one.result.meets_minimum if one.result else False,
                final[one.application_id].reason,
            )
            for one in merit
        ],
        posts,
        0,
    )
    if problems:
        sentence = " ".join(problem.sentence for problem in problems)
        for key, name in names.items():
            sentence = sentence.replace(key.hex, name)
        raise Invalid(sentence, "result")


_EVENTS = {
    Outcome.APPOINTED: (StageEventKind.INTERVIEWED, StageEventKind.OFFERED, StageEventKind.APPOINTED),
    Outcome.DECLINED: (StageEventKind.INTERVIEWED, StageEventKind.OFFERED, StageEventKind.DECLINED),
    Outcome.RESERVE: (StageEventKind.INTERVIEWED, StageEventKind.RESERVE),
    Outcome.NOT_APPOINTED: (StageEventKind.INTERVIEWED, StageEventKind.NOT_APPOINTED),
    Outcome.WITHDREW: (StageEventKind.WITHDREW,),
}


def _write_outcomes(
    session: Session,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    merit: list[Merit],
    final: Mapping[UUID, Decided],
) -> None:
    # For stages that were closed before this was written there.
    write_not_invited(session, desk, campaign_id)
    totals = sorted({one.result.total for one in merit if one.result}, reverse=True)
    for one in merit:
        decided = final[one.application_id]
        session.add(
            rows.Outcome(
                campaign_id=campaign_id,
                application_id=one.application_id,
                vacancy_id=decided.vacancy_id,
                result=decided.result,
                merit=totals.index(one.result.total) + 1 if one.result else None,
                reason=decided.reason,
                decided_by=actor.id,
                decided_at=desk.now,
            )
        )
        kinds = list(_EVENTS[decided.result])
        if decided.result is Outcome.WITHDREW and one.result is not None:
            kinds.insert(0, StageEventKind.INTERVIEWED)
        if one.is_out:
            kinds.remove(StageEventKind.INTERVIEWED)
        for kind in kinds:
            session.add(
                StageEvent(campaign_id=campaign_id, application_id=one.application_id, kind=kind, at=desk.now)
            )
    session.flush()
