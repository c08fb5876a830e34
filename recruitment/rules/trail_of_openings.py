"""What the trail calls each compartment when it is opened."""

from __future__ import annotations

COMPARTMENT_WORDS = {
    "identity": "names and contact details",
    "requests": "adjustment and Disability Confident requests",
    "relationships": "declared relationships",
    "clearance": "hidden passages",
    "equality": "the sealed equality answers, to count or rewrite them",
    "contact": "contact addresses",
    "pool": "the panel pool",
    "counts": "the exact counts, to make a release",
    "tie_break": "the record of a tie-break",
    "eligibility": "what candidates declared of the requirements",
    "correspondence": "candidates’ questions and their answers",
    "hold": "what is kept for a claim",
    "origin": "the numbers of applications in another system",
}
