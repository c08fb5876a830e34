"""Names of places of study by their form: headed runs such as University of X, and short names such as UWE."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from recruitment.rules.redaction.folding import holds_any, in_small_letters
from recruitment.rules.redaction.wordlists import WordLists

WORD = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*['’]?")

_SMALL = frozenset({"of", "for", "and", "the", "de", "in", "at", "&", "st"})

_NOT_STUDY = frozenset(
    "hospital hospitals nhs trust council ltd limited press infirmary principal teacher district counselling "
    "dinner board governors governor meals run runs nurse nurses street road crossing uniform hall primary "
    "holiday holidays bus".split()
)

_HEAD_SHAPE = re.compile(r"[ \t]{0,3}|,[ \t]|[ \t]?&[ \t]?|\.[ \t]{1,2}|['’][ \t]")

CAPS_RUN = re.compile(r"(?:[A-Z][\w'’.\-]*)(?:(?: (?:of|and|&|the|for|St\.?|-) | )(?:[A-Z][\w'’\-]*))*")


_LETTERS = re.compile(r"[a-zà-ÿ]+")
_HEADS = (
    "niversi", "niwersytet", "colleg", "school", "academ", "institut", "polit", "polyt", "grammar",
    "conservat", "vidya", "lyc", "gymnas", "iit", "nit", "convent", "ysgol", "iste", "high", "uni", "sixth",
    "seminar", "madras", "scoil", "egyetem",
)  # fmt: skip


@dataclass(eq=False)
class Part:
    """A sentence, or a line where there are none; `section`: study, other, or empty."""

    start: int
    text: str
    section: str
    heads: tuple[str, ...] = _HEADS
    """Letters of heads of places' names that may stand in it."""
    is_after_post: bool = False
    """Whether the line before it is a post alone, as in a CV: Physical Education Teacher."""
    _found: dict[re.Pattern[str], list[re.Match[str]]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_of_work(self) -> bool:
        return self.section == "work" or self.is_after_post

    @property
    def low(self) -> str:
        """Its text as `re.IGNORECASE` compares it."""
        return in_small_letters(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words in small letters, as far as letters go."""
        return words_of(self.text)

    @cached_property
    def forms(self) -> frozenset[str]:
        """Its words as `WORD` reads them, in small letters, with their marks and without."""
        found = set(WORD.findall(self.text.lower().replace("’", "'")))
        for word in [each for each in found if not each.isalpha()]:
            found.update((word.rstrip("'"), word.replace(".", "").replace("'", "").replace("-", "")))
        return frozenset(found)

    @property
    def mentions_place(self) -> bool:
        """Whether it holds letters that every head of a place's name has; generous."""
        return bool(self.heads) and holds_any(self.text.lower(), self.heads)

    def rule_out(self, pattern: re.Pattern[str]) -> None:
        """Take it that `verbs` finds nothing with a pattern."""
        self._found[pattern] = []

    def verbs(self, pattern: re.Pattern[str], is_likely: Callable[[Part], bool]) -> list[re.Match[str]]:
        """Matches of a pattern: looked for once, and only where they are likely."""
        found = self._found.get(pattern)
        if found is None:
            found = self._found[pattern] = list(pattern.finditer(self.text)) if is_likely(self) else []
        return found


def words_of(text: str) -> frozenset[str]:
    """The words of a text in small letters, as far as letters of English and its neighbours go."""
    return frozenset(_LETTERS.findall(text.lower()))


def heads_in(text: str) -> tuple[str, ...]:
    """The letters of heads of places' names that a text holds at all."""
    low = text.lower()
    return tuple(letters for letters in _HEADS if letters in low)


MONTHS = frozenset("january february march april may june july august september october november december".split())


def short_names(part: Part, anchors: list[int], lists: WordLists) -> Iterator[tuple[int, int]]:
    """Short names such as Hull or UWE, where a qualification or a word of study stands near."""
    if not anchors and part.section != "study":
        return
    words, opening = list(WORD.finditer(part.text)), _first_words(lists.universities)
    low = [word[0].lower().replace("’", "'").replace("-", " ") for word in words]
    index = 0
    while index < len(words):
        is_likely = low[index].partition(" ")[0].rstrip("'") in opening
        found = _short_name_at(low, index, lists) if is_likely else None
        if found is None:
            index += 1
            continue
        start, end = words[index].start(), words[found - 1].end()
        text = part.text[start:end].rstrip("'’")
        if part.text[start].isupper() and _is_placed(part.text, start, end) and _stands_near(start, anchors, part):
            yield start, start + len(text)
        index = found


@lru_cache(maxsize=4)
def _first_words(names: frozenset[str]) -> frozenset[str]:
    """The words with which short names begin."""
    return frozenset(name.partition(" ")[0].rstrip("'") for name in names)


def _stands_near(start: int, anchors: list[int], part: Part) -> bool:
    return part.section == "study" or any(abs(anchor - start) <= 70 for anchor in anchors)


def _is_placed(text: str, start: int, end: int) -> bool:
    """Whether what stands around a short name sets it apart: brackets, commas, from, at, a year."""
    before, after = text[max(0, start - 9) : start], text[end : end + 8]
    opens = re.search(r"(?:^|[(,;:–\-•|/]\s?|\b(?:from|at|the)\s)$", before, re.IGNORECASE) is not None
    closes = (
        re.match(
            r"(?:$|\s?[),;.:–\-|/(]|\s(?:19|20)\d\d|\s(?:and|in|then|uni|with|for|by|where|B|M|LL|Ph|P))",
            after,
            re.IGNORECASE,
        )
        is not None
    )
    return opens and closes


def _short_name_at(words: list[str], index: int, lists: WordLists) -> int | None:
    """The index after the longest short name that begins at a word."""
    for length in (4, 3, 2, 1):
        if index + length > len(words):
            continue
        phrase = " ".join(words[index : index + length])
        if phrase in lists.universities or phrase.rstrip("'") in lists.universities:
            return index + length
    return None


def may_hold_head(part: Part, lists: WordLists) -> bool:
    """Whether a part holds a head of a place's name."""
    if not part.mentions_place:
        return False
    forms = part.forms
    return not forms.isdisjoint(lists.study_words) or "high" in forms or "sixth" in forms


def named_runs(part: Part, lists: WordLists) -> Iterator[tuple[int, int]]:
    """The runs of a part that have a head."""
    if may_hold_head(part, lists):
        yield from headed_runs(part.text, lists, in_study=part.section == "study")


def headed_runs(text: str, lists: WordLists, *, in_study: bool = False) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words with a head such as University; not a hospital's school or a college council.

    `in_study`: under a heading of study, where a head or a subject in small letters goes on with a name.
    """
    run: list[re.Match[str]] = []
    for match in WORD.finditer(text):
        if run and not _continues(text, run[-1], match):
            if len(run) > 1:
                yield from _headed(text, run, lists)
            run = []
        low = match[0].lower().rstrip("'’")
        if (
            match[0][0].isupper()
            or (run and low in _SMALL)
            or (run and low in lists.study_words and (in_study or low not in _ALSO_WORDS))
            or (run and in_study and low in lists.subjects)
        ):
            run.append(match)
        elif run:
            if len(run) > 1:
                yield from _headed(text, run, lists)
            run = []
    if len(run) > 1:
        yield from _headed(text, run, lists)


# Heads that are as often words of a sentence.
_ALSO_WORDS = frozenset({"school", "college", "academy", "institute"})
# What stands with a full stop inside a name.
_SHORTENED = frozenset("st sts jr sr dr eng engg govt mt prof".split())


def _continues(line: str, before: re.Match[str], after: re.Match[str]) -> bool:
    gap = line[before.end() : after.start()]
    return len(gap) <= 4 and _HEAD_SHAPE.fullmatch(gap) is not None


def _headed(text: str, run: list[re.Match[str]], lists: WordLists) -> Iterator[tuple[int, int]]:
    words = [match[0].lower().rstrip("'’") for match in run]
    while words and words[-1] in _SMALL:
        words.pop()
        run = run[:-1]
    heads = [
        index
        for index, word in enumerate(words)
        if word in lists.study_words or (word == "high" and index > 0) or (word == "sixth" and "form" in words)
    ]
    if not heads or len(words) < 2 or _NOT_STUDY & set(words):
        return
    if (
        heads[0] == 0
        and words[1] not in _SMALL | lists.study_words
        and words[0]
        not in (
            "ysgol",
            "colaiste",
            "coláiste",
            "lycée",
            "lycee",
            "iit",
            "nit",
            "convent",
            "université",
            "universidad",
        )
    ):
        return
    # Before the head only what its own name can hold, so that a job title before it stays readable.
    start = max(0, heads[0] - 5)
    for index in range(heads[0] - 1, -1, -1):
        between = text[run[index].end() : run[index + 1].start()]
        gap = between.strip()
        # A wide gap after a subject or a post is a column's, unless the head alone follows it.
        is_wide = len(between) > 1 and not gap and _is_a_word(words[max(0, index - 2) : index + 1], lists)
        is_wide = is_wide and (index + 1 < heads[0] or words[heads[0] + 1 : heads[0] + 2] == ["of"])
        if is_wide or words[index] in ("at", "in"):
            start = max(start, index + 1)
            break
        if (
            gap
            and gap not in ("&", "'", "’")
            and not (gap == "." and (words[index] in _SHORTENED or len(words[index]) == 1))
        ):
            start = max(start, index + 1)
            break
        if (words[index] in lists.qualifications and len(words[index]) < 6) or (
            "." in words[index] and words[index].replace(".", "") in _DEGREES
        ):
            start = max(start, index + 1)
            break
    end = _name_end(text, run, words, heads[-1], lists)
    while end > start + 1 and words[end - 1] in _SMALL:
        end -= 1
    if end - start < 2:
        return
    letters = _LETTERS_IN_BRACKETS.match(text, run[end - 1].end())
    yield run[start].start(), letters.end() if letters else run[end - 1].end()


_LETTERS_IN_BRACKETS = re.compile(r"\s{0,2}\(['‘]?[A-Za-z.]{2,10}['’]?\)")


def _is_a_word(words: list[str], lists: WordLists) -> bool:
    known = lists.subjects | lists.qualifications | lists.capitalised_ordinary | lists.role_words
    return any(word in known for word in words)


# Degrees as they are written with full stops.
_DEGREES = frozenset(
    "be btech bsc ba msc ma mba mphil phd llb llm bed mca bca bcom mcom md mbbs ms bs jd meng beng".split()
)


def _name_end(text: str, run: list[re.Match[str]], words: list[str], head: int, lists: WordLists) -> int:
    """Where a name ends after its head: "of Somewhere and Elsewhere", a bare place, letters in brackets."""
    end = head + 1
    while end < len(run):
        gap = text[run[end - 1].end() : run[end].start()]
        word = words[end]
        if "," in gap:
            # "University of X, Y" where Y is one word and the last of the run is its town.
            if (
                end == len(run) - 1
                and head
                and words[head + 1 : head + 2] != ["of"]
                and word not in lists.qualifications
            ):
                end += 1
            break
        after_of = "of" in words[head:end] or "for" in words[head:end]
        if words[end - 1] in ("and", "&") and not _SECOND_HEADS.isdisjoint(words[end : end + 3]):
            end = next(at for at in range(end, len(run)) if words[at] in _SECOND_HEADS) + 1
            continue
        if (word in lists.qualifications and len(word) < 6) or word in MONTHS:
            break
        is_in_town = words[end - 1] in ("in", "at")
        if not after_of and word not in _SMALL and not is_in_town and (word in lists.subjects or end - head > 1):
            break
        if after_of and end - head > _LONGEST_TAIL:
            break
        end += 1
    return end


_LONGEST_TAIL = 6
# Where a second part of a name ends: College and Research Centre.
_SECOND_HEADS = frozenset("center centre technology tech sciences polytechnic".split())
