"""How the floor submits a draft: it reads, redacts and stores what the product does, in plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from random import SystemRandom
from uuid import UUID

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.commands.bench import tables
from recruitment.rules.application_copies import written_copy
from recruitment.rules.campaigns import QuestionKind
from recruitment.rules.drafts import AskedQuestion, Draft, missing_parts
from recruitment.rules.redaction import Redaction, WordLists, redact
from recruitment.rules.references import make_reference
from recruitment.services.desk import utc_now
from recruitment.services.redacted import pieces_of, restorable_of
from recruitment.services.vacancies import AdvertisedCampaign


def asked_questions(session: Session, campaign_id: UUID) -> list[AskedQuestion]:
    rows = session.scalars(
        select(tables.Question)
        .where(tables.Question.campaign_id == campaign_id)
        .order_by(tables.Question.position)
    )
    return [AskedQuestion(row.id, QuestionKind(row.kind), row.text, row.hint, row.word_limit) for row in rows]


def floor_advert(session: Session, campaign_id: UUID) -> AdvertisedCampaign:
    campaign = session.get_one(tables.Campaign, campaign_id)
    return AdvertisedCampaign(
        campaign.id,
        campaign.id,
        campaign.organisation,
        "",
        campaign.title,
        "",
        campaign.closes_at,
        True,
        (),
        (),
        tuple(asked_questions(session, campaign_id)),
    )


def submit_draft(
    session: Session, user_id: UUID, campaign_id: UUID, lists: WordLists, new_id: Callable[[], UUID]
) -> None:
    """Check, redact and store a user's draft, with the first stage and the confirmation to be sent."""
    campaign = session.get_one(tables.Campaign, campaign_id)
    row = session.scalars(
        select(tables.Draft).where(tables.Draft.campaign_id == campaign_id, tables.Draft.user_id == user_id)
    ).one()
    draft, questions = Draft.from_fields(row.content), asked_questions(session, campaign_id)
    if missing_parts(draft, questions, 1) or campaign.closes_at <= utc_now():
        abort(409)
    copy_text = written_copy(
        organisation=campaign.organisation,
        title=campaign.title,
        draft=draft,
        questions=questions,
        vacancies=[campaign.vacancy],
        cv_texts={},
    )
    known = draft.identity().known_values()
    redacted = {
        UUID(key): redact(text, known, lists, also_hide=draft.hidden.get(key, ()))
        for key, text in draft.answers.items()
    }
    now, reference = utc_now(), make_reference(SystemRandom())
    session.add(
        tables.Application(
            id=row.id, campaign_id=campaign_id, user_id=user_id, reference=reference, submitted_at=now
        )
    )
    session.flush()
    for question_id, redaction in redacted.items():
        session.add_all(_answer_rows(row.id, new_id(), question_id, redaction))
    session.add_all(_records(row.id, draft))
    session.add(tables.Preference(application_id=row.id, vacancy_id=campaign.vacancy_id))
    session.add(tables.StageEvent(application_id=row.id, kind="submitted", at=now))
    letter = {
        "to": draft.email,
        "subject": f"We have received your application: {reference}",
        "body": f"Thank you for applying to {campaign.organisation}. Your reference is {reference}.",
        "attachment": f"Reference: {reference}\n\n{copy_text}",
    }
    message_id = new_id()
    session.add(tables.Message(id=message_id, letter=letter, created_at=now))
    session.add(tables.Job(id=new_id(), kind="send_letter", detail={"message_id": str(message_id)}, run_after=now))
    session.delete(row)


def _answer_rows(
    application_id: UUID, answer_id: UUID, question_id: UUID, redaction: Redaction
) -> Iterator[tables.Floor]:
    restorable = restorable_of(redaction)
    yield tables.Answer(
        id=answer_id,
        application_id=application_id,
        question_id=question_id,
        pieces=list(pieces_of(redaction)),
        has_restorable=bool(restorable),
    )
    if restorable:
        yield tables.Record(
            application_id=application_id,
            kind="clearance",
            part=answer_id.hex,
            content={str(ordinal): text for ordinal, text in restorable.items()},
        )


def _records(application_id: UUID, draft: Draft) -> Iterator[tables.Record]:
    requests = draft.requests
    parts = (
        ("identity", "", asdict(draft.identity())),
        ("requests", "adjustments", {"codes": requests.adjustments, "detail": requests.adjustments_detail}),
        ("requests", "opt_in", {"disability_confident": requests.disability_confident}),
        ("relationships", "", {"people": [asdict(one) for one in draft.relationships]}),
    )
    for kind, part, content in parts:
        yield tables.Record(application_id=application_id, kind=kind, part=part, content=content)
