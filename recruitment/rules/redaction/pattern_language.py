"""Reads the pattern language of `phrases.py`: files of patterns and macros become a phrasebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.phrases import Beginnings, Filed, Pattern, PatternError, Phrasebook, Step
from recruitment.rules.redaction.spans import Action
from recruitment.rules.redaction.word_classes import AGES, FIGURES, LONG_SERVICE, NUMBER_WORDS, Class, Test

_ELEMENT = re.compile(r"[-+!&]?(?:\([^()]*\)|[^\s()]+)[?*]?")


def _file(patterns: Iterable[tuple[Pattern, frozenset[str] | None]]) -> Beginnings:
    found = [((pattern.needs, pattern), words) for pattern, words in patterns]
    by_second: dict[str, list[tuple[int, Pattern]]] = {
        word: [] for _, words in found if words is not None for word in words
    }
    for pair, words in found:
        for word in by_second if words is None else words:
            by_second[word].append(pair)
    # Thousands of names can come second, and the same patterns go on with each.
    shared: dict[tuple[int, ...], Filed] = {}
    return Beginnings(
        {word: shared.setdefault(tuple(map(id, pairs)), tuple(pairs)) for word, pairs in by_second.items()},
        tuple(pair for pair, words in found if words is None),
    )


@dataclass(frozen=True)
class _Reader:
    """Reads patterns with the word lists and macros they may name."""

    lists: Mapping[str, frozenset[str]]
    classes: Mapping[str, Class]
    macros: Mapping[str, str]
    tests: dict[str, Test] = field(default_factory=dict)
    """Tests by their text: patterns that say the same share one."""
    needed: dict[frozenset[str], int] = field(default_factory=dict)
    """A bit for each set of words of which some pattern needs one."""

    def expand(self, line: str) -> str:
        for _ in range(4):
            if "$" not in line:
                break
            line = re.sub(r"\$([a-z_]+)", lambda match: self.macros[match[1]], line)
        return line

    def test(self, text: str) -> Test:
        if text not in self.tests:
            self.tests[text] = self.read_test(text)
        return self.tests[text]

    def read_test(self, text: str) -> Test:
        words: set[str] = set()
        classes: list[Class] = []
        marks = {"#": "number", "@year": "year", "@Cap": "capital", "~": "anything", "$": "edge", "^": "edge"}
        ranges = {"@age": AGES, "@long": LONG_SERVICE}
        flags: dict[str, bool] = {}
        between: tuple[int, int] | None = None
        for part in text.strip("()").split("|"):
            if part in marks:
                flags[marks[part]] = True
            elif part in ranges:
                between = ranges[part]
            elif not any(character.isalnum() for character in part):
                raise PatternError(f"“{part}” is no word")
            elif "@" in part and " " in part:
                classes.append(Class(self.spelt_out(part)))
            elif part.startswith("@"):
                classes.append(self.classes[part[1:]])
            else:
                words.add(part)
        phrases = frozenset(word for word in words if " " in word or "-" in word)
        if phrases:
            classes.append(Class(phrases))
        return Test(frozenset(words - phrases), tuple(classes), between=between, **flags)

    def bits(self, needs: Iterable[frozenset[str]]) -> int:
        found = 0
        for words in needs:
            found |= self.needed.setdefault(words, 1 << len(self.needed))
        return found

    def spelt_out(self, phrase: str) -> list[str]:
        """A phrase of several words with one for each entry of the word lists that it names."""
        phrases = [""]
        for word in phrase.split():
            if word in ("@Cap", "@year"):
                entries = ["~" if word == "@Cap" else "#"]
            else:
                entries = sorted(self.lists[word[1:]]) if word.startswith("@") else [word]
            phrases = [f"{before} {entry}".strip() for before in phrases for entry in entries]
        return phrases

    def steps(self, line: str) -> tuple[list[Step], list[tuple[bool, Test]]]:
        steps: list[Step] = []
        before: list[tuple[bool, Test]] = []
        for element in _ELEMENT.findall(line):
            if element == "^":
                before.append((True, self.test("^")))
            elif element in ("[", "]"):
                steps.append(Step("open" if element == "[" else "close"))
            elif element in ("…", "..."):
                steps.append(Step("extend"))
            elif element[0] in "&!" and len(element) > 1:
                steps.append(Step("see" if element[0] == "&" else "not", self.test(element[1:])))
            elif element[0] in "-+" and len(element) > 1:
                before.append((element[0] == "+", self.test(element[1:])))
            elif re.fullmatch(r"~\d", element):
                steps.append(Step("word", Test(anything=True), 0, int(element[1])))
            elif element[-1] in "?*" and len(element) > 1:
                steps.append(Step("word", self.test(element[:-1]), 0, 1 if element[-1] == "?" else 4))
            else:
                steps.append(Step("word", self.test(element)))
        return steps, before


def _openings(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """The steps as they are, and without each optional word in front, so that every way begins with a word."""
    at = next((index for index, step in enumerate(steps) if step.what == "word"), None)
    if at is None:
        return
    first = steps[at]
    needed = Step("word", first.test, 1, first.most)
    yield (*steps[:at], needed, *steps[at + 1 :])
    if first.least == 0:
        yield from _openings((*steps[:at], *steps[at + 1 :]))


def _needs(steps: list[Step]) -> list[frozenset[str]]:
    """The words of each required step after the first, as far as they can be listed."""
    required = [step.test for step in steps if step.what == "word" and step.least > 0][1:]
    plain = [
        test.first_words
        for test in required
        if not (test.capital or test.anything or test.number or test.between or test.year)
    ]
    return [words for words in plain if not any(word.isdecimal() or word == FIGURES for word in words)]


def read_macros(text: str) -> dict[str, str]:
    """`name = text`, one a line."""
    lines = (line.partition("=") for line in text.splitlines() if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in lines}


def build_phrasebook(
    patterns: Mapping[str, str], macros: Mapping[str, str], lists: Mapping[str, frozenset[str]]
) -> Phrasebook:
    """A phrasebook from the text of each kind's file, by its name (the kind with underscores)."""
    reader = _Reader(lists, {name: Class(words) for name, words in lists.items()}, macros)
    by_first: dict[str, list[tuple[Pattern, frozenset[str] | None]]] = {}
    for name, text in patterns.items():
        try:
            kind = Kind[name.upper()]
        except KeyError:
            raise PatternError(f"patterns/{name}.txt: there is no kind of this name.") from None
        for pattern in _read_patterns(kind, name, text, reader):
            # Not frozen per line: a pattern is filed under each word that it can begin with.
            for steps in _openings(pattern.steps):
                filed = _with_opening(replace(pattern, steps=steps))
                firsts = next(step for step in steps if step.what == "word").test.first_words
                if not firsts:
                    raise PatternError(f"patterns/{name}.txt: line {pattern.line} begins with any word.")
                for word in firsts:
                    by_first.setdefault(word, []).append((filed, _second_words(steps, word)))
    bits: dict[str, int] = {}
    for words, bit in reader.needed.items():
        for word in words:
            bits[word] = bits.get(word, 0) | bit
    # Thousands of words stand in the same sets: one entry for all of them stays in a processor's cache.
    shared: dict[int, tuple[int, None]] = {}
    by_word: dict[str, tuple[int, Beginnings | None]] = {
        word: shared.setdefault(number, (number, None)) for word, number in bits.items()
    }
    by_word.update({word: (bits.get(word, 0), _file(found)) for word, found in by_first.items()})
    return Phrasebook(by_word)


