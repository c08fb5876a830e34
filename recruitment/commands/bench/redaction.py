"""Characters a second that redaction reads on one core, beside Presidio (extra `compare`)."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from random import Random
from typing import Any

from recruitment.commands.bench.table import Note, Sizes
from recruitment.commands.sample.people import make_candidate
from recruitment.commands.sample.texts import QUESTIONS, write_answer
from recruitment.rules.redaction import KnownValues, WordLists, redact
from recruitment.services.wordlists import load_word_lists

AIM = 300_000
"""Characters a second on one core, after the start."""
AIM_TIMES_PRESIDIO = 5
_TEXTS_OF_PRESIDIO = 40


def measure_redaction(sizes: Sizes) -> Iterator[Note]:
    """Texts of the sample, each with what the form holds about its writer."""
    lists, texts = load_word_lists(), _texts(sizes.redacted_texts)
    redact(*texts[0], lists)
    gc.collect()
    ours = _characters_a_second(lambda text, known: redact(text, known, lists), texts)
    missed = "" if ours >= AIM else f"redact: {ours:,.0f} characters a second; the aim of {AIM:,} is missed."
    yield Note(
        "redact", f"Redaction reads {ours:,.0f} characters a second on one core ({len(texts)} texts).", missed
    )
    if find_spec("presidio_analyzer") is None:
        yield Note("presidio", "Presidio is not installed (extra `compare`): no comparison.")
        return
    theirs = _characters_a_second(_presidio(lists), texts[:_TEXTS_OF_PRESIDIO])
    ratio = ours / theirs
    missed = "" if ratio >= AIM_TIMES_PRESIDIO else f"presidio: only {ratio:.1f} times as fast."
    yield Note(
        "presidio",
        f"Presidio, given the known values, reads {theirs:,.0f}: ours is {ratio:.1f} times as fast.",
        missed,
    )


def _texts(number: int) -> list[tuple[str, KnownValues]]:
    random, equality = Random(5), Random(6)  # noqa: S311 - invented people, not keys
    found = []
    for each in range(number):
        candidate = make_candidate(each, random, equality)
        answers = [write_answer(candidate, question, random) for question in range(len(QUESTIONS))]
        found.append(("\n\n".join(answers), candidate.identity.known_values()))
    return found


def _characters_a_second(read: Any, texts: list[tuple[str, KnownValues]]) -> float:
    began = time.process_time()
    for text, known in texts:
        read(text, known)
    return sum(len(text) for text, _ in texts) / (time.process_time() - began)


def _presidio(lists: WordLists) -> Any:
    """Presidio's pattern recognisers on a blank English model, with the writer's known values for each text."""
    presidio, nlp = import_module("presidio_analyzer"), import_module("presidio_analyzer.nlp_engine")
    spacy = import_module("spacy")
    engine = nlp.SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "blank"}])
    engine.nlp = {"en": spacy.blank("en")}
    registry = presidio.RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    # Its recogniser of e-mail addresses asks the internet for a list of domains.
    registry.remove_recognizer("EmailRecognizer")
    analyzer = presidio.AnalyzerEngine(nlp_engine=engine, registry=registry, supported_languages=["en"])

    def read(text: str, known: KnownValues) -> None:
        words = [word for name in known.names for word in name.split()] + [known.email, *known.phones]
        held = presidio.PatternRecognizer(supported_entity="KNOWN", deny_list=[word for word in words if word])
        analyzer.analyze(text=text, language="en", ad_hoc_recognizers=[held])

    return read
