"""What a candidate reads in a letter about an appointment, in the language that they read."""

from __future__ import annotations

from dataclasses import dataclass

from recruitment.rules.messages import Catalogue
from recruitment.rules.slots import Span
from recruitment.services.catalogues import UK_TIME, day_in_words


@dataclass(frozen=True)
class AppointmentFacts:
    """What a letter about an appointment is made of. `span`: None where there is no time to tell of.

    `page`: the candidate's own page of it, empty where no address of the site is known.
    """

    title: str
    body: str
    stage: str
    span: Span | None
    place: str
    reason: str
    is_first: bool
    page: str = ""


def time_in_words(span: Span | None, said: Catalogue) -> str:
    """ "Tuesday 8 December 2026, 10:00 to 10:45 (UK time)"; empty without a time."""
    if span is None:
        return ""
    day = day_in_words(span.day, said, has_weekday=True)
    if not span.minutes:
        return f"{day}, {span.begins} {said.say(UK_TIME)}"
    hours = said.say("{begins} to {ends}", begins=span.begins, ends=span.ends)
    return f"{day}, {hours} {said.say(UK_TIME)}"


def invitation_in_words(facts: AppointmentFacts, said: Catalogue) -> tuple[str, str]:
    """Subject and text for whoever is to choose a time."""
    return (
        said.say("Choose a time: {stage}, {title}", stage=facts.stage, title=facts.title),
        in_paragraphs(
            said.say(
                "You are invited to this stage: {stage}. Choose a time that suits you.", stage=facts.stage.lower()
            ),
            facts.page and said.say("Choose here, after you sign in:") + f"\n{facts.page}",
            said.say("If no time suits you, say so on the same page."),
            facts.body,
        ),
    )


def booking_in_words(facts: AppointmentFacts, said: Catalogue) -> tuple[str, str]:
    """Subject and text for whoever has a time now, or another one than before."""
    stage = facts.stage.lower()
    opening = (
        said.say("Your time is booked: {stage}.", stage=stage)
        if facts.is_first
        else said.say("Your time has changed: {stage}.", stage=stage)
    )
    return (
        said.say("Booked: {stage}, {title}", stage=facts.stage, title=facts.title),
        _about(opening, facts, said, said.say("The attached file puts it into your calendar.")),
    )


def cancellation_in_words(facts: AppointmentFacts, said: Catalogue) -> tuple[str, str]:
    """Subject and text for whoever has no time any more."""
    return (
        said.say("Cancelled: {stage}, {title}", stage=facts.stage, title=facts.title),
        _about(said.say("Your time is cancelled: {stage}.", stage=facts.stage.lower()), facts, said, ""),
    )


def _about(opening: str, facts: AppointmentFacts, said: Catalogue, ending: str) -> str:
    return in_paragraphs(
        opening,
        f"{time_in_words(facts.span, said)}\n{facts.place}".strip(),
        facts.reason and said.say("Why: {reason}", reason=facts.reason),
        facts.page and said.say("See it, or change it, here:") + f"\n{facts.page}",
        ending,
        facts.body,
    )


def in_paragraphs(*lines: str) -> str:
    return "\n\n".join(line for line in lines if line) + "\n"
