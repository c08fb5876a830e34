"""One answer and its guide: one tap for each score, each saved on its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from recruitment.rules.errors import Invalid
from recruitment.rules.permissions import Permission
from recruitment.services.own_scores import OwnCriterion, read_own_scores
from recruitment.services.queues import SavedScore, find_next, is_answer_scored
from recruitment.services.scores import UndoneScore, score_answer, undo_score
from recruitment.services.sift import AnonymousAnswer, Guided, read_answer
from recruitment.services.sift_pace import OneQuestion, read_own_measure
from recruitment.web.access import allow, reading, writing
from recruitment.web.shortlister import shortlister
from recruitment.web.shortlister.passages import paragraphs_of
from recruitment.web.shortlister.saved import saved_before, saved_score, uuid_in
from recruitment.web.site import acting, desk

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Typed:
    """What a page of scores sent: the score that was tapped or taken back, and every reason on the page."""

    criterion_id: UUID | None = None
    value: int | None = None
    reasons: Mapping[UUID, str] = field(default_factory=dict)
    undo: UUID | None = None


def typed_text(written: str) -> str:
    """Line ends as browsers count them; what cannot be stored shows as U+FFFD."""
    return _UNSTORABLE.sub("�", written.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _read_typed() -> Typed:
    reasons: dict[UUID, str] = {}
    criterion_id, value, undo = None, None, None
    for name, written in request.form.items():
        kind, _, rest = name.partition("-")
        key = uuid_in(rest)
        if key is None:
            continue
        if kind == "reason":
            reasons[key] = typed_text(written)
        elif kind == "score":
            criterion_id, value = key, int(written) if re.fullmatch("[0-9]{1,3}", written) else None
        elif kind == "undo":
            undo = key
    return Typed(criterion_id, value, reasons, undo)


def _shown(typed: Typed, criterion: Guided | OwnCriterion) -> str:
    return typed.reasons.get(criterion.id, criterion.reason)


def _page(
    campaign_id: UUID,
    answer: AnonymousAnswer,
    *,
    typed: Typed | None = None,
    saved: SavedScore | None = None,
    refusal: Invalid | None = None,
    undone: UndoneScore | None = None,
) -> str:
    typed = typed or Typed()
    to_score = next((c.id for c in answer.criteria if c.score is None), None)
    return render_template(
        "shortlister/answers/answer.html",
        campaign_id=campaign_id,
        answer=answer,
        paragraphs=paragraphs_of(answer.parts),
        reasons={criterion.id: _shown(typed, criterion) for criterion in answer.criteria},
        scores=range(answer.lowest, answer.highest + 1),
        saved=saved,
        # On the same answer the notice stands where the reader is taken: at the next criterion to score.
        saved_at=to_score if saved and saved.handle == answer.handle else None,
        refusal=refusal,
        refused_id=typed.criterion_id,
        undone=undone,
        measure=read_own_measure(
            reading(),
            actor=acting(),
            campaign_id=campaign_id,
            left=answer.queue_length - answer.scored,
            of=OneQuestion(answer.question_number, {each.id: each.name for each in answer.criteria}),
        ),
        is_recognised="recognised" in request.args,
        is_recused="recused" in request.args,
        is_reported="reported" in request.args,
    )


def _read(campaign_id: UUID, handle: UUID) -> AnonymousAnswer:
    return read_answer(reading(), actor=acting(), desk=desk(), campaign_id=campaign_id, handle=handle)


@shortlister.get("/sift/<uuid:campaign_id>/answers/<uuid:handle>")
@allow(Permission.SCORE_ANSWERS)
def answer(campaign_id: UUID, handle: UUID) -> str:
    return _page(campaign_id, _read(campaign_id, handle), saved=saved_before(campaign_id))


@shortlister.post("/sift/<uuid:campaign_id>/answers/<uuid:handle>")
@allow(Permission.SCORE_ANSWERS)
def score(campaign_id: UUID, handle: UUID) -> Any:
    typed = _read_typed()
    if typed.undo is not None:
        return _undo(campaign_id, handle, typed, typed.undo)
    try:
        was_scored = _save(campaign_id, handle, typed)
    except Invalid as refusal:
        return _page(campaign_id, _read(campaign_id, handle), typed=typed, refusal=refusal), 400
    own = read_own_scores(reading(), actor=acting(), desk=desk(), campaign_id=campaign_id, handle=handle)
    if any(_shown(typed, c) != c.reason for c in own if c.id != typed.criterion_id):
        # A reason typed beside another criterion is not saved yet: a redirect would lose it.
        now, saved = _read(campaign_id, handle), saved_score(campaign_id, handle, typed.criterion_id)
        return _page(campaign_id, now, typed=typed, saved=saved)
    return redirect(_onward(campaign_id, handle, own, typed.criterion_id, was_scored=was_scored), 303)


def _undo(campaign_id: UUID, handle: UUID, typed: Typed, criterion_id: UUID) -> str:
    """Take the score back and show its answer, with its reason and whatever else was typed on the page."""
    with writing() as session:
        undone = undo_score(
            session,
            actor=acting(),
            desk=desk(),
            campaign_id=campaign_id,
            handle=handle,
            criterion_id=criterion_id,
        )
    reasons = {key: reason for key, reason in typed.reasons.items() if key != criterion_id}
    if undone is not None and undone.restored is None:
        reasons[criterion_id] = undone.reason
    return _page(campaign_id, _read(campaign_id, handle), typed=Typed(reasons=reasons), undone=undone)


def _save(campaign_id: UUID, handle: UUID, typed: Typed) -> bool:
    """Save the score; whether it changed an answer that had all its scores before."""
    with writing() as session:
        was_scored = is_answer_scored(session, actor=acting(), campaign_id=campaign_id, handle=handle)
        if typed.criterion_id is None or typed.value is None:
            raise Invalid("Choose a score.", "value")
        is_new = score_answer(
            session,
            actor=acting(),
            desk=desk(),
            campaign_id=campaign_id,
            handle=handle,
            criterion_id=typed.criterion_id,
            value=typed.value,
            reason=typed.reasons.get(typed.criterion_id, ""),
        )
    return was_scored and is_new


def _onward(
    campaign_id: UUID, handle: UUID, own: Sequence[OwnCriterion], criterion_id: UUID | None, *, was_scored: bool
) -> str:
    """The same answer at its next criterion; the next answer once this one is complete; the queue at the end."""
    flags: dict[str, Any] = {"campaign_id": campaign_id, "scored": handle, "criterion": criterion_id}
    to_score = next((criterion for criterion in own if not criterion.is_scored), None)
    if to_score is not None:
        return url_for(".answer", handle=handle, _anchor=f"criterion-{to_score.id}", **flags)
    if was_scored:
        return url_for(".answer", handle=handle, **flags)
    following = find_next(reading(), actor=acting(), campaign_id=campaign_id, after=handle)
    if following is None:
        return url_for(".queue", **flags)
    return url_for(".answer", handle=following, **flags)
