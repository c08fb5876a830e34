"""What the sample's candidates write: evidence of work, with the slips by which people give themselves away."""

from __future__ import annotations

from random import Random

from recruitment.commands.sample.people import SampleCandidate

QUESTIONS = (
    (
        "Tell us about a time you put something right for a member of the public.",
        "Say what went wrong, what you did and what changed.",
    ),
    (
        "Tell us about a decision you made from complicated or conflicting evidence.",
        "Say how you weighed the evidence and how you explained the decision.",
    ),
    (
        "How have you made a service work better for people who find it hard to use?",
        "Say who they were, what you learned from them and what you changed.",
    ),
)

_PLACES = (
    "a council housing office",
    "a hospital complaints team",
    "an advice centre",
    "a police contact centre",
    "a benefits processing team",
    "a university registry",
    "a prison casework unit",
)
_PROBLEMS = (
    "letters were going to old addresses, and {n} people missed their appointments",
    "a form had been refused {n} times for a reason that no policy supported",
    "calls from the same {n} households were logged as new cases each time",
    "two teams each thought the other was replying, so {n} complaints had no answer",
    "a backlog of {n} cases was sorted by date, with no thought for urgency",
)
_ACTIONS = (
    "I read a sample of sixty files and found one cause behind most of them.",
    "I rang the people concerned, apologised, and asked what would help today.",
    "I drew the process on one page and asked both teams to mark where it failed.",
    "I wrote a short note for my manager with three options and what each would cost.",
    "I tested a new letter with ten readers and cut it from two pages to half a page.",
    "I set out what each source could and could not tell us before I relied on it.",
    "I asked a colleague who disagreed with me to argue the other side first.",
    "I agreed a weekly check with the team, and published the figures inside the office.",
    "I met a group of carers and changed the opening hours of the desk as they asked.",
    "I arranged for an interpreter, and for the guidance to be recorded as audio.",
)
_RESULTS = (
    "Within eight weeks late replies fell from {a} % to {b} %.",
    "The reviewer upheld the decision, and the reasoning was used to train new staff.",
    "Nobody had to ring twice about the same thing after that.",
    "The change cost nothing and has been kept for two years.",
    "Complaints about the process fell by {a} % in the next quarter.",
)
_SLIPS = (
    "My manager wrote: “{first} is the person I would trust with our hardest case.”",
    "As {first} {last} I signed every one of those letters myself.",
    "You can reach me at {email} if you would like the figures.",
    "I studied at {college} before I joined, and finished in {year}.",
    "She told the board that Mrs {last} had turned the service round.",
    "I speak Urdu and some Polish, which helped at the counter in {town}.",
    "My number, {phone}, was on every poster.",
)


def write_answer(candidate: SampleCandidate, question: int, random: Random) -> str:
    """About 90 to 150 words; about two in five answers give something away."""
    fill = {
        "n": random.randint(12, 240),
        "a": random.randint(15, 45),
        "b": random.randint(2, 9),
        "first": candidate.first,
        "last": candidate.last,
        "email": candidate.identity.contact.email,
        "phone": candidate.identity.contact.phone,
        "town": candidate.identity.contact.address_lines[-1],
        "college": candidate.identity.education[0].institution,
        "year": candidate.identity.education[0].to_year,
    }
    opening = f"When I worked in {random.choice(_PLACES)}, {random.choice(_PROBLEMS)}."
    actions = random.sample(_ACTIONS, 3 + (candidate.ability > 0.4) + (candidate.ability > 0.75))
    closing = random.choice(_RESULTS)
    paragraphs = [opening, " ".join(actions), closing]
    if random.random() < 0.4:
        paragraphs.insert(random.randint(1, 2), random.choice(_SLIPS))
    if question == 2:
        paragraphs.append("What I learned is to ask people who use the service before changing it.")
    return "\n\n".join(paragraphs).format(**fill)
