"""A panel with everything that can befall one."""

from __future__ import annotations

from typing import Any

from recruitment.rules.campaigns import CampaignState
from recruitment.services import challenges, conflicts, pool, substitutes
from recruitment.services.interview_results import interview_criteria
from recruitment.services.panels import standing_entries
from recruitment.store.panels import AgreedScore, PanelReason, PanelWaiver, RelationshipMatch
from tests.support.times import fill_slots
from tests.support.world import World

Rows = dict[str, list[tuple[Any, ...]]]


def trouble_a_panel(world: World) -> None:
    """A panel with everything that can befall one: known candidates, a substitute, a waiver, a challenge."""
    desk, recruiter, chair = world.staff_desk, world.actor("recruiter"), world.actor("shortlister_one")
    campaign_id = world.campaign(until=CampaignState.REVEALED, applications=12, seed=3, title="Third campaign")
    member = world.actor("member")
    fill_slots(world, campaign_id)
    with desk.sessions.writing() as session:
        first, second, *_ = standing_entries(session, campaign_id)
        asked = {"desk": desk, "campaign_id": campaign_id}
        session.add(
            RelationshipMatch(campaign_id=campaign_id, application_id=first, person_id=member.id, nature=b"sealed")
        )
        conflicts.declare(
            session,
            actor=member,
            **asked,
            declared={first: conflicts.Declared(True, "We shared a desk for years.")},
        )
        conflicts.rule_on_conflict(
            session,
            actor=chair,
            **asked,
            application_id=first,
            person_id=member.id,
            is_conflict=True,
            reason="Close.",
        )
        substitutes.name_substitute(
            session,
            actor=recruiter,
            **asked,
            application_id=first,
            member_id=member.id,
            substitute_id=world.people["deputy"],
        )
        challenges.raise_challenge(session, actor=member, **asked, text="We asked one of them something else.")
        pool.add_absence(session, actor=member, desk=desk, first_day=desk.now.date(), last_day=desk.now.date())
        today, members = desk.now, sorted(str(world.people[part]) for part in ("member",))
        session.add(
            PanelWaiver(
                campaign_id=campaign_id, id=desk.new_id(), rule="size", members=members, reason="Nobody else.",
                who_was_asked="Everybody.", asked_by=recruiter.id, asked_at=today,
            )
        )  # fmt: skip
        session.add(
            PanelReason(
                campaign_id=campaign_id, id=desk.new_id(), rule="disabled_member", members=members,
                reason="Nobody was free.", who_was_asked="The network.", entered_by=recruiter.id, entered_at=today,
            )
        )  # fmt: skip
        criterion = interview_criteria(session, campaign_id)[0]
        session.add(
            AgreedScore(
                campaign_id=campaign_id, application_id=second, criterion_id=criterion.id, value=5,
                reason=b"sealed", agreed_by=chair.id, agreed_at=today,
            )
        )  # fmt: skip
