"""How many cases of moderation wait for others, and how many are agreed, is kept for each shortlister.

What is counted is written in `rules/sift_counts.py`; here it is counted once for sifts that are there already.
"""

from alembic import op

revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None

OWN_CASES = """
INSERT INTO sift_counts (campaign_id, of_id, counted, number)
SELECT m.campaign_id, l.person_id, '{counted}', count(*) FROM moderations m
JOIN allocations l ON l.campaign_id = m.campaign_id AND l.answer_id = m.answer_id AND l.state = 'open'
JOIN scores s ON s.campaign_id = l.campaign_id AND s.allocation_id = l.id AND s.criterion_id = m.criterion_id
WHERE {condition}
GROUP BY m.campaign_id, l.person_id
"""
HAS_PROPOSED = """
m.agreed_value IS NULL AND EXISTS (
    SELECT 1 FROM moderation_proposals p WHERE p.campaign_id = m.campaign_id AND p.answer_id = m.answer_id
    AND p.criterion_id = m.criterion_id AND p.person_id = l.person_id
)
"""
KEPT = {'proposed': HAS_PROPOSED, 'agreed': "m.agreed_value IS NOT NULL"}


def upgrade() -> None:
    for counted, condition in KEPT.items():
        op.execute(OWN_CASES.format(counted=counted, condition=condition))


def downgrade() -> None:
    op.execute("DELETE FROM sift_counts WHERE counted IN ('proposed', 'agreed')")
