"""What belongs to a body and to no campaign, as values of addresses: a row of each kind, for one body."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.disclosure import release_tables
from recruitment.rules.equality_assessments import write_assessment
from recruitment.rules.funnel import Counts
from recruitment.rules.governance_calendar import Rhythm, Timing, due_between
from recruitment.rules.group_reports import Report, digest_of, keep
from recruitment.rules.release_formats import tables_to_json
from recruitment.services.campaign_templates import shipped_templates
from recruitment.services.desk import Desk
from recruitment.store.actions import Action, ActionPlan
from recruitment.store.audits import AuditedCampaign, InclusionAudit
from recruitment.store.campaign_templates import KeptTemplate
from recruitment.store.equality_assessments import EqualityAssessment, EqualityAssessmentVersion
from recruitment.store.equality_delivery import EdsSheetRow
from recruitment.store.governance_calendar import CalendarEntry, GovernanceGroup, GroupReport
from recruitment.store.holds import Hold
from recruitment.store.joint_strategies import JointMember, JointStrategy, JointVersion
from recruitment.store.publications import Publication, PublicationRequest, RestrictedReturn, Target
from recruitment.store.question_sets import DeclarationDrive
from recruitment.store.rights import RightsRequest
from recruitment.store.webhooks import Webhook
from tests.rules.test_equality_assessments import ASSESSMENT

NAMES = (
    "publication_id", "return_id", "target_id", "request_id", "audit_id", "assessment_id", "plan_id",
    "action_id", "group_id", "entry_id", "report_id", "sheet_id", "hold_id", "drive_id", "joint_id",
    "right_id", "webhook_id", "template_id",
)  # fmt: skip
"""The values made here, by their names in addresses."""


def publish(
    session: Session, desk: Desk, organisation_id: UUID, campaign_id: UUID, by: UUID, auditor: UUID
) -> dict[str, UUID]:
    """A publication, a return that waits for a second person, a target, a request, an audit, an assessment."""
    today = desk.now.date()
    made = {name: desk.new_id() for name in NAMES}
    held: dict[str, Any] = {
        "organisation_id": organisation_id, "period_from": today, "period_until": today,
        "campaigns": [campaign_id.hex],
    }  # fmt: skip
    tables = json.loads(tables_to_json(release_tables(Counts())))
    session.add(
        InclusionAudit(
            id=made["audit_id"], organisation_id=organisation_id, auditor_id=auditor, directorate="Audit",
            period_from=today, period_until=today, template_version=1, appointed_by=by, appointed_at=desk.now,
        )
    )  # fmt: skip
    session.flush()
    session.add(AuditedCampaign(audit_id=made["audit_id"], campaign_id=campaign_id))
    session.add(
        Publication(
            **held, id=made["publication_id"], kind="annual", title="A year", tables=[tables], threshold=8,
            base=5, question_set="1", released_by=by, released_at=desk.now,
        )
    )  # fmt: skip
    session.add(
        RestrictedReturn(
            **held, id=made["return_id"], recipient="NHS England", basis="Contract", asked_by=by,
            asked_at=desk.now,
        )
    )  # fmt: skip
    session.add(
        PublicationRequest(
            id=made["request_id"], organisation_id=organisation_id, kind="run", asked_by=by, asked_at=desk.now
        )
    )
    session.add(
        Target(
            id=made["target_id"], organisation_id=organisation_id, characteristic="sex", codes=["female"],
            called="Female", stages=[], per_cent=50, set_by=by, set_at=desk.now,
        )
    )  # fmt: skip
    session.add(
        Webhook(
            id=made["webhook_id"], organisation_id=organisation_id, url="https://system.example/hooks",
            events=["campaign.opened"], secret=desk.vault.wrap_for_staff_site(made["webhook_id"], bytes(32)),
            made_by=by, made_at=desk.now,
        )
    )  # fmt: skip
    session.add(
        RightsRequest(
            id=made["right_id"], organisation_id=organisation_id, candidate_id=UUID(int=2),
            campaign_id=campaign_id, application_id=UUID(int=1), reference="AAA-AAA", kind="erasure",
            standing="waiting", asked_at=desk.now, due_on=today, reason="",
        )
    )  # fmt: skip
    session.add(
        Hold(
            id=made["hold_id"], organisation_id=organisation_id, campaign_id=campaign_id,
            application_id=UUID(int=1), reference="AAA-AAA", kind="tribunal", standing="placed",
            reason="A claim.", review_on=today, asked_by=by, asked_at=desk.now, release_reason="",
        )
    )  # fmt: skip
    session.add(
        KeptTemplate(
            id=made["template_id"], organisation_id=organisation_id, title="Caseworker",
            content=shipped_templates()["caseworker"].to_fields(), made_by=by, made_at=desk.now,
        )
    )  # fmt: skip
    _assess(session, desk, organisation_id, made["assessment_id"], by)
    session.add(
        DeclarationDrive(
            id=made["drive_id"], organisation_id=organisation_id, title="Care", aim="More answers",
            questions=["sex"], begins=today, ends=today, made_by=by, made_at=desk.now, changed_at=desk.now,
        )
    )  # fmt: skip
    session.add(
        ActionPlan(id=made["plan_id"], organisation_id=organisation_id, title="Plan", made_by=by, made_at=desk.now)
    )
    session.flush()
    session.add(
        Action(
            id=made["action_id"], organisation_id=organisation_id, plan_id=made["plan_id"], what="Ask earlier",
            lead="Head of recruitment", due=today, status="Not started", changed_by=by, changed_at=desk.now,
        )
    )  # fmt: skip
    _give(session, desk, organisation_id, made, by)
    session.add(JointStrategy(id=made["joint_id"], begun_at=desk.now))
    session.flush()
    session.add(
        JointVersion(
            strategy_id=made["joint_id"], version=1, title="Joint strategy", objectives=[["Fair adverts", ""]],
            organisation_id=organisation_id, made_by=by, made_at=desk.now,
        )
    )  # fmt: skip
    session.add(
        JointMember(
            strategy_id=made["joint_id"], organisation_id=organisation_id, version=1, agreed_by=by,
            agreed_at=desk.now,
        )
    )  # fmt: skip
    session.add(
        EdsSheetRow(
            id=made["sheet_id"], organisation_id=organisation_id, version="2022", period_from=today,
            period_until=today, scored={}, made_by=by, made_at=desk.now,
        )
    )  # fmt: skip
    return made


def _give(session: Session, desk: Desk, organisation_id: UUID, made: dict[str, UUID], by: UUID) -> None:
    """A group that gets one report each quarter, and the report on the quarter under way."""
    held: dict[str, Any] = {"organisation_id": organisation_id, "made_by": by, "made_at": desk.now}
    session.add(GovernanceGroup(**held, id=made["group_id"], kind="board", name="Board"))
    session.flush()
    session.add(
        CalendarEntry(
            **held, id=made["entry_id"], group_id=made["group_id"], title="Report", rhythm="quarterly", month=0,
            working_days=10, has_figures=True, has_actions=True, begins=desk.now.date(),
        )
    )  # fmt: skip
    session.flush()
    period = due_between(
        Timing(Rhythm.QUARTERLY, working_days=10), desk.now.date(), desk.now.date() + timedelta(200)
    )[0][0]
    content = keep(Report("Board", "Report", period, desk.now.date(), True, None, True, ()))
    session.add(
        GroupReport(
            **held, id=made["report_id"], entry_id=made["entry_id"], period_until=period.last, content=content,
            digest=digest_of(content),
        )
    )  # fmt: skip


def _assess(session: Session, desk: Desk, organisation_id: UUID, assessment_id: UUID, by: UUID) -> None:
    """An equality impact assessment with one published version."""
    held: dict[str, Any] = {"organisation_id": organisation_id}
    session.add(
        EqualityAssessment(**held, id=assessment_id, change="New rules", kind="policy", begun_at=desk.now)
    )  # fmt: skip
    session.flush()
    session.add(
        EqualityAssessmentVersion(
            **held, assessment_id=assessment_id, version=1, content=write_assessment(ASSESSMENT),
            decision=ASSESSMENT.decision, review_on=ASSESSMENT.review_on, made_by=by, made_at=desk.now,
            published_by=by, published_at=desk.now,
        )
    )  # fmt: skip
