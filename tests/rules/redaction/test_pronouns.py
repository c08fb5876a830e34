"""The writer in the third person reads as they, with verbs that agree."""

from __future__ import annotations

import pytest

from recruitment.rules.redaction import MARKER, KnownValues, redact
from recruitment.rules.redaction.agreement import plural
from recruitment.services.wordlists import load_word_lists

LISTS = load_word_lists()
KNOWN = KnownValues(full_name="Mary Smith")
LEAD = "I have managed Mary Smith for two years. "


@pytest.mark.parametrize(
    ("written", "reads"),
    [
        ("He or she is praised.", "They are praised."),
        ("He/she carries 40 cases.", "They carry 40 cases."),
        ("His or her work is sound.", "Their work is sound."),
        ("She checks the log daily.", "They check the log daily."),
        ("She always plans and delivers on time.", "They always plan and deliver on time."),
        ("She has never missed one.", "They have never missed one."),
        ("He was first to volunteer.", "They were first to volunteer."),
        ("He doesn't panic and isn't rude.", "They don't panic and aren't rude."),
        ("She is calm and has never shouted.", "They are calm and have never shouted."),
        ("Not only does she manage the rota.", "Not only do they manage the rota."),
        ("Is she ready?", "Are they ready?"),
        ("She's been superb.", "They’ve been superb."),
        ("She's calm.", "They’re calm."),
        ("She perhaps lacks polish.", "They perhaps lacks polish."),
        ("SHE IS GOOD.", "THEY ARE GOOD."),
        ("She led the team.", "They led the team."),
    ],
)
def test_pronoun_and_verb_agree(written, reads):
    read = redact(LEAD + written, KNOWN, LISTS).visible()
    assert read == LEAD.replace("Mary Smith", MARKER) + reads


@pytest.mark.parametrize(
    ("verb", "base"),
    [
        ("carries", "carry"),
        ("ties", "tie"),
        ("teaches", "teach"),
        ("discusses", "discuss"),
        ("raises", "raise"),
        ("uses", "use"),
        ("focuses", "focus"),
        ("goes", "go"),
        ("Is", "Are"),
        ("always", None),
        ("this", None),
        ("led", None),
    ],
)
def test_verbs_beside_they(verb, base):
    assert plural(verb) == base


def test_pronouns_of_other_people_keep_their_verbs():
    text = "I met a client. She is calm and checks everything."
    assert redact(text, KNOWN, LISTS).visible() == text
