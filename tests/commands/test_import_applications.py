"""The command that imports: its two file formats, its refusals and what it prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from recruitment.commands.desks import acting_for
from recruitment.commands.import_applications import (
    import_applications_command,
    load_mapping,
)
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.import_mapping import MappingProblem
from recruitment.services.import_files import read_file
from recruitment.services.import_runs import SAMPLE_MAPPING, import_applications
from recruitment.store.applications import Application
from recruitment.store.equality import count_rows

CSV_MAPPING = """
external_id = "Id"
[identity]
full_name = "Name"
email = "E-mail"
[texts]
1 = "A1"
2 = "A2"
3 = "A3"
"""
JSON_MAPPING = """
external_id = "id"
[identity]
full_name = "known.full_name"
email = "known.email"
previous_names = "known.previous_names"
education = "known.education"
[texts]
1 = "text"
2 = "more.second"
3 = "more.third"
[equality]
sex = "monitoring.sex"
"""
HEADER = "Id,Name,E-mail,A1,A2,A3\n"
GOOD = "7,Rhys Evans,rhys@example.org,I wrote letters.,I compared reports.,I asked.\n"


class Shell:
    """Runs the command as a terminal would, with this world's installation in the environment."""

    def __init__(self, world, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
        self.world, self.folder = world, tmp_path
        self.campaign_id = world.campaign(CampaignState.OPEN, applications=0)
        self.environment = {
            "RECRUITMENT_HOME": str(world.home),
            "RECRUITMENT_DATABASE": world.database,
            "RECRUITMENT_DEVELOPMENT": "yes",
        }

    def run(self, content: str | bytes, mapping: str = CSV_MAPPING, name: str = "a.csv", *more: str) -> Result:
        raw = content if isinstance(content, bytes) else content.encode()
        (self.folder / name).write_bytes(raw)
        (self.folder / "map.toml").write_text(mapping, encoding="utf-8")
        args = [str(self.campaign_id), str(self.folder / name), "--mapping", str(self.folder / "map.toml"), *more]
        return CliRunner().invoke(import_applications_command, args, env=self.environment)

    def count(self) -> tuple[int, int]:
        with self.world.staff_desk.sessions.reading() as session:
            of_campaign = select(func.count()).where(Application.campaign_id == self.campaign_id)
            return session.scalar(of_campaign) or 0, count_rows(session, self.campaign_id)


@pytest.fixture
def shell(world, tmp_path):  # type: ignore[no-untyped-def]
    return Shell(world, tmp_path)


def record(number: int, **changes: object) -> str:
    whole = {
        "id": number,
        "text": "I wrote to every tenant.",
        "more": {"second": "I compared reports.", "third": "I asked."},
        "known": {
            "full_name": f"Priya{number} Nowak",
            "email": None,
            "previous_names": ["Priya Shah"],
            "education": [{"institution": "University of Leeds", "from": "2001", "to": "2004"}],
        },
        "monitoring": {"sex": "female"},
    }
    return json.dumps(whole | changes) + "\n"


def test_a_csv_file_is_imported_once_and_found_again_the_second_time(shell):
    first = shell.run(HEADER + GOOD)
    assert (first.exit_code, first.output.splitlines()[-1]) == (0, "1 applications imported; already there: 0")
    again = shell.run(HEADER + GOOD, CSV_MAPPING, "a.csv", "--as", "recruiter@body.example")
    assert (again.exit_code, again.output.splitlines()[-1]) == (0, "0 applications imported; already there: 1")
    assert shell.count() == (1, 0)


def test_a_csv_file_may_begin_with_a_byte_order_mark(shell):
    assert shell.run(b"\xef\xbb\xbf" + (HEADER + GOOD).encode()).exit_code == 0
    assert shell.count() == (1, 0)


def test_json_lines_are_read_along_paths(shell):
    done = shell.run(record(1) + "\n" + record(2), JSON_MAPPING, "a.jsonl")
    assert done.exit_code == 0
    assert done.output.splitlines()[-2:] == [
        "2 applications imported; already there: 0",
        "2 sets of equality answers stored apart from them",
    ]
    assert shell.count() == (2, 2)


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (HEADER + GOOD.replace("rhys@example.org", "rhys"), "a.csv", "row 2: column “E-mail”: is not an e-mail"),
        (HEADER + GOOD + GOOD, "a.csv", "row 3: column “Id”: is the same as in row 2"),
        (HEADER + GOOD + "8,Ruth\n", "a.csv", "row 3: has 2 cells, the header has 6"),
        (HEADER.replace("A2", "Second") + GOOD, "a.csv", "texts.2: the file has no column “A2”"),
        (HEADER.replace("A2", "A1") + GOOD, "a.csv", "texts.1: the file has 2 columns “A1”"),
        ((HEADER + GOOD.replace("Rhys", "Siân")).encode("latin-1"), "a.csv", "The file is not in UTF-8."),
        ((HEADER + GOOD).encode("utf-16"), "a.csv", "The file is not in UTF-8."),
        (HEADER + '9,"Ruth, ', "a.csv", "The file breaks off after row 1"),
        ("", "a.csv", "The file is empty."),
        (HEADER, "a.csv", "the file holds no rows"),
        (HEADER + GOOD, "a.xlsx", "must end in .csv, .jsonl or .ndjson"),
        (record(1) + '{"id": 2, "te\n', "a.jsonl", "row 2: is not one whole JSON object"),
        (record(1) + "[1]\n", "a.jsonl", "row 2: is not one whole JSON object"),
        (record(1).encode() + b'{"id": "\xe9"}\n', "a.jsonl", "row 2: is not in UTF-8"),
        (record(1, text=["a"]), "a.jsonl", "row 1: column “text”: holds a list where text is expected"),
        (record(1, text="\ud800"), "a.jsonl", "row 1: column “text”: holds half a character"),
        (record(1, monitoring={"sex": "f"}), "a.jsonl", "row 1: column “monitoring.sex”: holds an answer that"),
        (record(1, monitoring={}), "a.jsonl", "equality.sex: no row has a column “monitoring.sex”"),
    ],
)
def test_a_file_with_a_fault_is_refused_whole_and_the_fault_is_named(shell, content, name, problem):
    mapping = JSON_MAPPING if name.endswith("jsonl") else CSV_MAPPING
    refused = shell.run(content, mapping, name)
    assert refused.exit_code == 1
    assert problem in refused.output
    assert "Rhys" not in refused.output
    assert shell.count() == (0, 0)
    if name == "a.csv":
        assert shell.run(HEADER + GOOD).exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('external_id = "Id"', "", "external_id: is missing"),
        ('full_name = "Name"', "", "identity.full_name: is missing"),
        ('full_name = "Name"', 'first_name = "Name"', "identity.full_name: is missing"),
        ('email = "E-mail"', "email = 3", "identity.email: must be the name of a column"),
        ('email = "E-mail"', 'e_mail = "E-mail"', "identity.e_mail: there is no such entry"),
        ('3 = "A3"', "", "texts: question 3 of the campaign has no column"),
        ('3 = "A3"', '4 = "A3"', "texts.4: the campaign has 3 questions"),
        ('3 = "A3"', 'cv = "A3"', "texts.cv: the campaign asks 0 times for a cv"),
        ("[texts]", '[equality]\nshoe_size = "A3"\n[texts]', "equality.shoe_size: there is no such entry"),
        (
            "[texts]",
            '[equality]\nsex = "A3"\n[equality.values.sex]\nF = "woman"\n[texts]',
            "equality.values.sex.F: must be one of PNTS, female, male",
        ),
        ("[texts]", "[texts", "map.toml: is not TOML"),
    ],
)
def test_a_mapping_with_a_fault_is_refused_by_its_key(shell, old, new, problem):
    assert old in CSV_MAPPING
    refused = shell.run(HEADER + GOOD, CSV_MAPPING.replace(old, new))
    assert (refused.exit_code, problem in refused.output) == (1, True), refused.output
    assert shell.count() == (0, 0)


