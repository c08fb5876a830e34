"""The evidence pack of a campaign whose outcomes are final: what it holds, and the file."""

from __future__ import annotations

import io
from uuid import UUID

from flask import Response, render_template, send_file

from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.evidence import Evidence
from recruitment.services.evidence_packs import FINAL, evidence_of, keep_pack, prepare_pack, signing_fingerprint
from recruitment.web.access import allow, reading, writing
from recruitment.web.recruiter import recruiter
from recruitment.web.site import acting, staff_desk


@recruiter.get("/campaigns/<uuid:campaign_id>/evidence")
@allow(Permission.MAKE_EVIDENCE_PACK)
def evidence(campaign_id: UUID) -> str:
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id)
    return render_template(
        "recruiter/evidence_packs/make.html",
        facts=facts,
        is_ready=facts.state in FINAL,
        fingerprint=signing_fingerprint(staff_desk()),
    )


@recruiter.get("/campaigns/<uuid:campaign_id>/evidence/read")
@allow(Permission.MAKE_EVIDENCE_PACK)
def read_evidence(campaign_id: UUID) -> str:
    session = reading()
    found = evidence_of(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    facts = read_facts(session, actor=acting(), campaign_id=campaign_id)
    return render_template("recruiter/evidence_packs/read.html", facts=facts, found=found)


@recruiter.post("/campaigns/<uuid:campaign_id>/evidence")
@allow(Permission.MAKE_EVIDENCE_PACK)
def make_evidence_pack(campaign_id: UUID) -> Response:
    made = prepare_pack(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id, report=_report)
    with writing() as session:
        keep_pack(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, made=made)
    return send_file(
        io.BytesIO(made.content),
        mimetype="application/zip",
        as_attachment=True,
        download_name="evidence-pack.zip",
        max_age=0,
    )


def _report(found: Evidence) -> str:
    return render_template("recruiter/evidence_packs/report.html", found=found)
