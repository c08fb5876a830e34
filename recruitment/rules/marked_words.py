"""Words that somebody marks in a released text because they tell, and the text without them.

A text is read as pieces: what stands in it, and numbers of passages hidden before. Words are found as the
candidate's preview finds them (`hidden_passages`), also across a passage that is hidden already: whoever selects
them on a page takes its mark along.
"""

from __future__ import annotations

import re

Pieces = tuple[str | int, ...]

# A passage hidden before, in the text that is searched. What candidates typed cannot hold it: forms refuse it.
_HOLE = "\ufffe"
_FEWEST, _FEWEST_INSIDE = 2, 4  # letters or digits; “Bo” by itself is not sought in “both”
_MARKS = re.compile(r"(?:\[?\bhidden\b\]?\s*)+", re.IGNORECASE)
_ANY_MARK = rf"(?:{_HOLE}|\[?hidden\]?)"


def flat_text(pieces: Pieces) -> str:
    """The text that is searched: a passage hidden before is one character, neither letter nor space."""
    return "".join(_HOLE if isinstance(piece, int) else piece.replace(_HOLE, " ") for piece in pieces)


def _spaced(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _pattern(words: str) -> str:
    """White space may be any; a mark may stand for a hidden passage, glued to its neighbours or not."""
    first, *rest = [_spaced(part) for part in _MARKS.split(words)]
    # Each repetition takes a mark: there is one way only to match, however long the white space.
    marks = rf"(?:{_ANY_MARK}\s*)+"
    pattern = first
    for part in rest:
        pattern += (rf"\s*{marks}" if pattern else marks) + part
    return pattern


def _letters(words: str) -> int:
    return len(re.findall(r"[^\W_]", _MARKS.sub(" ", words)))


def is_markable(words: str) -> bool:
    """Whether there is something to hide in what was marked: at least two letters or digits beside any marks."""
    return _letters(words) >= _FEWEST


def _found(flat: str, words: str, *, inside_words: bool) -> list[tuple[int, int]]:
    """Every place of the words: by themselves; inside others only if asked, not too short, and nowhere else."""
    pattern = _pattern(words)
    patterns = [rf"(?<!\w){pattern}(?!\w)"]
    if inside_words and _letters(words) >= _FEWEST_INSIDE:
        patterns.append(pattern)
    for one in patterns:
        spans = [match.span() for match in re.finditer(one, flat, re.IGNORECASE)]
        spans = [(start, end) for start, end in spans if flat[start:end].strip(_HOLE + " \t\r\n")]
        if spans:
            return spans
    return []


def stand_in(pieces: Pieces, words: str) -> bool:
    """Whether words that could be hidden stand by themselves in what is still shown of a text."""
    return is_markable(words) and bool(_found(flat_text(pieces), words, inside_words=False))


def hide_words(pieces: Pieces, words: str, *, inside_words: bool = False) -> Pieces:
    """The pieces with every occurrence hidden; the same pieces where the words do not stand in them.

    A passage hidden anew gets a number below nought, which no passage ever had: nothing can restore it. Neighbours
    become one, since two marks side by side would tell where one passage ends.
    """
    if not is_markable(words):
        return pieces
    spans = _found(flat_text(pieces), words, inside_words=inside_words)
    while spans:
        pieces = without_places(pieces, spans)
        # Beside a passage that is hidden now, words may stand by themselves that were glued to it.
        spans = _found(flat_text(pieces), words, inside_words=False)
    return pieces


def without_places(pieces: Pieces, spans: list[tuple[int, int]]) -> Pieces:
    """The pieces with these places, [start, end) of `flat_text`, hidden; see `hide_words` for their numbers."""
    flat = flat_text(pieces)
    hidden = [character == _HOLE for character in flat]
    for start, end in spans:
        hidden[start:end] = [True] * (end - start)
    shape = "".join(
        "h" if gone else " " if each.isspace() else "x" for each, gone in zip(flat, hidden, strict=True)
    )
    ordinals = iter([piece for piece in pieces if isinstance(piece, int)])
    fresh = min([0, *(piece for piece in pieces if isinstance(piece, int))]) - 1
    out: list[str | int] = []
    at = 0
    for run in re.finditer(r"h(?: *h)*", shape):
        inside = flat[run.start() : run.end()]
        old = [next(ordinals) for character in inside if character == _HOLE]
        out.append(flat[at : run.start()])
        if any(start < run.end() and run.start() < end for start, end in spans):
            out.append(fresh)
            fresh -= 1
        else:
            # Nothing new in it: as it was, with the white space between.
            parts = inside.split(_HOLE)
            out.append(old[0])
            for space, ordinal in zip(parts[1:-1], old[1:], strict=True):
                out += [space, ordinal]
        at = run.end()
    out.append(flat[at:])
    return tuple(piece for piece in out if piece != "")
