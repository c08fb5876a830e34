"""What recruiters read of a campaign they prepare: its facts, vacancies, questions, criteria and people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignKind, CampaignState, QuestionKind, StageKind
from recruitment.rules.permissions import Permission, Role
from recruitment.services import second_looks
from recruitment.services.campaigns import find_staff
from recruitment.services.clearance import waiting_count
from recruitment.services.permissions import require
from recruitment.store import campaigns as rows
from recruitment.store.applications import Application
from recruitment.store.eligibility import EligibilityRequirement, is_running
from recruitment.store.eligibility import waiting_count as to_check
from recruitment.store.first_sifts import FirstSift, is_in_first_sift
from recruitment.store.people import CampaignRole, Person
from recruitment.store.sample_answers import SampleAnswer
from recruitment.store.sift import Score


@dataclass(frozen=True)
class CampaignFacts:
    """The campaign itself."""

    id: UUID
    title: str
    kind: CampaignKind
    state: CampaignState
    summary: str
    opens_at: datetime
    closes_at: datetime
    scale_min: int
    scale_max: int
    shortlisters_per_answer: int
    is_unlinked: bool
    inclusion_question: str
    volume_cap: int | None
    volume_reason: str
    reveal_asked_by: UUID | None
    second_look_size: int | None
    closed_at: datetime | None
    directorate: str
    grade: str
    profession: str
    planned_dates: Mapping[str, str]
    samples_left_out_at: datetime | None
    interviews_from: date | None
    interviews_until: date | None


@dataclass(frozen=True)
class PlannedStage:
    position: int
    kind: StageKind
    name: str


@dataclass(frozen=True)
class PlannedVacancy:
    id: UUID
    title: str
    location: str
    grade: str
    pay: str
    working_pattern: str
    posts: int


@dataclass(frozen=True)
class PlannedQuestion:
    """`criteria`: the names of the criteria its answers are scored against."""

    id: UUID
    position: int
    kind: QuestionKind
    text: str
    hint: str
    word_limit: int
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class PlannedCriterion:
    """`guide`: score → what such an answer shows; `questions`: ids of the questions scored against it."""

    id: UUID
    position: int
    stage: PlannedStage
    name: str
    description: str
    weight: int
    minimum: int
    guide: dict[int, str]
    questions: tuple[UUID, ...]
    scores_spelling: bool = False


@dataclass(frozen=True)
class ReadPlan:
    facts: CampaignFacts
    stages: tuple[PlannedStage, ...]
    vacancies: tuple[PlannedVacancy, ...]
    questions: tuple[PlannedQuestion, ...]
    criteria: tuple[PlannedCriterion, ...]

    @property
    def is_changeable(self) -> bool:
        """Whether what scores rest on may still change: until the sift opens."""
        return self.facts.state in (CampaignState.DRAFT, CampaignState.OPEN)


def _facts(campaign: rows.Campaign) -> CampaignFacts:
    return CampaignFacts(
        campaign.id,
        campaign.title,
        CampaignKind(campaign.kind),
        CampaignState(campaign.state),
        campaign.summary,
        campaign.opens_at,
        campaign.closes_at,
        campaign.scale_min,
        campaign.scale_max,
        campaign.shortlisters_per_answer,
        campaign.is_unlinked,
        campaign.inclusion_question,
        campaign.volume_cap,
        campaign.volume_reason,
        campaign.reveal_asked_by,
        campaign.second_look_size,
        campaign.closed_at,
        campaign.directorate,
        campaign.panel_grade,
        campaign.profession,
        campaign.planned_dates or {},
        campaign.samples_left_out_at,
        campaign.interviews_from,
        campaign.interviews_until,
    )


def list_words_of_posts(session: Session, organisation_id: UUID) -> dict[str, list[str]]:
    """The directorates, grades and professions that the body's campaigns have, by the names of these three."""
    columns = {
        "directorate": rows.Campaign.directorate,
        "grade": rows.Campaign.panel_grade,
        "profession": rows.Campaign.profession,
    }
    return {
        name: list(
            session.scalars(
                select(column)
                .where(rows.Campaign.organisation_id == organisation_id, column != "")
                .distinct()
                .order_by(column)
            )
        )
        for name, column in columns.items()
    }


def read_facts(
    session: Session, *, actor: Actor, campaign_id: UUID, permission: Permission = Permission.SEE_CAMPAIGN
) -> CampaignFacts:
    return _facts(require(session, actor, campaign_id, permission))


@dataclass(frozen=True)
class CampaignCounts:
    """`applications` counts those that stand, `to_clear` the answers that wait for clearance.

    `recruiters`, `seconds` (who may agree to the reveal), `chairs`, `leads` (on inclusion) and `analysts` count
    people who can sign in.
    `requirements`: how many are checked, for which `to_check` applications wait.
    `first_sift_held`: None where none is planned or decided; `in_first_sift` applications are not settled yet.
    `looks`: texts drawn for the second look, of which `looked` are looked at and `to_look` wait.
    """

    applications: int
    shortlisters: int
    to_clear: int
    looks: int
    looked: int
    to_look: int
    samples: int
    requirements: int
    to_check: int
    recruiters: int
    seconds: int
    chairs: int
    leads: int
    analysts: int
    first_sift_held: bool | None
    in_first_sift: int


