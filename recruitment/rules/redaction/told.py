"""What writers tell of themselves, by a telling word and whose it is.

The patterns name phrases; this reads sentences: a word for a characteristic, with the writer as its subject or in a
fragment without one ("Type 2 diabetic."), hides its clause, and the rest of the sentence where that holds no work.
A word of the same kind that belongs to patients, clients or policies stays: it is evidence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.phrases import Class
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.tokens import Tokens

_FIRST = frozenset("i i'm im i've ive i'd i'll me my mine myself we we're we've our ours ourselves us".split())
# Verbs by which somebody tells what they are, have or live; any other verb after "I" tells what they did.
_SUBJECTS = _FIRST - {"me", "us"}
_STATES = frozenset(
    "am was were be been being are have had having got live lived living grew grow come came go wear wears wore pray fast speak suffer suffered take took play played sing sang "
    "belong lost raise raised adopt adopted foster fostered identify identified became become married marry celebrate observe practise follow converted transitioned captain captained crew row swim bowl "
    "worship emigrated moved arrived fled retired retire adopt divorced care cared gave get miscarried stammer walk coach".split()
)
_AUXILIARIES = frozenset(
    "am was were be been being have had having i'm i've we're we've im ive would could may might will also still never now always just only do did does not don't".split()
)
_HAVING = frozenset("having being as born raised since after before when because".split())
_WORKS = frozenset(
    "led lead leading ran run running set organised arranged worked working work supported supporting delivered wrote write trained visited interviewed investigated designed managed managing advised met contacted helped "
    "dealt translated recruited mentored coordinated assisted handled saw asked told rang drafted introduced built made reviewed represented interpreted spoke listened reassured treated assessed nursed taught teach "
    "prosecuted audited inspected planned presented chaired commissioned researched studied explained covered persuaded negotiated secured published created developed launched piloted reduced reported referred escorted "
    "searched transferred moved booked checked found noticed took answered received handle support manage advise deliver deal investigate assess liaise liaised consulted engaged invited opened started sat seen done".split()
)
_OTHERS = frozenset(
    "he she they his her their him them patient patients client clients customer customers man woman men women people family's residents resident tenant tenants prisoner prisoners caller callers lady gentleman child's "
    "user users victim victims witness witnesses offender offenders complainant claimant claimants applicant applicants student students pupil pupils member members colleague colleagues staff couple neighbour community communities "
    "contractor suspect adults elders adult learner's children neighbours defendant defendants worker workers team trainee trainees girl boy someone somebody anyone everybody who whose detainee detainees suspect families candidates learners".split()
)
_LINKS = frozenset("and or the a an of for with by to in & both also".split())
_FRAGMENT_VERBS = frozenset(
    "led ran set managed worked designed delivered wrote trained supported introduced built made reviewed represented developed created reduced organised arranged chaired presented commissioned responsible provide provided ensure ensured "
    "manage lead support deliver write run train liaise work working managing leading".split()
)


@dataclass(frozen=True)
class _Lexicon:
    """Words that tell one kind; `needs`: what makes such a word somebody's own."""

    kind: Kind
    words: Class
    fragments: bool = True
    action: Action = Action.HIDE


