"""PDFs as real programs write them, and those that cannot be read."""

from __future__ import annotations

import io
import logging
import shutil
import subprocess

import pytest
from fpdf import FPDF
from fpdf.enums import EncryptionMethod
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link, Text
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject

from recruitment.services.documents import (
    ReadDocument,
    ReadingLimits,
    Unreadable,
    UnreadableDocument,
    read_document,
)

_LINES = "Curriculum vitae\nÉloïse Example\nI led a team of twelve."
_CHROMIUM = shutil.which("chromium")


def _write_pdf(*pages: str) -> FPDF:
    pdf = FPDF()
    for text in pages:
        pdf.add_page()
        pdf.set_font("Helvetica", size=12)
        pdf.multi_cell(0, 6, text)
    return pdf


def _picture_of_text() -> Image.Image:
    picture = Image.new("RGB", (400, 200), "white")
    ImageDraw.Draw(picture).text((20, 20), "I led a team of twelve.", fill="black")
    return picture


def _reason(content: bytes, limits: ReadingLimits | None = None) -> Unreadable:
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(content, limits=limits or ReadingLimits())
    return refusal.value.reason


def test_a_pdf_is_read_line_by_line_with_its_pages_parted_by_a_blank_line() -> None:
    content = bytes(_write_pdf(_LINES, "Second page").output())
    assert read_document(content) == ReadDocument(_LINES + "\n\nSecond page", "pdf", 2)


@pytest.mark.parametrize("method", [EncryptionMethod.RC4, EncryptionMethod.AES_128, EncryptionMethod.AES_256])
def test_a_pdf_that_opens_only_with_a_password_is_refused_as_encrypted(method: EncryptionMethod) -> None:
    pdf = _write_pdf(_LINES)
    pdf.set_encryption(owner_password="owner", user_password="user", encryption_method=method)
    assert _reason(bytes(pdf.output())) is Unreadable.ENCRYPTED


@pytest.mark.parametrize("method", [EncryptionMethod.RC4, EncryptionMethod.AES_128, EncryptionMethod.AES_256])
def test_a_pdf_that_opens_without_a_password_is_read_though_changing_it_needs_one(
    method: EncryptionMethod,
) -> None:
    pdf = _write_pdf(_LINES)
    pdf.set_encryption(owner_password="owner", encryption_method=method)
    content = bytes(pdf.output())
    assert b"/Encrypt" in content
    assert read_document(content).text == _LINES


def test_a_pdf_of_sixty_pages_is_too_long_and_one_of_fifty_is_not() -> None:
    assert read_document(bytes(_write_pdf(*["A page"] * 50).output())).pages == 50
    assert _reason(bytes(_write_pdf(*["A page"] * 60).output())) is Unreadable.TOO_LONG


def test_a_pdf_with_more_characters_than_allowed_is_too_long() -> None:
    content = bytes(_write_pdf("word " * 300).output())
    assert _reason(content, ReadingLimits(characters=1000)) is Unreadable.TOO_LONG


def test_a_pdf_of_pictures_only_is_refused_with_advice() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.image(_picture_of_text(), w=100)
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(bytes(pdf.output()))
    assert refusal.value.reason is Unreadable.IMAGE_ONLY
    assert refusal.value.sentence.startswith("We could not find any text in this file.")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_pdf_that_was_cut_short_is_broken(share: float) -> None:
    content = bytes(_write_pdf(_LINES, *["Further page"] * 5).output())
    assert _reason(content[: int(len(content) * share)]) is Unreadable.BROKEN


def test_only_the_mark_of_a_pdf_is_broken() -> None:
    assert _reason(b"%PDF-1.7\nnothing of the kind\n%%EOF\n") is Unreadable.BROKEN


def test_the_author_and_title_of_a_pdf_are_not_read() -> None:
    pdf = _write_pdf(_LINES)
    pdf.set_author("Hidden Author")
    pdf.set_title("CV of Hidden Author")
    content = bytes(pdf.output())
    properties = PdfReader(io.BytesIO(content)).metadata
    assert properties is not None
    assert (properties.author, properties.title) == ("Hidden Author", "CV of Hidden Author")
    assert read_document(content).text == _LINES


