"""Candidates' questions about their letters, and the answers, sealed."""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('candidate_questions',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('question', sa.LargeBinary(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('answer', sa.LargeBinary(), nullable=True),
    sa.Column('answered_by', sa.Uuid(), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['answered_by'], ['people.id'], name=op.f('fk_candidate_questions_answered_by_people')),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['applications.campaign_id', 'applications.id'], name=op.f('fk_candidate_questions_campaign_id_applications')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_candidate_questions'))
    )
    op.create_index(op.f('ix_candidate_questions_application'), 'candidate_questions', ['campaign_id', 'application_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_candidate_questions_application'), table_name='candidate_questions')
    op.drop_table('candidate_questions')
