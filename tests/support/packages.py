"""Word documents and OpenDocument texts put together by hand, for what no program at hand writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)
ODT_KIND = "application/vnd.oasis.opendocument.text"


def zip_of(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def docx_parts(body: str, *, kind: str = _WORD, main: str = "word/document.xml", **related: str) -> dict[str, str]:
    """`related`: kind of part (header, comments …) -> its content; a figure at the end tells two apart."""
    folder, _, name = main.rpartition("/")
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/{main}" ContentType="{kind}"/></Types>'
        ),
        "_rels/.rels": _relationships({main: f"{_OFFICE}/officeDocument"}),
        main: f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        f"{folder}/_rels/{name}.rels": _relationships(
            {f"{word}.xml": f"{_OFFICE}/{word.rstrip('0123456789')}" for word in related}
        ),
    }
    for word, content in related.items():
        parts[f"{folder}/{word}.xml"] = f"<w:part {_NAMESPACES}>{content}</w:part>"
    return parts


def docx_of(body: str, **more: str) -> bytes:
    return zip_of(docx_parts(body, **more))


def odt_parts(body: str, *, kind: str = ODT_KIND, master: str = "", entry: str = "") -> dict[str, str]:
    """`master`: what stands on the page style; `entry`: what the manifest says about content.xml."""
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return {
        "mimetype": kind,
        "META-INF/manifest.xml": (
            # Older programs name a document type here.
            '<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">'
            f'<manifest:manifest xmlns:manifest="{manifest}">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
            f"{entry}</manifest:file-entry></manifest:manifest>"
        ),
        "styles.xml": (
            f"<office:document-styles {_NAMESPACES}><office:master-styles><style:master-page>{master}"
            "</style:master-page></office:master-styles></office:document-styles>"
        ),
        "content.xml": (
            f"<office:document-content {_NAMESPACES}><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>"
        ),
    }


def odt_of(body: str, **more: str) -> bytes:
    return zip_of(odt_parts(body, **more))


def _relationships(targets: Mapping[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets.items())
    )
    address = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{address}">{listed}</Relationships>'
