"""People called up from a reserve list."""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('reserve_calls',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('vacancy_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('passed_over', sa.Text(), nullable=False),
    sa.Column('asked_by', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('agreed_by', sa.Uuid(), nullable=True),
    sa.Column('agreed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['agreed_by'], ['people.id'], name=op.f('fk_reserve_calls_agreed_by_people')),
    sa.ForeignKeyConstraint(['asked_by'], ['people.id'], name=op.f('fk_reserve_calls_asked_by_people')),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['outcomes.campaign_id', 'outcomes.application_id'], name=op.f('fk_reserve_calls_campaign_id_outcomes')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', name=op.f('pk_reserve_calls'))
    )


def downgrade() -> None:
    op.drop_table('reserve_calls')
