"""A world in which no table is empty, for tests of migrations, backups and restores."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, MetaData, inspect

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.second_looks import LeakKind
from recruitment.services import challenges, clearance, conflicts, pool, substitutes
from recruitment.services.accounts import Site, invite_person
from recruitment.services.drafts import start_draft
from recruitment.services.interview_results import interview_criteria
from recruitment.services.panels import standing_entries
from recruitment.services.second_looks import finish_look, mark_leak, read_second_look
from recruitment.services.sign_in_links import ask_for_link
from recruitment.services.worker import sign_heads
from recruitment.store.applications import DraftDocument
from recruitment.store.campaigns import list_questions
from recruitment.store.panels import AgreedScore, PanelReason, PanelWaiver, RelationshipMatch
from recruitment.store.publications import Comparison, Publication, RestrictedReturn, Target
from tests.support.world import World

Rows = dict[str, list[tuple[Any, ...]]]


def fill_every_table(world: World) -> tuple[UUID, UUID]:
    """A released campaign and an open one, with what stays only for a while; the ids of both.

    A new table belongs in here: `test_migrations.py` asks for a row in each.
    """
    released = world.campaign(until=CampaignState.RELEASED, applications=12, seed=1)
    opened = world.campaign(until=CampaignState.OPEN, applications=12, seed=2, title="Second campaign")
    _decide_a_passage(world, opened)
    _begin_a_draft(world, opened)
    _mark_a_leak(world)
    _trouble_a_panel(world)
    _publish(world, released)
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        recruiter = world.actor("recruiter")
        invite_person(session, actor=recruiter, desk=desk, person_id=world.people["member"], site=Site.STAFF)
        ask_for_link(
            session,
            desk=desk,
            organisation_id=world.organisation_id,
            address="somebody@example.org",
            campaign_id=opened,
            make_url=lambda token: f"https://jobs.example/sign-in/{token}",
        )
    sign_heads(desk)
    return released, opened


def _publish(world: World, campaign_id: UUID) -> None:
    desk, by, today = world.staff_desk, world.people["analyst"], world.clock.now.date()
    body: dict[str, Any] = {"organisation_id": world.organisation_id}
    period: dict[str, Any] = {"period_from": today, "period_until": today, "campaigns": [campaign_id.hex]}
    with desk.sessions.writing() as session:
        session.add(
            Publication(
                **body, **period, id=desk.new_id(), kind="annual", title="A year", tables=[{}], threshold=8,
                base=5, question_set="1", released_by=by, released_at=desk.now,
            )
        )  # fmt: skip
        session.add(
            RestrictedReturn(
                **body, **period, id=desk.new_id(), recipient="NHS England", basis="Standard contract",
                asked_by=by, asked_at=desk.now,
            )
        )  # fmt: skip
        session.add(
            Target(
                **body, id=desk.new_id(), characteristic="disability", codes=["disabled"],
                called="Disabled people", stages=[], per_cent=30, set_by=by, set_at=desk.now,
            )
        )  # fmt: skip
        session.add(Comparison(**body, areas=["E12000001"], set_by=by, set_at=desk.now))


def _trouble_a_panel(world: World) -> None:
    """A panel with everything that can befall one: known candidates, a substitute, a waiver, a challenge."""
    desk, recruiter, chair = world.staff_desk, world.actor("recruiter"), world.actor("shortlister_one")
    campaign_id = world.campaign(until=CampaignState.REVEALED, applications=12, seed=3, title="Third campaign")
    member = world.actor("member")
    with desk.sessions.writing() as session:
        first, second, *_ = standing_entries(session, campaign_id)
        asked = {"desk": desk, "campaign_id": campaign_id}
        session.add(
            RelationshipMatch(campaign_id=campaign_id, application_id=first, person_id=member.id, nature=b"sealed")
        )
        conflicts.declare(
            session,
            actor=member,
            **asked,
            declared={first: conflicts.Declared(True, "We shared a desk for years.")},
        )
        conflicts.rule_on_conflict(
            session,
            actor=chair,
            **asked,
            application_id=first,
            person_id=member.id,
            is_conflict=True,
            reason="Close.",
        )
        substitutes.name_substitute(
            session,
            actor=recruiter,
            **asked,
            application_id=first,
            member_id=member.id,
            substitute_id=world.people["deputy"],
        )
        challenges.raise_challenge(session, actor=member, **asked, text="We asked one of them something else.")
        pool.add_absence(session, actor=member, desk=desk, first_day=desk.now.date(), last_day=desk.now.date())
        today, members = desk.now, sorted(str(world.people[part]) for part in ("member",))
        session.add(
            PanelWaiver(
                campaign_id=campaign_id, id=desk.new_id(), rule="size", members=members, reason="Nobody else.",
                who_was_asked="Everybody.", asked_by=recruiter.id, asked_at=today,
            )
        )  # fmt: skip
        session.add(
            PanelReason(
                campaign_id=campaign_id, id=desk.new_id(), rule="disabled_member", members=members,
                reason="Nobody was free.", who_was_asked="The network.", entered_by=recruiter.id, entered_at=today,
            )
        )  # fmt: skip
        criterion = interview_criteria(session, campaign_id)[0]
        session.add(
            AgreedScore(
                campaign_id=campaign_id, application_id=second, criterion_id=criterion.id, value=5,
                reason=b"sealed", agreed_by=chair.id, agreed_at=today,
            )
        )  # fmt: skip


def _decide_a_passage(world: World, campaign_id: UUID) -> None:
    desk, clearer = world.staff_desk, world.actor("member")
    with desk.sessions.reading() as session:
        batch = clearance.read_clearance(session, actor=clearer, desk=desk, campaign_id=campaign_id)
        first = batch.passages[0]
        clearing = clearance.prepare_clearing(
            session,
            actor=clearer,
            desk=desk,
            campaign_id=campaign_id,
            answer_id=first.answer_id,
            decisions={first.ordinal: True},
        )
    with desk.sessions.writing() as session:
        clearance.decide_passages(session, actor=clearer, desk=desk, clearing=clearing)


def _mark_a_leak(world: World) -> None:
    desk, clearer = world.staff_desk, world.actor("member")
    campaign_id = world.campaign(until=CampaignState.SIFTING, applications=4, seed=3, title="Third campaign")
    with desk.sessions.reading() as session:
        found = read_second_look(session, actor=clearer, desk=desk, campaign_id=campaign_id)
    assert found.text is not None
    words = next(part.text for part in found.text.parts if not part.is_hidden)
    asked = {"actor": clearer, "desk": desk, "campaign_id": campaign_id, "position": found.text.position}
    with desk.sessions.writing() as session:
        mark_leak(session, **asked, words=words.split(".")[0], kind=LeakKind.IDENTITY)
        finish_look(session, **asked)


def _begin_a_draft(world: World, campaign_id: UUID) -> None:
    desk, actor = world.public_desk, world.add_candidate("writing@example.org")
    with desk.sessions.writing() as session:
        draft_id = start_draft(
            session, actor=actor, desk=desk, campaign_id=campaign_id, email="writing@example.org"
        )
        question = list_questions(session, campaign_id)[0]
        session.add(
            DraftDocument(campaign_id=campaign_id, draft_id=draft_id, question_id=question.id, sealed=b"a file")
        )


def read_rows(connection: Connection) -> Rows:
    """Every row of every table as the database has it now, whatever its revision."""
    found: Rows = {}
    metadata = MetaData()
    metadata.reflect(connection)
    for name in inspect(connection).get_table_names():
        table = metadata.tables[name]
        found[name] = sorted(map(tuple, connection.execute(table.select())), key=repr)
    return found
