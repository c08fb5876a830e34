"""Brings what word processors write into lines of text: paragraphs, tables, boxes, notes, tracked changes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from .refusals import TOO_LONG, Refused

_BLANK_LINES = re.compile(r"\n{3,}")


class Section(Enum):
    """In the order in which they are read out."""

    HEADER = "header"
    BODY = "body"
    NOTE = "note"
    COMMENT = "comment"
    FOOTER = "footer"


class Change(Enum):
    NONE = "none"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass
class _Block:
    """Lines one below the other: a cell or a section."""

    section: Section | None = None
    lines: list[str] = field(default_factory=list)

    def finish(self) -> list[str]:
        return self.lines


@dataclass
class _Row:
    """Cells of one line each share a line, parted by a tab, so that a label keeps its value.

    A cell of several lines (a column of a curriculum vitae) is read to its end before the next one.
    """

    cells: list[list[str]] = field(default_factory=list)

    def finish(self) -> list[str]:
        lines: list[str] = []
        is_open = False
        for cell in self.cells:
            filled = [line for line in cell if line]
            if is_open and filled:
                lines[-1] += "\t" + filled.pop(0)
                is_open = not filled
            elif filled:
                is_open = len(filled) == 1
            lines += filled
        return lines


@dataclass
class _Paragraph:
    """`below`: lines of a text box anchored here.

    Where changes are tracked, the wording after them comes first and the one before them follows: put into each
    other, the two would make words that nobody wrote, and hide a name from redaction.
    """

    runs: list[tuple[Change, str]] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    is_heading: bool = False

    def finish(self) -> list[str]:
        after = self._wording(Change.DELETED)
        before = self._wording(Change.INSERTED)
        changed = [before] if before and before != after else []
        wordings = ([after] if after or not changed else []) + changed
        lines = [line.strip(" ") for wording in wordings for line in wording.split("\n")]
        if self.below and lines == [""]:
            return self.below
        return [""] * self.is_heading + lines + self.below

    def _wording(self, without: Change) -> str:
        return "".join(text for change, text in self.runs if change is not without).strip()


class Flow:
    """Elements are begun and ended in the order of the document; `end` ends what was begun last."""

    def __init__(self, characters: int) -> None:
        self._left = characters
        self.written = 0  # characters so far that can be seen
        self._sections: dict[Section, list[list[str]]] = {section: [] for section in Section}
        body = _Block(Section.BODY)
        self._sections[Section.BODY].append(body.lines)
        self._open: list[_Block | _Row | _Paragraph] = [body]

    @property
    def is_in_paragraph(self) -> bool:
        return isinstance(self._open[-1], _Paragraph)

    def begin_section(self, section: Section) -> None:
        self._open.append(_Block(section))

    def begin_row(self) -> None:
        self._open.append(_Row())

    def begin_cell(self) -> None:
        self._open.append(_Block())

    def begin_paragraph(self) -> None:
        self._open.append(_Paragraph())

    def mark_heading(self) -> None:
        """The paragraph that is open begins a section: a blank line comes before it."""
        if isinstance(paragraph := self._open[-1], _Paragraph):
            paragraph.is_heading = True

    def write(self, text: str, change: Change = Change.NONE) -> None:
        """Text outside a paragraph is layout of the file, and dropped."""
        if isinstance(paragraph := self._open[-1], _Paragraph):
            paragraph.runs.append((change, text))
            self.written += len(text.strip())
            self._spend(len(text))

    def end(self) -> None:
        ended = self._open.pop()
        lines = ended.finish()
        self._spend(1)
        if isinstance(ended, _Block) and ended.section is not None:
            self._keep(ended.section, lines)
            return
        around = self._open[-1]
        if isinstance(around, _Row):
            around.cells.append(lines)
        elif isinstance(around, _Paragraph):
            around.below += lines
        else:
            around.lines += lines

    def _keep(self, section: Section, lines: list[str]) -> None:
        found = self._sections[section]
        if section in (Section.HEADER, Section.FOOTER) and lines in found:
            return  # given again for first, odd or even pages
        found.append(lines)

    def text(self) -> str:
        parts = (
            "\n".join(line for block in blocks for line in block).strip("\n") for blocks in self._sections.values()
        )
        return _BLANK_LINES.sub("\n\n", "\n\n".join(part for part in parts if part))

    def _spend(self, characters: int) -> None:
        self._left -= characters
        if self._left < 0:
            raise Refused(TOO_LONG)
