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
    people,
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
    "people",
    "releases",
    "second_looks",
    "sift",
    "trail",
]
