"""A campaign's evidence as one signed file, and the check of such a file without database and private keys."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.evidence_packs import PackHead, fingerprint, read_pack, write_pack
from recruitment.rules.permissions import Permission
from recruitment.rules.release_formats import plain_cell, tables_to_json
from recruitment.services.evidence import Evidence, Row, gather_evidence
from recruitment.services.permissions import require
from recruitment.services.quality_checklists import checklist_of, written_lines
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import START, event_digest, record_event
from recruitment.store.campaigns import Campaign
from recruitment.vault.bindings import bind
from recruitment.vault.signing import is_signed

FINAL = (CampaignState.DECIDED, CampaignState.TALLIED, CampaignState.RELEASED)
_PURPOSE = "evidence pack"


@dataclass(frozen=True)
class MadePack:
    """`digest`: SHA-256 of the file; `fingerprint`: of the key that signed it."""

    content: bytes
    digest: bytes
    fingerprint: str


def evidence_of(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID) -> Evidence:
    """What a pack made now would hold; `TooSoon` until the outcomes are final."""
    campaign = require(session, actor, campaign_id, Permission.MAKE_EVIDENCE_PACK)
    require_state(CampaignState(campaign.state), *FINAL, act="read or pack the evidence")
    return gather_evidence(session, campaign, at=desk.now)


def prepare_pack(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    report: Callable[[Evidence], str],
) -> MadePack:
    """Gather, write and sign, in a read session; `report` makes the page that a person reads first.

    `TooSoon` until the outcomes are final. The pack is not handed out before `keep_pack` is committed.
    """
    evidence = evidence_of(session, actor=actor, desk=desk, campaign_id=campaign_id)
    checklist = checklist_of(session, session.get_one(Campaign, campaign_id))
    signed = {"signed by": "the recruiter", "signed at": checklist.signed_at} if checklist.signed_at else {}
    files = {
        **_files(evidence),
        "checklist.json": _json({**signed, "items": written_lines(checklist.lines)}),
        "report.html": report(evidence).encode(),
    }
    key = desk.vault.verifying_key
    head = PackHead(
        evidence.organisation,
        str(evidence.campaign_id),
        evidence.title,
        evidence.made_at.isoformat(),
        evidence.trail_number,
        evidence.trail_digest,
    )
    content = write_pack(head, files, key, lambda manifest: desk.vault.sign_statement(_statement(manifest)))
    return MadePack(content, hashlib.sha256(content).digest(), fingerprint(key))


def keep_pack(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, made: MadePack) -> None:
    """Chain the pack to the trail: the event names the file's digest, the file the event before."""
    require(session, actor, campaign_id, Permission.MAKE_EVIDENCE_PACK)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="evidence_pack_made",
        sha256=made.digest.hex(),
    )


def signing_fingerprint(desk: StaffDesk) -> str:
    """Of the key that signs packs here: to be published by the body, and compared by whoever checks one."""
    return fingerprint(desk.vault.verifying_key)


def _statement(manifest: bytes) -> bytes:
    return bind(_PURPOSE, hashlib.sha256(manifest).digest())


def _json(content: Any) -> bytes:
    return (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n").encode()


def _csv(rows: Sequence[Row]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [plain_cell(value) if isinstance(value, str) else value for value in row] for row in rows
    )
    return out.getvalue().encode()


def _files(evidence: Evidence) -> dict[str, bytes]:
    files = {
        "rules.json": _json(evidence.rules),
        "findings.csv": _csv(evidence.findings),
        "waivers.csv": _csv(evidence.waivers),
        "sift-scores.csv": _csv(evidence.sift_scores),
        "moderation.csv": _csv(evidence.moderation),
        "interview-scores.csv": _csv(evidence.interview_scores),
        "outcomes.csv": _csv(evidence.outcomes),
        "trail.jsonl": b"".join(
            json.dumps(asdict(one), sort_keys=True).encode() + b"\n" for one in evidence.trail
        ),
    }
    if evidence.rules["first sift"]:
        files["first-sift.csv"] = _csv(evidence.first_sift)
    if evidence.release:
        files["release.json"] = (tables_to_json(evidence.release) + "\n").encode()
        files["release.csv"] = evidence.release_csv.encode()
    return files


@dataclass(frozen=True)
class Verified:
    """What `verify_pack` found; a pack is good when `problems` is empty and `fingerprint` is the body's own."""

    head: PackHead | None
    fingerprint: str
    files: tuple[str, ...]
    problems: tuple[str, ...]


def verify_pack(content: bytes, *, key: bytes | None = None) -> Verified:
    """Check a pack offline; `key`: the body's verifying key (32 bytes), where it is known."""
    found = read_pack(
        content, lambda held, message, signature: is_signed(held, _statement(message), signature), key=key
    )
    problems = list(found.problems)
    if found.head is not None and "trail.jsonl" in found.files:
        problems += _trail_problems(found.files["trail.jsonl"], found.head)
    said = fingerprint(found.key) if found.key else ""
    return Verified(found.head, said, tuple(sorted(found.files)), tuple(problems))


def _trail_problems(written: bytes, head: PackHead) -> list[str]:
    """Breaks of the chain of an extract: each event follows the one before; whole ones are worked out again."""
    problems: list[str] = []
    previous, number = START.hex(), 0
    try:
        events = [json.loads(line) for line in written.splitlines()]
        for number, event in enumerate(events, 1):
            if event["number"] != number or event["previous"] != previous:
                problems.append(f"trail.jsonl: event {number} does not follow the one before it.")
            if event["detail"] is not None and _worked_out(UUID(head.campaign), event) != event["digest"]:
                problems.append(f"trail.jsonl: event {number} was altered.")
            previous = event["digest"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return [*problems, f"trail.jsonl cannot be read after event {number}."]
    if (number, previous if number else "") != (head.trail_number, head.trail_digest):
        problems.append("trail.jsonl does not end with the event that the manifest names.")
    return problems


def _worked_out(chain_id: UUID, event: dict[str, Any]) -> str:
    at, previous = datetime.fromisoformat(event["at"]), bytes.fromhex(event["previous"])
    return event_digest(
        chain_id, event["number"], at, event["actor"], event["event"], event["detail"], previous
    ).hex()
