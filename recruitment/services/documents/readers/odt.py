"""Reads the text of an OpenDocument text inside the confined child, from its XML.

odfpy builds a tree of the whole document, and its text leaves out much. Read here: body, tables, headers and
footers of all page styles, text boxes, notes, annotations, tracked changes, fields as they stand, hidden text.
Left: properties, names of authors, pictures and what they are called, addresses behind links, forms, scripts,
embedded objects. There is no number of pages worth trusting (meta.xml says what the last program believed); the
number of characters is limited instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .flow import Change, Flow, Section
from .markup import walk
from .packages import Package
from .refusals import ENCRYPTED, UNKNOWN_KIND, Refused

_MANIFEST = "META-INF/manifest.xml"
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    **{f"{_NAMESPACE}{name}:1.0": name for name in ("office", "text", "table", "draw", "style", "manifest")},
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
}
_KIND = "application/vnd.oasis.opendocument.text"
_KINDS = frozenset({_KIND, f"{_KIND}-template"})
_WHITE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100

_PARAGRAPHS = frozenset({"text:p", "text:h"})
_AT_EDGES = (("header", Section.HEADER), ("footer", Section.FOOTER))
_SECTIONS = {
    **{f"style:{name}{page}": section for name, section in _AT_EDGES for page in ("", "-left", "-first")},
    **{f"loext:{name}-first": section for name, section in _AT_EDGES},
    "text:note": Section.NOTE,
    "office:annotation": Section.COMMENT,
}
_ROW, _CELL = "table:table-row", "table:table-cell"
_CONTAINERS = _PARAGRAPHS | _SECTIONS.keys() | {_ROW, _CELL}
_CONTROL = "loext:content-control"
_WRITTEN = {"text:tab": "\t", "text:line-break": "\n"}
_SKIPPED = frozenset({"text:note-citation", "text:script", "office:forms", "office:scripts", "draw:object"})


def read(content: bytes, limits: dict[str, int]) -> dict[str, str | int]:
    """{"text", "pages"} or {"reason"}; "pages" is 1."""
    try:
        package = Package(content, limits["unpacked"])
        _check_manifest(package)
        flow = Flow(limits["characters"])
        for part in ("styles.xml", "content.xml"):
            if part in package:
                text = _Text(flow)
                walk(package.unpack(part), _PREFIXES, text)
                text.finish()
    except Refused as refused:
        return {"reason": refused.reason}
    return {"text": flow.text(), "pages": 1}


def _check_manifest(package: Package) -> None:
    if _MANIFEST not in package:
        raise Refused(UNKNOWN_KIND)
    manifest = _Manifest()
    walk(package.unpack(_MANIFEST), _PREFIXES, manifest)
    if manifest.is_encrypted:
        raise Refused(ENCRYPTED)
    if manifest.kind not in _KINDS or "content.xml" not in package:
        raise Refused(UNKNOWN_KIND)


class _Manifest:
    def __init__(self) -> None:
        self.kind = ""
        self.is_encrypted = False

    def start(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name == "manifest:file-entry" and attributes.get("manifest:full-path") == "/":
            self.kind = attributes.get("manifest:media-type", "")
        self.is_encrypted |= name == "manifest:encryption-data"
        return True

    def characters(self, name: str, text: str) -> None: ...

    def end(self, name: str) -> None: ...


class _Text:
    """Tells the flow what stands in one part.

    What was deleted stands apart, before the body, under a number; the body holds the number where it was.
    """

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._insertions: set[str] = set()
        self._open_insertions: set[str] = set()
        self._deletions: dict[str, list[str]] = {}
        self._region = ""
        self._is_deletion = False

    def start(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name in _SKIPPED:
            return False
        if name.startswith("text:change") or name in ("text:insertion", "text:deletion"):
            return self._start_change(name, attributes)
        if name == "text:s":
            self._write(" " * min(int(attributes.get("text:c", "1")), _MOST_SPACES))
        elif name in _WRITTEN:
            self._write(_WRITTEN[name])
        elif self._is_deletion:
            if name in _PARAGRAPHS:
                self._write("\n")
        elif name in _CONTAINERS:
            self._begin(name)
        return True

    def _begin(self, name: str) -> None:
        if name == _ROW:
            self._flow.begin_row()
        elif name == _CELL:
            self._flow.begin_cell()
        elif name in _SECTIONS:
            self._flow.begin_section(_SECTIONS[name])
        else:
            self._flow.begin_paragraph()
            if name == "text:h":
                self._flow.mark_heading()

    def characters(self, name: str, text: str) -> None:
        if name.startswith("text:") or name == _CONTROL:
            self._write(_WHITE.sub(" ", text))

    def end(self, name: str) -> None:
        if name == "text:deletion":
            self._is_deletion = False
        elif name == "text:ruby-text":
            self._write(" ")  # how to say a word, written above it
        elif name in _CONTAINERS and not self._is_deletion:
            self._flow.end()

    def finish(self) -> None:
        """Deletions whose place was not found stand at the end."""
        for number in list(self._deletions):
            self._flow.begin_paragraph()
            self._write_deletion(number)
            self._flow.end()

    def _start_change(self, name: str, attributes: Mapping[str, str]) -> bool:
        number = attributes.get("text:change-id", "")
        if name == "text:changed-region":
            self._region = attributes.get("text:id", "")
        elif name == "text:insertion":
            self._insertions.add(self._region)
        elif name == "text:deletion":
            self._is_deletion = True
            self._deletions[self._region] = []
        elif name == "text:change-start" and number in self._insertions:
            self._open_insertions.add(number)
        elif name == "text:change-end":
            self._open_insertions.discard(number)
        elif name == "text:change":
            self._write_deletion(number)
        return True

    def _write(self, text: str) -> None:
        if self._is_deletion:
            self._deletions[self._region].append(text)
        else:
            self._flow.write(text, Change.INSERTED if self._open_insertions else Change.NONE)

    def _write_deletion(self, number: str) -> None:
        if self._flow.is_in_paragraph:
            deleted = "".join(self._deletions.pop(number, ())).removeprefix("\n")
            self._flow.write(deleted, Change.DELETED)
