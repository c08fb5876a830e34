"""A world in which no table is empty, for tests of migrations, backups and restores."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, MetaData, inspect

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.second_looks import LeakKind
from recruitment.services import clearance
from recruitment.services.accounts import Site, invite_person
from recruitment.services.adverts import record_look
from recruitment.services.drafts import start_draft
from recruitment.services.second_looks import finish_look, mark_leak, read_second_look
from recruitment.services.sign_in_links import ask_for_link
from recruitment.services.webhooks import add_webhook, send_test
from recruitment.services.worker import sign_heads
from recruitment.store.actions import Action, ActionPlan
from recruitment.store.applications import DraftDocument
from recruitment.store.audits import AuditedCampaign, AuditJudgement, InclusionAudit
from recruitment.store.campaigns import Campaign, list_criteria, list_questions
from recruitment.store.crossings import Crossing
from recruitment.store.equality_assessments import EqualityAssessment, EqualityAssessmentVersion
from recruitment.store.equality_delivery import EdsSheetRow
from recruitment.store.governance_calendar import CalendarEntry, GovernanceGroup, GroupReport, LeftOutReport
from recruitment.store.joint_strategies import JointInvitation, JointMember, JointStrategy, JointVersion
from recruitment.store.publications import (
    Comparison,
    Publication,
    PublicationRequest,
    RestrictedReturn,
    Target,
)
from recruitment.store.quality_checklists import (
    AgreedAdjustments,
    ChecklistTemplate,
    QualityEntry,
    QualitySignature,
)
from recruitment.store.question_sets import DeclarationDrive, EqualityQuestionSet
from recruitment.store.sample_answers import SampleAnswer, SampleScore
from recruitment.store.tie_breaks import TieBreak
from tests.support.campaign_rows import fill_campaign_rows
from tests.support.entering import stand_entry
from tests.support.outside_scorers import add_outside_scorer
from tests.support.requirements import add_requirement_and_check
from tests.support.retention_rows import retain
from tests.support.troubled_panel import trouble_a_panel
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
    with world.staff_desk.sessions.writing() as session:
        stand_entry(session, world.staff_desk, opened, world.people["recruiter"])
    _mark_a_leak(world)
    trouble_a_panel(world)
    _publish(world, released)
    fill_campaign_rows(world, released)
    _assess(world, opened)
    retain(world, released)
    _audit(world, released)
    _listen(world)
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


def _assess(world: World, campaign_id: UUID) -> None:
    """A checked advert, a begun record of a tie-break, an assessment."""
    desk, recruiter, body = world.staff_desk, world.actor("recruiter"), {"organisation_id": world.organisation_id}
    with desk.sessions.writing() as session:
        record_look(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
        _calibrate(session, campaign_id, recruiter.id, desk.now)
        add_requirement_and_check(session, campaign_id, recruiter.id, desk.now)
        add_outside_scorer(session, campaign_id, recruiter.id, desk.now)
        session.add(TieBreak(campaign_id=campaign_id, id=desk.new_id(), begun_by=recruiter.id, begun_at=desk.now))
        session.add(EqualityQuestionSet(**body, version=1, content={}, made_by=recruiter.id, made_at=desk.now))
        today = desk.now.date()
        session.add(
            DeclarationDrive(
                **body, id=desk.new_id(), title="Care", aim="More answers", questions=["caring"], begins=today,
                ends=today, made_by=recruiter.id, made_at=desk.now, changed_at=desk.now,
            )
        )  # fmt: skip
        assessment = EqualityAssessment(
            **body, id=desk.new_id(), change="New rules for panels", kind="panel_rules", begun_at=desk.now
        )
        session.add(assessment)
        session.flush()
        session.add(
            EqualityAssessmentVersion(
                **body, assessment_id=assessment.id, version=1, content={}, decision="goes_ahead",
                made_by=recruiter.id, made_at=desk.now,
            )
        )  # fmt: skip


def _calibrate(session: Any, campaign_id: UUID, by: UUID, now: datetime) -> None:
    """A sample answer with one score."""
    question = list_questions(session, campaign_id)[0]
    held: dict[str, Any] = {"campaign_id": campaign_id}
    sample_id = UUID(int=5)
    session.add(
        SampleAnswer(
            **held, id=sample_id, position=1, question_id=question.id, text="Invented.", written_by=by,
            written_at=now,
        )
    )  # fmt: skip
    session.flush()
    criterion = list_criteria(session, campaign_id)[0]
    session.add(
        SampleScore(
            **held, sample_id=sample_id, person_id=by, criterion_id=criterion.id, value=4, reason=b"sealed",
            scored_at=now,
        )
    )  # fmt: skip


def _listen(world: World) -> None:
    """A webhook, and a message that waits for it."""
    desk, administrator = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session:
        asked = {"actor": administrator, "desk": desk}
        webhook_id, _ = add_webhook(session, **asked, url="https://system.example/", events=["campaign.opened"])
        send_test(session, **asked, webhook_id=webhook_id)


def _publish(world: World, campaign_id: UUID) -> None:
    desk, by, today = world.staff_desk, world.people["analyst"], world.clock.now.date()
    body: dict[str, Any] = {"organisation_id": world.organisation_id}
    period: dict[str, Any] = {"period_from": today, "period_until": today, "campaigns": [campaign_id.hex]}
    with desk.sessions.writing() as session:
        publication_id = desk.new_id()
        session.add(
            Publication(
                **body, **period, id=publication_id, kind="annual", title="A year", tables=[{}], threshold=8,
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
        session.flush()
        session.add(
            Crossing(
                **body, id=desk.new_id(), publication_id=publication_id, pair="disability × sex", asked_by=by,
                asked_at=desk.now,
            )
        )  # fmt: skip
        session.add(PublicationRequest(**body, id=desk.new_id(), kind="run", asked_by=by, asked_at=desk.now))
        session.add(Comparison(**body, areas=["E12000001"], set_by=by, set_at=desk.now))
    _keep_a_calendar(world)


def _keep_a_calendar(world: World) -> None:
    """A group, what it gets, a report that was made, and one that was left out."""
    desk, by, today = world.staff_desk, world.people["analyst"], world.clock.now.date()
    body: dict[str, Any] = {"organisation_id": world.organisation_id, "made_by": by, "made_at": desk.now}
    with desk.sessions.writing() as session:
        session.add(
            EdsSheetRow(
                **body, id=desk.new_id(), version="2022", period_from=today, period_until=today,
                scored={"1A": {"score": 1, "grounds": "Asked.", "evidence": []}},
            )
        )  # fmt: skip
        joint_id = desk.new_id()
        session.add(JointStrategy(id=joint_id, begun_at=desk.now))
        session.flush()
        own: dict[str, Any] = {"strategy_id": joint_id, "organisation_id": world.organisation_id}
        version = {"version": 1, "title": "Joint", "objectives": [], "made_by": by, "made_at": desk.now}
        session.add(JointVersion(**own, **version))
        session.add(JointMember(**own, version=1, agreed_by=by, agreed_at=desk.now))
        session.add(
            JointInvitation(**own, token_hash=bytes(32), made_by=by, made_at=desk.now, expires_at=desk.now)
        )
        group = GovernanceGroup(**body, id=desk.new_id(), kind="board", name="Board")
        session.add(group)
        session.flush()
        entry = CalendarEntry(
            **body, id=desk.new_id(), group_id=group.id, title="Report", rhythm="yearly", month=7, working_days=0,
            has_figures=True, has_actions=True, begins=today,
        )  # fmt: skip
        session.add(entry)
        session.flush()
        session.add(
            GroupReport(
                **body, id=desk.new_id(), entry_id=entry.id, period_until=today, content={}, digest=bytes(32)
            )
        )
        session.add(
            LeftOutReport(
                entry_id=entry.id, period_until=today, reason="No meeting.", left_out_by=by, left_out_at=desk.now
            )
        )


def _audit(world: World, campaign_id: UUID) -> None:
    desk, auditor, today = world.staff_desk, world.people["auditor"], world.clock.now.date()
    with desk.sessions.writing() as session:
        audit = InclusionAudit(
            id=desk.new_id(), organisation_id=world.organisation_id, auditor_id=auditor, directorate="Audit",
            period_from=today, period_until=today, template_version=1, appointed_by=auditor,
            appointed_at=desk.now,
        )  # fmt: skip
        session.add(audit)
        session.flush()
        session.add(AuditedCampaign(audit_id=audit.id, campaign_id=campaign_id))
        plan = ActionPlan(
            id=desk.new_id(), organisation_id=world.organisation_id, title="Plan", made_by=auditor,
            made_at=desk.now,
        )  # fmt: skip
        session.add(plan)
        session.flush()
        session.add(
            Action(
                id=desk.new_id(), organisation_id=world.organisation_id, plan_id=plan.id, campaign_id=campaign_id,
                what="Ask earlier", lead="Head of recruitment", due=today, status="Not started",
                changed_by=auditor, changed_at=desk.now,
            )
        )  # fmt: skip
        session.add(
            ChecklistTemplate(
                organisation_id=world.organisation_id, version=2, left_out=[], own=[], reason="New year",
                made_by=auditor, made_at=desk.now,
            )
        )  # fmt: skip
        session.add(
            QualityEntry(
                campaign_id=campaign_id, item="lessons", settled="done", entered_by=auditor, entered_at=desk.now
            )
        )
        session.add(
            QualitySignature(
                campaign_id=campaign_id, template_version=2, lines=[{}], signed_by=auditor, signed_at=desk.now
            )
        )
        session.get_one(Campaign, campaign_id).closed_at = desk.now
        session.add(
            AgreedAdjustments(
                campaign_id=campaign_id, blob=b"sealed", applications=1, is_answered=True, is_made=True,
                entered_by=auditor, entered_at=desk.now,
            )
        )  # fmt: skip
        session.flush()
        session.add(
            AuditJudgement(
                audit_id=audit.id, campaign_id=campaign_id, item="guide", judgement="no", note="Anchors alike.",
                judged_at=desk.now,
            )
        )  # fmt: skip


def _decide_a_passage(world: World, campaign_id: UUID) -> None:
    desk, clearer = world.staff_desk, world.actor("member")
    with desk.sessions.reading() as session:
        asked = {"actor": clearer, "desk": desk, "campaign_id": campaign_id}
        first = clearance.read_clearance(session, **asked).passages[0]
        chosen = {"answer_id": first.answer_id, "decisions": {first.ordinal: True}}
        clearing = clearance.prepare_clearing(session, **asked, **chosen)
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
