"""Checks an advert or questions in a file, without a database."""

from __future__ import annotations

import json
import sys
import textwrap
from collections import Counter
from pathlib import Path
from typing import Any

import click

from recruitment.rules.adverts import (
    RULE_TITLES,
    STUDY_MEANS,
    AdvertCheck,
    Coded,
    Hit,
    Part,
    PartKind,
    Severity,
    check_advert,
    line_of,
)
from recruitment.services.advert_lists import load_advert_lists

STOPPED, UNREADABLE = 1, 2
_WIDTH = 100
_PART = "file"


@click.group()
def advert() -> None:
    """Check an advert, or questions, for what might shut people out."""


@advert.command("check")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@click.option(
    "--questions",
    is_flag=True,
    help="FILE holds questions of a test or an interview, each after an empty line or on a line of its own.",
)
def check(file: Path, as_json: bool, questions: bool) -> None:
    """Check FILE: plain text, .docx, .odt or .pdf.

    Tells wording and requirements that may shut people out, what is missing, words coded by gender for each 100
    words, readability, and long sentences; each hit with its place, rule, reason and suggestion. They are prompts
    for a person, not verdicts. The exit status is 0; 1 where the advert is restricted by a protected
    characteristic or a question may not be asked, until HR confirms it; 2 where FILE cannot be read.

    With --json: {"hits": [{"part", "line", "start", "end", "words", "rule", "title", "severity" ("asks" or
    "stops"), "reason", "suggestion"}], "gender_coded": {"words", "masculine", "feminine", "set_apart"}, "reading":
    {"words", "sentences", "sentence_lengths", "long_words", "scores"}}. Places are characters from 0 in the text
    that was read; for questions, in the question named by `part`.
    """
    parts = _parts(_read(file), questions)
    found = check_advert(parts, load_advert_lists())
    if as_json:
        click.echo(json.dumps(_plain(found, parts), indent=1))
    else:
        _print(found, parts, questions)
    if found.stops:
        sys.exit(STOPPED)


def _read(file: Path) -> str:
    # Here, since reading documents costs a second of imports.
    from recruitment.services.documents import UnreadableDocument, read_document

    try:
        content = file.read_bytes()
        if not content.strip():
            raise ValueError("The file is empty.")
        return read_document(content).text
    except (OSError, UnreadableDocument, ValueError) as wrong:
        said = (
            wrong.sentence if isinstance(wrong, UnreadableDocument) else getattr(wrong, "strerror", None) or wrong
        )
        click.echo(f"{file} cannot be read. {said}", err=True)
        sys.exit(UNREADABLE)


def _parts(text: str, are_questions: bool) -> list[Part]:
    if not are_questions:
        return [Part(_PART, "Advert", text)]
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    if len(blocks) == 1:
        blocks = [line.strip() for line in text.splitlines() if line.strip()]
    return [Part(str(n), f"Question {n}", block, PartKind.QUESTION) for n, block in enumerate(blocks, 1)]


def _plain(found: AdvertCheck, parts: list[Part]) -> dict[str, Any]:
    texts = {part.key: part.text for part in parts}
    gender, reading = found.gender, found.reading
    return {
        "hits": [
            {
                "part": hit.part,
                "line": None if hit.is_missing else line_of(texts[hit.part], hit.start),
                "start": hit.start,
                "end": hit.end,
                "words": hit.words,
                "rule": hit.rule,
                "title": RULE_TITLES[hit.rule],
                "severity": hit.severity,
                "reason": hit.reason,
                "suggestion": hit.suggestion,
            }
            for hit in found.hits
        ],
        "gender_coded": {
            "words": gender.words,
            **{
                coded.value.replace(" ", "_"): {
                    "count": gender.count(coded),
                    "per_100": round(gender.per_hundred(coded), 2),
                    "found": list(gender.found(coded)),
                }
                for coded in Coded
            },
        },
        "reading": {
            "words": reading.words,
            "sentences": len(reading.sentence_lengths),
            "sentence_lengths": list(reading.sentence_lengths),
            "long_words": list(reading.long_words),
            "scores": dict(reading.scores),
        },
    }


def _print(found: AdvertCheck, parts: list[Part], are_questions: bool) -> None:
    texts = {part.key: part for part in parts}
    for hit in found.hits:
        _print_hit(hit, texts.get(hit.part))
    counted = Counter(hit.severity for hit in found.hits)
    stops = counted[Severity.STOPS]
    said = "1 thing" if len(found.hits) == 1 else f"{len(found.hits) or 'No'} things"
    stopped = f"; {stops} of them {'stops' if stops == 1 else 'stop'} it until HR confirms" if stops else ""
    click.echo(f"{said} to look at{stopped}.")
    if not are_questions:
        _print_counts(found)


def _print_hit(hit: Hit, part: Part | None) -> None:
    place = ""
    if part is not None and not hit.is_missing:
        place = f"{part.title}, line {line_of(part.text, hit.start)}: "
    mark = "STOP  " if hit.severity is Severity.STOPS else ""
    words = f" “{textwrap.shorten(hit.words, 70, placeholder='…')}”" if hit.words else ""
    click.echo(f"{mark}{place}{RULE_TITLES[hit.rule]}{words}")
    for line in textwrap.wrap(f"{hit.reason} {hit.suggestion}", _WIDTH - 4):
        click.echo(f"    {line}")
    click.echo()


def _print_counts(found: AdvertCheck) -> None:
    gender, reading = found.gender, found.reading
    if not gender.words:
        return
    for coded in (Coded.MASCULINE, Coded.FEMININE):
        listed = ", ".join(gender.found(coded)) or "none"
        click.echo(
            f"Coded {coded}: {gender.per_hundred(coded):.2f} per 100 words "
            f"(adverts of the 2011 study: {STUDY_MEANS[coded]}): {listed}"
        )
    if gender.count(Coded.SET_APART):
        click.echo(f"Titles and usual phrases set apart: {', '.join(gender.found(Coded.SET_APART))}")
    if reading.is_short:
        click.echo(
            f"{reading.words} words are too few for a score. Sentences: "
            f"{', '.join(map(str, reading.sentence_lengths))} words. Long words: "
            f"{', '.join(reading.long_words) or 'none'}"
        )
    for name, score in reading.scores:
        click.echo(f"{name}: {score}")
