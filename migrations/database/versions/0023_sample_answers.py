"""Invented answers on which shortlisters calibrate, and their scores."""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('campaigns', sa.Column('samples_left_out_at', sa.DateTime(), nullable=True))
    op.create_table('sample_answers',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_by', sa.Uuid(), nullable=False),
    sa.Column('written_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'question_id'], ['questions.campaign_id', 'questions.id'], name=op.f('fk_sample_answers_campaign_id_questions')),
    sa.ForeignKeyConstraint(['written_by'], ['people.id'], name=op.f('fk_sample_answers_written_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_sample_answers'))
    )
    op.create_table('sample_scores',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('sample_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('criterion_id', sa.Uuid(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('scored_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'criterion_id'], ['criteria.campaign_id', 'criteria.id'], name=op.f('fk_sample_scores_campaign_id_criteria')),
    sa.ForeignKeyConstraint(['campaign_id', 'sample_id'], ['sample_answers.campaign_id', 'sample_answers.id'], name=op.f('fk_sample_scores_campaign_id_sample_answers')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_sample_scores_person_id_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'sample_id', 'person_id', 'criterion_id', name=op.f('pk_sample_scores'))
    )


def downgrade() -> None:
    op.drop_table('sample_scores')
    op.drop_table('sample_answers')
    op.drop_column('campaigns', 'samples_left_out_at')
