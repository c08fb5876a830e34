"""How much is hidden, and how much evidence stays, on texts as people write them."""

from __future__ import annotations

from collections import Counter

import pytest

from recruitment.rules.redaction import redact
from recruitment.services.wordlists import load_word_lists
from tests.support.redaction_corpus import DIRECT, CorpusText, measure, read_corpus

LISTS = load_word_lists()
FOLDERS = {"care": 60, "mixed": 60, "later": 50, "short": 58, "varied": 381, "own": 51, "voices": 122}
TRIED_ON = ("care", "mixed")

# Floors, measured in November 2026 with a margin of two texts or words: to be tightened, never loosened. Twice, in
# that month, they were loosened on purpose. More texts were allowed a flag (up to 40 %, as was always the aim).
# And when the second reader came, evidence flagged rose to as much as 2 % (also the aim), since it flags, until a
# person restores, what the rules left, for a large fall of what stays silent: care 25 to 15 %, mixed 20 to 13 %,
# later 40 to 30 %, varied 45 to 35 %, own 71 to 51 % of texts.
# (folder: leak, silent, texts flagged, evidence hidden, evidence flagged)
WORST = {
    "care": (0.034, 0.184, 0.4, 0.0109, 0.0105),
    "mixed": (0.034, 0.167, 0.35, 0.0143, 0.0098),
    "later": (0.021, 0.34, 0.36, 0.0114, 0.0035),
    "short": (0.018, 0.104, 0.207, 0.0117, 0.0166),
    "varied": (0.042, 0.3544, 0.399, 0.0368, 0.0179),
    "own": (0.118, 0.55, 0.667, 0.0061, 0.0164),
    "voices": (0.05, 0.46, 0.353, 0.0421, 0.0257),
}
# Share of the passages of each type that are hidden or flagged, over the folders that the rules were tried on.
LEAST = {
    "NAME": 0.98, "EMAIL": 0.99, "PHONE": 0.97, "POSTCODE": 0.99, "NI_NUMBER": 0.99, "DOB": 0.99, "URL": 0.99,
    "ADDRESS": 0.98, "REG_NUMBER": 0.98, "THIRD_PARTY": 0.97, "DISABILITY": 0.97, "RELIGION": 0.95,
    "NATIONALITY": 0.96, "ETHNICITY": 0.98, "FAMILY": 0.91, "EDUCATION_YEAR": 0.96, "SCHOOL": 0.94, "AGE": 0.98,
}  # fmt: skip


@pytest.fixture(scope="module", params=FOLDERS)
def folder(request) -> tuple[str, list[CorpusText]]:
    return request.param, read_corpus(request.param)


def test_the_texts_hold_what_could_leak(folder):
    name, texts = folder
    told = Counter(mark.type for each in texts for mark in each.telling)
    assert len(texts) == FOLDERS[name]
    direct = ("NAME", "PHONE", "REG_NUMBER", "THIRD_PARTY") if name in ("short", "own") else DIRECT
    assert min(told[kind] for kind in (*direct, "RELIGION", "DISABILITY", "FAMILY", "SCHOOL", "ETHNICITY")) > 0
    assert all(each.text[mark.start : mark.end].strip() for each in texts for mark in each.telling)
    assert any(not each.telling and each.evidence for each in texts)


def test_figures_stay_as_good_as_they_were_measured(folder):
    name, texts = folder
    now = measure(texts, LISTS)
    reached = (now.leak, now.silent, now.flagged, now.kept_hidden, now.kept_flagged)
    assert [(here, worst) for here, worst in zip(reached, WORST[name], strict=True) if here > worst] == []


def test_every_type_is_found_as_often_as_it_was_measured():
    now = measure([each for name in TRIED_ON for each in read_corpus(name)], LISTS)
    assert {kind: now.recall[kind] for kind, least in LEAST.items() if now.recall[kind] < least} == {}


def test_no_word_of_a_writers_name_stays_readable_and_the_pieces_are_the_text(folder):
    for each in folder[1]:
        redaction = redact(each.text, each.known, LISTS)
        assert "".join(piece.text for piece in redaction.pieces) == each.text
        words = {
            word
            for word in each.known.full_name.replace("-", " ").split()
            if len(word) > 3 and word.lower() not in LISTS.ordinary_words
        }
        visible = set(redaction.visible().replace("-", " ").replace(".", " ").replace(",", " ").split())
        assert words & visible == set(), each.id
