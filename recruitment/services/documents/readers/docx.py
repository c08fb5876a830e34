"""Reads the text of a Word document inside the confined child, from its XML.

python-docx would leave out text boxes, comments, tracked changes and notes. Read here: body, tables, headers and
footers, text boxes, notes, comments, tracked changes, results of fields, content controls, hidden text. Left:
properties, names of authors, pictures and what they are called, addresses behind links, macros, embedded files,
diagrams and charts. There is no number of pages worth trusting (docProps/app.xml says what the last program
believed); the number of characters is limited instead.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from .flow import Change, Flow, Section
from .markup import walk
from .packages import Package
from .refusals import UNKNOWN_KIND, Refused

_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_STRICT = "http://purl.oclc.org/ooxml/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    _STRICT + "wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    _STRICT + "drawingml/main": "a",
    _OFFICE + "math": "m",
    _STRICT + "officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
    _PACKAGE + "relationships": "rel",
    _PACKAGE + "content-types": "type",
}
# Documents and templates, with and without macros; the macros lie in a part that is not unpacked.
_MAIN_PARTS = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.document.macroenabled.main+xml",
        "application/vnd.ms-word.template.macroenabledtemplate.main+xml",
    }
)
_SECTIONS = {
    "header": Section.HEADER,
    "footer": Section.FOOTER,
    "footnotes": Section.NOTE,
    "endnotes": Section.NOTE,
    "comments": Section.COMMENT,
}
_PARAGRAPHS = frozenset({"w:p", "a:p"})
_TEXTS = frozenset({"w:t", "w:delText", "m:t", "a:t"})
_WRITTEN = {
    "w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-", "a:br": "\n",
}  # fmt: skip
_CHANGES = {
    "w:ins": Change.INSERTED,
    "w:moveTo": Change.INSERTED,
    "w:del": Change.DELETED,
    "w:moveFrom": Change.DELETED,
}
# Properties hold old formatting and tab stops, which are named like text.
_SKIPPED = frozenset({"w:tabs", "w:rPr", "w:sectPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sdtPr", "w:pPrChange"})
_BODY_LEVEL = "9"
_BY_ALTERNATIVE = frozenset({"mc:Choice", "mc:Fallback"})


def read(content: bytes, limits: dict[str, int]) -> dict[str, str | int]:
    """{"text", "pages"} or {"reason"}; "pages" is 1."""
    try:
        package = Package(content, limits["unpacked"])
        main = _find_main_part(package)
        flow = Flow(limits["characters"])
        walk(package.unpack(main), _PREFIXES, _Text(flow))
        for kind, part in _related(package, main):
            section = _SECTIONS.get(kind)
            if section is not None and part in package:
                flow.begin_section(section)
                walk(package.unpack(part), _PREFIXES, _Text(flow))
                flow.end()
    except Refused as refused:
        return {"reason": refused.reason}
    return {"text": flow.text(), "pages": 1}


def _find_main_part(package: Package) -> str:
    if _TYPES not in package:
        raise Refused(UNKNOWN_KIND)
    types = _ContentTypes()
    walk(package.unpack(_TYPES), _PREFIXES, types)
    for kind, part in _related(package, ""):
        if kind == "officeDocument" and types.of(part) in _MAIN_PARTS:
            return part
    raise Refused(UNKNOWN_KIND)


def _related(package: Package, part: str) -> list[tuple[str, str]]:
    """(the last word of the relationship's kind, the part's name) of everything that `part` points to."""
    folder, name = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    found = _Relationships()
    if listed in package:
        walk(package.unpack(listed), _PREFIXES, found)
    return [
        (kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        for kind, target in dict.fromkeys(found.found)
    ]


def _is_heading(name: str, value: str) -> bool:
    if name == "w:outlineLvl":
        return value != _BODY_LEVEL
    return name == "w:pStyle" and value.lower().startswith(("heading", "title"))


class _ContentTypes:
    def __init__(self) -> None:
        self._by_part: dict[str, str] = {}
        self._by_ending: dict[str, str] = {}

    def of(self, part: str) -> str:
        ending = part.rpartition(".")[2].lower()
        return self._by_part.get("/" + part.lower(), self._by_ending.get(ending, ""))

    def start(self, name: str, attributes: Mapping[str, str]) -> bool:
        kind = attributes.get("ContentType", "").lower()
        if name == "type:Override":
            self._by_part[attributes.get("PartName", "").lower()] = kind
        elif name == "type:Default":
            self._by_ending[attributes.get("Extension", "").lower()] = kind
        return True

    def characters(self, name: str, text: str) -> None: ...

    def end(self, name: str) -> None: ...


class _Relationships:
    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name == "rel:Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found.append((kind, attributes.get("Target", "")))
        return True

    def characters(self, name: str, text: str) -> None: ...

    def end(self, name: str) -> None: ...


class _Text:
    """Tells the flow what stands in one part."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._changes: list[Change] = []
        self._alternatives: list[int] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> bool:
        flow = self._flow
        if name in _SKIPPED:
            return False
        if name in _BY_ALTERNATIVE:
            # A text box stands here twice, for newer and for older programs: the first that has text is read.
            return not self._alternatives or flow.written == self._alternatives[-1]
        if name in _PARAGRAPHS:
            flow.begin_paragraph()
        elif _is_heading(name, attributes.get("w:val", "")):
            flow.mark_heading()
        elif name == "w:tr":
            flow.begin_row()
        elif name == "w:tc":
            flow.begin_cell()
        elif name in _WRITTEN:
            self._write(_WRITTEN[name])
        elif name in _CHANGES:
            self._changes.append(_CHANGES[name])
        elif name == "mc:AlternateContent":
            self._alternatives.append(flow.written)
        elif name == "v:textpath":
            self._write_lettering(attributes.get("string", ""))
        return True

    def characters(self, name: str, text: str) -> None:
        if name in _TEXTS:
            self._write(text)

    def end(self, name: str) -> None:
        if name in _PARAGRAPHS or name in ("w:tr", "w:tc"):
            self._flow.end()
        elif name in _CHANGES:
            self._changes.pop()
        elif name == "mc:AlternateContent":
            self._alternatives.pop()
        elif name == "w:rt":
            self._write(" ")  # how to say a word, written above it

    def _write(self, text: str) -> None:
        # What was inserted and deleted again stands in the wording before, so that it stands somewhere.
        is_deleted = Change.DELETED in self._changes
        change = Change.DELETED if is_deleted else self._changes[-1] if self._changes else Change.NONE
        self._flow.write(text, change)

    def _write_lettering(self, text: str) -> None:
        """Letters drawn as a picture, which older programs keep in an attribute."""
        self._flow.begin_paragraph()
        self._write(text)
        self._flow.end()
