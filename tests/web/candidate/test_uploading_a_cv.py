"""A CV is read to text before anything is written; its file name is never kept."""

import logging
from dataclasses import replace
from io import BytesIO

import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter
from sqlalchemy import func, select

from recruitment.services.documents import Scanner
from recruitment.store.applications import DraftDocument
from tests.support.packages import docx_of, odt_of
from tests.support.virus_scanner import MARKER, running_scanner


def pdf_of(text: str) -> bytes:
    document = FPDF()
    document.add_page()
    document.set_font("Helvetica", size=12)
    if text:
        document.multi_cell(0, 8, text)
    return bytes(document.output())


def encrypted(content: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.encrypt("secret", algorithm="AES-256")
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def upload(applicant, question_id, content: bytes, name: str = "philippa-wetherby-cv.pdf", version=None):
    """Send a file as a browser does; the body is made here, since the test client would put it on the disk."""
    fields = (
        f'--edge\r\nContent-Disposition: form-data; name="version"\r\n\r\n{version or applicant.draft().version}'
    )
    head = f'--edge\r\nContent-Disposition: form-data; name="document"; filename="{name}"\r\n\r\n'
    body = f"{fields}\r\n{head}".encode() + content + b"\r\n--edge--\r\n"
    return applicant.client.post(
        f"{applicant.at}/question/{question_id}", data=body, content_type="multipart/form-data; boundary=edge"
    )


def held(applicant) -> int:
    with applicant.world.public_desk.sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(DraftDocument))


def test_a_pdf_is_read_and_its_text_shown(applicant, cv_question):
    applicant.begin()
    saved = upload(applicant, cv_question, pdf_of("I kept the records of a court for nine years."))
    assert saved.status_code == 303
    page = applicant.client.get(saved.location)
    assert "This is what we read from your file" in page.text
    assert "I kept the records of a court for nine years." in page.text
    assert "philippa-wetherby" not in page.text
    assert applicant.page(f"/question/{cv_question}").status_code == 200


@pytest.mark.parametrize(
    "content",
    [
        docx_of("<w:p><w:r><w:t>I kept the records of a court.</w:t></w:r></w:p>"),
        odt_of("<text:p>I kept the records of a court.</text:p>"),
    ],
    ids=["docx", "odt"],
)
def test_what_a_word_processor_wrote_is_read_and_its_text_shown(applicant, cv_question, content):
    applicant.begin()
    saved = upload(applicant, cv_question, content, "philippa-wetherby-cv")
    assert saved.status_code == 303
    page = applicant.client.get(saved.location)
    assert "I kept the records of a court." in page.text
    assert "philippa-wetherby" not in page.text


def test_the_page_names_the_kinds_of_file_that_are_read(applicant, cv_question):
    applicant.begin()
    page = applicant.page(f"/question/{cv_question}").text
    assert "A PDF, Word document (.docx), OpenDocument text (.odt) or plain text, up to 10MB" in page
    assert 'accept=".pdf,.docx,.odt,.txt,text/plain"' in page


def scan_with(applicant, address: str) -> None:
    app = applicant.client.application
    app.extensions["settings"] = replace(app.extensions["settings"], scanner=Scanner(address))


def test_an_infected_file_is_told_at_once_and_not_kept(applicant, cv_question, errors_of, caplog):
    applicant.begin()
    with running_scanner() as scanner, caplog.at_level(logging.DEBUG):
        scan_with(applicant, scanner.unix)
        (told,) = errors_of(upload(applicant, cv_question, pdf_of("Fine.") + MARKER.encode()))
        assert "contains a virus" in told
        assert held(applicant) == 0
        assert upload(applicant, cv_question, b"I have worked in archives.").status_code == 303
    assert held(applicant) == 1
    assert "wetherby" not in caplog.text.lower()


def test_while_the_scanner_is_away_no_file_is_taken(applicant, cv_question, errors_of, tmp_path):
    applicant.begin()
    scan_with(applicant, f"unix://{tmp_path}/none")
    page = upload(applicant, cv_question, b"I have worked in archives.")
    assert page.status_code == 400
    (told,) = errors_of(page)
    assert "Upload it again in a few minutes" in told
    assert held(applicant) == 0


def test_plain_text_is_read_as_it_is_and_replaces_the_earlier_file(applicant, cv_question):
    applicant.begin()
    upload(applicant, cv_question, pdf_of("The first file of mine."))
    upload(applicant, cv_question, "The second – a café’s books".encode(), "cv.txt")
    page = applicant.page(f"/question/{cv_question}")
    assert "The second – a café’s books" in page.text
    assert "The first file" not in page.text
    assert held(applicant) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (
            b"MZ\x90\x00\x03\x00\x00\x00" * 50,
            "must be a PDF, Word document (.docx), OpenDocument text (.odt) or plain text",
        ),
        (encrypted(pdf_of("Locked away.")), "protected with a password"),
        (pdf_of(""), "could not find any text"),
        (b"%PDF-1.7\nnothing of the kind", "damaged or incomplete"),
        (b"word " * (2 * 1024 * 1024 + 200_000), "10 MB or smaller"),
    ],
    ids=["empty", "disguised", "encrypted", "image only", "broken", "huge"],
)
def test_a_file_that_cannot_be_read_is_told_at_once_and_not_kept(
    applicant, cv_question, errors_of, content, sentence
):
    applicant.begin()
    page = upload(applicant, cv_question, content)
    assert page.status_code == 400
    (told,) = errors_of(page)
    assert sentence in told
    assert held(applicant) == 0


def test_a_request_beyond_every_limit_is_refused_in_words(applicant, cv_question):
    applicant.begin()
    page = upload(applicant, cv_question, b"a" * (12 * 1024 * 1024))
    assert page.status_code == 413
    assert "too large" in page.text


def test_without_a_file_the_page_asks_for_one(applicant, cv_question, errors_of):
    applicant.begin()
    assert errors_of(applicant.save(f"/question/{cv_question}")) == ["Choose a file"]


def test_with_a_file_kept_the_page_goes_on(applicant, cv_question):
    applicant.begin()
    upload(applicant, cv_question, b"I have worked in archives.", "cv.txt")
    assert applicant.save(f"/question/{cv_question}").location == applicant.at


def test_an_upload_from_an_older_tab_is_not_kept(applicant, cv_question, errors_of):
    applicant.begin()
    applicant.save("/name", full_name="Philippa Wetherby")
    page = upload(applicant, cv_question, b"I have worked in archives.", "cv.txt", version=1)
    assert page.status_code == 409
    assert held(applicant) == 0
