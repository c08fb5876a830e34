"""What is collected, why, who sees it and how long it is kept: one line for each compartment and each other place.

Sources: UK GDPR Articles 13(1) and 30(1); Data Protection Act 2018 Schedule 1 paragraphs 1 and 8. A test compares
compartments and their sealed fields with these lines, so that nothing is collected that is not said here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from recruitment.rules.question_sets import ITEMS, QuestionSet
from recruitment.rules.retention import DRAFTS_DAYS, KINDS, Periods, RetentionKind

PUBLIC_TASK = "UK GDPR Article 6(1)(b) and (e): steps before a contract, and a public task"
EMPLOYMENT = (
    f"{PUBLIC_TASK}; Article 9(2)(b) and Data Protection Act 2018, Schedule 1, paragraph 1: employment law"
)
MONITORING = (
    f"{PUBLIC_TASK}; Article 9(2)(g) and Data Protection Act 2018, Schedule 1, paragraph 8: "
    "equality of opportunity"
)
CONSENT = "Asked of staff, who may leave at any time; Article 9(2)(g) and Schedule 1, paragraph 8"


@dataclass(frozen=True)
class Collected:
    """`fields`: type and field as the code has them → in words. `kind`: whose clock erases it, or `ends` says."""

    title: str
    fields: Mapping[str, str]
    purpose: str
    seen_by: str
    basis: str
    kind: RetentionKind | None = None
    ends: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.fields.values()))


BY_COMPARTMENT: Mapping[str, Collected] = {
    "identity": Collected(
        "Who applies, in their own words",
        {
            "Identity.full_name": "full name",
            "Identity.preferred_name": "preferred name",
            "Identity.previous_names": "previous names",
            "Contact.email": "e-mail address",
            "Contact.phone": "telephone number",
            "Contact.address_lines": "postal address",
            "Contact.postcode": "postal address",
            "Identity.date_of_birth": "date of birth (only from another system)",
            "Identity.national_insurance_number": "National Insurance number (only from another system)",
            "Education.institution": "places and years of study",
            "Education.from_year": "places and years of study",
            "Education.to_year": "places and years of study",
            "Identity.external_id": "number in another system",
            "Identity.answers": "answers as they were written",
            "Identity.working_pattern": "working pattern wished for",
            "Document.content": "the CV as it was sent",
            "Document.text": "the CV as it was sent",
            "Document.kind": "the CV as it was sent",
        },
        "to reach candidates, and to interview and appoint those on the shortlist",
        "the recruitment team and the panel, of the shortlist alone, once it is frozen and two people have agreed",
        PUBLIC_TASK,
        RetentionKind.APPLICATIONS,
    ),
    "requests": Collected(
        "Adjustments, and requests under Disability Confident",
        {
            "Requests.adjustments": "adjustments asked for",
            "Requests.adjustments_detail": "what the candidate says about them",
            "Requests.disability_confident": "whether an interview under Disability Confident is asked for",
            "Agreed.answer": "what was agreed, and whether it was made",
            "Agreed.words": "what was agreed, and whether it was made",
            "Agreed.made": "what was agreed, and whether it was made",
        },
        "to make the adjustments, and to offer the interview that the scheme promises",
        "the recruitment team, by reference; requests under the scheme only once the interview line is set",
        EMPLOYMENT,
        RetentionKind.APPLICATIONS,
    ),
    "relationships": Collected(
        "People whom a candidate knows here",
        {"Relationship.person": "their names", "Relationship.nature": "how they are known"},
        "to find a panel that does not know the candidate",
        "the worker, which compares them with the panel; the panel chair and the recruiter see a match",
        PUBLIC_TASK,
        RetentionKind.APPLICATIONS,
    ),
    "clearance": Collected(
        "Passages that might tell who somebody is",
        {
            "WaitingPassage.text": "words hidden from an answer",
            "WaitingPassage.kind": "why they were hidden",
            "WaitingPassage.is_disputed": "whether the candidate asked to show them",
        },
        "so that a person outside the sift decides whether shortlisters may read them",
        "recruiters and clearers, who score nothing",
        PUBLIC_TASK,
        RetentionKind.APPLICATIONS,
    ),
    "equality": Collected(
        "Answers to the equality questions",
        {
            f"equality.{question.key}": item.title.lower()
            for item in ITEMS
            for wording in item.wordings
            for page in wording.pages
            for question in page.questions
        },
        "to see whether groups of people are treated alike; never for a decision about a person",
        "nobody: they are sealed, counted over the whole campaign, and erased",
        MONITORING,
        RetentionKind.EQUALITY_ANSWERS,
        "Erased as soon as they are counted; their key is destroyed the night after.",
    ),
    "contact": Collected(
        "Accounts and messages",
        {
            "account.address": "e-mail address of an account, or the postal address of somebody without one",
            "account.language": "language of letters to it",
            "Letter.to": "messages that wait to be sent",
            "Letter.subject": "messages that wait to be sent",
            "Letter.body": "messages that wait to be sent",
            "Letter.attachment_name": "messages that wait to be sent",
            "Letter.attachment": "messages that wait to be sent",
            "Letter.unsubscribe": "messages that wait to be sent",
        },
        "to sign candidates in and to write to them without opening anything else",
        "nobody: the worker sends the messages. Those to somebody without an e-mail address are printed and "
        "posted by a colleague with no part in the campaign",
        PUBLIC_TASK,
        RetentionKind.ACCOUNTS,
        "Messages are erased as they are sent or posted.",
    ),
    "pool": Collected(
        "What members of the panel pool tell of themselves",
        {
            "PoolAnswers.sex": "sex",
            "PoolAnswers.ethnic_group": "ethnic group",
            "PoolAnswers.disability": "disability",
            "PoolAnswers.may_check": "what it may be used for",
            "PoolAnswers.may_propose": "what it may be used for",
        },
        "to check that a panel as a whole is diverse, and to propose such panels",
        "nobody: only a verdict on a whole panel is shown",
        CONSENT,
        None,
        "Kept until the person withdraws it or leaves the pool; then erased at once.",
    ),
    "counts": Collected(
        "Exact counts",
        {"counts": "how many people of each group reached each stage"},
        "to publish figures that give nobody away",
        "nobody, but for a restricted return that two people agree to",
        MONITORING,
        RetentionKind.COUNTS,
        "Released figures stay.",
    ),
    "tie_break": Collected(
        "Records of tie-breaks",
        {
            f"TieBreakRecord.{name}": "who was preferred to whom, for which characteristic, on what evidence"
            for name in (
                "post", "preferred", "others", "characteristic", "told_by", "evidence", "evidence_source",
                "evidence_on", "comparator", "equal_qualification", "criteria", "has_no_policy", "proportionality",
                "alternatives", "decision_maker", "adviser", "advised_on",
            )
        },
        "to show that section 159 of the Equality Act 2010 was kept to",
        "the panel chair",
        EMPLOYMENT,
        RetentionKind.APPLICATIONS,
    ),
    "origin": Collected(
        "Numbers in another system",
        {"origin.external_id": "the number that an imported application has in the system it came from"},
        "to tell that system what became of an application, without opening a name",
        "the recruitment team, once the outcomes are final",
        PUBLIC_TASK,
        RetentionKind.APPLICATIONS,
    ),
    "eligibility": Collected(
        "What candidates must meet before they are scored",
        {
            "EligibilityAnswer.requirement": "registration with a professional body, right to work, or the like",
            "EligibilityAnswer.declared": "whether the candidate has it",
            "EligibilityAnswer.detail": "what the candidate adds, such as a number in a register",
            "EligibilityDecision.standing": "what the check found, and why",
            "EligibilityDecision.reason": "what the check found, and why",
        },
        "so that only candidates who may do the job are scored",
        "the recruiter who checks it, by reference; a number in a public register leads them to a name. "
        "Shortlisters never see it",
        EMPLOYMENT,
        RetentionKind.APPLICATIONS,
    ),
    "correspondence": Collected(
        "Questions about a letter or a time, our answers, and why somebody objects",
        {
            "Correspondence.text": "what the candidate asks about their letter, or writes when no time suits, and "
            "what is answered; what they say when they object or ask us to store an application only"
        },
        "to explain the outcome to the person it is about, and to find a time for them",
        "recruiters, by reference; the administrator who decides on an objection; the worker, which sends answers",
        PUBLIC_TASK,
        RetentionKind.APPLICATIONS,
    ),
    "hold": Collected(
        "Papers kept for a claim",
        {"hold.papers": "one application’s papers, its scores and its outcome; no equality answers"},
        "to establish, exercise or defend a legal claim, or to answer the Information Commissioner",
        "the two people who placed the hold",
        "UK GDPR Article 6(1)(c) and (e); Article 9(2)(f)",
        None,
        "Kept until two people release the hold, which is looked at again within 12 months; then erased by night.",
    ),
}  # fmt: skip

ELSEWHERE: Mapping[str, Collected] = {
    "drafts": Collected(
        "Applications that are being written",
        {"Draft": "everything above as far as it is written, but no equality answers"},
        "so that candidates can write in their own time",
        "the candidate, or the colleague who types it for them. Unlike the rest, a break-in to the public site "
        "could read drafts",
        PUBLIC_TASK,
        None,
        f"Sealed anew when they are submitted; otherwise destroyed {DRAFTS_DAYS} days after applications close.",
    ),
    "entries": Collected(
        "Applications that a colleague types for somebody",
        {"Entry": "who types it, and how it came", "Recognition": "who acts for somebody, and how they asked"},
        "so that people who cannot use the site can apply",
        "the colleague who types it, who has no part in the campaign",
        PUBLIC_TASK,
        None,
        "Erased a day after the application is sent. The trail keeps who typed one and how it came, without "
        "naming the application.",
    ),
    "closing_times": Collected(
        "Requests for more time to apply",
        {"ClosingRequest": "that an account asked, a code, the time that was given; not why it was needed"},
        "so that two people can give one candidate more time without knowing who it is",
        "the recruitment team, by the code; never shortlisters",
        PUBLIC_TASK,
        RetentionKind.APPLICATIONS,
    ),
    "sift": Collected(
        "Answers as shortlisters read them, and scores",
        {
            "Answer": "answers with what tells of a person hidden",
            "Score": "scores, marks, reasons, interview notes",
        },
        "to choose on merit",
        "shortlisters, their own queue; recruiters, totals by reference; the panel, its own interviews; the "
        "candidate, their own scores once outcomes are final",
        PUBLIC_TASK,
        RetentionKind.APPLICATIONS,
    ),
    "letters": Collected(
        "Letters on the outcome",
        {"OutcomeLetter": "which letter was sent, when, and how sending went; its text is made anew each time"},
        "to tell everybody how their application ended, once and with their own scores",
        "recruiters, by reference; the worker alone opens the address",
        PUBLIC_TASK,
        RetentionKind.APPLICATIONS,
    ),
    "panels": Collected(
        "How panels were put together",
        {"PanelCheck": "who sat, which rules were checked, waivers and reasons"},
        "to show that panels kept to the rules",
        "the recruitment team; auditors",
        PUBLIC_TASK,
        RetentionKind.PANELS,
    ),
    "trail": Collected(
        "The trail",
        {"TrailEvent": "who did what when, by number and not by candidate’s name, with reasons that staff typed"},
        "to show that the process was kept to, and who opened what",
        "auditors",
        PUBLIC_TASK,
        RetentionKind.TRAIL,
    ),
    "staff": Collected(
        "Staff who work with recruitment",
        {"Person": "name, work e-mail address, hashed passwords, sealed second factors, roles, training"},
        "to sign them in and to give them what their role needs",
        "administrators; colleagues of the same campaign see names and roles",
        "UK GDPR Article 6(1)(e): a public task",
        None,
        "Kept while they work here, and afterwards their name beside what they did for as long as that is kept.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class CollectedLine:
    """A line with a body's own period put into words; `parts`: of the equality questions, those that it asks."""

    collected: Collected
    parts: tuple[str, ...]
    how_long: str

    @property
    def what(self) -> str:
        return ", ".join(self.parts)


