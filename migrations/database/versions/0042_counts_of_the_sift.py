"""Counts of a sift are kept with its scores, and the ranking once they are locked, so that long lists are short work.

What is counted is written in `rules/sift_counts.py`; here it is counted once for sifts that are there already.
"""

from fractions import Fraction
from math import lcm

import sqlalchemy as sa
from alembic import op

revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None

QUESTIONS = """
UPDATE allocations SET question_id = (
    SELECT a.question_id FROM answers a WHERE a.campaign_id = allocations.campaign_id AND a.id = allocations.answer_id
)
"""
SCORED = """
UPDATE allocations SET scored_at = (
    SELECT max(s.scored_at) FROM scores s
    WHERE s.campaign_id = allocations.campaign_id AND s.allocation_id = allocations.id
)
"""

OF_SHORTLISTER = """
SELECT l.campaign_id, l.person_id, '{counted}', sum({number}) FROM allocations l
LEFT JOIN (SELECT campaign_id, question_id, count(*) AS n FROM question_criteria GROUP BY campaign_id, question_id) q
    ON q.campaign_id = l.campaign_id AND q.question_id = l.question_id
LEFT JOIN (SELECT campaign_id, allocation_id, count(*) AS n FROM scores GROUP BY campaign_id, allocation_id) s
    ON s.campaign_id = l.campaign_id AND s.allocation_id = l.id
GROUP BY l.campaign_id, l.person_id
"""
OF_SHORTLISTERS = {
    'handed_out': "1",
    'answers': "CASE WHEN l.state = 'open' THEN 1 ELSE 0 END",
    'answers_scored': "CASE WHEN l.state = 'open' AND l.is_complete THEN 1 ELSE 0 END",
    'scores_wanted': "CASE WHEN l.state = 'open' THEN coalesce(q.n, 0) ELSE 0 END",
    'scores_given': "CASE WHEN l.state = 'open' THEN coalesce(s.n, 0) ELSE 0 END",
    'passed_on': "CASE WHEN l.state = 'recused' THEN 1 ELSE 0 END",
}

TO_AGREE = """
SELECT m.campaign_id, l.person_id, 'to_agree', count(*) FROM moderations m
JOIN allocations l ON l.campaign_id = m.campaign_id AND l.answer_id = m.answer_id AND l.state = 'open'
JOIN scores s ON s.campaign_id = l.campaign_id AND s.allocation_id = l.id AND s.criterion_id = m.criterion_id
WHERE m.agreed_value IS NULL AND NOT EXISTS (
    SELECT 1 FROM moderation_proposals p WHERE p.campaign_id = m.campaign_id AND p.answer_id = m.answer_id
    AND p.criterion_id = m.criterion_id AND p.person_id = l.person_id
)
GROUP BY m.campaign_id, l.person_id
"""

GIVEN = """
SELECT l.campaign_id, s.criterion_id, 'given', count(*) FROM allocations l
JOIN scores s ON s.campaign_id = l.campaign_id AND s.allocation_id = l.id
WHERE l.state = 'open' GROUP BY l.campaign_id, s.criterion_id
"""

OF_PAIRS = """
SELECT l.campaign_id, s.criterion_id, '{counted}', sum(CASE WHEN {condition} THEN 1 ELSE 0 END) FROM allocations l
JOIN scores s ON s.campaign_id = l.campaign_id AND s.allocation_id = l.id
JOIN allocations o ON o.campaign_id = l.campaign_id AND o.answer_id = l.answer_id AND o.person_id > l.person_id
JOIN scores t ON t.campaign_id = o.campaign_id AND t.allocation_id = o.id AND t.criterion_id = s.criterion_id
WHERE l.state = 'open' AND o.state = 'open' GROUP BY l.campaign_id, s.criterion_id
"""
PAIRS = {'pairs': "1 = 1", 'same': "s.value = t.value", 'within_one': "abs(s.value - t.value) <= 1"}

HELD = "(SELECT count(*) FROM allocations h WHERE h.campaign_id = u.campaign_id AND h.answer_id = u.answer_id AND h.state = 'open')"

