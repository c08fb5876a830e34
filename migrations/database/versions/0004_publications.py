"""Releases over several campaigns, restricted returns, targets and comparisons; a campaign's profession."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('comparisons',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('areas', sa.JSON(), nullable=False),
    sa.Column('peers', sa.Text(), nullable=False),
    sa.Column('set_by', sa.Uuid(), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_comparisons_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['set_by'], ['people.id'], name=op.f('fk_comparisons_set_by_people')),
    sa.PrimaryKeyConstraint('organisation_id', name=op.f('pk_comparisons'))
    )
    op.create_table('publications',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('part', sa.String(length=200), nullable=False),
    sa.Column('period_from', sa.Date(), nullable=False),
    sa.Column('period_until', sa.Date(), nullable=False),
    sa.Column('campaigns', sa.JSON(), nullable=False),
    sa.Column('tables', sa.JSON(), nullable=False),
    sa.Column('threshold', sa.Integer(), nullable=False),
    sa.Column('base', sa.Integer(), nullable=False),
    sa.Column('question_set', sa.String(length=200), nullable=False),
    sa.Column('released_by', sa.Uuid(), nullable=False),
    sa.Column('released_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_publications_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['released_by'], ['people.id'], name=op.f('fk_publications_released_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publications'))
    )
    op.create_index(op.f('ix_publications_organisation_id_publications_released_at'), 'publications', ['organisation_id', 'released_at'], unique=False)
    op.create_table('restricted_returns',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('recipient', sa.String(length=200), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('period_from', sa.Date(), nullable=False),
    sa.Column('period_until', sa.Date(), nullable=False),
    sa.Column('campaigns', sa.JSON(), nullable=False),
    sa.Column('asked_by', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('agreed_by', sa.Uuid(), nullable=True),
    sa.Column('agreed_at', sa.DateTime(), nullable=True),
    sa.Column('made_at', sa.DateTime(), nullable=True),
    sa.Column('digest', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['agreed_by'], ['people.id'], name=op.f('fk_restricted_returns_agreed_by_people')),
    sa.ForeignKeyConstraint(['asked_by'], ['people.id'], name=op.f('fk_restricted_returns_asked_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_restricted_returns_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_restricted_returns'))
    )
    op.create_index(op.f('ix_restricted_returns_organisation_id'), 'restricted_returns', ['organisation_id'], unique=False)
    op.create_table('targets',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('characteristic', sa.String(length=200), nullable=False),
    sa.Column('codes', sa.JSON(), nullable=False),
    sa.Column('called', sa.String(length=200), nullable=False),
    sa.Column('stages', sa.JSON(), nullable=False),
    sa.Column('per_cent', sa.Integer(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('set_by', sa.Uuid(), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_targets_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['set_by'], ['people.id'], name=op.f('fk_targets_set_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_targets'))
    )
    op.create_index(op.f('ix_targets_organisation_id'), 'targets', ['organisation_id'], unique=False)
    op.add_column('campaigns', sa.Column('profession', sa.String(length=200), server_default=sa.text("''"), nullable=False))
    op.add_column('campaigns', sa.Column('unfinished', sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column('campaigns', 'unfinished')
    op.drop_column('campaigns', 'profession')
    op.drop_index(op.f('ix_targets_organisation_id'), table_name='targets')
    op.drop_table('targets')
    op.drop_index(op.f('ix_restricted_returns_organisation_id'), table_name='restricted_returns')
    op.drop_table('restricted_returns')
    op.drop_index(op.f('ix_publications_organisation_id_publications_released_at'), table_name='publications')
    op.drop_table('publications')
    op.drop_table('comparisons')
