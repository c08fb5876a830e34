"""A text in parts, sentence by sentence, each with the section of a CV in which it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitment.rules.redaction.study_places import Part, heads_in
from recruitment.rules.redaction.wordlists import WordLists

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")

# A text flattened to one line keeps its lines as double spaces, but for those inside a wrapped name.
_FLAT_LINE = re.compile(
    r"(?:(?!(?<!\bof)(?<!\band)(?<!\bfor)(?<!\bthe)  (?! {0,4}(?:of|and|University)\b)|\t)"
    r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])+"
)

_SENTENCE_END = re.compile(
    r"[.!?](?:(?<=[a-z0-9)\"”’'%].)|(?<=[A-Z]{2}.))(?<!\bSt.)(?<!\bDr.)(?<!\bMr.)(?<!\bMrs.)(?<!\bSts.)[\"”')]?\s+(?=[A-Z\"“])"
)


def parts(text: str, lists: WordLists) -> Iterator[Part]:
    section = ""
    heads = heads_in(text)
    is_flat = text.count("\n") * 300 < len(text) and text.count("  ") > 15
    for match in (_FLAT_LINE if is_flat else _LINE).finditer(text):
        line = match[0]
        bare = line.strip(" \t:-–•*\"'#")
        # In a text of one line a word in small letters is the end of a line that was wrapped.
        heading = " ".join(bare.lower().split())
        if is_flat and bare[:1].islower() and heading not in lists.study_headings:
            heading = ""
        lead = heading.partition(":")[0]
        section = _section(heading, line, lists) or section
        inline = "study" if lead != heading and lead in lists.study_headings else section
        at = 0
        for end in _SENTENCE_END.finditer(line):
            yield Part(match.start() + at, line[at : end.end()], inline, heads)
            at = end.end()
        if at < len(line):
            yield Part(match.start() + at, line[at:], inline, heads)


def _section(heading: str, line: str, lists: WordLists) -> str:
    """The section that a line opens, if it is a heading."""
    words = heading.rstrip(" :.").split()
    if not 1 <= len(words) <= 5 or any(character.isdigit() for character in heading):
        return ""
    is_capital = line.isupper() or all(
        word[0].isupper() or len(word) < 4 for word in line.split() if word[0].isalpha()
    )
    if heading.rstrip(" :") in lists.study_headings or (is_capital and _STUDY_HEADING.search(heading)):
        return "study"
    if is_capital and _WORK_HEADING.search(heading):
        return "work"
    if heading.rstrip(" :") in lists.other_headings or (line.isupper() and len(words) <= 3 and len(heading) > 8):
        return "other"
    return ""


_STUDY_HEADING = re.compile(
    r"^(?:(?:my|formal|higher|further|academic|professional|educational?|relevant)\s)?(?:education(?:al)?|academics?|qualifications?|schooling|studies|degrees)\b(?!.*(?:experience|service|consult|department|officer|manager|coordinator))"
)

_WORK_HEADING = re.compile(
    r"\b(?:employment|experience|career|work history|job history|positions?|appointments)\b"
)