def read_counts(session: Session, campaign_id: UUID) -> CampaignCounts:
    """In one statement; whoever calls it has asked for the permission."""
    standing = select(func.count()).where(Application.campaign_id == campaign_id, is_running())

    def active(*roles: Role) -> Select[int]:
        """How many people who can still sign in hold one of these roles."""
        held = (CampaignRole.campaign_id == campaign_id, CampaignRole.role.in_([str(role) for role in roles]))
        people = select(func.count(CampaignRole.person_id.distinct())).join(
            Person, Person.id == CampaignRole.person_id
        )
        return people.where(*held, Person.is_active)

    counts = (
        standing,
        active(Role.SHORTLISTER),
        waiting_count(campaign_id),
        second_looks.drawn_count(campaign_id),
        second_looks.looked_count(campaign_id),
        second_looks.waiting_count(campaign_id),
        select(func.count()).where(SampleAnswer.campaign_id == campaign_id),
        select(func.count()).where(EligibilityRequirement.campaign_id == campaign_id),
        to_check(campaign_id),
        active(Role.RECRUITER),
        active(Role.PANEL_CHAIR, Role.DEPUTY),
        active(Role.PANEL_CHAIR),
        active(Role.INCLUSION_LEAD),
        active(Role.ANALYST),
        select(FirstSift.was_held).where(FirstSift.campaign_id == campaign_id),
        select(func.count())
        .select_from(Application)
        .where(Application.campaign_id == campaign_id, is_in_first_sift()),
    )
    return CampaignCounts(*session.execute(select(*(one.scalar_subquery() for one in counts))).one())


def read_plan(session: Session, *, actor: Actor, campaign_id: UUID) -> ReadPlan:
    """The whole plan, for recruiters, in a fixed number of statements."""
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN)
    stages = {
        row.position: PlannedStage(row.position, StageKind(row.kind), row.name)
        for row in rows.list_stages(session, campaign_id)
    }
    criteria = rows.list_criteria(session, campaign_id)
    scored = rows.criteria_by_question(session, campaign_id)
    names = {row.id: row.name for row in criteria}
    guides: dict[UUID, dict[int, str]] = {}
    for anchor in rows.list_anchors(session, campaign_id):
        guides.setdefault(anchor.criterion_id, {})[anchor.score] = anchor.text
    return ReadPlan(
        _facts(campaign),
        tuple(stages.values()),
        tuple(
            PlannedVacancy(v.id, v.title, v.location, v.grade, v.pay, v.working_pattern, v.posts)
            for v in rows.list_vacancies(session, campaign_id)
        ),
        _questions(session, campaign_id, {key: tuple(names[one] for one in keys) for key, keys in scored.items()}),
        tuple(
            PlannedCriterion(
                c.id,
                c.position,
                stages[c.stage_position],
                c.name,
                c.description,
                c.weight,
                c.minimum,
                guides.get(c.id, {}),
                tuple(question for question, keys in scored.items() if c.id in keys),
                c.scores_spelling,
            )
            for c in criteria
        ),
    )


def _questions(
    session: Session, campaign_id: UUID, scored: Mapping[UUID, tuple[str, ...]]
) -> tuple[PlannedQuestion, ...]:
    return tuple(
        PlannedQuestion(q.id, number, QuestionKind(q.kind), q.text, q.hint, q.word_limit, scored.get(q.id, ()))
        for number, q in enumerate(rows.list_questions(session, campaign_id), 1)
    )


@dataclass(frozen=True)
class ReadQuestions:
    facts: CampaignFacts
    questions: tuple[PlannedQuestion, ...]


def read_questions(session: Session, *, actor: Actor, campaign_id: UUID) -> ReadQuestions:
    """The questions alone, without what is scored in them, for recruiters."""
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN)
    return ReadQuestions(_facts(campaign), _questions(session, campaign_id, {}))


@dataclass(frozen=True)
class CampaignPerson:
    id: UUID
    name: str
    email: str
    is_active: bool
    roles: frozenset[Role]


def list_people(session: Session, *, actor: Actor, campaign_id: UUID) -> list[CampaignPerson]:
    """Everybody with a role in the campaign, by name."""
    require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN)
    found: dict[UUID, tuple[Person, set[Role]]] = {}
    for person, role in session.execute(
        select(Person, CampaignRole.role)
        .join(CampaignRole, CampaignRole.person_id == Person.id)
        .where(CampaignRole.campaign_id == campaign_id)
        .order_by(Person.name, Person.id)
    ):
        found.setdefault(person.id, (person, set()))[1].add(Role(role))
    return [
        CampaignPerson(key, p.name, p.email, p.is_active, frozenset(roles)) for key, (p, roles) in found.items()
    ]


def list_colleagues(session: Session, *, actor: Actor, campaign_id: UUID) -> list[tuple[UUID, str, str]]:
    """Id, name and e-mail address of everybody who could be given a role."""
    require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN)
    return [(person.id, person.name, person.email) for person in find_staff(session, actor.organisation_id)]


def is_scored(session: Session, *, actor: Actor, campaign_id: UUID) -> bool:
    """Whether the first score was given, after which no limit on interviews may be laid down."""
    require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN)
    first = select(Score.allocation_id).where(Score.campaign_id == campaign_id).limit(1)
    return session.scalars(first).first() is not None
