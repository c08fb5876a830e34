"""The worker's letters on requests by right: what was decided, and that a restriction ends."""

from __future__ import annotations

from uuid import UUID

from recruitment.rules.actors import system_actor
from recruitment.rules.letters_on_paper import postal_address
from recruitment.rules.paper_replies import Reply
from recruitment.rules.rights import Right, RightStanding, answer_letter, ending_letter
from recruitment.services.jobs import TELL_ON_PAPER, enqueue
from recruitment.services.organisation_settings import UK
from recruitment.services.outgoing import open_account_addressees
from recruitment.services.post import in_language, post_sealed, seal_message
from recruitment.services.restrictions import end_restriction
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.applications import Application
from recruitment.store.campaigns import lock_campaign
from recruitment.store.candidates import Candidate
from recruitment.store.organisations import Organisation
from recruitment.store.rights import RightsRequest
from recruitment.vault.sealing.contact import Letter


def tell_right(desk: StaffDesk, request_id: UUID) -> None:
    """Write to the candidate once what was decided, and once more before a restriction ends (Article 18(3)).

    Who has no e-mail address gets it on paper; of an erasure in the letter with which their account goes too.
    """
    with desk.sessions.reading() as session:
        row = session.get(RightsRequest, request_id)
        if row is None or row.standing == RightStanding.WAITING or row.told_at is not None:
            return
        account = session.get(Candidate, row.candidate_id)
        if account is None:
            return  # retention was first
        body = session.get_one(Organisation, row.organisation_id).name
        keys = desk.vault.public_keys(session, row.organisation_id)
    reader = open_account_addressees(
        desk,
        actor=system_actor(row.organisation_id),
        accounts=[(account.id, account.address_sealed)],
        ground="to answer a request by right",
    )[account.id]
    is_on_paper = postal_address(reader.address) is not None
    letter = Letter(reader.address, *_words(row, body, is_on_paper=is_on_paper))
    message_id, blob = seal_message(desk, keys, in_language(letter, reader.language))
    with desk.sessions.writing() as session:
        held = session.get(RightsRequest, request_id, with_for_update=True, populate_existing=True)
        if held is None or held.told_at is not None or held.ends_at != row.ends_at:
            return
        held.told_at = desk.now
        if is_on_paper and row.kind == Right.ERASURE:
            reply = Reply.ERASED if row.standing == RightStanding.DONE else Reply.ERASURE_REFUSED
            enqueue(
                session, desk=desk, kind=TELL_ON_PAPER, candidate_id=account.id, reply=reply, request_id=row.id
            )  # fmt: skip
        else:
            post_sealed(session, desk=desk, organisation_id=row.organisation_id, message_id=message_id, blob=blob)


def _words(row: RightsRequest, body: str, *, is_on_paper: bool) -> tuple[str, str]:
    if row.ends_at is not None:
        return ending_letter(body, row.reference, row.ends_at.astimezone(UK).date(), row.reason)
    return answer_letter(
        body, Right(row.kind), row.reference, RightStanding(row.standing), row.reason, is_on_paper=is_on_paper
    )


def end_due_restriction(desk: StaffDesk, request_id: UUID) -> None:
    """End a restriction of which the candidate was told that it ends."""
    with desk.sessions.reading() as session:
        found = session.get(RightsRequest, request_id)
    if found is None or found.campaign_id is None:
        return
    with desk.sessions.writing() as session:
        # The campaign first, as where its owner ends it.
        lock_campaign(session, found.campaign_id)
        row = session.get(RightsRequest, request_id, with_for_update=True, populate_existing=True)
        if row is None or row.ends_at is None or row.ends_at > desk.now:
            return
        application = session.get(Application, (row.campaign_id, row.application_id))
        if application is None or application.restricted_at is None:
            return
        end_restriction(session, actor=system_actor(row.organisation_id), desk=desk, request=row)
