"""`recruitment advert check`: what it prints, and its exit status."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from recruitment.commands.adverts import advert
from tests.support.packages import docx_of


def run(tmp_path, content, *options, name="advert.txt"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return CliRunner().invoke(advert, ["check", str(path), *options])


def test_hits_are_told_with_place_reason_and_suggestion_and_the_exit_status_is_0(tmp_path):
    answer = run(tmp_path, "Caseworker\n\nA young, ambitious team.\n")
    assert answer.exit_code == 0
    assert "Advert, line 3: Wording about age “young”" in answer.output
    assert "State the skill or the level" in " ".join(answer.output.split())
    assert "Coded masculine: 20.00 per 100 words (adverts of the 2011 study: 0.83): ambitious" in answer.output


def test_an_advert_for_one_sex_alone_ends_with_1(tmp_path):
    answer = run(tmp_path, "A cleaner. Women only.")
    assert answer.exit_code == 1
    assert "STOP  Advert, line 1: Restricted by a protected characteristic “Women only”" in answer.output


def test_json_gives_every_hit_with_its_place_and_the_counts(tmp_path):
    told = json.loads(run(tmp_path, "The chairman leads.", "--json").output)
    (title,) = (hit for hit in told["hits"] if hit["rule"] == "gendered_title")
    assert (title["line"], title["start"], title["end"], title["words"]) == (1, 4, 12, "chairman")
    assert {"reason", "suggestion", "severity", "title"} <= title.keys()
    assert told["gender_coded"]["masculine"] == {"count": 1, "per_100": 33.33, "found": ["leads"]}
    assert told["reading"]["scores"] == {}


def test_questions_are_checked_one_by_one(tmp_path):
    answer = run(tmp_path, "Describe a decision.\n\nWhat went well and what did not?", "--questions", "--json")
    told = json.loads(answer.output)
    assert [(hit["part"], hit["rule"]) for hit in told["hits"]] == [("2", "several_things_asked")]
    assert run(tmp_path, "Are you pregnant?", "--questions").exit_code == 1


def test_a_word_document_is_read(tmp_path):
    answer = run(tmp_path, docx_of("<w:p><w:r><w:t>A young team.</w:t></w:r></w:p>"), name="advert.docx")
    assert (answer.exit_code, "Wording about age" in answer.output) == (0, True)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 50, b"PK\x03\x04 broken"])
def test_a_file_that_cannot_be_read_ends_with_2_and_says_so(tmp_path, content):
    answer = run(tmp_path, content)
    assert answer.exit_code == 2
    assert "cannot be read" in answer.stderr


def test_a_file_that_is_not_there_ends_with_2(tmp_path):
    answer = CliRunner().invoke(advert, ["check", str(tmp_path / "absent.txt")])
    assert (answer.exit_code, "No such file" in answer.stderr) == (2, True)