@dataclass(frozen=True)
class Telling:
    """The lexicons of telling words, by the word with which each entry begins."""

    by_first: Mapping[str, tuple[_Lexicon, ...]]
    jobs: Class
    evidence: Class
    bodies: Class
    works: frozenset[str] = _WORKS
    others: frozenset[str] = _OTHERS

    def find(self, tokens: Tokens, breaks: Sequence[int]) -> Iterator[Span]:
        """Spans of what is told; `breaks`: where the text's sentences begin, in order."""
        hits = list(self._hits(tokens))
        if not hits:
            return
        at = 0
        for number, start in enumerate(breaks):
            stop = breaks[number + 1] if number + 1 < len(breaks) else len(tokens.text)
            here = []
            while at < len(hits) and tokens.starts[hits[at][0]] < stop:
                if tokens.starts[hits[at][0]] >= start:
                    here.append(hits[at])
                at += 1
            if here:
                yield from self._sentence(tokens, start, stop, here)

    def does_work(self, tokens: Tokens, first: int, last: int, rest: Sequence[int]) -> bool:
        """Whether a clause says what its writer did: I, and a verb that tells no state."""
        words, left = tokens.words, set(rest)
        for index in range(first, last):
            if words[index] not in ("i", "we") or index not in left:
                continue
            ahead = index + 1
            while ahead < last and words[ahead] in _AUXILIARIES:
                ahead += 1
            if ahead < last and words[ahead] not in _STATES and ahead == index + 1:
                return True
        return False

    def own(self, tokens: Tokens, breaks: Sequence[int], spans: Iterable[Span]) -> Iterator[Span]:
        """The spans that have the writer for their subject: "married" in "I am happily married", not in "they married"."""
        for span in spans:
            index, end = bisect_left(tokens.starts, span.start), bisect_left(tokens.starts, span.end)
            # A word such as "I" or "my" near its start makes a phrase the writer's.
            if not _SUBJECTS.isdisjoint(tokens.words[index : min(end, index + 5)]):
                yield span
                continue
            number = bisect_right(breaks, span.start) - 1
            stop = breaks[number + 1] if number + 1 < len(breaks) else len(tokens.text)
            first, last = bisect_left(tokens.starts, breaks[number]), bisect_left(tokens.starts, stop)
            has_writer = self._has_writer(tokens, first, last, index, end)
            if has_writer is not False:
                yield span if has_writer else replace(span, action=Action.FLAG)

    def _has_writer(self, tokens: Tokens, first: int, last: int, index: int, end: int) -> bool | None:
        """Whether the writer is the subject; None where it cannot be told."""
        words = tokens.words
        before, after = words[first:index], words[end:last]
        if _FIRST.isdisjoint(before) and _FIRST.isdisjoint(after):
            outside = [*before, *after]
            if any(word in _WORKS or word in _OTHERS or word in _FRAGMENT_VERBS for word in outside):
                return False
            return True if len(outside) <= _SHORT_FRAGMENT else None
        for back in range(index - 1, first - 1, -1):
            word = words[back]
            if word in _FIRST:
                if word in ("me", "us"):
                    return None
                path = words[back + 1 : index]
                is_direct = word in ("my", "our") or all(each in _AUXILIARIES or each in _STATES for each in path)
                return True if is_direct or _is_state(words, back, index) else None
            if word in _OTHERS:
                return False
            if word in _WORKS:
                return None if index - back > 3 else False
        return True if index - first <= 3 else None

    def _hits(self, tokens: Tokens) -> Iterator[tuple[int, int, _Lexicon]]:
        by_first, words = self.by_first, tokens.words
        for index, word in enumerate(words):
            for lexicon in by_first.get(word, ()):
                end = next(lexicon.words.ends(tokens, index), None)
                if end is not None and not (index and words[index - 1] == "power"):
                    yield index, end, lexicon
                    break

    def _sentence(
        self, tokens: Tokens, start: int, stop: int, hits: list[tuple[int, int, _Lexicon]]
    ) -> Iterator[Span]:
        first, last = _token_range(tokens, start, stop, hits[0][0])
        words = tokens.words[first:last]
        is_own = any(word in _FIRST for word in words)
        told = [hit for hit in hits if self._is_own(tokens, first, last, hit, is_own)]
        if not told:
            return
        for index, end, lexicon in told:
            left, right = _clause(tokens, first, last, index, end)
            yield Span(
                tokens.starts[left],
                tokens.ends[right - 1],
                lexicon.kind,
                f"told of oneself: {lexicon.kind}",
                lexicon.action,
            )

    def _holds_work(self, tokens: Tokens, first: int, last: int) -> bool:
        return any(True for index in range(first, last) for _ in self.evidence.ends(tokens, index))

    def _is_own(self, tokens: Tokens, first: int, last: int, hit: tuple[int, int, _Lexicon], is_own: bool) -> bool:
        index, end, lexicon = hit
        words = tokens.words
        if self._belongs_to_work(tokens, last, hit):
            return False
        if not is_own:
            return lexicon.fragments and self._is_fragment(tokens, first, last, index, end)
        if index > first and words[index - 1] in _WHOSE:
            return False
        for back in range(index - 1, first - 1, -1):
            word = words[back]
            if word in ("my", "our"):
                return index - back <= 4 and not (set(words[back + 1 : index]) & _OTHERS)
            if word in _FIRST:
                return word not in ("me", "us") and _is_state(words, back, index)
            if word in _OTHERS or word in _WORKS:
                return False
        return index - first <= 3 and words[first] in _HAVING

    def _belongs_to_work(self, tokens: Tokens, last: int, hit: tuple[int, int, _Lexicon]) -> bool:
        """Whether a noun of work follows, also over "and Sikh": Muslim and Sikh patients."""
        _, end, lexicon = hit
        words, ahead = tokens.words, end
        while ahead < last and (
            words[ahead] in ("and", "or") or any(True for _ in lexicon.words.ends(tokens, ahead))
        ):
            ahead += 1
        if ahead < last and tokens.follows[ahead]:
            if lexicon.kind is not Kind.FAMILY and any(True for _ in self.jobs.ends(tokens, ahead)):
                return True
            if words[ahead] in ("up", "out", "off"):
                return True
        if lexicon.kind is Kind.MEMBERSHIP:
            return any(True for at in range(end, min(last, end + 5)) for _ in self.bodies.ends(tokens, at))
        return False

    def _is_fragment(self, tokens: Tokens, first: int, last: int, index: int, end: int) -> bool:
        """A sentence, or an item of a list, that begins with the telling word and holds no work."""
        opens = index == first or (
            index - first <= 2 and not any(word in _FRAGMENT_VERBS for word in tokens.words[first:index])
        )
        if not opens or last - first > _SHORT_FRAGMENT:
            return False
        rest = tokens.words[first:last]
        return not any(word in _FRAGMENT_VERBS or word in _OTHERS for word in rest) and not self._holds_work(
            tokens, first, last
        )


