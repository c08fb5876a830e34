"""How far shortlisters agree, how they differ, and whether the shortlist hangs on any one of them.

Everything here reads scores, scorers and references: no name of a candidate and no characteristic can enter.
"""

from recruitment.rules.scorer_agreement.alpha import Alpha, Reliability, ordinal_alpha, read_alpha
from recruitment.rules.scorer_agreement.given import GivenScore, by_unit
from recruitment.rules.scorer_agreement.kappa import PairAgreement, Weighting, pair_agreements, weighted_kappa
from recruitment.rules.scorer_agreement.sensitivity import (
    Change,
    Sensitivity,
    SiftCase,
    places_at,
    read_sensitivity,
)
from recruitment.rules.scorer_agreement.severity import Difference, Severity, severities

__all__ = [
    "Alpha",
    "Change",
    "Difference",
    "GivenScore",
    "PairAgreement",
    "Reliability",
    "Sensitivity",
    "Severity",
    "SiftCase",
    "Weighting",
    "by_unit",
    "ordinal_alpha",
    "pair_agreements",
    "places_at",
    "read_alpha",
    "read_sensitivity",
    "severities",
    "weighted_kappa",
]
