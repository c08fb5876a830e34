"""What a campaign leaves as evidence: rules in force, findings, waivers, scores, moderation, trail, release.

No names and no characteristics. Staff stand as "Shortlister 1"; sift scores stand by reference, interview scores
as "Candidate 1", and nothing joins the two: a reference below the line among the interviewed would tell who came
under the Disability Confident scheme. Verdicts on a panel's composition are left out, as a panel has few members.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import ActorKind
from recruitment.rules.disclosure import ReleaseTable
from recruitment.rules.panels import RULES
from recruitment.rules.release_formats import tables_from_json, tables_to_csv
from recruitment.services.first_sift_evidence import first_sift_rows, first_sift_rules
from recruitment.services.given_scores import GivenScores, read_given_scores
from recruitment.services.panel_policies import policy_of
from recruitment.services.trail import list_events
from recruitment.store.campaigns import (
    Campaign,
    list_anchors,
    list_criteria,
    list_questions,
    list_stages,
)
from recruitment.store.interviews import InterviewScore, Outcome
from recruitment.store.organisations import Organisation
from recruitment.store.panels import AgreedScore, PanelCheck, PanelWaiver
from recruitment.store.people import Person
from recruitment.store.releases import Release
from recruitment.store.trail import TrailEvent, TrailHead

Row = tuple[str | int, ...]
_TYPED = frozenset({"reason", "ground", "wording", "words", "text", "note", "basis", "recipient", "title", "name"})
_MACHINE_WORD = re.compile(r"[a-z0-9_.:/+-]{1,200}")
_STAFF = "a member of staff"


@dataclass(frozen=True)
class TrailExtract:
    """An event without what staff typed. `detail` is None where something was left out, or a candidate acted: the
    digests then chain it, and the whole event stays with the body."""

    number: int
    at: str
    actor: str
    event: str
    detail: dict[str, Any] | None
    previous: str
    digest: str


@dataclass(frozen=True)
class Evidence:
    """Everything of a pack, in the order in which a person reads it; rows begin with their heading."""

    organisation: str
    campaign_id: UUID
    title: str
    state: str
    made_at: datetime
    rules: dict[str, Any]
    findings: tuple[Row, ...]
    waivers: tuple[Row, ...]
    first_sift: tuple[Row, ...]
    sift_scores: tuple[Row, ...]
    moderation: tuple[Row, ...]
    interview_scores: tuple[Row, ...]
    outcomes: tuple[Row, ...]
    release: tuple[ReleaseTable, ...]
    release_csv: str
    trail: tuple[TrailExtract, ...]
    trail_number: int
    trail_digest: str


def gather_evidence(session: Session, campaign: Campaign, *, at: datetime) -> Evidence:
    """From a read session; the statements do not grow with the number of applications."""
    organisation = session.get_one(Organisation, campaign.organisation_id)
    names = _Names(session.scalars(select(Person.name).where(Person.organisation_id == campaign.organisation_id)))
    given = read_given_scores(session, campaign)
    release = session.scalars(select(Release).where(Release.campaign_id == campaign.id)).first()
    tables = _tables(release)
    head = session.get(TrailHead, campaign.id)
    labels = _interview_labels(session, campaign.id)
    return Evidence(
        organisation.name,
        campaign.id,
        campaign.title,
        campaign.state,
        at,
        _rules(session, campaign, names),
        _findings(session, campaign.id, names),
        _waivers(session, campaign.id, names),
        first_sift_rows(session, campaign.id),
        _sift_scores(given),
        _moderation(given),
        _interview_scores(session, campaign.id, labels),
        _outcomes(session, campaign.id, labels),
        tables,
        tables_to_csv(tables, base=release.base) if release else "",
        tuple(_extracts(session, campaign.id)),
        head.number if head else 0,
        head.digest.hex() if head else "",
    )


class _Names:
    """Replaces the names of staff in sentences."""

    def __init__(self, names: Iterable[str]) -> None:
        ordered = sorted({name for name in names if name.strip()}, key=len, reverse=True)
        self._found = re.compile("|".join(map(re.escape, ordered)), re.IGNORECASE) if ordered else None

    def without(self, sentence: str) -> str:
        return sentence if self._found is None else self._found.sub(_STAFF, sentence)


def _rules(session: Session, campaign: Campaign, names: _Names) -> dict[str, Any]:
    guide: dict[UUID, dict[str, str]] = {}
    for anchor in list_anchors(session, campaign.id):
        guide.setdefault(anchor.criterion_id, {})[str(anchor.score)] = anchor.text
    policy = policy_of(session, campaign)
    return {
        "kind": campaign.kind,
        "opened": campaign.opens_at.isoformat(),
        "closed": campaign.closes_at.isoformat(),
        "stages": [{"kind": stage.kind, "name": stage.name} for stage in list_stages(session, campaign.id)],
        "questions": [row.text for row in list_questions(session, campaign.id)],
        "scale": [campaign.scale_min, campaign.scale_max],
        "shortlisters for each answer": campaign.shortlisters_per_answer,
        "criteria": [
            {
                "name": row.name,
                "weight": row.weight,
                "minimum": row.minimum,
                "stage": row.stage_position,
                "guide": guide.get(row.id, {}),
            }
            for row in list_criteria(session, campaign.id)
        ],
        "interview line": campaign.interview_line,
        "reason for the line": names.without(campaign.interview_line_reason),
        "limit of interviews": campaign.volume_cap,
        "reason for the limit": names.without(campaign.volume_reason),
        "first sift": _without(names, first_sift_rules(session, campaign.id)),
        "inclusion question": campaign.inclusion_question,
        "rules for panels": {
            "version": policy.version,
            "rules": [
                {key: value for key, value in asdict(each).items() if value not in ("", 0, ())}
                for each in policy.settings
            ],
        },
    }


def _without(names: _Names, told: dict[str, Any] | None) -> dict[str, Any] | None:
    return told and told | {"reason": names.without(told["reason"])}


def _is_composition(rule: str) -> bool:
    return rule not in RULES or RULES[rule].is_composition


def _title(rule: str) -> str:
    return RULES[rule].title if rule in RULES else rule.replace("_", " ")


def _findings(session: Session, campaign_id: UUID, names: _Names) -> tuple[Row, ...]:
    rows: list[Row] = [("Checked at", "For", "Rules, version", "Rule", "Verdict", "Finding")]
    for check in session.scalars(
        select(PanelCheck)
        .where(PanelCheck.campaign_id == campaign_id)
        .order_by(PanelCheck.checked_at, PanelCheck.id)
    ):
        rows += [
            (
                check.checked_at.isoformat(),
                check.purpose,
                check.policy_version,
                _title(finding["rule"]),
                str(finding["verdict"]),
                names.without(finding["sentence"]),
            )
            for finding in check.findings
            if not _is_composition(finding["rule"])
        ]
    return tuple(rows)


def _waivers(session: Session, campaign_id: UUID, names: _Names) -> tuple[Row, ...]:
    rows: list[Row] = [("Asked at", "Rule", "Reason", "Who was asked", "Decision", "Reason for the decision")]
    for row in session.scalars(
        select(PanelWaiver).where(PanelWaiver.campaign_id == campaign_id).order_by(PanelWaiver.asked_at)
    ):
        if not _is_composition(row.rule):
            decided = {True: "approved", False: "refused", None: "not decided"}[row.is_approved]
            texts = (row.reason, row.who_was_asked), (row.decision_reason,)
            first, last = (tuple(map(names.without, each)) for each in texts)
            rows.append((row.asked_at.isoformat(), _title(row.rule), *first, decided, *last))
    return tuple(rows)


def _numbered(keys: Iterable[str], noun: str) -> dict[str, str]:
    return {key: f"{noun} {number}" for number, key in enumerate(sorted(set(keys)), 1)}


def _sift_scores(given: GivenScores) -> tuple[Row, ...]:
    criteria = {one.id.hex: one.name for one in given.criteria}
    scorers = _numbered((score.scorer for score in given.case.scores), "Shortlister")
    rows = sorted(
        (given.references[unit[0]], criteria[unit[2]], scorers[score.scorer], score.value)
        for score in given.case.scores
        for unit in (score.unit,)
    )
    return (("Reference", "Criterion", "Scored by", "Score"), *rows)


def _moderation(given: GivenScores) -> tuple[Row, ...]:
    criteria = {one.id.hex: one.name for one in given.criteria}
    originals: dict[Any, list[int]] = {}
    for score in given.case.scores:
        originals.setdefault(score.unit, []).append(score.value)
    rows = sorted(
        (
            given.references[unit[0]],
            criteria[unit[2]],
            " and ".join(map(str, sorted(originals[unit]))),
            agreed if (agreed := given.case.agreed.get(unit)) is not None else "not agreed",
        )
        for unit in given.arranged
    )
    return (("Reference", "Criterion", "Scores given alone", "Agreed"), *rows)


def _interview_labels(session: Session, campaign_id: UUID) -> dict[UUID, str]:
    """ "Candidate 1" and so on, in order of merit: no reference, so that nothing joins sift and interview."""
    ordered = session.execute(
        select(Outcome.application_id, Outcome.merit).where(Outcome.campaign_id == campaign_id)
    ).all()
    ranked = sorted(ordered, key=lambda one: (one[1] is None, one[1] or 0, one[0].hex))
    return {application_id: f"Candidate {number}" for number, (application_id, _) in enumerate(ranked, 1)}


def _interview_scores(session: Session, campaign_id: UUID, labels: Mapping[UUID, str]) -> tuple[Row, ...]:
    criteria = {row.id: row.name for row in list_criteria(session, campaign_id)}
    agreed = {
        (row.application_id, row.criterion_id): row.value
        for row in session.scalars(select(AgreedScore).where(AgreedScore.campaign_id == campaign_id))
    }
    scores = session.scalars(select(InterviewScore).where(InterviewScore.campaign_id == campaign_id)).all()
    members = _numbered((row.person_id.hex for row in scores), "Member")
    places = {label: place for place, label in enumerate(labels.values())}
    rows = sorted(
        (
            (
                labels.get(row.application_id, "Without outcome"),
                criteria[row.criterion_id],
                members[row.person_id.hex],
                row.value,
                agreed.get((row.application_id, row.criterion_id), ""),
            )
            for row in scores
        ),
        key=lambda row: (places.get(row[0], len(places)), *map(str, row[1:3])),
    )
    return (("Candidate", "Criterion", "Scored by", "Score", "Agreed after discussion"), *rows)


def _outcomes(session: Session, campaign_id: UUID, labels: Mapping[UUID, str]) -> tuple[Row, ...]:
    results = {
        row.application_id: (row.merit if row.merit is not None else "", row.result)
        for row in session.scalars(select(Outcome).where(Outcome.campaign_id == campaign_id))
    }
    return (
        ("Candidate", "Order of merit", "Outcome"),
        *((label, *results[application_id]) for application_id, label in labels.items()),
    )


def _tables(release: Release | None) -> tuple[ReleaseTable, ...]:
    return tables_from_json(json.dumps(release.tables[0])) if release else ()


def _extracts(session: Session, campaign_id: UUID) -> Iterable[TrailExtract]:
    after = 0
    while events := list_events(session, campaign_id, after=after, limit=1000):
        yield from map(_extract, events)
        after = events[-1].number


def _extract(event: TrailEvent) -> TrailExtract:
    kind = event.actor.partition(":")[0]
    is_whole = kind != ActorKind.CANDIDATE and _is_plain(event.detail)
    return TrailExtract(
        event.number,
        event.at.isoformat(),
        event.actor if is_whole else kind,
        event.event,
        event.detail if is_whole else None,
        event.previous.hex(),
        event.digest.hex(),
    )


def _is_plain(detail: Any) -> bool:
    """Whether a detail holds only numbers, ids and words of the program, nothing that somebody typed."""
    if isinstance(detail, dict):
        return not _TYPED & detail.keys() and all(map(_is_plain, detail.values()))
    if isinstance(detail, list):
        return all(map(_is_plain, detail))
    if isinstance(detail, str):
        return _MACHINE_WORD.fullmatch(detail) is not None
    return detail is None or isinstance(detail, bool | int | float)