TO_MODERATE = f"""
SELECT u.campaign_id, u.criterion_id, 'to_moderate', count(*) FROM (
    SELECT l.campaign_id, l.answer_id, s.criterion_id, count(*) AS n, min(s.value) AS low, max(s.value) AS high
    FROM allocations l JOIN scores s ON s.campaign_id = l.campaign_id AND s.allocation_id = l.id
    WHERE l.state = 'open' GROUP BY l.campaign_id, l.answer_id, s.criterion_id
) u JOIN criteria c ON c.campaign_id = u.campaign_id AND c.id = u.criterion_id
WHERE u.n = {HELD} AND (u.high - u.low > 1 OR (u.low < c.minimum AND c.minimum <= u.high)) AND NOT EXISTS (
    SELECT 1 FROM moderations m
    WHERE m.campaign_id = u.campaign_id AND m.answer_id = u.answer_id AND m.criterion_id = u.criterion_id
)
GROUP BY u.campaign_id, u.criterion_id
"""

OF_MODERATIONS = """
SELECT m.campaign_id, m.criterion_id, '{counted}', count(*) FROM moderations m
WHERE m.agreed_value IS {condition} AND EXISTS (
    SELECT 1 FROM allocations l WHERE l.campaign_id = m.campaign_id AND l.answer_id = m.answer_id
    AND l.state IN ('open', 'recused')
)
GROUP BY m.campaign_id, m.criterion_id
"""
MODERATIONS = {'in_moderation': "NULL", 'moderated': "NOT NULL"}

UNFILLED = """
SELECT u.campaign_id, u.campaign_id, 'unfilled', count(*) FROM (
    SELECT campaign_id, answer_id, sum(CASE WHEN state = 'open' THEN 1 ELSE 0 END) AS n FROM allocations
    WHERE state IN ('open', 'recused') GROUP BY campaign_id, answer_id
) u JOIN campaigns c ON c.id = u.campaign_id
WHERE u.n < c.shortlisters_per_answer GROUP BY u.campaign_id
"""

COUNTS = (
    *(OF_SHORTLISTER.format(counted=counted, number=number) for counted, number in OF_SHORTLISTERS.items()),
    TO_AGREE,
    GIVEN,
    *(OF_PAIRS.format(counted=counted, condition=condition) for counted, condition in PAIRS.items()),
    TO_MODERATE,
    *(OF_MODERATIONS.format(counted=counted, condition=condition) for counted, condition in MODERATIONS.items()),
    UNFILLED,
)

LOCKED = """
SELECT x.campaign_id, x.id, x.reference, a.question_id, s.criterion_id, s.value, m.agreed_value, c.weight, c.minimum
FROM applications x
JOIN campaigns g ON g.id = x.campaign_id AND g.state IN ('scored', 'line_set')
JOIN answers a ON a.campaign_id = x.campaign_id AND a.application_id = x.id
JOIN allocations l ON l.campaign_id = a.campaign_id AND l.answer_id = a.id AND l.state = 'open'
JOIN scores s ON s.campaign_id = l.campaign_id AND s.allocation_id = l.id
JOIN criteria c ON c.campaign_id = s.campaign_id AND c.id = s.criterion_id
LEFT JOIN moderations m
    ON m.campaign_id = a.campaign_id AND m.answer_id = a.id AND m.criterion_id = s.criterion_id
WHERE x.withdrawn_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM first_sift_results f WHERE f.campaign_id = x.campaign_id AND f.application_id = x.id AND NOT f.is_past
)
"""


