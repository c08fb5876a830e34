"""Where candidates heard of a campaign, counted."""

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('campaign_sources',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('told', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_campaign_sources_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('campaign_id', 'position', name=op.f('pk_campaign_sources'))
    )


def downgrade() -> None:
    op.drop_table('campaign_sources')
