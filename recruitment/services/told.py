"""Whether everybody who applied to a campaign was told how it ended, from its letters alone."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.letters import TOLD
from recruitment.services.letters import due_letters
from recruitment.store.campaigns import Campaign
from recruitment.store.letters import OutcomeLetter


@dataclass(frozen=True)
class Told:
    """`owed`: no letter was begun; `waiting`: one was, and has not been sent; `sent`: letters sent."""

    sent: int
    owed: int
    waiting: int


def told_standing(session: Session, campaign: Campaign) -> Told:
    """For the checklist after the campaign; whoever calls it has asked for the permission."""
    due, still = due_letters(session, campaign)
    states = {
        state: number
        for state, number in session.execute(
            select(OutcomeLetter.state, func.count())
            .where(OutcomeLetter.campaign_id == campaign.id)
            .group_by(OutcomeLetter.state)
        )
    }
    sent = sum(number for state, number in states.items() if state in TOLD)
    return Told(sent, len(due) + still, sum(states.values()) - sent)
