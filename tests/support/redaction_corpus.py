"""The annotated texts of `tests/rules/redaction/corpus`, and how well a redaction does on them."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from recruitment.rules.redaction import Action, Education, KnownValues, WordLists, redact

FOLDER = Path(__file__).parents[1] / "rules" / "redaction" / "corpus"
DIRECT = frozenset("NAME EMAIL URL PHONE ADDRESS POSTCODE NI_NUMBER REG_NUMBER DOB THIRD_PARTY".split())
_MARK = re.compile(r"⟦([^⟦⟧⟪⟫|]*)\|([A-Z_]+)(\??)⟧|⟪([^⟦⟧⟪⟫]*)⟫")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Marked:
    start: int
    end: int
    type: str
    is_scored: bool


@dataclass(frozen=True)
class CorpusText:
    id: str
    text: str
    known: KnownValues
    telling: tuple[Marked, ...]
    evidence: tuple[tuple[int, int], ...]


def read_corpus(name: str) -> list[CorpusText]:
    return [_read(path) for path in sorted((FOLDER / name).glob("*.txt"))]


def _read(path: Path) -> CorpusText:
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    text, at = "", 0
    telling: list[Marked] = []
    evidence: list[tuple[int, int]] = []
    for mark in _MARK.finditer(body):
        text += body[at : mark.start()]
        at, start = mark.end(), len(text)
        text += mark[1] if mark[4] is None else mark[4]
        if mark[4] is None:
            telling.append(Marked(start, len(text), mark[2], not mark[3]))
        else:
            evidence.append((start, len(text)))
    return CorpusText(path.stem, text + body[at:], _known(json.loads(head)), tuple(telling), tuple(evidence))


def _known(held: dict) -> KnownValues:
    born = held.get("date_of_birth")
    return KnownValues(
        full_name=held.get("full_name") or "",
        preferred_name=held.get("preferred_name") or "",
        previous_names=tuple(held.get("previous_names") or ()),
        email=held.get("email") or "",
        phones=(held["phone"],) if held.get("phone") else (),
        address_lines=tuple(held.get("address_lines") or ()),
        postcode=held.get("postcode") or "",
        date_of_birth=date.fromisoformat(born) if born else None,
        national_insurance_number=held.get("national_insurance_number") or "",
        education=tuple(
            Education(each["institution"], str(each.get("from") or ""), str(each.get("to") or ""))
            for each in held.get("education") or ()
        ),
    )


@dataclass(frozen=True)
class Figures:
    """Shares of texts, and for `kept_…` of words of evidence."""

    leak: float
    silent: float
    flagged: float
    flagged_clean: float
    kept_hidden: float
    kept_flagged: float
    recall: dict[str, float]


def measure(texts: list[CorpusText], lists: WordLists) -> Figures:
    """A direct identifier must be hidden whole, but another person's name; that and the rest may be flagged."""
    count: Counter[str] = Counter()
    found: Counter[str] = Counter()
    spans: Counter[str] = Counter()
    for each in texts:
        redaction = redact(each.text, each.known, lists)
        hidden = _cover(redaction, Action.HIDE)
        flagged = _cover(redaction, Action.FLAG)
        leaks = silent = False
        for mark in each.telling:
            if not mark.is_scored:
                continue
            letters = [place for place in range(mark.start, mark.end) if each.text[place].isalnum()]
            is_hidden = all(place in hidden for place in letters)
            is_held = is_hidden or any(place in flagged for place in range(mark.start, mark.end))
            spans[mark.type] += 1
            found[mark.type] += is_held
            silent = silent or not is_held
            if mark.type in DIRECT:
                leaks = leaks or not (is_held if mark.type == "THIRD_PARTY" else is_hidden)
        told = {place for mark in each.telling for place in range(mark.start, mark.end)}
        for start, end in each.evidence:
            for word in _WORD.finditer(each.text, start, end):
                places = set(range(*word.span()))
                if not places & told:
                    count["words"] += 1
                    count["kept_hidden"] += bool(places & hidden)
                    count["kept_flagged"] += bool(places & flagged)
        is_clean = not each.telling
        count.update(leak=leaks, silent=silent, flagged=bool(flagged), clean=is_clean)
        count["flagged_clean"] += is_clean and bool(flagged)
    number = len(texts)
    return Figures(
        count["leak"] / number,
        count["silent"] / number,
        count["flagged"] / number,
        count["flagged_clean"] / max(1, count["clean"]),
        count["kept_hidden"] / count["words"],
        count["kept_flagged"] / count["words"],
        {kind: found[kind] / spans[kind] for kind in sorted(spans)},
    )


def _cover(redaction, action: Action) -> set[int]:
    return {place for span in redaction.spans if span.action is action for place in range(span.start, span.end)}