def lines_of(periods: Periods, asked: QuestionSet) -> tuple[CollectedLine, ...]:
    """One for each compartment, then for each other place, with the periods and questions of a body."""
    titles = tuple(item.title.lower() for item, _ in asked.wordings)
    return tuple(
        CollectedLine(one, titles if key == "equality" else one.parts, how_long(one, periods))
        for key, one in (*BY_COMPARTMENT.items(), *ELSEWHERE.items())
    )


def how_long(one: Collected, periods: Periods) -> str:
    """When it is erased, in one or two sentences."""
    if one.kind is None:
        return one.ends
    months, clock = periods[one.kind], KINDS[one.kind].clock
    said = f"Erased {months} months after {clock}."
    if one.kind is RetentionKind.EQUALITY_ANSWERS:
        return f"{one.ends} If nobody counts them, erased {months} months after {clock}."
    return f"{said} {one.ends}".strip()


HOW_LONG = (
    "Erased {months} months after {clock}.",
    "Erased {months} months after {clock}. {ends}",
    "{ends} If nobody counts them, erased {months} months after {clock}.",
)
"""What `how_long` says, with places for its values."""


def every_text() -> frozenset[str]:
    """All that a line can say, for catalogues of other languages."""
    told = {text for one in (*BY_COMPARTMENT.values(), *ELSEWHERE.values()) for text in _texts_of(one)}
    return frozenset(told | {kind.clock for kind in KINDS.values()} | {item.title.lower() for item in ITEMS})


def _texts_of(one: Collected) -> tuple[str, ...]:
    return (one.title, *one.parts, one.purpose, one.seen_by, one.basis, *([one.ends] if one.ends else []))
