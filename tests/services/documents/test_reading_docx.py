"""Word documents as Word writes them where LibreOffice does not, and packages that only look like one."""

from __future__ import annotations

import pytest

from recruitment.services.documents import ReadDocument, Unreadable, UnreadableDocument, read_document
from tests.support.packages import docx_of, docx_parts, zip_of

_OFFICE = "application/vnd.openxmlformats-officedocument."
_BOX = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"


def _paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def _text(body: str, **more: str) -> str:
    return read_document(docx_of(body, **more)).text


def _reason(content: bytes) -> Unreadable:
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(content)
    return refusal.value.reason


def test_a_document_of_one_paragraph_is_read() -> None:
    assert read_document(docx_of(_paragraph(_run("Zoë "), _run("O’Neill")))) == ReadDocument(
        "Zoë O’Neill", "docx", 1
    )


@pytest.mark.parametrize("newer", ["<wps:txbx>{}</wps:txbx>", "<a:graphic/>"], ids=["both", "older only"])
def test_a_text_box_kept_for_newer_and_older_programs_is_read_once(newer: str) -> None:
    box = _BOX.format("Jane Example")
    drawn = (
        "<w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing>{newer.format(box)}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert _text(_paragraph(_run("Before, "), drawn, _run("after"))) == "Before, after\nJane Example"


def test_a_curriculum_vitae_of_two_text_boxes_is_read_box_by_box() -> None:
    boxes = [
        f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{''.join(_paragraph(_run(line)) for line in lines)}"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        for lines in (("Name: Jane", "Town: Leeds"), ("Profile", "I led a team"))
    ]
    assert _text(_paragraph(*boxes)) == "Name: Jane\nTown: Leeds\nProfile\nI led a team"


def test_lettering_of_older_programs_is_read() -> None:
    drawn = '<w:r><w:pict><v:shape alt="Described"><v:textpath string="Jane Example"/></v:shape></w:pict></w:r>'
    assert _text(_paragraph(drawn)) == "Jane Example"


def test_a_table_keeps_each_label_with_its_value_and_each_column_whole() -> None:
    table = "<w:tbl>{}</w:tbl>"
    fields = table.format(
        _row(_paragraph(_run("Name")), _paragraph(_run("Jane")))
        + _row(_paragraph(_run("Address")), _paragraph(_run("1 High Street")) + _paragraph(_run("Leeds")))
    )
    columns = table.format(
        _row(
            _paragraph(_run("Contact")) + _paragraph(_run("Email")),
            _paragraph(_run("Profile")) + fields,
            _paragraph(),
        )
    )
    assert _text(columns) == "Contact\nEmail\nProfile\nName\tJane\nAddress\t1 High Street\nLeeds"


def test_the_wording_after_tracked_changes_and_the_one_before_are_each_read_whole() -> None:
    changed = _paragraph(
        _run("Managed by "),
        "<w:del w:author='Editor'><w:r><w:delText>Jane Smith</w:delText></w:r></w:del>",
        f"<w:ins w:author='Editor'>{_run('John Brown')}</w:ins>",
        _run(" for a year"),
    )
    assert _text(changed) == "Managed by John Brown for a year\nManaged by Jane Smith for a year"


def test_what_was_inserted_and_deleted_again_is_read() -> None:
    again = "<w:ins><w:del><w:r><w:delText>Jane Smith</w:delText></w:r></w:del></w:ins>"
    assert "Jane Smith" in _text(_paragraph(_run("By "), again))


def test_what_was_moved_is_read_where_it_was_and_where_it_is() -> None:
    moved = "<w:move{0}><w:r><w:t>Jane</w:t></w:r></w:move{0}>"
    body = _paragraph(_run("Was: "), moved.format("From")) + _paragraph(_run("Is: "), moved.format("To"))
    assert _text(body) == "Was:\nWas: Jane\nIs: Jane\nIs:"


def test_fields_links_controls_breaks_and_formulas_are_read_and_what_makes_them_is_not() -> None:
    tab_stops = "<w:pPr><w:tabs><w:tab w:pos='9'/></w:tabs></w:pPr>"
    body = (
        _paragraph(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>AUTHOR secret</w:instrText></w:r>",
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r>",
            _run("Field"),
        )
        + _paragraph(f"<w:fldSimple w:instr='TITLE secret'>{_run('Simple')}</w:fldSimple>")
        + _paragraph(f"<w:hyperlink w:tooltip='secret'>{_run('Link')}</w:hyperlink>")
        + f"<w:sdt><w:sdtPr><w:alias w:val='secret'/></w:sdtPr><w:sdtContent>{_paragraph(_run('Control'))}"
        "</w:sdtContent></w:sdt>"
        + _paragraph(f"<w:smartTag w:element='secret'>{_run('Smart')}</w:smartTag>")
        + _paragraph(tab_stops, _run("One"), "<w:r><w:tab/></w:r>", _run("tab"))
        + _paragraph(_run("One"), "<w:r><w:br/></w:r>", _run("break"))
        + _paragraph(_run("well"), "<w:r><w:noBreakHyphen/></w:r>", _run("known"))
        + _paragraph("<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>")
        + _paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden</w:t></w:r>")
    )  # fmt: skip
    lines = [
        "Field",
        "Simple",
        "Link",
        "Control",
        "Smart",
        "One\ttab",
        "One",
        "break",
        "well-known",
        "E=mc",
        "Hidden",
    ]
    assert _text(body) == "\n".join(lines)


def test_headers_come_first_and_footers_last_and_each_only_once() -> None:
    line = _paragraph(_run("Jane Example"))
    read = _text(
        _paragraph(_run("Body")),
        header1=line,
        header2=line,
        footer1=_paragraph(_run("Page")),
        comments=f"<w:comment w:author='secret' w:initials='sec'>{_paragraph(_run('Remark'))}</w:comment>",
        footnotes=f"<w:footnote>{_paragraph(_run('Note'))}</w:footnote>",
    )
    assert read == "Jane Example\n\nBody\n\nNote\n\nRemark\n\nPage"


def test_a_heading_stands_apart() -> None:
    heading = _paragraph("<w:pPr><w:pStyle w:val='Heading1'/></w:pPr>", _run("Education"))
    assert (
        _text(_paragraph(_run("Before")) + heading + _paragraph(_run("A degree")))
        == "Before\n\nEducation\nA degree"
    )


def test_a_document_whose_main_part_has_another_name_is_read() -> None:
    assert _text(_paragraph(_run("Elsewhere")), main="parts/text.xml") == "Elsewhere"


def test_a_document_with_macros_is_read_and_the_macros_are_not_unpacked() -> None:
    parts: dict[str, str | bytes] = {
        **docx_parts(_paragraph(_run("Text")), kind="application/vnd.ms-word.document.macroEnabled.main+xml"),
        "word/vbaProject.bin": b"Macro",
    }
    assert read_document(zip_of(parts)).text == "Text"


@pytest.mark.parametrize(
    "kind", [_OFFICE + "spreadsheetml.sheet.main+xml", _OFFICE + "presentationml.slideshow.main+xml"]
)
def test_a_spreadsheet_or_a_presentation_is_of_unknown_kind(kind: str) -> None:
    assert _reason(docx_of(_paragraph(_run("Text")), kind=kind)) is Unreadable.UNKNOWN_KIND


@pytest.mark.parametrize(
    "parts",
    [
        {"META-INF/MANIFEST.MF": "Manifest-Version: 1.0"},
        {"mimetype": "application/epub+zip", "META-INF/container.xml": "<container/>"},
        {"cv.docx": docx_of(_paragraph(_run("Text"))), "[Content_Types].xml.txt": "no"},
    ],
    ids=["jar", "epub", "zip of a document"],
)
def test_another_package_is_of_unknown_kind(parts: dict[str, str | bytes]) -> None:
    assert _reason(zip_of(parts, method=0)) is Unreadable.UNKNOWN_KIND


def test_a_document_with_a_password_is_refused_as_encrypted() -> None:
    """Word wraps the package in a compound file; its stream's name is in UTF-16."""
    wrapped = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    )
    assert _reason(wrapped) is Unreadable.ENCRYPTED
    assert _reason(wrapped.replace(b"E\0n\0c\0", b"O\0t\0h\0")) is Unreadable.UNKNOWN_KIND


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_document_that_was_cut_short_is_broken(share: float) -> None:
    content = docx_of("".join(_paragraph(_run(f"Line {number}")) for number in range(500)))
    assert _reason(content[: int(len(content) * share)]) is Unreadable.BROKEN


@pytest.mark.parametrize("body", ["<w:p><w:r>", "<w:p>&undeclared;</w:p>", "\x01"])
def test_a_document_of_damaged_markup_is_broken(body: str) -> None:
    assert _reason(docx_of(body)) is Unreadable.BROKEN


def test_a_document_without_text_is_told_as_one_of_pictures() -> None:
    parts: dict[str, str | bytes] = {
        **docx_parts(_paragraph("<w:r><w:drawing/></w:r>")),
        "word/media/1.png": b"PNG",
    }
    assert _reason(zip_of(parts)) is Unreadable.IMAGE_ONLY
