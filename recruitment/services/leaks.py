"""Words that tell go from every text of an application, whoever found them; all who read it read the same."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import Invalid
from recruitment.rules.marked_words import hide_words, is_markable
from recruitment.rules.second_looks import LeakKind
from recruitment.services.desk import Desk
from recruitment.services.redacted import read_pieces, seal_pieces
from recruitment.store.applications import Answer
from recruitment.store.second_looks import Leak, LeakSource

LONGEST_WORDS = 2000  # characters


def check_words(words: str) -> None:
    if not words.strip():
        raise Invalid("Enter the words that tell.", "words")
    if len(words) > LONGEST_WORDS:
        raise Invalid(f"The words that tell must be {LONGEST_WORDS:,} characters or fewer.", "words")
    if not is_markable(words):
        raise Invalid("Enter words with at least two letters or digits.", "words")


def hide_leak(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    answer_id: UUID,
    words: str,
    kind: LeakKind,
    source: LeakSource,
    reaches: Callable[[UUID], bool] = lambda other_id: True,
) -> None:
    """Hide words in the text in which they were marked, and in the application's others that this `reaches`.

    Whoever calls it holds the campaign's row. Whether other texts held the words changes nothing of what the
    caller gets back. The same words again, by the same person, change nothing more; `Invalid` for any others that
    are not shown in the marked text, whether or not they ever stood there.
    """
    check_words(words)
    answers = session.scalars(
        select(Answer)
        .where(
            Answer.campaign_id == campaign_id,
            Answer.application_id
            == select(Answer.application_id)
            .where(Answer.campaign_id == campaign_id, Answer.id == answer_id)
            .scalar_subquery(),
        )
        .order_by(Answer.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for answer in answers:
        is_marked = answer.id == answer_id
        hash_of_words = _hash(desk, answer.id, words)
        before = read_pieces(desk, campaign_id, answer.id, answer.redacted)
        after = hide_words(before, words, inside_words=is_marked) if is_marked or reaches(answer.id) else before
        if after != before:
            answer.redacted = seal_pieces(desk, campaign_id, answer.id, after)
        elif not is_marked:
            continue
        elif not _has_marked(session, actor, campaign_id, answer_id, hash_of_words):
            raise Invalid(
                "Enter words that stand in this text, as they stand there. It may have changed meanwhile.",
                "words",
            )
        _remember(
            session,
            Leak(
                campaign_id=campaign_id,
                answer_id=answer.id,
                words=hash_of_words,
                person_id=actor.id,
                kind=kind,
                source=source,
                is_marked=is_marked,
                at=desk.now,
            ),
        )
    session.flush()


def _hash(desk: Desk, answer_id: UUID, words: str) -> bytes:
    """Of each text apart, so that rows do not tell where else the same words stood."""
    return desk.vault.blind("marked words", answer_id, " ".join(words.split()))


def _has_marked(session: Session, actor: Actor, campaign_id: UUID, answer_id: UUID, words: bytes) -> bool:
    """Whether the actor marked these very words here. Another's are never looked up, to confirm no guess."""
    earlier = session.get(Leak, (campaign_id, answer_id, words, actor.id))
    return earlier is not None and earlier.is_marked


def _remember(session: Session, leak: Leak) -> None:
    earlier = session.get(Leak, (leak.campaign_id, leak.answer_id, leak.words, leak.person_id))
    if earlier is None:
        session.add(leak)
    elif leak.is_marked:
        earlier.is_marked = True
