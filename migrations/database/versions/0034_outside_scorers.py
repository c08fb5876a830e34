"""Outside scorers, whose accounts are for one campaign alone."""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('people', sa.Column('only_campaign_id', sa.Uuid(), nullable=True))
    op.create_table('outside_scorers',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('standing', sa.String(length=200), nullable=False),
    sa.Column('asked_by', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('decision_reason', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by'], ['people.id'], name=op.f('fk_outside_scorers_asked_by_people')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_outside_scorers_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_outside_scorers_decided_by_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_outside_scorers_person_id_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_outside_scorers'))
    )


def downgrade() -> None:
    op.drop_table('outside_scorers')
    op.drop_column('people', 'only_campaign_id')
