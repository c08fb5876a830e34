"""An organisation's equality questions, in versions; a campaign keeps the one that it opened with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotFound, Stale
from recruitment.rules.question_set_remarks import remarks_on
from recruitment.rules.question_sets import SHIPPED, QuestionSet, checked_set, read_set, write_set
from recruitment.services.desk import Desk
from recruitment.services.permissions import require_administrator
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.question_sets import EqualityQuestionSet, newest_question_set


def current_set(session: Session, organisation_id: UUID) -> QuestionSet:
    """What a campaign opened now would ask."""
    row = newest_question_set(session, organisation_id)
    return read_set(row.version, row.content) if row else SHIPPED


def set_of(session: Session, campaign: Campaign) -> QuestionSet:
    """What a campaign asks: the set that it opened with; while it is prepared, the current one."""
    if campaign.question_set_version is None:
        is_draft = campaign.state == CampaignState.DRAFT
        return current_set(session, campaign.organisation_id) if is_draft else SHIPPED
    key = (campaign.organisation_id, campaign.question_set_version)
    row = session.get_one(EqualityQuestionSet, key)
    return read_set(row.version, row.content)


def asked_in(session: Session, campaign_id: UUID) -> QuestionSet:
    """As `set_of`, for whoever may read the campaign's pages already."""
    return set_of(session, session.get_one(Campaign, campaign_id))


def version_to_keep(session: Session, organisation_id: UUID) -> int | None:
    """What a campaign that opens keeps; None: the set that is shipped."""
    row = newest_question_set(session, organisation_id)
    return row.version if row else None


def save_set(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    chosen: Mapping[str, str],
    reasons: Mapping[str, str],
    seen: int,
) -> int:
    """Keep a new version, in force for campaigns that open from now on; its number. Administrators only.

    `seen`: the version from which it was made. `Stale` where somebody saved another meanwhile; `Invalid` where it
    is the same as before.
    """
    require_administrator(session, actor)
    held = current_set(session, actor.organisation_id)
    if held.number != seen:
        raise Stale("Somebody saved other questions meanwhile. Open the page again to see them.")
    wanted = checked_set(held.number + 1, chosen, reasons)
    if write_set(wanted) == write_set(held):
        raise Invalid("Nothing is changed, so there is no new version.", "")
    session.add(
        EqualityQuestionSet(
            organisation_id=actor.organisation_id,
            version=wanted.number,
            content=write_set(wanted),
            made_by=actor.id,
            made_at=desk.now,
        )
    )
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event="equality_questions_set",
        version=wanted.number,
        asked=sorted(set(wanted.chosen) - set(held.chosen)),
        dropped=sorted(set(held.chosen) - set(wanted.chosen)),
        reworded=sorted(
            key for key in set(wanted.chosen) & set(held.chosen) if wanted.chosen[key] != held.chosen[key]
        ),
        reasons=sorted(
            key for key in {*wanted.reasons, *held.reasons} if wanted.reasons.get(key) != held.reasons.get(key)
        ),
    )
    return wanted.number


@dataclass(frozen=True)
class SetVersion:
    """`campaigns`: how many opened with it; `made_at` None for the set that is shipped."""

    asked: QuestionSet
    made_at: datetime | None
    campaigns: int


def list_sets(session: Session, *, actor: Actor) -> list[SetVersion]:
    """Every version of the body, the newest first, and the one that is shipped last."""
    require_administrator(session, actor)
    counted = select(Campaign.question_set_version, func.count()).where(
        Campaign.organisation_id == actor.organisation_id, Campaign.state != CampaignState.DRAFT
    )
    used: dict[int | None, int] = {
        version: number for version, number in session.execute(counted.group_by(Campaign.question_set_version))
    }
    rows = session.scalars(
        select(EqualityQuestionSet)
        .where(EqualityQuestionSet.organisation_id == actor.organisation_id)
        .order_by(EqualityQuestionSet.version.desc())
    )
    own = [SetVersion(read_set(row.version, row.content), row.made_at, used.get(row.version, 0)) for row in rows]
    return [*own, SetVersion(SHIPPED, None, used.get(None, 0))]


def sets_of_versions(session: Session, organisation_id: UUID, versions: Sequence[str]) -> list[QuestionSet]:
    """The sets that counts were made with, by the versions kept beside them; one that is unknown is left out."""
    rows = session.scalars(
        select(EqualityQuestionSet).where(EqualityQuestionSet.organisation_id == organisation_id)
    )
    known = {each.version: each for each in (read_set(row.version, row.content) for row in rows)}
    known[SHIPPED.version] = SHIPPED
    return [known[version] for version in versions if version in known]


def questions_remarks(session: Session, organisation_id: UUID, versions: Sequence[str]) -> tuple[str, ...]:
    """What must be said of the questions beside figures of these campaigns, one version each."""
    return remarks_on(sets_of_versions(session, organisation_id, versions))


def read_version(session: Session, *, actor: Actor, version: int) -> QuestionSet:
    """`NotFound` for one that the body does not have; 0 is the one that is shipped."""
    require_administrator(session, actor)
    if version == 0:
        return SHIPPED
    row = session.get(EqualityQuestionSet, (actor.organisation_id, version))
    if row is None:
        raise NotFound
    return read_set(row.version, row.content)
