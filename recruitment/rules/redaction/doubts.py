"""What could still tell, hidden until a person restores it: titles, gendered words, numbers, other names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.wordlists import WordLists

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_NEXT_NAME = re.compile(r"[.]?[ \t]{1,2}([^\W\d_](?:\.|[^\W\d_]*)(?:['’\-][^\W\d_]+)*)")
_AFTER_ROLE = re.compile(r"(?:,|:| was| is| called| named)?[ \t]([^\W\d_]+(?:['’\-][^\W\d_]+)*)")
_MY = re.compile(r"\b(?:my|our)\s(?:\w{1,16}\s)?$", re.IGNORECASE)
_PAIR = re.compile(
    r"(?<![\w.&/\-])([^\W\d_]+(?:['’\-][^\W\d_]+)*)[ \t]((?:[^\W\d_]\.?[ \t])?)"
    r"([^\W\d_]+(?:['’\-][^\W\d_]+)*)(?![\w&/])"
)
_LONG_NUMBER = re.compile(r"(?<![\w.,£$€:/\-])\d{7,}(?![\w%]|[.,/\-:]\d)")
_REGISTRATION = re.compile(
    r"(?<![\w./\-])(?=[A-Z0-9/]{6,14}(?![\w]))(?:[A-Z]{1,4}\d{4,10}[A-Z]{0,2}|\d{2,7}[A-Z]{1,2}\d{2,8}[A-Z]?|\d{5,8}[A-Z]{1,2})"
)
_TWO_YEARS = re.compile(r"(?:(?:19|20)\d\d){2}")
_LABELLED = re.compile(
    r"\b(?:nmc|gmc|hcpc|sra|gphc|gdc|swe|pin|reg(?:istration)?|membership|member|licen[cs]e|passport|roll|staff|payroll|id)"
    r"(?: ?(?:pin|no|number|num|ref|id|reg))?[.:#]{0,2} ?([A-Z]{0,3}/?\d{4,12}[A-Z]?(?:/\d{1,6})?)(?![\w])",
    re.IGNORECASE,
)


def _flag(start: int, end: int, kind: Kind, rule: str) -> Span:
    return Span(start, end, kind, rule, Action.FLAG)


def find_titles(text: str, lists: WordLists) -> Iterator[Span]:
    """Titles, and the capitalised words after them; not a court's judge, whose name is a citation."""
    for match in _WORD.finditer(text):
        word = match[0]
        if (
            word.lower() not in lists.titles
            or not word[0].isupper()
            or (word.isupper() and len(word) == 2 and word != "MR")
        ):
            continue
        end = _names_after(text, match.end(), lists)
        stands_alone = word.lower() in {"mr", "mrs", "ms", "mx"}
        if end > match.end() or stands_alone:
            yield _flag(match.start(), end, Kind.TITLE, "title")


def _names_after(text: str, end: int, lists: WordLists) -> int:
    """Where up to three capitalised words end that may be a name."""
    for _ in range(3):
        following = _NEXT_NAME.match(text, end)
        if not following or not following[1][0].isupper() or following[1].lower() in lists.capitalised_ordinary:
            break
        end = following.end()
    return end


def find_gendered_words(text: str, lists: WordLists) -> Iterator[Span]:
    """Gendered pronouns and words about a person."""
    for match in _WORD.finditer(text):
        word = match[0].lower().replace("’", "'")
        if word in lists.pronouns or word.removesuffix("'s") in lists.pronouns:
            yield _flag(match.start(), match.end(), Kind.GENDER, "gendered word")


def find_personal_numbers(text: str) -> Iterator[Span]:
    """Registration and membership numbers, and long runs of digits."""
    for match in _LABELLED.finditer(text):
        yield _flag(*match.span(1), Kind.NUMBER, "labelled number")
    for match in _REGISTRATION.finditer(text):
        yield _flag(*match.span(), Kind.NUMBER, "registration number")
    for match in _LONG_NUMBER.finditer(text):
        if not _TWO_YEARS.fullmatch(match[0]):
            yield _flag(*match.span(), Kind.NUMBER, "long number")


def find_other_names(text: str, lists: WordLists) -> Iterator[Span]:
    """Other people's names: a given name and what follows it, or a capitalised word after a person's role."""
    at = 0
    while match := _PAIR.search(text, at):
        first, last = match[1], match[3]
        at = match.start(3)
        if not (first[0].isupper() and last[0].isupper()):
            continue
        if first.lower() in lists.given_names and last.lower() not in lists.capitalised_ordinary:
            yield _flag(*match.span(), Kind.OTHER_NAME, "given name and family name")
    for match in _WORD.finditer(text):
        if match[0].lower() in lists.role_words and _MY.search(text[max(0, match.start() - 24) : match.start()]):
            yield from _name_after_role(text, match.end(), lists)


def _name_after_role(text: str, end: int, lists: WordLists) -> Iterator[Span]:
    named = _AFTER_ROLE.match(text, end)
    if not named or len(named[1]) < 3 or not named[1][0].isupper() or not named[1][1:].islower():
        return
    if named[1].lower() in lists.capitalised_ordinary or named[1].lower() in lists.role_words:
        return
    yield _flag(named.start(1), _names_after(text, named.end(), lists), Kind.OTHER_NAME, "name after a role")
