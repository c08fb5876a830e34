"""`recruitment redact`: many texts as JSON Lines, or one document for a person."""

from __future__ import annotations

import json
import subprocess
import sys

from recruitment.rules.redaction import MARKER

KNOWN = {
    "full_name": "Folasade Adeyemi",
    "email": "f.adeyemi@example.org",
    "phone": "07700 900123",
    "education": [{"institution": "University of Hull", "from": "1989", "to": "1992"}],
}


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "recruitment.cli", "redact", *arguments],
        input=given,
        capture_output=True,
        text=True,
    )


def line(text: str, identifier: str = "1", known: dict | None = None) -> str:
    return json.dumps({"id": identifier, "text": text, "known": KNOWN if known is None else known}) + "\n"


def test_each_record_is_answered_once_in_order_with_places_in_its_own_text():
    texts = ["I, Folasade, led it.", "", "Ring 07700 900123 or Mrs Fenwick.", "Nothing to hide in a rota."]
    assert "Folasade" in texts[0]
    done = run(given="".join(line(text, str(number)) for number, text in enumerate(texts)))
    answers = [json.loads(each) for each in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["0", "1", "2", "3"]
    assert answers[0]["text"] == f"I, {MARKER}, led it."
    assert (answers[1]["text"], answers[3]["spans"]) == ("", [])
    for text, answer in zip(texts, answers, strict=True):
        for span in answer["spans"]:
            assert 0 <= span["start"] < span["end"] <= len(text)
            assert span["action"] in ("hide", "flag")
            assert span["kind"] and span["rule"]


def test_lone_surrogates_and_text_from_right_to_left_come_back_as_they_went():
    text = "\ud800 مرحبا שלום Folasade 👩🏽‍⚕️"
    done = run(given=line(text))
    (answer,) = [json.loads(each) for each in done.stdout.splitlines()]
    assert answer["text"] == text.replace("Folasade", MARKER)


def test_a_record_with_no_known_values_is_read_all_the_same():
    done = run(given=line("Write to a.b@example.com.", known={}))
    assert json.loads(done.stdout)["text"] == f"Write to {MARKER}."


def test_a_broken_line_is_named_and_what_came_before_it_is_kept():
    done = run(given=line("Folasade led it.") + "{not json}\n")
    assert done.returncode == 1
    assert "Line 2 is not a JSON object" in done.stderr
    assert json.loads(done.stdout)["text"] == f"{MARKER} led it."


def test_one_document_is_shown_as_shortlisters_read_it(tmp_path):
    (tmp_path / "cv.txt").write_text("Folasade Adeyemi\nI studied at the University of Hull, 1989-1992.")
    (tmp_path / "known.json").write_text(json.dumps(KNOWN))
    arguments = ("--file", str(tmp_path / "cv.txt"), "--known", str(tmp_path / "known.json"))
    done = run(*arguments)
    assert "Folasade" not in done.stdout and "Hull" not in done.stdout
    assert "3 years" in done.stdout
    labelled = run(*arguments, "--labels").stdout
    assert "[name]" in labelled and "[university]" in labelled
    assert "known place of study" in labelled


def test_a_document_that_cannot_be_read_says_what_to_do(tmp_path):
    (tmp_path / "cv.pdf").write_bytes(b"%PDF-1.7 cut short")
    done = run("--file", str(tmp_path / "cv.pdf"))
    assert done.returncode == 1
    assert "damaged or incomplete" in done.stderr
