"""What is remembered: tables beside their named queries."""

from recruitment.store import (
    applications,
    campaigns,
    candidates,
    equality,
    interviews,
    jobs,
    keys,
    organisations,
    panels,
    people,
    pool,
    publications,
    releases,
    second_looks,
    sift,
    trail,
)

__all__ = [
    "applications",
    "campaigns",
    "candidates",
    "equality",
    "interviews",
    "jobs",
    "keys",
    "organisations",
    "panels",
    "people",
    "pool",
    "publications",
    "releases",
    "second_looks",
    "sift",
    "trail",
]
