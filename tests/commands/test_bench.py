from click.testing import CliRunner

from recruitment.cli import recruitment


def _run(*arguments):
    return CliRunner().invoke(recruitment, ["bench", *arguments])


def test_a_quick_run_prints_the_operation_beside_its_floor():
    ran = _run("--quick", "--operations", "submit")
    assert ran.exit_code == 0, ran.output
    heading, row, *rest = ran.stdout.splitlines()
    assert heading.split() == ["operation", "ours", "ms", "floor", "ms", "ratio", "aim"]
    operation, ours, floor, ratio, aim = row.rsplit(maxsplit=5)[0], *row.replace("≤ ", "≤").split()[-4:]
    assert operation == "submit an application and see it confirmed (6 of them)"
    assert float(ours) > 0 and float(floor) > 0
    assert ratio.endswith("×")
    assert aim == "≤3×"
    assert len(rest) == 2


def test_an_operation_that_is_not_known_is_refused():
    ran = _run("--quick", "--operations", "submit,everything")
    assert ran.exit_code == 2
    assert "not known: everything" in ran.output


def test_panels_are_measured_beside_handing_places_out_greedily_and_by_lot():
    ran = _run("--quick", "--operations", "panels")
    assert ran.exit_code == 0, ran.output
    ours, greedily, by_lot, explained, *_ = ran.stdout.splitlines()
    assert ours.startswith("6 panels from a pool of 120 are proposed in")
    assert "0 places unfilled, 0 blocking rules" in ours and "proved bound" in ours
    for line in (ours, greedily, by_lot):
        assert "highest load" in line and "Gini 0." in line
    assert "cannot both be had on" in explained


def test_the_first_screen_is_measured_with_ten_times_the_campaigns():
    ran = _run("--quick", "--operations", "first-screen")
    assert ran.exit_code == 0, ran.output
    lines = ran.stdout.splitlines()[:6]
    assert {line.partition(":")[0] for line in lines} == {
        "first screen", "a search in it", "finished campaigns"
    }  # fmt: skip
    for line in lines:
        assert " with 100 campaigns (" in line
        assert " with 1,000: " in line


def test_a_year_is_measured_beside_its_floor_and_its_lists_with_ten_times_the_rows():
    ran = _run("--quick", "--operations", "year")
    assert ran.exit_code == 0, ran.output
    lines = ran.stdout.splitlines()
    screens = [line for line in lines if line.startswith("first screen of a")]
    assert len([line for line in screens if "≤ 3×" in line]) == 6
    said = [line for line in screens if "statements (≤ 15)" in line]
    assert len(said) == 6 and all(int(line.split(": ")[1].split()[0]) <= 15 for line in said)
    lists = [line.partition(":")[0] for line in lines if "20 applications" in line]
    assert {"coverage of the sift", "a shortlister's queue", "trail", "ranking of applications"} < set(lists)
    assert len(lists) == 12


def test_letters_go_out_once_each_although_the_worker_is_killed():
    ran = _run("--quick", "--operations", "letters")
    assert ran.exit_code == 0, ran.output
    (line,) = [line for line in ran.stdout.splitlines() if "letters to a real mail server" in line]
    assert "50 letters to a real mail server, the worker killed 1 times: " in line
    assert ", 0 twice, 0 lost, " in line
    taken, doubtful = int(line.split(": ")[1].split()[0]), int(line.split(" lost, ")[1].split()[0])
    assert taken + doubtful == 50 and doubtful <= 1
    assert "Every aim is met." in ran.stdout
