"""Files of counts: whole and consistent, or every fault by the number of its line."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.count_files import MISSING_ANSWERS, SAMPLE, CountFile, Scope, read_counts
from recruitment.rules.csv_lines import decode, whole_number

HEADING = "characteristic,group,stage,count\n"
GOOD = """\
Sex,Female,Applied,20
Sex,Female,Hired,5
Sex,Male,Applied,10
Sex,Male,Hired,2
Disability,Disabled,Applied,6
Disability,Disabled,Hired,1
Disability,Not disabled,Applied,20
Disability,Not disabled,Hired,5
Disability,Prefer not to say,Applied,4
Disability,Prefer not to say,Hired,1
"""


def read(text: str) -> CountFile:
    found = read_counts(text)
    assert isinstance(found, CountFile), found
    return found


def faults(text: str) -> list[tuple[int, str]]:
    found = read_counts(text)
    assert not isinstance(found, CountFile)
    return [(fault.line, fault.sentence) for fault in found]


def with_line(number: int, line: str) -> str:
    """The good file with one of its lines replaced; the heading is line 1."""
    lines = (HEADING + GOOD).splitlines()
    lines[number - 1] = line
    return "\n".join(lines) + "\n"


def test_the_sample_of_the_help_is_a_good_file() -> None:
    file = read(SAMPLE)
    assert file.stages == ("Applied", "Shortlisted", "Appointed")
    assert file.groups["Sex"] == ("Female", "Male", "Not answered")
    assert file.missing("Sex") == {"Not answered"}
    assert file.totals(file.pooled()) == (1030, 390, 83)


def test_stages_and_groups_keep_the_order_of_their_first_appearance() -> None:
    file = read(HEADING + GOOD)
    assert file.stages == ("Applied", "Hired")
    assert list(file.groups) == ["Sex", "Disability"]
    assert file.scopes[Scope()]["Disability"]["Disabled"] == (6, 1)


@pytest.mark.parametrize(
    ("number", "line", "at", "said"),
    [
        (3, "Sex,Female,Hired,-5", 3, "cannot be negative"),
        (3, "Sex,Female,Hired,(5)", 3, "cannot be negative"),
        (3, "Sex,Female,Hired,2.5", 3, "whole number"),
        (3, "Sex,Female,Hired,five", 3, "whole number"),
        (3, "Sex,Female,Hired,#REF!", 3, "whole number"),
        (3, "Sex,Female,Hired,", 3, "write 0"),
        (3, "Sex,Female,Hired,*", 3, "withheld"),
        (3, "Sex,Female,Hired,<5", 3, "withheld"),
        (3, "Sex,Female,Hired,21", 3, "21 at Hired are more than 20 at Applied"),
        (3, "Sex,Female,Applied,20", 3, "stands on line 2 already"),
        (3, "sex,FEMALE,applied,20", 3, "stands on line 2 already"),
        (3, ",Female,Hired,5", 3, "“characteristic”"),
        (3, "Sex,Female,,5", 3, "“stage”"),
        (3, "Sex,Female,Hired,5,6", 3, "more on this line than the heading"),
        (3, 'Sex,"Female,Hired,5', 3, "quotation mark"),
        (3, "Sex,Female,Hird,5", 3, "Is it Hired?"),
        (3, "", 2, "Female of Sex has no count at Hired"),
        (7, "Disability,Disabled,Hired,2", 6, "Disability counts 8 people and Sex counts 7: 1 too many"),
        (6, "Disability,Disabled,Applied,5", 6, "Disability counts 29 people and Sex counts 30: 1 too few"),
        (1, "characteristic,group,stage", 1, "“count” is missing"),
        (1, "characteristic,group,stage,count,grade", 1, "“grade” is unknown"),
        (1, "characteristic,group,stage,count,count", 1, "stands there twice"),
    ],
)
def test_a_wrong_line_is_told_by_its_number(number: int, line: str, at: int, said: str) -> None:
    assert any(each == at and said in sentence for each, sentence in faults(with_line(number, line)))


def test_all_faults_are_told_at_once_in_the_order_of_lines() -> None:
    lines = (HEADING + GOOD).splitlines()
    lines[2], lines[4], lines[8] = "Sex,Female,Hired,-5", "Sex,Male,Hired,x", "Disability,Not disabled,Hired,50"
    assert [line for line, _ in faults("\n".join(lines))] == [3, 5, 9]


def test_a_characteristic_that_disagrees_with_two_others_is_the_one_that_is_told() -> None:
    more = "Age,Under 40,Applied,30\nAge,Under 40,Hired,7\n"
    wrong = GOOD.replace("Sex,Male,Applied,10", "Sex,Male,Applied,11")
    ((line, sentence),) = faults(HEADING + wrong + more)
    assert line == 2
    assert "At Applied, Sex counts 31 people and Disability counts 30: 1 too many" in sentence


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", HEADING, "sep=;\n"])
def test_a_file_without_counts_is_told(text: str) -> None:
    assert len(faults(text)) >= 1


def test_one_stage_is_no_funnel() -> None:
    ((line, sentence),) = faults(HEADING + "Sex,Female,Applied,5\nSex,Male,Applied,5\n")
    assert (line, "two are needed" in sentence) == (2, True)


QUIRKS = {
    "byte order mark": lambda text: "\ufeff" + text,
    "semicolons": lambda text: text.replace(",", ";"),
    "tabs": lambda text: text.replace(",", "\t"),
    "sep line": lambda text: "sep=;\n" + text.replace(",", ";"),
    "mark and sep line": lambda text: "\ufeffsep=,\n" + text,
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "old mac line ends": lambda text: text.replace("\n", "\r"),
    "empty lines": lambda text: "\n\n" + text.replace("\n", "\n\n"),
    "lines of commas": lambda text: text.replace("\n", "\n,,,\n"),
    "empty columns": lambda text: text.replace("\n", ",,\n"),
    "quoted": lambda text: "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines()
    ),
    "spaces": lambda text: text.replace(",", " ,\u00a0"),
    "formula texts": lambda text: text.replace(",20\n", ',="20"\n').replace(',="20"', ',"=""20"""'),
    "decimals": lambda text: text.replace(",20\n", ",20.0\n"),
    "capitals": lambda text: text.replace("characteristic,group", "Characteristic,GROUP"),
    "no last line end": lambda text: text.rstrip("\n"),
    "other case": lambda text: text.replace("Sex,Male", "sex,Male"),
}


