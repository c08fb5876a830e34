"""Shortlisters at their browsers, in a campaign whose sift is open."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from recruitment.commands.sample.scoring import score_sift
from recruitment.rules.campaigns import CampaignState
from recruitment.services.moderation import arrange_moderation
from recruitment.services.sift import AnonymousAnswer, Queue, read_answer, read_queue
from recruitment.store.applications import Answer
from recruitment.store.campaigns import QuestionCriterion, criteria_by_question, list_criteria, list_questions
from recruitment.store.sift import Allocation, AllocationState, Score

SHORTLISTERS = ("shortlister_one", "shortlister_two", "shortlister_three")


def words_of(page: TestResponse) -> str:
    """What a page says, as one line of text."""
    main = page.text[page.text.index("<main") : page.text.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


@dataclass
class Shortlister:
    world: Any
    part: str
    campaign_id: UUID
    client: FlaskClient

    @property
    def base(self) -> str:
        return f"/sift/{self.campaign_id}"

    def queue(self) -> Queue:
        with self.world.public_desk.sessions.reading() as session:
            return read_queue(
                session, actor=self.world.actor(self.part), campaign_id=self.campaign_id, per_page=10_000
            )

    def handles(self) -> list[UUID]:
        return [item.handle for item in self.queue().items]

    def answer(self, handle: UUID) -> AnonymousAnswer:
        desk = self.world.public_desk
        with desk.sessions.reading() as session:
            return read_answer(
                session,
                actor=self.world.actor(self.part),
                desk=desk,
                campaign_id=self.campaign_id,
                handle=handle,
            )

    def path(self, handle: UUID) -> str:
        return f"{self.base}/answers/{handle}"

    def score(
        self, handle: UUID, value: object, reason: str = "", criterion: int = 0, **more: str
    ) -> TestResponse:
        """Tap one score of one criterion, as its button sends it."""
        key = self.answer(handle).criteria[criterion].id
        sent = {f"score-{key}": str(value), f"reason-{key}": reason, **more}
        return self.client.post(self.path(handle), data=sent)

    def scores(self) -> list[tuple[UUID, int]]:
        with self.world.public_desk.sessions.reading() as session:
            return sorted(
                (handle, value)
                for handle, value in session.execute(
                    select(Score.allocation_id, Score.value)
                    .join(
                        Allocation,
                        (Allocation.campaign_id == Score.campaign_id) & (Allocation.id == Score.allocation_id),
                    )
                    .where(
                        Allocation.campaign_id == self.campaign_id,
                        Allocation.person_id == self.world.people[self.part],
                    )
                )
            )

    def applications(self) -> dict[UUID, UUID]:
        """Handle → application, which no page may tell."""
        with self.world.public_desk.sessions.reading() as session:
            return {
                handle: application
                for handle, application in session.execute(
                    select(Allocation.id, Answer.application_id)
                    .join(
                        Answer,
                        (Answer.campaign_id == Allocation.campaign_id) & (Answer.id == Allocation.answer_id),
                    )
                    .where(
                        Allocation.campaign_id == self.campaign_id,
                        Allocation.person_id == self.world.people[self.part],
                        Allocation.state == AllocationState.OPEN,
                    )
                )
            }


Arrive = Callable[..., Shortlister]


@pytest.fixture
def arrive(world: Any) -> Arrive:
    """Sign a shortlister in on a browser of their own; the campaign is built when none is given."""

    def sign_in(
        part: str = "shortlister_one", campaign_id: UUID | None = None, applications: int = 6, **options: Any
    ) -> Shortlister:
        campaign_id = campaign_id or world.campaign(
            until=CampaignState.SIFTING, applications=applications, **options
        )
        client = world.public_client()
        world.sign_in(client, part)
        return Shortlister(world, part, campaign_id, client)

    return sign_in


@pytest.fixture
def several_criteria(world: Any) -> Callable[[UUID], None]:
    """Make every question of a campaign one that is scored against all criteria of the sift."""

    def widen(campaign_id: UUID) -> None:
        with world.public_desk.sessions.writing() as session:
            had = criteria_by_question(session, campaign_id)
            session.add_all(
                QuestionCriterion(campaign_id=campaign_id, question_id=question.id, criterion_id=criterion.id)
                for question in list_questions(session, campaign_id)
                for criterion in list_criteria(session, campaign_id, 1)
                if criterion.id not in had[question.id]
            )

    return widen


@pytest.fixture
def moderated(world: Any) -> UUID:
    """A campaign with every answer scored and those that differ sent to moderation."""
    campaign_id = world.campaign(until=CampaignState.SIFTING, applications=8)
    scorers = [world.actor(part) for part in SHORTLISTERS]
    score_sift(world.staff_desk, campaign_id, scorers, defaultdict(lambda: 0.5), Random(4))
    with world.staff_desk.sessions.writing() as session:
        assert arrange_moderation(
            session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign_id
        )
    return campaign_id
