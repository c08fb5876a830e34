"""Who counts as being from an ethnic minority group: the names that panels and figures share."""

from __future__ import annotations

from enum import StrEnum


class MinorityGrouping(StrEnum):
    """Who counts as being from an ethnic minority group: three groupings are in use, each names itself.

    Sources: Workforce Race Equality Standard technical guidance (White against all others); GOV.UK "Writing about
    ethnicity" (all but White British; all but White).
    """

    WRES = "wres_bme"
    GOVUK = "govuk_ethnic_minorities"
    NOT_WHITE = "nonwhite_label"


GROUPING_LABELS = {
    MinorityGrouping.WRES: "all groups but White (Workforce Race Equality Standard)",
    MinorityGrouping.GOVUK: "all groups but White British (GOV.UK)",
    MinorityGrouping.NOT_WHITE: "ethnic minorities, excluding White minorities (GOV.UK)",
}
