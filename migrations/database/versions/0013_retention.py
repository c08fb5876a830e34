"""Retention periods, what was erased, where a cut trail begins, keys being turned, and holds for claims."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('retention_periods',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('months', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_retention_periods_made_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_retention_periods_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('organisation_id', 'version', name=op.f('pk_retention_periods'))
    )
    op.create_table('campaign_ends',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_campaign_ends_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('campaign_id', name=op.f('pk_campaign_ends'))
    )
    op.create_table('retention_acts',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('done_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_retention_acts_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_retention_acts_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_retention_acts'))
    )
    op.create_index(op.f('ix_retention_acts_campaign_id'), 'retention_acts', ['campaign_id'], unique=False)
    op.create_index(op.f('ix_retention_acts_organisation_id_retention_acts_done_at'), 'retention_acts', ['organisation_id', 'done_at'], unique=False)
    op.create_table('trail_starts',
    sa.Column('chain_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('signature', sa.LargeBinary(), nullable=False),
    sa.Column('cut_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('chain_id', name=op.f('pk_trail_starts'))
    )
    op.create_table('key_turns',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('begun_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_key_turns_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('organisation_id', name=op.f('pk_key_turns'))
    )
    op.create_table('holds',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('standing', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('review_on', sa.Date(), nullable=False),
    sa.Column('asked_by', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('collected_at', sa.DateTime(), nullable=True),
    sa.Column('release_reason', sa.Text(), nullable=False),
    sa.Column('release_asked_by', sa.Uuid(), nullable=True),
    sa.Column('release_asked_at', sa.DateTime(), nullable=True),
    sa.Column('released_by', sa.Uuid(), nullable=True),
    sa.Column('released_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by'], ['people.id'], name=op.f('fk_holds_asked_by_people')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_holds_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_holds_decided_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_holds_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['release_asked_by'], ['people.id'], name=op.f('fk_holds_release_asked_by_people')),
    sa.ForeignKeyConstraint(['released_by'], ['people.id'], name=op.f('fk_holds_released_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holds'))
    )
    op.create_index(op.f('ix_holds_campaign_id'), 'holds', ['campaign_id'], unique=False)
    op.create_index(op.f('ix_holds_organisation_id_holds_standing'), 'holds', ['organisation_id', 'standing'], unique=False)
    op.create_table('hold_records',
    sa.Column('hold_id', sa.Uuid(), nullable=False),
    sa.Column('part', sa.String(length=200), nullable=False),
    sa.Column('blob', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['hold_id'], ['holds.id'], name=op.f('fk_hold_records_hold_id_holds')),
    sa.PrimaryKeyConstraint('hold_id', 'part', name=op.f('pk_hold_records'))
    )


def downgrade() -> None:
    op.drop_table('hold_records')
    op.drop_index(op.f('ix_holds_organisation_id_holds_standing'), table_name='holds')
    op.drop_index(op.f('ix_holds_campaign_id'), table_name='holds')
    op.drop_table('holds')
    op.drop_table('key_turns')
    op.drop_table('trail_starts')
    op.drop_index(op.f('ix_retention_acts_organisation_id_retention_acts_done_at'), table_name='retention_acts')
    op.drop_index(op.f('ix_retention_acts_campaign_id'), table_name='retention_acts')
    op.drop_table('retention_acts')
    op.drop_table('campaign_ends')
    op.drop_table('retention_periods')
