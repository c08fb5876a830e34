"""The measure of disclosure control runs."""

from __future__ import annotations

from click.testing import CliRunner

from recruitment.commands.bench.command import bench


def test_releases_are_measured_in_both_modes_and_beside_the_greedy_rule() -> None:
    ran = CliRunner().invoke(bench, ["--quick", "--operations", "disclosure"])
    assert ran.exit_code == 0, ran.output
    assert [ran.output.count(said) for said in (", round:", ", keep totals:", "greedily, in")] == [2, 2, 1]