@pytest.mark.parametrize("quirk", list(QUIRKS))
def test_what_a_spreadsheet_does_to_a_file_changes_no_count(quirk: str) -> None:
    assert read(QUIRKS[quirk](HEADING + GOOD)) == read(HEADING + GOOD)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_a_spreadsheet_saves_in_is_read(encoding: str) -> None:
    text = (HEADING + GOOD).replace("Female", "Féminin")
    assert read(decode(text.encode(encoding))).groups["Sex"][0] == "Féminin"


def test_the_number_of_a_line_counts_empty_ones_and_lines_within_a_cell() -> None:
    text = 'sep=,\n\ncharacteristic,group,stage,count\n"Sex\nof birth",Female,Applied,3\n\nSex,Male,Applied,many\n'
    assert "whole number" in dict(faults(text))[7]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("1200", 1200),
        ("1,200", 1200),
        ("1 200", 1200),
        ("1,234,567", 1234567),
        ("12.0", 12),
        ("12,00", 12),
    ],
)
def test_a_whole_number_is_read_as_a_spreadsheet_shows_it(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text", ["1.200", "1,2", "1e3", "١٢", "1,23", "12 people", "=A1+1", "1,200 300", "12,3456"]
)
def test_what_might_be_another_number_is_not_guessed(text: str) -> None:
    assert isinstance(whole_number(text), str)


@pytest.mark.parametrize("name", [*MISSING_ANSWERS, "Prefer Not To Say", "UNKNOWN"])
def test_missing_answers_are_known_by_name_in_any_case(name: str) -> None:
    file = read((HEADING + GOOD).replace("Prefer not to say", name))
    assert file.missing("Disability") == {name}