def test_somebody_without_a_role_in_the_campaign_imports_nothing(shell):
    for email in ("nobody@body.example", "analyst@body.example"):
        assert shell.run(HEADER + GOOD, CSV_MAPPING, "a.csv", "--as", email).exit_code == 1
    assert shell.count() == (0, 0)


def test_the_sample_mapping_imports_a_file_with_its_columns(shell, world, tmp_path):
    mapping = load_mapping(SAMPLE_MAPPING)
    cells = {
        "Candidate ID": "A-1",
        "First name": "Amara",
        "Last name": "Okafor",
        "Previous names": "Amara Eze; Amara Bell",
        "Date of birth": "31/03/1980",
        "University": "University of Leeds",
        "Answer 1": "I wrote letters.",
        "Answer 2": "I compared reports.",
        "Answer 3": "I asked.",
        "Sex": "f",
        "Ethnic origin": "black african",
        "Adjustments": "Sign language; a quiet room",
        "Guaranteed interview": "Yes",
    }
    columns = list(dict.fromkeys(column for _, column in mapping.columns()))
    lines = [columns, [cells.get(column, "") for column in columns]]
    (tmp_path / "s.csv").write_text("".join(",".join(line) + "\n" for line in lines))
    desk = world.staff_desk
    seen: list[tuple[str, int]] = []
    summary = import_applications(
        desk,
        shell.campaign_id,
        lambda: read_file(tmp_path / "s.csv", mapping),
        mapping,
        actor=acting_for(desk, shell.campaign_id, "recruiter@body.example"),
        seen=lambda step, rows: seen.append((step, rows)),
    )
    assert (summary.stored, summary.already_there, summary.answered) == (1, 0, 1)
    assert seen == [("checked", 0), ("sealed", 1)]


def test_a_mapping_that_is_not_toml_is_named(tmp_path):
    (tmp_path / "m.toml").write_text("external_id =")
    with pytest.raises(MappingProblem, match=r"m\.toml: is not TOML"):
        load_mapping(tmp_path / "m.toml")
