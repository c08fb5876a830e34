"""Equality questions that a body chooses, in versions, and its drives to have more of them answered."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('equality_question_sets',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_equality_question_sets_made_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_equality_question_sets_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('organisation_id', 'version', name=op.f('pk_equality_question_sets'))
    )
    op.create_table('declaration_drives',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('aim', sa.Text(), nullable=False),
    sa.Column('questions', sa.JSON(), nullable=False),
    sa.Column('set_version', sa.Integer(), nullable=True),
    sa.Column('begins', sa.Date(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=False),
    sa.Column('before', sa.String(length=200), nullable=False),
    sa.Column('after', sa.String(length=200), nullable=False),
    sa.Column('conclusion', sa.Text(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_declaration_drives_made_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_declaration_drives_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declaration_drives'))
    )
    op.create_index('ix_declaration_drives_begins', 'declaration_drives', ['organisation_id', 'begins'])
    op.add_column('campaigns', sa.Column('question_set_version', sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column('campaigns', 'question_set_version')
    op.drop_table('declaration_drives')
    op.drop_table('equality_question_sets')
