"""Publications worked out by the worker, what is said beside them, and tallies at the year's cut-off."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('publication_requests',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('part', sa.String(length=200), nullable=False),
    sa.Column('value', sa.String(length=200), nullable=False),
    sa.Column('asked_by', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('begun_at', sa.DateTime(), nullable=True),
    sa.Column('done_at', sa.DateTime(), nullable=True),
    sa.Column('publication_id', sa.Uuid(), nullable=True),
    sa.Column('refusal', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by'], ['people.id'], name=op.f('fk_publication_requests_asked_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_publication_requests_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['publication_id'], ['publications.id'], name=op.f('fk_publication_requests_publication_id_publications')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication_requests'))
    )
    op.create_index('ix_publication_requests_asked', 'publication_requests', ['organisation_id', 'asked_at'], unique=False)
    op.add_column('publications', sa.Column('remarks', sa.JSON(), nullable=True))
    op.add_column('tallies', sa.Column('cut_off', sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column('tallies', 'cut_off')
    op.drop_column('publications', 'remarks')
    op.drop_index('ix_publication_requests_asked', table_name='publication_requests')
    op.drop_table('publication_requests')
