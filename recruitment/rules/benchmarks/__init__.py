"""Census 2021 and what peer bodies publish, to hold an organisation's own figures against."""

from recruitment.rules.benchmarks.census import TABLES, BenchmarkError, Census, build_census
from recruitment.rules.benchmarks.comparison import LEAST_PANELS, Comparison, OwnShare, compare
from recruitment.rules.benchmarks.published import Published, PublishedFigure, read_published
from recruitment.rules.benchmarks.shares import NoFigure, Share, grouping_share, share

__all__ = [
    "LEAST_PANELS",
    "TABLES",
    "BenchmarkError",
    "Census",
    "Comparison",
    "NoFigure",
    "OwnShare",
    "Published",
    "PublishedFigure",
    "Share",
    "build_census",
    "compare",
    "grouping_share",
    "read_published",
    "share",
]