def upgrade() -> None:
    op.create_table('blind_totals',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('total', sa.BigInteger(), nullable=False),
    sa.Column('parts', sa.BigInteger(), nullable=False),
    sa.Column('meets_minimum', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['applications.campaign_id', 'applications.id'], name=op.f('fk_blind_totals_campaign_id_application_id_applications')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', name=op.f('pk_blind_totals')),
    sa.UniqueConstraint('campaign_id', 'position', name=op.f('uq_blind_totals_campaign_id_position'))
    )
    op.create_index('ix_blind_totals_line', 'blind_totals', ['campaign_id', 'total', 'meets_minimum'], unique=False)
    op.create_table('sift_counts',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('of_id', sa.Uuid(), nullable=False),
    sa.Column('counted', sa.String(length=200), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_sift_counts_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('campaign_id', 'of_id', 'counted', name=op.f('pk_sift_counts'))
    )
    op.add_column('allocations', sa.Column('question_id', sa.Uuid(), nullable=True))
    op.add_column('allocations', sa.Column('scored_at', sa.DateTime(), nullable=True))
    op.execute(QUESTIONS)
    op.execute(SCORED)
    op.create_index('ix_allocations_queue', 'allocations', ['campaign_id', 'person_id', 'state', 'position'], unique=False)
    is_scored = sa.text('scored_at IS NOT NULL')
    partial = {'sqlite_where': is_scored, 'postgresql_where': is_scored}
    op.create_index('ix_allocations_pace', 'allocations', ['campaign_id', 'person_id', 'state', 'scored_at'], unique=False, **partial)
    op.create_index('ix_allocations_measure', 'allocations', ['campaign_id', 'person_id', 'state', 'question_id', 'position'], unique=False, **partial)
    op.create_index('ix_answers_restorable', 'answers', ['campaign_id', 'id'], unique=False, sqlite_where=sa.text('has_restorable = 1'), postgresql_where=sa.text('has_restorable'))
    op.drop_index(op.f('ix_allocations_campaign_id_allocations_person_id_allocations_position'), table_name='allocations')
    for counted in COUNTS:
        op.execute(f'INSERT INTO sift_counts (campaign_id, of_id, counted, number) {counted}')  # noqa: S608
    rank(op.get_bind())


def rank(connection: sa.Connection) -> None:
    """Places of campaigns whose scores are locked and whose shortlist is not frozen."""
    campaigns: dict[object, dict[tuple[str, object], dict[tuple[object, object], tuple[list[int], int | None, int, int]]]] = {}
    for campaign, application, reference, question, criterion, value, agreed, weight, minimum in connection.execute(sa.text(LOCKED)):
        held = campaigns.setdefault(campaign, {}).setdefault((reference, application), {})
        held.setdefault((question, criterion), ([], agreed, weight, minimum))[0].append(value)
    for campaign, applications in campaigns.items():
        totals, able = {}, {}
        for key, units in applications.items():
            finals = [(Fraction(sum(given), len(given)) if agreed is None else Fraction(agreed), weight, minimum) for given, agreed, weight, minimum in units.values()]
            totals[key] = sum((weight * final for final, weight, _ in finals), Fraction(0))
            able[key] = all(final >= minimum for final, _, minimum in finals)
        parts = lcm(*(total.denominator for total in totals.values()))
        ordered = sorted(totals, key=lambda key: (-totals[key], key[0]))
        connection.execute(
            sa.text('INSERT INTO blind_totals (campaign_id, application_id, position, total, parts, meets_minimum) VALUES (:campaign, :application, :position, :total, :parts, :able)'),
            [
                {'campaign': campaign, 'application': key[1], 'position': position, 'total': int(totals[key] * parts), 'parts': parts, 'able': able[key]}
                for position, key in enumerate(ordered, 1)
            ],
        )


def downgrade() -> None:
    op.drop_index('ix_answers_restorable', table_name='answers')
    op.create_index(op.f('ix_allocations_campaign_id_allocations_person_id_allocations_position'), 'allocations', ['campaign_id', 'person_id', 'position'], unique=False)
    op.drop_index('ix_allocations_measure', table_name='allocations')
    op.drop_index('ix_allocations_pace', table_name='allocations')
    op.drop_index('ix_allocations_queue', table_name='allocations')
    op.drop_column('allocations', 'scored_at')
    op.drop_column('allocations', 'question_id')
    op.drop_table('sift_counts')
    op.drop_table('blind_totals')
