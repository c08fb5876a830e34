"""Wordings of outcome letters, and a row for every letter with how far it has come."""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('letter_wordings',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('written_by', sa.Uuid(), nullable=True),
    sa.Column('written_at', sa.DateTime(), nullable=False),
    sa.Column('approved_by', sa.Uuid(), nullable=True),
    sa.Column('approved_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['approved_by'], ['people.id'], name=op.f('fk_letter_wordings_approved_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_letter_wordings_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['written_by'], ['people.id'], name=op.f('fk_letter_wordings_written_by_people')),
    sa.PrimaryKeyConstraint('organisation_id', 'kind', 'version', name=op.f('pk_letter_wordings'))
    )
    op.create_table('letters',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('part', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('batch', sa.Uuid(), nullable=False),
    sa.Column('state', sa.String(length=200), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('queued_by', sa.Uuid(), nullable=False),
    sa.Column('queued_at', sa.DateTime(), nullable=False),
    sa.Column('handing_at', sa.DateTime(), nullable=True),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('settled_by', sa.Uuid(), nullable=True),
    sa.Column('failure', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['applications.campaign_id', 'applications.id'], name=op.f('fk_letters_campaign_id_applications')),
    sa.ForeignKeyConstraint(['queued_by'], ['people.id'], name=op.f('fk_letters_queued_by_people')),
    sa.ForeignKeyConstraint(['settled_by'], ['people.id'], name=op.f('fk_letters_settled_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_letters')),
    sa.UniqueConstraint('campaign_id', 'application_id', 'kind', 'part', name=op.f('uq_letters_campaign_id_application_id_kind_part'))
    )
    op.create_index(op.f('ix_letters_campaign_id_letters_batch'), 'letters', ['campaign_id', 'batch'], unique=False)
    op.create_index(op.f('ix_letters_campaign_id_letters_state'), 'letters', ['campaign_id', 'state'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_letters_campaign_id_letters_state'), table_name='letters')
    op.drop_index(op.f('ix_letters_campaign_id_letters_batch'), table_name='letters')
    op.drop_table('letters')
    op.drop_table('letter_wordings')