def _field(kind: str, **more: str) -> DictionaryObject:
    names = {NameObject(f"/{key}"): TextStringObject(value) for key, value in more.items()}
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/Rect"): ArrayObject(FloatObject(edge) for edge in (0, 0, 90, 20)),
            NameObject("/FT"): NameObject(kind),
        }
        | names
    )


def _with_annotations(*annotations: DictionaryObject) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(bytes(_write_pdf(_LINES, "Second page").output()))))
    for annotation in annotations:
        writer.add_annotation(0, annotation)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_what_was_typed_into_a_form_is_read_behind_its_label() -> None:
    named = _field("/Tx", T="field_1", TU="Surname", V="Example")
    group = DictionaryObject(
        {NameObject("/T"): TextStringObject("Town"), NameObject("/V"): TextStringObject("Leeds")}
    )
    inherits = _field("/Ch")
    inherits[NameObject("/Parent")] = group
    choices = _field("/Ch", T="Days")
    choices[NameObject("/V")] = ArrayObject([TextStringObject("Monday"), TextStringObject("Friday")])
    others = [
        _field("/Btn", T="Agreed", V="Yes"),
        _field("/Sig", T="Signed", V="Signer"),
        _field("/Tx", T="Empty"),
    ]
    read = read_document(_with_annotations(named, inherits, choices, *others)).text
    assert read == _LINES + "\nSurname: Example\nTown: Leeds\nDays: Monday, Friday\n\nSecond page"


def test_comments_on_a_page_are_read_after_it_and_links_and_their_authors_are_not() -> None:
    place = (10, 10, 90, 40)
    remark = Text(rect=place, text="A remark")
    remark[NameObject("/T")] = TextStringObject("Secret Author")
    link = Link(rect=place, url="https://secret.example/")
    link[NameObject("/Contents")] = TextStringObject("Secret")
    content = _with_annotations(FreeText(rect=place, text="Written over"), remark, link)
    assert read_document(content).text == _LINES + "\nWritten over\nA remark\n\nSecond page"


def test_a_damaged_annotation_does_not_cost_the_text_of_the_page() -> None:
    content = _with_annotations(Text(rect=(1, 1, 9, 9), text="Whole"))
    damaged = content.replace(b"/Contents (Whole)", b"/Contents 99 0 R ")
    assert damaged != content
    assert read_document(damaged).text == _LINES + "\n\nSecond page"


def test_a_page_of_two_columns_is_read_column_by_column_as_it_was_written() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    for left, lines in ((10, "Name: Jane\nTown: Leeds\nTelephone"), (110, "Profile\nI led a team.\nReferences")):
        pdf.set_xy(left, 20)
        pdf.multi_cell(80, 6, lines)
    read = read_document(bytes(pdf.output())).text
    assert read == "Name: Jane\nTown: Leeds\nTelephone\nProfile\nI led a team.\nReferences"


def test_what_pypdf_says_about_a_document_stays_out_of_our_log(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    content = bytes(_write_pdf(_LINES).output())
    damaged = content.replace(b"startxref\n", b"startxref\n9")
    with caplog.at_level(logging.DEBUG):
        PdfReader(io.BytesIO(damaged))
        assert {record.name.split(".")[0] for record in caplog.records} == {"pypdf"}
        caplog.clear()
        capfd.readouterr()
        assert read_document(damaged).text == _LINES
    assert caplog.records == []
    assert tuple(capfd.readouterr()) == ("", "")


@pytest.mark.browser
@pytest.mark.skipif(_CHROMIUM is None, reason="no chromium on this machine")
def test_a_pdf_printed_by_chromium_is_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("printed")
    page = folder / "cv.html"
    page.write_text(
        "<!doctype html><meta charset=utf-8><title>cv</title>"
        "<style>@page{margin:2cm} li{list-style:none}</style>"
        "<h1>Éloïse Example</h1><p>Office manager, first-class offices</p><ul><li>One</li><li>Two</li></ul>"
        "<div style='break-before:page'>References on request</div>"
    )
    printed = folder / "cv.pdf"
    subprocess.run(
        [
            str(_CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={folder / 'profile'}",
            "--no-pdf-header-footer",
            f"--print-to-pdf={printed}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    assert read_document(printed.read_bytes()) == ReadDocument(
        "Éloïse Example\nOffice manager, first-class offices\nOne\nTwo\n\nReferences on request", "pdf", 2
    )
