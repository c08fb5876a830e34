"""Names of other people by where they stand: greetings, reference sections, labels, lists of authors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitment.rules.redaction.folding import fold_word, holds_any
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.name_runs import CAPITALISED, is_name_word, looks_like_a_name, names_after, span
from recruitment.rules.redaction.spans import Span
from recruitment.rules.redaction.wordlists import WordLists

_DEAR = re.compile(r"[DHAFc](?<!\w.)(?:(?<=D)ear|(?<=H)(?:iya|i|ello)|(?<=A)ttn|(?<=F)AO|(?<=c)c)[ \t:]{1,2}")

_REFERENCES = re.compile(
    r"^[ \t#*•\-]{0,4}(?:referees?|references?|reference details|references available)\b[^\n]{0,24}$",
    re.IGNORECASE,
)

_AUTHOR = re.compile(
    r"(?<![\w.])([^\W\d_]{2,}(?:['’\-][^\W\d_]+)*),?[ ]((?:[^\W\d_]\.?[ \-]?){1,3})(?![^\W_])(?=[,.;&)]| &"
    r"| and| et al| \(|$)",
    re.MULTILINE,
)

# Its end, with initials that are no small letters.
_INITIALS = re.compile(r"[ ](?:[^\W\d_a-z]\.?[ \-]?){1,3}(?![^\W_])(?=[,.;&)]| &| and| et al| \(|$)", re.MULTILINE)


def find_greeted(text: str, lists: WordLists) -> Iterator[Span]:
    """The name after "Dear", which leads to whoever knows the writer."""
    for match in _DEAR.finditer(text):
        named = CAPITALISED.match(text, match.end())
        if (
            named is None
            or not is_name_word(named[0], lists)
            or named[0].lower() in _ADDRESSED
            or named[0].lower() in lists.titles
        ):
            continue
        end = names_after(text, named.end(), lists, 2)
        if looks_like_a_name(text[named.start() : end], lists):
            yield span(named.start(), end, "name in a greeting")


_ADDRESSED = frozenset(
    "sir madam panel team recruitment hiring colleagues all recruiter manager selection hr sirs shortlisting "
    "resourcing committee editor".split()
)

_INLINE = re.compile(
    r"\b(?:[Rr]ef|[Rr]eferee|[Rr]eference|[Mm]anager|[Ss]upervisor|[Cc]ontact|[Ss]igned|[Cc]ompleted by"
    r"|[Rr]eviewer|[Aa]ssessor|[Cc]ountersigned|[Rr]eporting officer)s?(?: is|:| ?[-–])\s"
    r"((?:[A-Z][a-z]+(?:['’\-][A-Z]?[a-z]+)*)(?: [A-Z][a-z]+(?:['’\-][A-Z]?[a-z]+)*){1,2})(?=[,.;\n)]|$| \d"
    r"| [a-z])"
)

_AFTER_LABEL = re.compile(r"[s:\-–](?:(?<= is)|(?<!s))\s[A-Z][a-z]")

_IN_SMALL_LETTERS = re.compile(
    r"\b(?:my (?:manager|boss|supervisor|gaffer|team leader|line manager|mentor)(?: is| was|,)?"
    r"|ref(?:eree)?:?|manager:) ([a-z]{2,12} [a-z]{3,14})\b"
)

_LEAD_TO_A_NAME = (
    "my manager", "my boss", "my supervisor", "my gaffer", "my team leader", "my line manager", "my mentor",
    "ref ", "ref:", "referee ", "referee:", "manager: ",
)  # fmt: skip


_ASKED = re.compile(
    r"(?:^|[.!?(] |\n)(?:Please )?(?:[Aa]sk|[Cc]all|[Rr]ing|[Pp]hone|[Ee]mail|[Cc]ontact|[Ss]peak to|[Tt]ext) "
    r"([A-Z][a-zà-ÿ]{1,20}(?:['’\-][A-Z]?[a-zà-ÿ]+)?(?: [A-Z][a-zà-ÿ]+)?)"
    r"(?= (?:in|on|at|from|who|about|or|and|\()|[.,;\n]|$| \x00)",
    re.MULTILINE,
)
_NUMBERED = re.compile(
    r"\b(?:Referee|Reference|Ref) ?\d? ?[:.\-–—] ?((?:[A-Z]\.? ){1,3}[A-Z][a-z]+(?:['’\-][A-Z]?[a-z]+)*)"
)


def find_named_inline(text: str, lists: WordLists) -> Iterator[Span]:
    """Names after "Ref:" and the like, after "Ask", and in texts without capitals after "my manager is"."""
    for match in _ASKED.finditer(text):
        first = match[1].split()[0]
        if is_name_word(first, lists) and fold_word(first) in lists.given_names:
            yield span(*match.span(1), "name of somebody to ask")
    for match in _NUMBERED.finditer(text) if "Ref" in text else ():
        yield span(*match.span(1), "name after a label")
    for match in _INLINE.finditer(text) if _AFTER_LABEL.search(text) else ():
        if (
            not set(match[1].lower().split()) & _NOT_NAMED
            and match[1].split()[0].lower() not in lists.capitalised_ordinary
        ):
            yield span(*match.span(1), "name after a label")
    for match in _IN_SMALL_LETTERS.finditer(text) if holds_any(text, _LEAD_TO_A_NAME) else ():
        if match[1].split()[0] in lists.given_names:
            yield span(*match.span(1), "name in small letters")


def find_referees(text: str, lists: WordLists) -> Iterator[Span]:
    """Names at the start of a line, or of its parts, in a section of references."""
    inside = 0
    for line in re.finditer(r"[^\n]+", text):
        if _REFERENCES.match(line[0]) or _REFEREE_LINE.match(line[0]):
            inside = 10
        elif inside and line[0].isupper() and len(line[0].split()) <= 3 and not looks_like_a_name(line[0], lists):
            inside = 0
        labelled = _NAMED_REFEREE.match(line[0])
        if labelled and labelled[1][0].isupper() and not set(labelled[1].lower().split()) & _NOT_NAMED:
            yield span(line.start() + labelled.start(1), line.start() + labelled.end(1), "name of a referee")
        if not inside:
            continue
        inside -= 1
        for part in re.finditer(r"(?:^|[,;:|•–]|\d[.)]|\band\b|\t| {2,})[ \t]*", line[0]):
            named = CAPITALISED.match(line[0], part.end())
            if named is None or not is_name_word(named[0], lists):
                continue
            end = names_after(line[0], named.end(), lists, 3)
            words = re.findall(r"[^\W\d_]+", line[0][named.start() : end])
            if len(words) >= 2 and (looks_like_a_name(line[0][named.start() : end], lists) or part.end() == 0):
                yield span(line.start() + named.start(), line.start() + end, "name of a referee")


_NOT_NAMED = frozenset(
    "available on request upon details can be will provided to of my the and may happy supports support".split()
)

_NAMED_REFEREE = re.compile(
    r"^[ \t#*•\-]{0,4}(?:referees?|refs?|line manager|manager|supervisor)\b ?[:.\-–] ?([A-Z][^\n,;:|–]{3,48})",
    re.IGNORECASE,
)

_REFEREE_LINE = re.compile(r"^[ \t#*•\-]{0,4}(?:referees?|references?|refs?)\b ?[:.\-–]", re.IGNORECASE)


def find_lettered(text: str, capitals: frozenset[str], lists: WordLists) -> Iterator[Span]:
    """Two capitalised words and letters such as KC or OBE; `capitals`: `capital_words` of the text."""
    has_letters = any(len(word) <= 7 and word.lower() in lists.letters_after_names for word in capitals)
    for match in _LETTERED.finditer(text) if has_letters else ():
        if (
            match[3].lower() in lists.letters_after_names
            and is_name_word(match[1], lists)
            and is_name_word(match[2], lists)
        ):
            yield span(match.start(), match.end(2), "name with letters after it")


_LETTERED = re.compile(
    r"(?<!\w)([A-Z][a-zà-ÿ]+) ((?:[A-Z][^\W\d_]*['’\-])?[A-Z][a-zà-ÿ]+),? ([A-Z][A-Za-z]{1,6})(?!\w)"
)


def find_authors(text: str, hidden: list[Span]) -> Iterator[Span]:
    """Other authors beside the writer in a list of publications: "Cole, J.", "Marsh D"."""
    own = sorted(span.start for span in hidden if span.kind is Kind.NAME)
    if not own or not _YEAR.search(text) or not _INITIALS.search(text):
        return
    for match in _AUTHOR.finditer(text):
        initials = re.sub(r"[. \-]", "", match[2])
        if not match[1][0].isupper() or match[1].isupper() or not initials.isupper() or len(initials) > 3:
            continue
        if len(initials) == 3 and "." not in match[2]:
            continue
        is_beside = any(abs(start - match.start()) < _BESIDE for start in own)
        if is_beside and _YEAR.search(text, max(0, match.start() - 200), match.end() + 200):
            yield span(match.start(), match.end(2), "author beside the writer")


_BESIDE = 60

_YEAR = re.compile(r"\(?(?:19|20)\d\d\)?")
