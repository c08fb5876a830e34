"""OpenDocument texts beyond what LibreOffice makes of the specimen, and packages that only look like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from recruitment.services.documents import ReadDocument, Unreadable, UnreadableDocument, read_document
from tests.support.packages import ODT_KIND, odt_of, odt_parts, zip_of


def _text(body: str, **more: str) -> str:
    return read_document(odt_of(body, **more)).text


def _reason(content: bytes) -> Unreadable:
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(content)
    return refusal.value.reason


@pytest.mark.parametrize("kind", [ODT_KIND, f"{ODT_KIND}-template"])
def test_a_text_and_a_template_are_read(kind: str) -> None:
    content = odt_of("<text:p>Zoë <text:span>O’Neill</text:span></text:p>", kind=kind)
    assert read_document(content) == ReadDocument("Zoë O’Neill", "odt", 1)


def test_white_space_of_the_file_is_one_space_and_written_white_space_is_kept() -> None:
    body = "<text:p>One\n   two<text:s text:c='3'/>three<text:tab/>four<text:line-break/>five</text:p>"
    assert _text(body) == "One two   three\tfour\nfive"


def test_the_wording_after_tracked_changes_and_the_one_before_are_each_read_whole() -> None:
    region = "<text:changed-region text:id='{}'>{}</text:changed-region>"
    body = (
        "<text:tracked-changes>"
        + region.format("in", "<text:insertion><dc:creator>Editor</dc:creator></text:insertion>")
        + region.format(
            "out", "<text:deletion><dc:creator>Editor</dc:creator><text:p>Jane Smith</text:p></text:deletion>"
        )
        + "</text:tracked-changes><text:p>Managed by <text:change text:change-id='out'/>"
        "<text:change-start text:change-id='in'/>John Brown"
        "<text:change-end text:change-id='in'/> for a year</text:p>"
    )
    assert _text(body) == "Managed by John Brown for a year\nManaged by Jane Smith for a year"


def test_a_deletion_of_several_lines_is_read_in_its_place_and_one_without_a_place_at_the_end() -> None:
    deletion = "<text:changed-region text:id='{}'><text:deletion>{}</text:deletion></text:changed-region>"
    body = (
        f"<text:tracked-changes>{deletion.format('a', '<text:p>Jane</text:p><text:p>Smith</text:p>')}"
        f"{deletion.format('b', '<text:p>Nowhere</text:p>')}</text:tracked-changes>"
        "<text:p>Left: <text:change text:change-id='a'/></text:p><text:p>End</text:p>"
    )
    assert _text(body) == "Left:\nLeft: Jane\nSmith\nEnd\nNowhere"


def test_headers_of_first_left_and_other_pages_come_first_and_each_only_once() -> None:
    master = (
        "<style:header><text:p>Jane</text:p></style:header><style:header-left><text:p>Jane</text:p></style:header-left>"
        "<style:header-first><text:p>First</text:p></style:header-first><style:footer><text:p>Foot</text:p></style:footer>"
    )
    assert _text("<text:p>Body</text:p>", master=master) == "Jane\nFirst\n\nBody\n\nFoot"


def test_descriptions_scripts_and_authors_inside_a_paragraph_are_not_read() -> None:
    body = (
        "<text:p>Seen<draw:frame draw:name='secret'><draw:image><office:binary-data>c2VjcmV0</office:binary-data>"
        "</draw:image><svg:desc>secret</svg:desc></draw:frame><text:script>secret</text:script>"
        "<office:annotation><dc:creator>secret</dc:creator><text:p>Remark</text:p></office:annotation></text:p>"
    )
    assert _text(body) == "Seen\n\nRemark"


def test_a_text_saved_by_libreoffice_with_a_password_is_refused_as_encrypted() -> None:
    assert _reason(Path(__file__).with_name("locked.odt").read_bytes()) is Unreadable.ENCRYPTED


def test_a_text_whose_manifest_says_that_it_is_encrypted_is_refused() -> None:
    entry = "<manifest:encryption-data manifest:checksum='x'/>"
    assert _reason(odt_of("<text:p>Text</text:p>", entry=entry)) is Unreadable.ENCRYPTED


def test_a_spreadsheet_is_of_unknown_kind() -> None:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    assert _reason(odt_of("<text:p>Text</text:p>", kind=kind)) is Unreadable.UNKNOWN_KIND


def test_a_text_without_its_content_is_of_unknown_kind() -> None:
    parts = odt_parts("")
    del parts["content.xml"]
    assert _reason(zip_of(parts)) is Unreadable.UNKNOWN_KIND


def test_a_text_that_was_cut_short_is_broken() -> None:
    content = zip_of(odt_parts("<text:p>Text</text:p>" * 500), method=0)
    assert _reason(content[: len(content) // 2]) is Unreadable.BROKEN
