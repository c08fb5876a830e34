"""A campaign with a first sift on the criterion of its second question, brought on step by step."""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction
from random import Random
from uuid import UUID

from sqlalchemy import select

from recruitment.commands.sample.applying import Building, apply_all
from recruitment.commands.sample.cast import PARTS
from recruitment.rules.campaigns import CampaignState
from recruitment.services import campaigns, coverage, reveals, scores, shortlists, sift
from recruitment.services.first_sift_results import settle_first_sift
from recruitment.services.first_sifts import decide_first_sift, name_lead
from recruitment.store.applications import Answer, Application
from recruitment.store.campaigns import Criterion, list_criteria, list_questions
from recruitment.store.sift import Allocation
from tests.support.world import World

SHORTLISTERS = ("shortlister_one", "shortlister_two", "shortlister_three")
LEAD, LEAD_QUESTION = "Weighing evidence", 2


def act(world: World, what: Callable, campaign_id: UUID, part: str = "recruiter", **more):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        return what(session, actor=world.actor(part), desk=desk, campaign_id=campaign_id, **more)


def criterion_of(world: World, campaign_id: UUID, name: str = LEAD) -> UUID:
    with world.staff_desk.sessions.reading() as session:
        return next(row.id for row in list_criteria(session, campaign_id) if row.name == name)


def planned(world: World) -> UUID:
    """A campaign being prepared, with a first sift in its plan."""
    campaign_id = world.campaign(until=CampaignState.DRAFT)
    act(world, name_lead, campaign_id, criterion_id=criterion_of(world, campaign_id))
    return campaign_id


def closed(world: World, applications: int = 8) -> UUID:
    """Opened, applied for, and past its closing time; nothing is decided."""
    campaign_id = planned(world)
    with world.staff_desk.sessions.writing() as session:
        campaigns.open_campaign(
            session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign_id
        )
    world.clock.advance(days=1)
    apply_some(world, campaign_id, applications)
    world.clock.advance(days=15)
    return campaign_id


def apply_some(world: World, campaign_id: UUID, number: int) -> None:
    desk, cast = world.staff_desk, world.cast
    apply_all(Building(desk, cast, campaign_id, Random(3), {}, lambda line: None, Random(4), PARTS), number)


def decide(world: World, campaign_id: UUID, *, is_held: bool = True, reason: str = "212 applied.") -> None:
    act(world, decide_first_sift, campaign_id, is_held=is_held, reason=reason)


def begun(world: World, applications: int = 8, *, is_held: bool = True) -> UUID:
    """The sift is open; where the first sift is held, its answers alone are handed out."""
    campaign_id = closed(world, applications)
    decide(world, campaign_id, is_held=is_held)
    act(world, sift.open_sift, campaign_id)
    return campaign_id


def applications_of(world: World, campaign_id: UUID) -> list[UUID]:
    with world.staff_desk.sessions.reading() as session:
        found = select(Application.id).where(Application.campaign_id == campaign_id)
        return list(session.scalars(found.order_by(Application.reference)))


def handed_out(world: World, campaign_id: UUID) -> dict[tuple[UUID, int], int]:
    """(application, number of the question) → how many shortlisters have it."""
    with world.staff_desk.sessions.reading() as session:
        numbers = {row.id: row.position for row in list_questions(session, campaign_id)}
        found: dict[tuple[UUID, int], int] = {}
        for application_id, question_id in session.execute(
            select(Answer.application_id, Answer.question_id)
            .join(Allocation, (Allocation.campaign_id == Answer.campaign_id) & (Allocation.answer_id == Answer.id))
            .where(Answer.campaign_id == campaign_id, Allocation.state == "open")
        ):
            key = (application_id, numbers[question_id])
            found[key] = found.get(key, 0) + 1
        return found


def score_queues(
    world: World,
    campaign_id: UUID,
    low: Collection[UUID] = (),
    *,
    value: int = 5,
    low_on: str = LEAD,
    only: UUID | None = None,
) -> int:
    """Everything that is handed out and unscored, or one application's alone: `value`, and 3 on a criterion for
    some; how many scores."""
    desk, given = world.public_desk, 0
    with desk.sessions.reading() as session:
        lows = {row.id for row in session.scalars(select(Criterion)) if row.name == low_on}
        owners = {
            handle: owner
            for handle, owner in session.execute(
                select(Allocation.id, Answer.application_id).join(
                    Answer, (Answer.campaign_id == Allocation.campaign_id) & (Answer.id == Allocation.answer_id)
                )
            )
        }
    for part in SHORTLISTERS:
        actor = world.actor(part)
        with desk.sessions.reading() as session:
            queue = sift.read_queue(session, actor=actor, campaign_id=campaign_id, per_page=1000)
        for item in queue.items:
            if item.is_scored or only not in (None, owners[item.handle]):
                continue
            with desk.sessions.writing() as session:
                asked = {"actor": actor, "desk": desk, "campaign_id": campaign_id, "handle": item.handle}
                for criterion in sift.read_answer(session, **asked).criteria:
                    is_low = owners[item.handle] in low and criterion.id in lows
                    scores.score_answer(
                        session, **asked, criterion_id=criterion.id, value=3 if is_low else value,
                        reason="No example of weighing anything." if is_low else "",
                    )  # fmt: skip
                    given += 1
    return given


def settle(world: World, campaign_id: UUID) -> tuple[int, int]:
    return act(world, settle_first_sift, campaign_id)


def settled(world: World, cut: int = 3, applications: int = 8) -> tuple[UUID, list[UUID]]:
    """The first sift is closed, and so many did not go past it; who."""
    campaign_id = begun(world, applications)
    low = applications_of(world, campaign_id)[:cut]
    score_queues(world, campaign_id, low)
    assert settle(world, campaign_id) == (applications - cut, cut)
    return campaign_id, low


def locked(world: World, cut: int = 3, applications: int = 8) -> tuple[UUID, list[UUID]]:
    """Everybody past the first sift is scored in full, and the scores are locked."""
    campaign_id, low = settled(world, cut, applications)
    score_queues(world, campaign_id)
    act(world, coverage.lock_scores, campaign_id)
    return campaign_id, low


def frozen(world: World, campaign_id: UUID, line: int = 12) -> None:
    """The interview line, Disability Confident, and the freeze."""
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    act(world, shortlists.set_interview_line, campaign_id, line=Fraction(line), reason="Room for all.")
    with desk.sessions.reading() as session:
        found = shortlists.resolve_disability_confident(
            session, actor=recruiter, desk=desk, campaign_id=campaign_id
        )
    with desk.sessions.writing() as session:
        shortlists.freeze_shortlist(session, actor=recruiter, desk=desk, resolution=found)


def revealed(world: World, campaign_id: UUID) -> None:
    act(world, reveals.ask_reveal, campaign_id)
    with world.staff_desk.sessions.writing() as session:
        asked = {"actor": world.cast.panel(PARTS)[0], "campaign_id": campaign_id}
        request = reveals.read_reveal_request(session, **asked)
        reveals.agree_reveal(session, **asked, desk=world.staff_desk, digest=request.digest)
