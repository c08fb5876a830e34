"""`recruitment funnel`: a table of counts in; findings, JSON and a folder of controlled tables out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from recruitment.cli import recruitment
from recruitment.rules.count_files import MISSING_ANSWERS, SAMPLE


def run(*options: str, text: str | bytes = SAMPLE) -> Result:
    return CliRunner().invoke(recruitment, ["funnel", "-", *options], input=text)


def test_the_sample_in_the_help_is_one_that_works() -> None:
    helped = CliRunner().invoke(recruitment, ["funnel", "--help"])
    assert all(line in helped.output for line in SAMPLE.splitlines())
    words = " ".join(helped.output.split())
    assert all(name in words for name in MISSING_ANSWERS)
    assert run().exit_code == 0


def test_json_has_counts_rates_findings_and_the_controlled_tables() -> None:
    report = json.loads(run("--json").stdout)
    assert report["stages"] == ["Applied", "Shortlisted", "Appointed"]
    assert report["totals"] == [1030, 390, 83]
    ethnic = report["characteristics"][0]
    assert ethnic["groups"][0]["rates"][0] == {
        "from": "Applied",
        "to": "Shortlisted",
        "selected": 312,
        "considered": 780,
        "rate": 0.4,
        "interval": ethnic["groups"][0]["rates"][0]["interval"],
    }
    assert report["findings"][0]["ratio"] == pytest.approx(0.4 / 0.3, abs=1e-6)
    rule = report["findings"][0]["four_fifths"]
    assert (rule["selected"], rule["considered"]) == (63, 210)
    assert (rule["highest"], rule["highest_selected"], rule["highest_considered"]) == ("White", 312, 780)
    assert (rule["ratio"], rule["is_below_four_fifths"]) == (0.75, True)
    assert rule["interval"][0] < 0.75 < rule["interval"][1]
    assert 0 < rule["false_alarm_rate"] < 0.05
    assert report["controlled"]["mode"] == "round"
    assert "audit" in report


def test_each_finding_is_followed_by_what_the_four_fifths_rule_says() -> None:
    lines = run().output.splitlines()
    at = next(
        at for at, line in enumerate(lines) if line.startswith("Ethnic group: All other ethnic groups, comp")
    )
    assert lines[at + 1].startswith(
        "  Four-fifths rule: All other ethnic groups (63 of 210) has 0.75 of the highest"
    )
    assert "95 % interval" in lines[at + 1]
    assert "of 100 cases" in lines[at + 1]


def test_wrong_lines_are_told_by_number_with_exit_status_1_and_nothing_is_printed() -> None:
    ran = run("--json", text=SAMPLE.replace("White,Appointed,62", "White,Appointed,-62"))
    assert ran.exit_code == 1
    assert ran.stdout == ""
    assert ran.stderr.startswith("Line 4: A count cannot be negative")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--compare-with", "govuk_ethnic_minorities"], "White British apart"),
        (["--compare-with", "wdes_disability"], "no characteristic"),
        (["--compare-with", "bame"], "not one of"),
        (["--comparator", "Sex"], "CHARACTERISTIC=GROUP"),
        (["--comparator", "Sex=Nobody"], "Nobody"),
        (["--threshold", "4"], "4"),
    ],
)
def test_an_option_that_cannot_be_used_makes_the_exit_status_2(options: list[str], said: str) -> None:
    ran = run(*options)
    assert ran.exit_code == 2
    assert said in ran.stderr


def test_a_grouping_is_named_wherever_it_is_used() -> None:
    found = json.loads(run("--json", "--compare-with", "wres_bme").stdout)["findings"]
    assert {each["grouping"] for each in found} == {None, "wres_bme"}
    assert any("Other than White" in each["group"] for each in found)


def test_another_comparator_turns_the_ratio_round() -> None:
    one = json.loads(run("--json").stdout)["findings"]
    other = json.loads(run("--json", "--comparator", "sex=male").stdout)["findings"]
    (before,) = [
        each
        for each in one
        if (each["characteristic"], each["from"], each["to"]) == ("Sex", "Applied", "Shortlisted")
    ]
    (after,) = [
        each
        for each in other
        if (each["characteristic"], each["from"], each["to"]) == ("Sex", "Applied", "Shortlisted")
    ]
    assert before["ratio"] * after["ratio"] == pytest.approx(1, abs=1e-4)


def test_a_release_is_one_table_a_file_and_holds_nothing_exact(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    ran = run("--release", str(folder), "--threshold", "10")
    assert ran.exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "01-ethnic-group.csv", "02-sex.csv", "report.html", "tables.ods", "tables.xlsx",
    ]  # fmt: skip
    first = (folder / "01-ethnic-group.csv").read_text(encoding="utf-8-sig")
    assert first.splitlines()[0] == "Ethnic group,Applied,Shortlisted,Appointed"
    assert "Prefer not to say,40,15,*" in first
    assert "asterisk" in first


def test_the_report_stands_by_itself_and_holds_only_published_figures(tmp_path: Path) -> None:
    assert run("--release", str(tmp_path)).exit_code == 0
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "<h2>Ethnic group</h2>" in page
    assert "What the figures say" in page
    assert [word for word in ("http:", "https:", "url(", "<script", "src=") if word in page] == []
    published = (tmp_path / "01-ethnic-group.csv").read_text("utf-8-sig")
    shown = set(re.findall(r'class="figure">([^<]+)<', page)) - {"Applied", "Shortlisted", "Appointed"}
    assert shown <= set(re.findall(r"[\d*]+", published + (tmp_path / "02-sex.csv").read_text("utf-8-sig")))


@pytest.mark.parametrize("mode", ["round", "suppress"])
def test_either_mode_says_what_its_figures_are(mode: str, tmp_path: Path) -> None:
    assert run("--release", str(tmp_path), "--mode", mode).exit_code == 0
    text = (tmp_path / "02-sex.csv").read_text(encoding="utf-8-sig")
    assert ("rounded to the nearest 5" in text) is (mode == "round")
    assert ("exact" in text) is (mode == "suppress")


def test_no_release_is_written_over_another(tmp_path: Path) -> None:
    assert run("--release", str(tmp_path)).exit_code == 0
    ran = run("--release", str(tmp_path))
    assert ran.exit_code == 2
    assert "holds files already" in ran.stderr


def test_wrong_lines_leave_no_folder_behind(tmp_path: Path) -> None:
    run("--release", str(tmp_path / "new"), text="characteristic,group\n")
    assert not (tmp_path / "new").exists()


def test_a_file_from_a_spreadsheet_is_read_as_a_process_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_bytes(SAMPLE.replace(",", ";").replace("\n", "\r\n").encode("utf-8-sig"))
    ran = subprocess.run(
        [sys.executable, "-m", "recruitment.cli", "funnel", str(path), "--json"], capture_output=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["totals"] == [1030, 390, 83]
