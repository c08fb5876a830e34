"""Every address with an id of somebody else's in one place: it must look like what does not exist."""

from __future__ import annotations

from uuid import uuid4

from flask import Flask

from tests.support.visitors import Visitors, addresses, plain

VARIABLES = (
    "campaign_id", "question_id", "criterion_id", "vacancy_id", "person_id", "handle", "publication_id",
    "return_id", "target_id", "request_id", "group_id", "entry_id", "report_id", "sheet_id", "joint_id",
    "scorer_id", "sample_id", "entered_id", "paper_id", "recognised_id",
)  # fmt: skip
# Adverts are for everybody, whoever the campaign is of; a draft has none.
OWNERS = {"candidate": "candidate", "shortlister": "shortlister", "panel": "chair", "analyst": "analyst",
          "auditor": "auditor", "admin": "administrator", "recruiter": "recruiter",
          "pool": "recruiter", "entries": "colleague", "post_room": "colleague"}  # fmt: skip


def owner_of(endpoint: str) -> str:
    return "deputy" if endpoint in ("panel.reveal", "panel.agree") else OWNERS[endpoint.split(".")[0]]


def check_foreign_ids(visitors: Visitors, app: Flask, foreign: dict) -> int:
    """Put another's id in place of each id of each address; how many were tried."""
    values, tried = visitors.values(), 0
    for address in addresses(app, values):
        for method, endpoint in address.endpoints.items():
            if endpoint == "static" or endpoint.startswith(("account.", "pages.")) or method == "HEAD":
                continue
            client = visitors.client(app, owner_of(endpoint))
            absent = plain(client.get("/there-is-no-such-page"))
            for variable in set(VARIABLES) & address.arguments:
                for other in (*foreign.get(variable, ()), uuid4()):
                    path = address.path.replace(str(values[variable]), str(other))
                    assert path != address.path
                    answer = client.open(path, method=method)
                    told = (method, path, endpoint, variable, answer.status_code)
                    assert (answer.status_code, plain(answer) == absent) == (404, True), told
                    tried += 1
    return tried


def foreign_ids(visitors: Visitors) -> dict[str, list]:
    """Ids that exist: of another campaign of the body, and of another body."""
    return {
        name: [found[name] for found in (visitors.others, visitors.foreign)]
        for name in ("campaign_id", "question_id", "criterion_id", "vacancy_id", "sample_id")
    } | {
        name: [visitors.foreign[name]]
        for name in (
            "person_id",
            "publication_id",
            "return_id",
            "target_id",
            "request_id",
            "group_id",
            "entry_id",
            "report_id",
        )
    }
