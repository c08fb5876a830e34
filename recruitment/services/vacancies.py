"""Open vacancies, as anybody may read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from recruitment.rules.campaigns import CampaignKind, CampaignState, StageKind
from recruitment.rules.drafts import AskedQuestion, Draft, missing_parts
from recruitment.rules.eligibility import AskedRequirement
from recruitment.rules.errors import NotFound
from recruitment.rules.vacancy_feeds import FeedPost, FeedVacancy
from recruitment.services.desk import Desk
from recruitment.services.drafts import asked_questions, is_open, is_taking_from, own_closing
from recruitment.services.first_sifts import lead_of, numbers_of
from recruitment.store.campaigns import Campaign, Criterion, Stage, Vacancy, list_stages, list_vacancies
from recruitment.store.eligibility import requirements_of
from recruitment.store.organisations import Organisation


@dataclass(frozen=True)
class OpenCampaign:
    id: UUID
    organisation: str
    title: str
    closes_at: datetime


@dataclass(frozen=True)
class AdvertisedFirstSift:
    """The criterion on which a first sift may be held, and the numbers of the questions scored on it."""

    criterion: str
    questions: tuple[int, ...]


@dataclass(frozen=True)
class AdvertisedCampaign:
    id: UUID
    organisation_id: UUID
    organisation: str
    contact: str
    title: str
    summary: str
    closes_at: datetime
    is_open: bool
    vacancies: tuple[Vacancy, ...]
    stages: tuple[Stage, ...]
    questions: tuple[AskedQuestion, ...]
    requirements: tuple[AskedRequirement, ...] = ()
    first_sift: AdvertisedFirstSift | None = None

    def missing(self, draft: Draft) -> list[str]:
        """What a draft still lacks, in sentences."""
        return missing_parts(draft, self.questions, len(self.vacancies), self.requirements)


def list_open_campaigns(session: Session, *, desk: Desk, limit: int = 200) -> list[OpenCampaign]:
    """External and other campaigns that take applications now, soonest closing first."""
    rows = session.execute(_open(desk).limit(limit))
    return [OpenCampaign(row.id, name, row.title, row.closes_at) for row, name in rows]


def list_feed(session: Session, *, desk: Desk, public_url: str, limit: int = 200) -> list[FeedVacancy]:
    """Posts open to everybody, soonest closing first; those inside a body are not for other sites."""
    rows = session.execute(_open(desk).where(Campaign.kind == CampaignKind.EXTERNAL).limit(limit)).all()
    keys = [row.id for row, _ in rows]
    posts: dict[UUID, list[FeedPost]] = {key: [] for key in keys}
    for one in session.scalars(
        select(Vacancy).where(Vacancy.campaign_id.in_(keys)).order_by(Vacancy.campaign_id, Vacancy.position)
    ):
        posts[one.campaign_id].append(
            FeedPost(one.title, one.location, one.grade, one.pay, one.working_pattern, one.posts)
        )
    return [
        FeedVacancy(
            f"{public_url}/campaigns/{row.id}",
            name,
            row.title,
            row.summary,
            row.opens_at,
            row.closes_at,
            tuple(posts[row.id]),
        )
        for row, name in rows
    ]


def _open(desk: Desk) -> Select[Campaign, str]:
    return (
        select(Campaign, Organisation.name)
        .join(Organisation, Organisation.id == Campaign.organisation_id)
        .where(
            Campaign.state == CampaignState.OPEN,
            Campaign.opens_at <= desk.now,
            Campaign.closes_at > desk.now,
        )
        .order_by(Campaign.closes_at, Campaign.id)
    )


def read_advert(
    session: Session, *, desk: Desk, campaign_id: UUID, candidate_id: UUID | None = None
) -> AdvertisedCampaign:
    """An opened campaign as the public reads it, or one candidate; one being prepared is not there."""
    campaign = session.get(Campaign, campaign_id)
    if campaign is None or campaign.state == CampaignState.DRAFT or campaign.opens_at > desk.now:
        raise NotFound
    organisation = session.get_one(Organisation, campaign.organisation_id)
    closes_at, taking = campaign.closes_at, is_open(campaign, desk.now)
    if candidate_id is not None:
        closes_at = own_closing(session, campaign, candidate_id)
        taking = is_taking_from(session, campaign, candidate_id, desk.now)
    stages = tuple(list_stages(session, campaign_id))
    return AdvertisedCampaign(
        campaign.id,
        campaign.organisation_id,
        organisation.name,
        organisation.contact,
        campaign.title,
        campaign.summary,
        closes_at,
        taking,
        tuple(list_vacancies(session, campaign_id)),
        stages,
        tuple(asked_questions(session, campaign_id)),
        requirements_of(session, campaign_id),
        _first_sift(session, campaign_id) if any(one.kind == StageKind.FIRST_SIFT for one in stages) else None,
    )


def _first_sift(session: Session, campaign_id: UUID) -> AdvertisedFirstSift | None:
    lead = lead_of(session, campaign_id)
    if lead is None:
        return None
    criterion = session.get_one(Criterion, (campaign_id, lead))
    return AdvertisedFirstSift(criterion.name, tuple(numbers_of(session, campaign_id, lead)))