def scoped(scope: str) -> str:
    return "".join(f"{line},{scope}\n" for line in GOOD.splitlines())


def test_scopes_are_kept_apart_and_added_up() -> None:
    text = HEADING.strip() + ",campaign,year,organisation\n" + scoped("C1,2025,Trust") + scoped("C2,2025/26,Trust")
    file = read(text)
    assert list(file.scopes) == [Scope("Trust", "2025", "C1"), Scope("Trust", "2025/26", "C2")]
    assert file.pooled()["Sex"]["Female"] == (40, 10)


def test_each_scope_adds_up_by_itself() -> None:
    wrong = scoped("C2").replace("Sex,Male,Applied,10", "Sex,Male,Applied,12")
    ((line, sentence),) = faults(HEADING.strip() + ",campaign\n" + scoped("C1") + wrong)
    assert (line, "(C2)" in sentence) == (16, True)  # The line where the characteristic begins in the scope.


def test_a_scope_without_a_characteristic_that_others_have_is_told() -> None:
    short = "".join(line + "\n" for line in scoped("C2").splitlines() if line.startswith("Sex"))
    assert any(
        "has no counts of Disability" in said
        for _, said in faults(HEADING.strip() + ",campaign\n" + scoped("C1") + short)
    )


@pytest.mark.parametrize(("scope", "said"), [("", "“campaign”"), ("C1", "stands on line 2 already")])
def test_a_scope_is_named_everywhere_or_nowhere(scope: str, said: str) -> None:
    text = HEADING.strip() + ",campaign\n" + scoped("C1") + f"Sex,Female,Applied,3,{scope}\n"
    assert any(line == 12 and said in sentence for line, sentence in faults(text))


def test_a_year_is_a_year() -> None:
    assert "A year is written" in faults(HEADING.strip() + ",year\n" + scoped("last"))[0][1]


@st.composite
def funnels(draw: st.DrawFn) -> dict[str, dict[str, list[int]]]:
    """Everybody has a place in each characteristic and a last stage."""
    people = draw(st.integers(0, 60))
    depth, width = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    seed = random.Random(draw(st.integers(0, 10**6)))
    last = [seed.randrange(depth) for _ in range(people)]
    found: dict[str, dict[str, list[int]]] = {}
    for at in range(width):
        rows = {f"G{group}": [0] * depth for group in range(seed.randint(1, 4))}
        for came in last:
            row = rows[seed.choice(list(rows))]
            for stage in range(came + 1):
                row[stage] += 1
        found[f"C{at}"] = rows
    return found


def written(funnel: dict[str, dict[str, list[int]]]) -> list[tuple[str, str, int, int]]:
    return [
        (name, group, stage, number)
        for name, rows in funnel.items()
        for group, row in rows.items()
        for stage, number in enumerate(row)
    ]


@given(funnels())
def test_whatever_is_counted_of_people_is_read_back(funnel: dict[str, dict[str, list[int]]]) -> None:
    text = HEADING + "".join(f"{name},{group},S{at},{number}\n" for name, group, at, number in written(funnel))
    file = read(text)
    assert {name: {g: list(row) for g, row in rows.items()} for name, rows in file.pooled().items()} == funnel


@given(funnels(), st.data())
def test_one_person_more_in_one_place_is_always_found(
    funnel: dict[str, dict[str, list[int]]], held: st.DataObject
) -> None:
    if len(funnel) < 2:
        return
    lines = written(funnel)
    at = held.draw(st.integers(0, len(lines) - 1))
    name, group, stage, number = lines[at]
    lines[at] = (name, group, stage, number + 1)
    assert faults(HEADING + "".join(f"{n},{g},S{s},{c}\n" for n, g, s, c in lines))


@given(st.text(alphabet='characteristic,group;stage\t"=\n\r\ufeff 0123-', max_size=200))
def test_no_text_makes_it_fail_without_a_word(text: str) -> None:
    for each in (text, HEADING + text):
        found = read_counts(each)
        assert isinstance(found, CountFile) or all(fault.line >= 1 and fault.sentence for fault in found)
