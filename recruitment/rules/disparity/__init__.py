"""Adverse impact: rates, ratios, tests and the sentences that may honestly be drawn from them."""
