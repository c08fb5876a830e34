"""Trains the second reader: `python -m tests.support.train_second_reader` writes `weights/second_reader.txt` anew.

A logistic regression with a quadratic penalty over what `ClauseWeights.seen` sees of each clause. It learns from
the annotated texts of `tests/rules/redaction/corpus` that were read (never from the odd-numbered ones of `varied`
and `own`, which measure) and from four fifths of the sentences of `tests/rules/redaction/sentences`. Nothing else:
no text of a real person, and nothing from outside this project. The same texts give the same weights.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from recruitment.rules.redaction import Kind, KnownValues, redact
from recruitment.rules.redaction.clause_weights import Clause, ClauseWeights
from recruitment.rules.redaction.clauses import Whole
from recruitment.rules.redaction.second_reader import Reading
from recruitment.rules.redaction.sentences import split_sentences
from recruitment.services.wordlists import WEIGHTS, load_word_lists
from tests.support.redaction_corpus import CorpusText, read_corpus

SENTENCES = Path(__file__).parents[1] / "rules" / "redaction" / "sentences"
FOLDERS = ("care", "mixed", "later", "short", "varied", "own")
KINDS = {
    "FAMILY": Kind.FAMILY, "DISABILITY": Kind.DISABILITY, "RELIGION": Kind.RELIGION, "AGE": Kind.AGE,
    "NATIONALITY": Kind.NATIONALITY, "ETHNICITY": Kind.ETHNICITY, "PREGNANCY": Kind.PREGNANCY,
    "GENDER": Kind.GENDER, "UNION_POLITICS": Kind.POLITICS, "GENDER_REASSIGNMENT": Kind.TRANSITION,
    "ORIENTATION": Kind.ORIENTATION, "CLUB": Kind.MEMBERSHIP, "SCHOOL": Kind.PLACE_OF_STUDY,
    "EDUCATION_YEAR": Kind.YEAR_OF_STUDY, "BACKGROUND": Kind.FAMILY,
}  # fmt: skip
HELD_OUT = 5
PENALTY = 1 / 0.3
SENTENCES_WEIGH = 0.75
"""How much a sentence that stands alone counts beside a clause of a whole text."""
LEAST_SEEN, LEAST_PAIRS = 2, 3
LEAST_WEIGHT = 0.04
_ALONE = ("#line", "#tells", "#opens")


@dataclass(frozen=True)
class Sentence:
    """One line of `sentences/`: what it tells, or None for work; `is_held_out`: for measuring alone."""

    text: str
    kind: str | None
    heading: str
    is_held_out: bool


def read_sentences() -> list[Sentence]:
    """The sentences that tell something and those about work, in the order of their files."""
    found = []
    for name in ("telling", "work"):
        heading, number = "", 0
        for line in (SENTENCES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("== "):
                heading, number = line[3:], 0
            elif line and not line.startswith("#"):
                number += 1
                kind = heading if name == "telling" else None
                found.append(Sentence(line, kind, heading, number % HELD_OUT == 0))
    return found


def is_unread(each: CorpusText, folder: str) -> bool:
    """Whether a text of the corpus is one of those that only measure."""
    number = int(re.sub(r"\D", "", each.id))
    return folder in ("varied", "own") and number % 2 == 1 and not (each.id[0] == "a" and number <= 9)


@dataclass(frozen=True)
class Example:
    clause: Clause
    kind: str | None
    weight: float


def examples() -> Iterator[Example]:
    """Every clause to learn from, as the rules alone leave its text."""
    lists = load_word_lists(weights=None)
    for folder in FOLDERS:
        for each in read_corpus(folder):
            if not is_unread(each, folder):
                yield from _of_text(each, Reading(*_read(each, lists)))
    for sentence in read_sentences():
        if not sentence.is_held_out:
            yield from _of_sentence(sentence, lists)


def _read(each: CorpusText, lists):
    spans = redact(each.text, each.known, lists).spans
    return Whole(each.text, split_sentences(each.text)), spans


def _of_text(each: CorpusText, reading: Reading) -> Iterator[Example]:
    told: dict[int, str | None] = {}
    for mark in each.telling:
        kind = mark.type if mark.type in KINDS and mark.is_scored else None
        for place in range(mark.start, mark.end):
            told[place] = kind
    starts = reading.tokens.starts
    for number in range(len(reading.clauses)):
        first, last = reading.clauses.range(number)
        if first == last:
            continue
        everything = list(range(first, last))
        left = [at for at in everything if not reading.covered[starts[at]]]
        pieces = [(everything, False)]
        if left and number in reading.kinds:
            pieces.append((left, True))
        for places, is_rest in pieces:
            here = [told[starts[at]] for at in places if starts[at] in told]
            kind = next((kind for kind in here if kind), None)
            if kind is None and here:
                continue  # a name, a number or a doubt: neither one thing nor the other
            yield Example(reading.candidate(number, places, is_rest).clause, kind, 1.0)


def _of_sentence(sentence: Sentence, lists) -> Iterator[Example]:
    each = CorpusText("", sentence.text, KnownValues(full_name=""), (), ())
    reading = Reading(*_read(each, lists))
    for number in range(len(reading.clauses)):
        first, last = reading.clauses.range(number)
        if first < last:
            clause = reading.candidate(number, range(first, last), False).clause
            # A sentence alone says nothing of what stands around it; a line of a CV stands alone.
            of_cv = sentence.heading == "lines of a CV"
            signs = tuple(
                sign
                for sign in clause.signs
                if not sign.startswith(_ALONE) or (of_cv and sign.startswith("#line"))
            )
            yield Example(Clause(clause.tokens, clause.places, signs), sentence.kind, SENTENCES_WEIGH)


def train(learnt: list[Example], seer: ClauseWeights) -> tuple[dict[str, float], dict[str, Kind]]:
    """The weights of everything seen often enough, and for what weighs for telling the kind it tells most."""
    seen = [Counter(seer.seen(each.clause)) for each in learnt]
    counts = Counter(key for each in seen for key in each)
    names = sorted(key for key, count in counts.items() if count >= (LEAST_PAIRS if " " in key else LEAST_SEEN))
    index = {name: number for number, name in enumerate(names)}
    rows, columns, values = [], [], []
    for row, each in enumerate(seen):
        for key, count in each.items():
            if key in index:
                rows.append(row)
                columns.append(index[key])
                values.append(float(count))
    matrix = csr_matrix((values, (rows, columns)), shape=(len(learnt), len(names)))
    signs = np.array([1.0 if each.kind else -1.0 for each in learnt])
    weighs = np.array([each.weight for each in learnt])

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        margin = signs * (matrix @ at[:-1] + at[-1])
        slope = -weighs * signs / (1 + np.exp(np.clip(margin, -30, 30)))
        penalty = 0.5 * PENALTY * float(at[:-1] @ at[:-1])
        gradient = np.append(matrix.T @ slope + PENALTY * at[:-1], slope.sum())
        return float((weighs * np.logaddexp(0, -margin)).sum()) + penalty, gradient

    found = minimize(
        loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 1000, "ftol": 1e-10}
    ).x
    weights = {name: round(float(found[number]), 2) for name, number in index.items()}
    weights = {"#bias": round(float(found[-1]), 2)} | {
        name: weight for name, weight in weights.items() if abs(weight) >= LEAST_WEIGHT
    }
    return weights, _kinds(learnt, seen, weights)


def _kinds(learnt: list[Example], seen: list[Counter[str]], weights: dict[str, float]) -> dict[str, Kind]:
    told = Counter(KINDS.get(each.kind, Kind.PLACE_OF_STUDY) for each in learnt if each.kind)
    by_name: dict[str, Counter[Kind]] = defaultdict(Counter)
    for each, keys in zip(learnt, seen, strict=True):
        if each.kind:
            for key in keys:
                by_name[key][KINDS.get(each.kind, Kind.PLACE_OF_STUDY)] += 1
    return {
        name: max(found, key=lambda kind: (found[kind] / (told[kind] + 50), kind))
        for name, found in by_name.items()
        if weights.get(name, 0.0) > 0.1 and name[0] != "#"
    }


HEAD = """\
# Weights of the second reader (rules/redaction/second_reader.py): log odds that a clause tells something of its
# writer. Trained by tests/support/train_second_reader.py on texts written for this project; not to be edited by
# hand. A line: weight, what is seen, and perhaps what it tells. word-: a stem; two words: neighbours, ^ and $ the
# ends of the clause; @list: a word of that list, +I beside the writer, +they beside others; #sign: what is around.
"""


def main() -> None:
    learnt = list(examples())
    weights, kinds = train(learnt, load_word_lists(weights=None).weights)
    lines = sorted(weights.items(), key=lambda each: (-each[1], each[0]))
    rows = [[f"{weight:.2f}", name, *([str(kinds[name])] if name in kinds else [])] for name, weight in lines]
    body = "".join("\t".join(row) + "\n" for row in rows)
    WEIGHTS.write_text(HEAD + body, encoding="utf-8")
    telling = sum(1 for each in learnt if each.kind)
    print(f"{len(learnt)} clauses, {telling} that tell something, {len(lines)} weights")


if __name__ == "__main__":
    main()
