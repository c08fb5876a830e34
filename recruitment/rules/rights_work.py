"""Requests by right as staff read them."""

from __future__ import annotations

from recruitment.rules.rights import Ground, Right

READ_GROUNDS = {
    Ground.ACCURACY: "They say that something held of them is wrong (Article 18(1)(a))",
    Ground.UNLAWFUL: "They say that it may not be used, and do not want it erased (Article 18(1)(b))",
    Ground.CLAIM: "They need it for a legal claim (Article 18(1)(c))",
    Ground.OBJECTED: "They have objected, and it is not decided yet (Article 18(1)(d))",
}
"""As whoever decides reads it."""

TASK_TITLES = {
    Right.ACCESS: "A copy to agree to",
    Right.ERASURE: "Erasure to decide on",
    Right.RESTRICTION: "Restriction to decide on",
    Right.OBJECTION: "Objection to decide on",
}
"""What waits for an administrator."""