def _is_state(words: Sequence[str], at: int, until: int) -> bool:
    """Whether the verb after "I" tells a state: I am, I have had, I grew up; not: I have worked."""
    contracted = words[at] in ("i'm", "i've", "we're", "we've", "im", "ive", "myself", "mine")
    for word in words[at + 1 : until]:
        if word in _AUXILIARIES:
            contracted = contracted or word in _STATES
            continue
        if word in _STATES:
            return True
        return contracted and not (word in _WORKS or (word.endswith("ed") and len(word) > 4))
    return contracted or at + 1 == until


_WHOSE = frozenset(
    {
        "his",
        "her",
        "their",
        "your",
        "its",
        "whose",
        "the",
        "another",
        "every",
        "each",
        "any",
        "these",
        "those",
        "some",
    }
)
_SHORT_FRAGMENT = 9


def _token_range(tokens: Tokens, start: int, stop: int, near: int) -> tuple[int, int]:
    first = near
    while first > 0 and tokens.starts[first - 1] >= start:
        first -= 1
    last = near + 1
    while last < len(tokens) and tokens.starts[last] < stop:
        last += 1
    return first, last


_CLAUSE_STOPS = frozenset({"but", "so", "because", "although", "which", "however", "while"})


def _clause(tokens: Tokens, first: int, last: int, index: int, end: int) -> tuple[int, int]:
    """The clause around a hit: to punctuation or a conjunction on both sides."""
    left = index
    while (
        left > first
        and not tokens.is_segment_start(left)
        and tokens.words[left - 1] not in _CLAUSE_STOPS
        and not (tokens.words[left - 1] == "and" and tokens.words[left] in _FIRST)
    ):
        left -= 1
    right = end
    while (
        right < last
        and not tokens.is_segment_end(right - 1)
        and tokens.words[right] not in _CLAUSE_STOPS
        and not (tokens.words[right] == "and" and right + 1 < last and tokens.words[right + 1] in _FIRST | _WORKS)
    ):
        right += 1
    return left, right


