"""Applications that staff enter for somebody, and letters that wait to be posted on paper."""

import sqlalchemy as sa
from alembic import op

revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('entries',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('format', sa.String(length=200), nullable=False),
    sa.Column('begun_at', sa.DateTime(), nullable=False),
    sa.Column('reference', sa.String(length=200), nullable=True),
    sa.Column('sent_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_entries_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_entries_candidate_id_candidates')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_entries_person_id_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_entries'))
    )
    op.create_index(op.f('ix_entries_person_id'), 'entries', ['person_id'])
    op.create_index(op.f('ix_entries_candidate_id'), 'entries', ['candidate_id'])
    op.create_table('paper_letters',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('letter_id', sa.Uuid(), nullable=True),
    sa.Column('blob', sa.LargeBinary(), nullable=False),
    sa.Column('written_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_paper_letters_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_paper_letters'))
    )


def downgrade() -> None:
    op.drop_table('paper_letters')
    op.drop_table('entries')
