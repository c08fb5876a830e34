"""How the sample's panel comes to its interviews: declarations, the check, bookings, and the lead's checklist."""

from __future__ import annotations

from uuid import UUID

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.inclusion_checklist import ItemAnswer
from recruitment.rules.permissions import PANEL_ROLES, Role
from recruitment.services import bookings, conflicts, inclusion_checklists, panel_checks, waivers
from recruitment.services.panels import standing_entries
from recruitment.services.relationships import match_relationships
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.campaigns import Campaign
from recruitment.store.panels import Booking
from recruitment.store.people import people_with_role


def _actors(desk: StaffDesk, campaign_id: UUID, *roles: Role) -> list[Actor]:
    with desk.sessions.reading() as session:
        organisation_id = session.get_one(Campaign, campaign_id).organisation_id
        return [
            Actor(ActorKind.STAFF, person.id, organisation_id)
            for person in people_with_role(session, campaign_id, *roles)
        ]


def prepare_panel(desk: StaffDesk, campaign_id: UUID) -> list[UUID]:
    """Everybody declares that they know nobody, and the panel is checked; the applications to interview."""
    recruiter = _actors(desk, campaign_id, Role.RECRUITER)[0]
    match_relationships(desk, campaign_id)
    with desk.sessions.reading() as session:
        entries = standing_entries(session, campaign_id)
    for member in _actors(desk, campaign_id, *sorted(PANEL_ROLES)):
        with desk.sessions.writing() as session:
            conflicts.declare(
                session,
                actor=member,
                desk=desk,
                campaign_id=campaign_id,
                declared={entry: conflicts.Declared(knows=False) for entry in entries},
            )
    _rule_on_matches(desk, campaign_id)
    check_sample_panel(desk, recruiter, campaign_id)
    return entries


def prepare_interviews(desk: StaffDesk, campaign_id: UUID) -> int:
    """The panel is prepared, and interviews are booked for today; how many."""
    entries = prepare_panel(desk, campaign_id)
    recruiter = _actors(desk, campaign_id, Role.RECRUITER)[0]
    booked = 0
    with desk.sessions.writing() as session:
        for place, entry in enumerate(entries):
            if session.get(Booking, (campaign_id, entry)) is None:
                bookings.book_interview(
                    session,
                    actor=recruiter,
                    desk=desk,
                    campaign_id=campaign_id,
                    application_id=entry,
                    day=desk.now.date(),
                    begins=f"{6 + place // 6:02d}:{10 * (place % 6):02d}",
                    place="Room 4",
                )
                booked += 1
    return booked


def _rule_on_matches(desk: StaffDesk, campaign_id: UUID) -> None:
    """Some candidates say that they know a member: whoever must rule sees no conflict in it."""
    for voice in _actors(desk, campaign_id, *sorted(PANEL_ROLES)):
        with desk.sessions.writing() as session:
            for case in conflicts.list_cases(session, actor=voice, desk=desk, campaign_id=campaign_id):
                if case.is_own_voice_needed:
                    conflicts.rule_on_conflict(
                        session,
                        actor=voice,
                        desk=desk,
                        campaign_id=campaign_id,
                        application_id=case.application_id,
                        person_id=case.person_id,
                        is_conflict=False,
                        reason="They met at work years ago, and are not close.",
                    )


def check_sample_panel(desk: StaffDesk, recruiter: Actor, campaign_id: UUID) -> None:
    """Check the panel as it would be booked; where its composition needs a reason, one is given."""
    with desk.sessions.reading() as session:
        checked = panel_checks.prepare_check(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    with desk.sessions.writing() as session:
        panel_checks.keep_check(session, actor=recruiter, desk=desk, checked=checked)
        for finding in panel_checks.lacking_reasons(session, campaign_id, checked):
            waivers.give_reason(
                session,
                actor=recruiter,
                desk=desk,
                campaign_id=campaign_id,
                rule=finding.rule,
                reason="Nobody else who is trained was free in these two weeks.",
                who_was_asked="The staff networks and the inclusion advisers, by mail on the first day.",
            )


def complete_checklist(desk: StaffDesk, campaign_id: UUID) -> int:
    """The inclusion lead answers what evidence has not answered; how many items."""
    answered = 0
    for lead in _actors(desk, campaign_id, Role.INCLUSION_LEAD):
        with desk.sessions.writing() as session:
            items = inclusion_checklists.read_inclusion_checklist(
                session, actor=lead, desk=desk, campaign_id=campaign_id
            )
            for each in items:
                if each.is_open:
                    is_plain = each.item.evidence is None
                    inclusion_checklists.answer_item(
                        session,
                        actor=lead,
                        desk=desk,
                        campaign_id=campaign_id,
                        item=each.item.key,
                        answer=ItemAnswer.YES if is_plain else ItemAnswer.NOT_APPLICABLE,
                        note="" if is_plain else "Talked over with the recruiter.",
                    )
                    answered += 1
    return answered
