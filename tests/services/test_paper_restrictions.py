"""Who has no e-mail address is told by post what becomes of a restriction or an objection of theirs."""

from __future__ import annotations

import pytest

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.rights import Ground, Right
from recruitment.services import restrictions, rights_decisions
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Application
from recruitment.store.candidates import Candidate
from recruitment.store.rights import RightsRequest
from tests.services.test_paper_changes import ENVELOPE, letters, rows
from tests.services.test_paper_letters import act
from tests.support.entering import add_colleague, enter

pytestmark = pytest.mark.sqlite_only


@pytest.mark.parametrize("kind", [Right.RESTRICTION, Right.OBJECTION])
def test_what_is_decided_on_a_restriction_goes_by_post_and_speaks_of_no_page_and_no_erasure(world, kind):
    opened = world.campaign(until=CampaignState.OPEN, applications=1)
    reference = enter(world, opened, add_colleague(world))
    run_due_jobs(world.staff_desk, None)
    letters(world, add_colleague(world, "Printer"))
    (found,) = rows(world, Application, Application.reference == reference)
    account = Actor(ActorKind.CANDIDATE, found.candidate_id, world.organisation_id)
    asked = {"campaign_id": opened, "words": "I am ill."}
    if kind is Right.RESTRICTION:
        asked["ground"] = Ground.CLAIM
    ask = restrictions.ask_restriction if kind is Right.RESTRICTION else restrictions.ask_objection
    act(world, ask, account, **asked)
    (request,) = rows(world, RightsRequest)
    decided = {"is_agreed": True, "reason": "For the claim."}
    act(world, rights_decisions.decide_request, world.actor("recruiter"), request_id=request.id, **decided)
    run_due_jobs(world.staff_desk, None)
    (letter,) = letters(world, add_colleague(world, "Poster"))
    assert letter.address[0] == ENVELOPE[0] and reference in letter.body and "For the claim." in letter.body
    assert "Your data" not in letter.body and "is erased" not in letter.body
    assert len(rows(world, Candidate, Candidate.id == found.candidate_id)) == 1
    act(
        world, rights_decisions.plan_end, world.actor("recruiter"), request_id=request.id, reason="It is over."
    )  # fmt: skip
    run_due_jobs(world.staff_desk, None)
    (letter,) = letters(world, add_colleague(world, "Again"))
    assert "It is over." in letter.body and "Your data" not in letter.body
