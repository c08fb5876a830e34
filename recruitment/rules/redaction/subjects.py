"""Whose a sentence is: words for the writer and for others, and verbs that tell a state or a deed."""

from __future__ import annotations

from collections.abc import Sequence

from recruitment.rules.redaction.tokens import Tokens

FIRST = frozenset("i i'm im i've ive i'd i'll me my mine myself we we're we've our ours ourselves us".split())

# Verbs by which somebody tells what they are, have or live; any other verb after "I" tells what they did.
SUBJECTS = FIRST - {"me", "us"}

STATES = frozenset(
    "am was were be been being are have had having got live lived living grew grow come came go wear wears "
    "wore pray fast speak suffer suffered take took play played sing sang "
    "belong lost raise raised adopt adopted foster fostered identify identified became become married marry "
    "celebrate observe practise follow converted transitioned captain captained crew row swim bowl "
    "worship emigrated moved arrived fled retired retire adopt divorced care cared gave get miscarried nursed "
    "cared "
    "stammer walk coach".split()
)

AUXILIARIES = frozenset(
    "am was were be been being have had having i'm i've we're we've im ive would could may might will also "
    "still never now always just only do did does not don't".split()
)

HAVING = frozenset("having being as born raised since after before when because".split())

WORKS = frozenset(
    "led lead leading ran run running set organised arranged worked working work supported supporting "
    "delivered wrote write trained visited interviewed investigated designed managed managing advised met "
    "contacted helped "
    "dealt translated recruited mentored coordinated assisted handled saw asked told rang drafted introduced "
    "built made reviewed represented interpreted spoke listened reassured assessed taught teach "
    "prosecuted audited inspected planned presented chaired commissioned researched studied explained covered "
    "persuaded negotiated secured published created developed launched piloted reduced reported referred escorted "
    "searched transferred moved booked checked found noticed took answered received handle support manage "
    "advise deliver deal investigate assess liaise liaised consulted engaged invited opened started sat seen "
    "done".split()
)

OTHERS = frozenset(
    "he she they his her their him them patient patients client clients customer customers man woman men "
    "women people family's residents resident tenant tenants prisoner prisoners caller callers lady gentleman "
    "child's "
    "user users victim victims witness witnesses offender offenders complainant claimant claimants applicant "
    "applicants student students pupil pupils member members colleague colleagues staff couple neighbour "
    "community communities "
    "contractor suspect adults elders adult learner's children neighbours defendant defendants worker workers "
    "team trainee trainees girl boy someone somebody anyone everybody who whose detainee detainees suspect "
    "families candidates learners".split()
)

FRAGMENT_VERBS = frozenset(
    "led ran set managed worked designed delivered wrote trained supported introduced built made reviewed "
    "represented developed created reduced organised arranged chaired presented commissioned responsible "
    "provide provided ensure ensured "
    "manage lead support deliver write run train liaise work working managing leading".split()
)


def is_state(words: Sequence[str], at: int, until: int) -> bool:
    """Whether the verb after "I" tells a state: I am, I have had, I grew up; not: I have worked."""
    contracted = words[at] in ("i'm", "i've", "we're", "we've", "im", "ive", "myself", "mine")
    for word in words[at + 1 : until]:
        if word in AUXILIARIES:
            contracted = contracted or word in STATES
            continue
        if word in STATES:
            return True
        return contracted and not (word in WORKS or (word.endswith("ed") and len(word) > 4))
    return contracted or at + 1 == until


WHOSE = frozenset(
    {
        "his",
        "her",
        "their",
        "your",
        "its",
        "whose",
        "the",
        "another",
        "every",
        "each",
        "any",
        "these",
        "those",
        "some",
    }
)


def token_range(tokens: Tokens, start: int, stop: int, near: int) -> tuple[int, int]:
    first = near
    while first > 0 and tokens.starts[first - 1] >= start:
        first -= 1
    last = near + 1
    while last < len(tokens) and tokens.starts[last] < stop:
        last += 1
    return first, last


_CLAUSE_STOPS = frozenset({"but", "so", "because", "although", "which", "however", "while"})


def clause(tokens: Tokens, first: int, last: int, index: int, end: int) -> tuple[int, int]:
    """The clause around a hit: to punctuation or a conjunction on both sides."""
    left = index
    while (
        left > first
        and not tokens.is_segment_start(left)
        and tokens.words[left - 1] not in _CLAUSE_STOPS
        and not (tokens.words[left - 1] == "and" and tokens.words[left] in FIRST)
    ):
        left -= 1
    right = end
    while (
        right < last
        and not tokens.is_segment_end(right - 1)
        and tokens.words[right] not in _CLAUSE_STOPS
        and not (tokens.words[right] == "and" and right + 1 < last and tokens.words[right + 1] in FIRST | WORKS)
    ):
        right += 1
    return left, right
