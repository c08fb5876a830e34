"""Every page in plain English: sentences of 25 words at most, as GOV.UK writes them, and few long words."""

from __future__ import annotations

import re

import pytest
from jinja2 import Environment

from config import TEMPLATES
from recruitment.web.template_texts import TemplateTexts
from recruitment.web.texts import Noted

MOST_WORDS = 25
LONG_WORD = 14
# Names of things that have no shorter word: the Act's, the law's and those of whoever reads them.
KNOWN_LONG = frozenset("administrators characteristic characteristics disproportionate proportionality".split())
_PLACE = re.compile(r"</?[0-9]+/?>|\{\w+\}")


def _sentences(text: str) -> list[str]:
    words = re.sub(r"</?[0-9]+/?>", "", text)
    return re.split(r"(?<=[.!?:])[)”’]?\s+", words)


def _texts(source: str) -> list[str]:
    noted = Noted()
    TemplateTexts(noted).rewrite(Environment(autoescape=True).parse(source))
    return sorted(noted.texts)


PAGES = sorted(TEMPLATES.rglob("*.html"))


def test_a_long_sentence_and_a_long_word_would_be_found():
    long = " ".join(["word"] * 26) + "."
    assert [len(each.split()) for each in _sentences(f"Short one. {long}")] == [2, 26]
    assert _texts(f"<p>{long}</p>") == [long]


@pytest.mark.parametrize("folder", sorted({page.relative_to(TEMPLATES).parts[0] for page in PAGES}))
def test_sentences_are_short_and_words_are_known(folder):
    long_sentences, long_words = [], []
    for page in PAGES:
        name = page.relative_to(TEMPLATES).as_posix()
        if not name.startswith(folder):
            continue
        for text in _texts(page.read_text(encoding="utf-8")):
            long_sentences += [
                f"{name}: {each}" for each in _sentences(text) if len(re.findall(r"[^\s–]+", each)) > MOST_WORDS
            ]
            words = re.findall(rf"[A-Za-z]{{{LONG_WORD},}}", _PLACE.sub(" ", re.sub(r"https?:\S+", " ", text)))
            long_words += [f"{name}: {word}" for word in words if word.lower() not in KNOWN_LONG]
    assert long_sentences == []
    assert long_words == []
