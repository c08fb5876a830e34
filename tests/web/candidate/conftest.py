"""A candidate at their browser, writing an application in an open campaign."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState, QuestionKind
from recruitment.services.campaigns import add_question
from recruitment.services.drafts import asked_questions, read_draft
from recruitment.store.base import Base


@dataclass
class Applicant:
    world: Any
    campaign_id: UUID
    client: Any
    id: UUID

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.CANDIDATE, self.id, self.world.organisation_id)

    @property
    def at(self) -> str:
        return f"/campaigns/{self.campaign_id}/application"

    def draft(self):
        with self.world.public_desk.sessions.reading() as session:
            return read_draft(session, actor=self.actor, desk=self.world.public_desk, campaign_id=self.campaign_id)

    def questions(self):
        with self.world.public_desk.sessions.reading() as session:
            return asked_questions(session, self.campaign_id)

    def begin(self):
        return self.client.post(f"/campaigns/{self.campaign_id}/apply")

    def page(self, section: str = ""):
        return self.client.get(self.at + section)

    def save(self, section: str, **fields: Any):
        """Send one page, as it would be sent right after it was opened."""
        version = fields.pop("version", None) or self.draft().version
        return self.client.post(self.at + section, data={"version": version, **fields})

    def write(self) -> None:
        """Fill everything in that must be."""
        self.begin()
        self.save("/name", full_name="Philippa Wetherby")
        self.save("/contact", email="philippa.wetherby@example.org")
        for number, question in enumerate(self.questions(), 1):
            text = f"I led change number {number} in Halifax. Philippa was what they called me there."
            self.save(f"/question/{question.id}", answer=text)
        self.save("/adjustments", adjustments="none")
        self.save("/disability-confident", wanted="no")
        self.save("/people-you-know", knows="no")

    def submit(self):
        return self.client.post(self.at + "/submit")


@pytest.fixture
def campaign_id(world) -> UUID:
    return world.campaign(until=CampaignState.OPEN, applications=0)


@pytest.fixture
def applicant(world, campaign_id) -> Applicant:
    client = world.public_client()
    return Applicant(world, campaign_id, client, world.sign_in_candidate(client, "philippa@example.org"))


@pytest.fixture
def cv_question(world, campaign_id) -> UUID:
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        return add_question(
            session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id,
            kind=QuestionKind.CV, text="Your CV", reason="the test asks for one",
        )  # fmt: skip


@pytest.fixture
def count_rows(world):
    """Table name -> number of rows, over the whole database."""

    def count() -> dict[str, int]:
        with world.staff_desk.sessions.reading() as session:
            return {
                table.name: session.scalar(select(func.count()).select_from(table))
                for table in Base.metadata.sorted_tables
            }

    return count


@pytest.fixture
def errors_of():
    """The sentences of a page's error summary."""

    def read(page) -> list[str]:
        summary = re.search(r"govuk-error-summary__list.*?</ul>", page.text, re.S)
        found = re.findall(r"<(?:a|li)[^>]*>\s*([^<]+?)\s*</", summary.group()) if summary else []
        return [html.unescape(one) for one in found if one.strip()]

    return read


@pytest.fixture
def hidden_fields():
    def read(page) -> dict[str, str]:
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
        return {html.unescape(name): html.unescape(value) for name, value in found}

    return read