def build_telling(lists: Mapping[str, frozenset[str]]) -> Telling:
    """Telling words from the word lists."""
    lexicons = (
        _Lexicon(Kind.RELIGION, Class(lists["faiths"] | lists["observances"])),
        _Lexicon(Kind.RELIGION, Class(lists["worship"] - _NOT_WORSHIP), fragments=False),
        _Lexicon(Kind.DISABILITY, Class((lists["conditions"] | lists["aids"]) - _NOT_CONDITIONS)),
        _Lexicon(Kind.ORIENTATION, Class(lists["orientations"])),
        _Lexicon(Kind.TRANSITION, Class(lists["transitions"])),
        _Lexicon(Kind.PREGNANCY, Class(lists["pregnancies"])),
        _Lexicon(Kind.FAMILY, Class(lists["marriages"] - {"partner"})),
        _Lexicon(Kind.AGE, Class(lists["ages_told"] - {"pension"}), fragments=False),
        _Lexicon(Kind.ETHNICITY, Class(lists["peoples"] - _NOT_PEOPLES)),
        _Lexicon(Kind.NATIONALITY, Class(lists["countries"] - _NOT_COUNTRIES), fragments=False),
        _Lexicon(Kind.MEMBERSHIP, Class(lists["belongings"]), fragments=True),
    )
    by_first: dict[str, list[_Lexicon]] = {}
    for lexicon in lexicons:
        for word in lexicon.words.phrases:
            by_first.setdefault(word, []).append(lexicon)
    return Telling(
        {word: tuple(found) for word, found in by_first.items()},
        Class(lists["jobs_of_people"]),
        Class(lists["evidence"]),
        Class(lists["professional_bodies"]),
    )


_NOT_WORSHIP = frozenset({"temple", "abbey", "parish", "citadel"})
_NOT_CONDITIONS = frozenset(
    {
        "stick",
        "medication",
        "insulin",
        "stroke",
        "cancer",
        "pip",
        "esa",
        "dla",
        "blind",
        "add",
        "ms",
        "pots",
        "aids",
        "phobia",
        "jaws",
        "dragon",
        "support worker",
        "job coach",
        "magnifier",
        "anxiety",
        "sepsis",
        "burnout",
        "addiction",
        "disability",
        "disabled",
        "disabilities",
        "personal assistant",
        "meningitis",
        "tb",
        "polio",
        "dementia",
        "seizures",
        "vertigo",
        "eds",
        "asc",
        "rsi",
        "tia",
        "gout",
    }
)
_NOT_PEOPLES = frozenset(
    {
        "ga",
        "edo",
        "pole",
        "thai",
        "eu",
        "american",
        "french",
        "german",
        "spanish",
        "italian",
        "dutch",
        "danish",
        "swedish",
        "norwegian",
        "swiss",
        "asian",
        "african",
        "kiwi",
        "turkish",
        "chinese",
        "indian",
        "greek",
        "russian",
        "japanese",
        "european",
    }
)
_NOT_COUNTRIES = frozenset(
    {
        "us",
        "the us",
        "scotland",
        "wales",
        "europe",
        "the eu",
        "cork",
        "mayo",
        "jordan",
        "chad",
        "georgia",
        "kerry",
        "northern ireland",
        "porto",
        "niger",
        "overseas",
        "abroad",
        "asia",
        "africa",
        "america",
        "france",
        "germany",
        "spain",
        "italy",
        "belgium",
        "netherlands",
        "the netherlands",
        "cyprus",
        "gibraltar",
        "malta",
        "turkey",
        "milan",
        "paris",
        "berlin",
        "dublin",
        "ireland",
        "rome",
        "madrid",
        "barcelona",
        "lyon",
        "riga",
        "sofia",
        "iraq",
        "afghanistan",
        "kosovo",
        "bosnia",
        "naples",
        "brussels",
    }
)
