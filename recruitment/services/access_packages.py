"""The worker's half of candidates' rights: copies of what is held, to the person alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.applications import ADJUSTMENTS
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.closing_times import STANDING_TITLES, ClosingStanding
from recruitment.rules.eligibility import DECLARED_TITLES, REQUIREMENT_TITLES, Declared, Requirement
from recruitment.rules.letters import KIND_TITLES, STATE_WORDS, LetterKind, LetterState
from recruitment.rules.letters_on_paper import postal_address
from recruitment.rules.rights import (
    COPY_AGREED,
    COPY_FILE,
    RIGHT_TITLES,
    STANDING_WORDS,
    Right,
    RightStanding,
    copy_letter,
)
from recruitment.services.application_papers import own_papers
from recruitment.services.openings import record_opening
from recruitment.services.post import in_language, post_letter
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Application, Draft, SealedRecord, is_of
from recruitment.store.campaigns import Campaign, list_questions
from recruitment.store.candidates import Candidate
from recruitment.store.closing_times import ClosingRequest
from recruitment.store.correspondence import questions_of
from recruitment.store.letters import OutcomeLetter
from recruitment.store.organisations import Organisation
from recruitment.store.rights import RightsRequest
from recruitment.store.trail import TrailEvent
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.own import (
    OwnRecords,
    open_own_address,
    open_own_correspondence,
    open_own_records,
)
from recruitment.vault.payloads import dump, load
from recruitment.vault.sealing.contact import Letter
from recruitment.vault.sealing.correspondence import ANSWER, QUESTION
from recruitment.vault.working import WorkingPurpose

_OWN = (Compartment.IDENTITY, Compartment.REQUESTS, Compartment.RELATIONSHIPS, Compartment.ELIGIBILITY)
_GROUND = "the person's own request"
_SEALED = (
    "If you gave any that are not counted yet, they are sealed so that nobody can read one person's, and so "
    "that nobody can tell whether you gave any. You may replace or withdraw them on your page.",
    "",
    "Why we use this, who sees it and how long we keep it stands on our page “What we collect”.",
)
_NOT_ASKED = (
    "You gave us no e-mail address, so we did not ask you the equality questions. Nobody else may answer them.",
    "",
    "Why we use this, who sees it and how long we keep it stands in “What we collect”. We post it if you ask.",
)


def _waiting(desk: StaffDesk, request_id: UUID) -> tuple[RightsRequest, Actor] | None:
    with desk.sessions.reading() as session:
        row = session.get(RightsRequest, request_id)
    if row is None or row.standing != RightStanding.WAITING:
        return None
    return row, Actor(ActorKind.CANDIDATE, row.candidate_id, row.organisation_id)


def _is_agreed(desk: StaffDesk, row: RightsRequest) -> bool:
    """Whether somebody of the staff agreed to this very request, as the trail has it."""
    with desk.sessions.reading() as session:
        events = session.execute(
            select(TrailEvent.actor, TrailEvent.detail).where(
                TrailEvent.chain_id == row.organisation_id, TrailEvent.event == COPY_AGREED
            )
        ).all()
    return any(actor.startswith("staff:") and detail.get("request") == str(row.id) for actor, detail in events)


def _close(desk: StaffDesk, request_id: UUID) -> None:
    """Nothing is held any more of what was asked about."""
    with desk.sessions.writing() as session:
        row = session.get_one(RightsRequest, request_id, with_for_update=True)
        row.standing, row.answered_at, row.sealed = RightStanding.DONE, desk.now, None


def make_access_package(desk: StaffDesk, request_id: UUID) -> None:
    """Open what is held of one person, write it down, and post it to the address of their own account.

    Whoever reads that address can sign in as the person; nobody else gets it, and no copy is kept once it is sent.
    """
    found = _waiting(desk, request_id)
    if found is None or not _is_agreed(desk, found[0]):
        return
    _, actor = found
    with desk.sessions.reading() as session:
        account = session.get(Candidate, actor.id)
        body = session.get_one(Organisation, actor.organisation_id).name
        own = session.execute(
            select(Application, Campaign)
            .join(Campaign, Campaign.id == Application.campaign_id)
            .where(is_of(actor.id))
            .order_by(Application.submitted_at)
        ).all()
        if account is None:
            _close(desk, request_id)
            return
        lines = [f"What {body} holds about you", f"Made on {desk.now:%-d %B %Y}, because you asked for it.", ""]
        receipt = record_opening(
            desk,
            actor=actor,
            compartment=Compartment.CONTACT,
            scope_id=actor.organisation_id,
            records=[account.id],
            ground=_GROUND,
        )
        address, language = open_own_address(desk.vault, receipt, account.id, account.address_sealed)
        postal = postal_address(address)
        reached = f"Postal address: {', '.join(postal.lines)}" if postal else f"E-mail address: {address}"
        lines += ["Your account", f"- {reached}", f"- Made on {account.created_at:%-d %B %Y}", ""]
        for application, campaign in own:
            lines += _of_application(session, desk, actor, application, campaign)
        lines += _drafts(session, desk, actor.id)
        lines += _requests(session, actor.id)
    lines += ["Equality answers", *(_NOT_ASKED if postal else _SEALED)]
    # The copy itself stays as it is held: nothing that somebody typed is taken for a text of ours.
    letter = replace(
        in_language(Letter(address, *copy_letter(body)), language),
        attachment_name=COPY_FILE,
        attachment="\n".join(lines),
    )
    with desk.sessions.writing() as session:
        row = session.get_one(RightsRequest, request_id, with_for_update=True)
        if row.standing != RightStanding.WAITING:
            return
        row.standing, row.answered_at = RightStanding.DONE, desk.now
        post_letter(session, desk=desk, organisation_id=row.organisation_id, letter=letter)
        record_event(
            session,
            at=desk.now,
            chain_id=row.organisation_id,
            actor=actor,
            event="access_package_posted",
            request=request_id,
            applications=len(own),
        )


def _of_application(
    session: Session, desk: StaffDesk, actor: Actor, application: Application, campaign: Campaign
) -> Iterator[str]:
    rows = session.scalars(
        select(SealedRecord).where(
            SealedRecord.campaign_id == campaign.id, SealedRecord.application_id == application.id
        )
    ).all()
    receipts = [
        record_opening(
            desk,
            actor=actor,
            compartment=compartment,
            scope_id=campaign.id,
            records=[application.id],
            ground=_GROUND,
        )
        for compartment in _OWN
        if compartment is not Compartment.ELIGIBILITY or any(row.compartment == compartment for row in rows)
    ]
    blobs = ((row.application_id, row.compartment, row.part, row.blob) for row in rows)
    asked = {str(question.id): question.text for question in list_questions(session, campaign.id)}
    yield f"Your application for “{campaign.title}”, reference {application.reference}"
    yield from _own_words(open_own_records(desk.vault, receipts, blobs), asked)
    is_final = has_reached(CampaignState(campaign.state), CampaignState.DECIDED)
    for heading, said in own_papers(
        session, desk, campaign.id, application.id, are_outcomes_final=is_final
    ).items():
        yield heading
        yield from (f"- {line}" for line in said)
    yield from _letters(session, desk, actor, campaign.id, application.id)
    if not is_final:
        yield "Scores follow once outcomes are final: ask again then."
    yield ""


def _letters(
    session: Session, desk: StaffDesk, actor: Actor, campaign_id: UUID, application_id: UUID
) -> Iterator[str]:
    """Which letters went, and what was asked and answered about them."""
    letters = session.scalars(
        select(OutcomeLetter)
        .where(OutcomeLetter.campaign_id == campaign_id, OutcomeLetter.application_id == application_id)
        .order_by(OutcomeLetter.queued_at, OutcomeLetter.id)
    ).all()
    for letter in letters:
        if letter.kind in set(LetterKind):
            words = STATE_WORDS[LetterState(letter.state)].lower()
            yield f"- Letter “{KIND_TITLES[LetterKind(letter.kind)]}”, {letter.queued_at:%-d %B %Y}: {words}"
    asked = questions_of(session, campaign_id, application_id)
    if not asked:
        return
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.CORRESPONDENCE,
        scope_id=campaign_id,
        records=[row.id for row in asked],
        ground=_GROUND,
    )
    blobs = [(row.id, QUESTION, row.question) for row in asked]
    blobs += [(row.id, ANSWER, row.answer) for row in asked if row.answer]
    said = open_own_correspondence(desk.vault, receipt, blobs)
    yield "What you asked about our letters"
    for row in asked:
        yield f"- {row.asked_at:%-d %B %Y}: {said[row.id, QUESTION]}"
        if row.answer:
            yield f"- Our answer: {said[row.id, ANSWER]}"


def _own_words(own: OwnRecords, asked: dict[str, str]) -> Iterator[str]:
    who = own.identity
    if who is not None:
        told = {
            "Name": who.full_name,
            "Preferred name": who.preferred_name,
            "Previous names": ", ".join(who.previous_names),
            "E-mail address": who.contact.email,
            "Telephone": who.contact.phone,
            "Address": ", ".join((*who.contact.address_lines, who.contact.postcode)).strip(", "),
            "Date of birth": who.date_of_birth,
            "National Insurance number": who.national_insurance_number,
            "Places of study": "; ".join(
                f"{each.institution} {each.from_year} {each.to_year}".strip() for each in who.education
            ),
            "Number in another system": who.external_id,
            "Working pattern you would like": who.working_pattern.replace("_", " "),
        }
        yield from (f"- {what}: {value}" for what, value in told.items() if value)
        yield "Your own words"
        yield from (f"- {asked.get(key, 'Question')}: {text}" for key, text in who.answers.items())
    yield from (f"- Text of the file you sent: {document.text}" for document in own.documents)
    titles = dict(ADJUSTMENTS)
    adjustments = "; ".join(titles.get(each, each) for each in own.requests.adjustments)
    if adjustments or own.requests.adjustments_detail:
        yield f"- Adjustments you asked for: {adjustments} {own.requests.adjustments_detail}"
    yield f"- Disability Confident: {'asked for' if own.requests.disability_confident else 'not asked for'}"
    yield from (f"- You know {one.person}: {one.nature}" for one in own.relationships)
    for declared in own.eligibility:
        requirement = REQUIREMENT_TITLES[Requirement(declared.requirement)]
        yield f"- {requirement}: {DECLARED_TITLES[Declared(declared.declared)]}. {declared.detail}".rstrip()
    if own.eligibility_decision is not None:
        decided = own.eligibility_decision
        yield f"- What the check of the requirements found: {decided.standing.value}. {decided.reason}".rstrip()


def _drafts(session: Session, desk: StaffDesk, candidate_id: UUID) -> Iterator[str]:
    for draft in session.scalars(select(Draft).where(Draft.candidate_id == candidate_id)):
        raw = desk.vault.decrypt(draft.campaign_id, WorkingPurpose.DRAFTS, f"draft {draft.id}", draft.sealed)
        yield "An application that you have not sent, as it is stored"
        yield dump(load(raw)).decode("utf-8", "replace")
        yield ""


def _requests(session: Session, candidate_id: UUID) -> Iterator[str]:
    yield "What you asked of us"
    for row in session.scalars(select(RightsRequest).where(RightsRequest.candidate_id == candidate_id)):
        standing = STANDING_WORDS[RightStanding(row.standing)]
        yield f"- {row.asked_at:%-d %B %Y}: {RIGHT_TITLES[Right(row.kind)]}. {standing}."
    for asked in session.scalars(select(ClosingRequest).where(ClosingRequest.candidate_id == candidate_id)):
        said = STANDING_TITLES[ClosingStanding(asked.standing)]
        yield f"- {asked.asked_at:%-d %B %Y}: more time to apply, code {asked.code}. {said}."
    yield ""
