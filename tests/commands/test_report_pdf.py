"""The report as PDF/UA: tagged, with a title and a language, and a clear message where the extra is absent."""

from __future__ import annotations

import builtins
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from recruitment.cli import recruitment
from recruitment.commands.report_pdf import require_pdf
from recruitment.rules.count_files import SAMPLE
from recruitment.rules.errors import Invalid


def run(*options: str) -> Result:
    return CliRunner().invoke(recruitment, ["funnel", "-", *options], input=SAMPLE)


def roles(node: object) -> set[str]:
    """Every kind of tag in the structure tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return set().union(*map(roles, node)) if node else set()
    if not isinstance(node, dict):
        return set()
    own = {str(node["/S"])} if "/S" in node else set()
    return own | roles(node.get("/K"))


def pictures(node: object) -> list[str | None]:
    """The text alternative of every picture."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [text for each in node for text in pictures(each)]
    if not isinstance(node, dict):
        return []
    own = [node.get("/Alt")] if node.get("/S") == "/Figure" else []
    return own + pictures(node.get("/K"))


def test_the_pdf_is_tagged_and_has_its_title_and_language(tmp_path: Path) -> None:
    try:
        require_pdf()
    except Invalid as absent:
        pytest.skip(absent.sentence)
    ran = run("--release", str(tmp_path), "--pdf")
    assert ran.exit_code == 0, ran.output
    read = PdfReader(tmp_path / "report.pdf")
    root = read.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata.title == "Recruitment funnel"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Caption", "/LI", "/Figure"} <= roles(root["/StructTreeRoot"])
    told = pictures(root["/StructTreeRoot"])
    assert told
    assert all(told)
    assert any("All other ethnic groups" in str(each) for each in told)
    text = "".join(page.extract_text() for page in read.pages)
    assert "What the figures say" in text
    assert "29 CFR 1607.4" in text


def test_without_the_extra_it_is_said_what_to_install_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = builtins.__import__

    def absent(name: str, *rest: object, **named: object) -> object:
        if name == "weasyprint":
            raise ImportError(name)
        return plain(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", absent)
    folder = tmp_path / "new"
    ran = run("--release", str(folder), "--pdf")
    assert ran.exit_code == 2
    assert "--pdf: A PDF needs the optional extra: install recruitment[pdf]" in ran.stderr
    assert not folder.exists()


def test_a_pdf_without_a_folder_is_refused() -> None:
    ran = run("--pdf")
    assert ran.exit_code == 2
    assert "--release DIR" in ran.stderr