def _with_opening(pattern: Pattern) -> Pattern:
    """The pattern with what stands at its front, and the words after that, where these are single steps."""
    steps = pattern.steps
    at = next(index for index, step in enumerate(steps) if step.what != "open")
    if not steps[at].is_one_word:
        return pattern
    following = _first_words_of(steps, at + 1)
    is_any = following is None or "~" in following
    return replace(
        pattern,
        opening=steps[at].test,
        opening_at=at,
        following=None if is_any or following is None else frozenset(following),
    )


def _second_words(steps: tuple[Step, ...], first: str) -> frozenset[str] | None:
    """The words that can come after a pattern's first one; None for any."""
    at = next(index for index, step in enumerate(steps) if step.what == "word")
    test = steps[at].test
    found: set[str] = set()
    single = first in test.words or first == FIGURES or test.number or test.between is not None or test.year
    for each in test.classes:
        for rest in each.phrases.get(first, ()):
            if rest:
                found.add(rest[0])
            else:
                single = True
    if single:
        later = _first_words_of(steps, at if steps[at].most > 1 else at + 1)
        if later is None:
            return None
        found |= later
    if "~" in found or "#" in found:
        return None if "~" in found else frozenset(found | NUMBER_WORDS | {FIGURES})
    if any(word.isdecimal() for word in found):
        found.add(FIGURES)
    return frozenset(found)


def _first_words_of(steps: tuple[Step, ...], at: int) -> set[str] | None:
    """What the word at a step may be, over steps that may be left out; None for any word or none at all."""
    found: set[str] = set()
    for step in steps[at:]:
        if step.what != "word":
            continue
        if step.test.capital or step.test.anything:
            return None
        found |= step.test.first_words
        if step.least > 0:
            return found
    return None


def _read_patterns(kind: Kind, name: str, text: str, reader: _Reader) -> Iterator[Pattern]:
    action, rule = Action.HIDE, str(kind)
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.partition(" #! ")[0].strip()
        if not line or line.startswith("# "):
            continue
        if line.startswith("=="):
            act, _, title = line.strip("= ").partition(":")
            action, rule = Action(act.strip()), f"{kind}: {title.strip()}"
            continue
        try:
            steps, before = reader.steps(reader.expand(line))
        except KeyError as missing:
            raise PatternError(f"patterns/{name}.txt, line {number}: nothing is called {missing}.") from None
        except PatternError as wrong:
            raise PatternError(f"patterns/{name}.txt, line {number}: {wrong}.") from None
        yield Pattern(kind, action, rule, tuple(steps), tuple(before), number, reader.bits(_needs(steps)))
