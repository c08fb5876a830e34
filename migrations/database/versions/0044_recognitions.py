"""Who was recognised by letter or telephone; entries left to a colleague; letters that somebody has."""

import sqlalchemy as sa
from alembic import op

revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('recognitions',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('format', sa.String(length=200), nullable=False),
    sa.Column('recognised_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_recognitions_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_recognitions_person_id_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_recognitions'))
    )
    op.create_index(op.f('ix_recognitions_person_id'), 'recognitions', ['person_id'])
    op.add_column('entries', sa.Column('left_at', sa.DateTime(), nullable=True))
    op.add_column('paper_letters', sa.Column('taken_by', sa.Uuid(), nullable=True))
    op.add_column('paper_letters', sa.Column('taken_at', sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column('paper_letters', 'taken_at')
    op.drop_column('paper_letters', 'taken_by')
    op.drop_column('entries', 'left_at')
    op.drop_index(op.f('ix_recognitions_person_id'), 'recognitions')
    op.drop_table('recognitions')
