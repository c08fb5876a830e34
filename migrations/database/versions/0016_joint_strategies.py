"""Strategies that several bodies share: versions, members, invitations."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('joint_strategies',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('begun_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_joint_strategies'))
    )
    op.create_table('joint_invitations',
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.Column('strategy_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_joint_invitations_made_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_joint_invitations_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['strategy_id'], ['joint_strategies.id'], name=op.f('fk_joint_invitations_strategy_id_joint_strategies')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_joint_invitations'))
    )
    op.create_table('joint_members',
    sa.Column('strategy_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('agreed_by', sa.Uuid(), nullable=False),
    sa.Column('agreed_at', sa.DateTime(), nullable=False),
    sa.Column('left_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['agreed_by'], ['people.id'], name=op.f('fk_joint_members_agreed_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_joint_members_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['strategy_id'], ['joint_strategies.id'], name=op.f('fk_joint_members_strategy_id_joint_strategies')),
    sa.PrimaryKeyConstraint('strategy_id', 'organisation_id', name=op.f('pk_joint_members'))
    )
    op.create_index(op.f('ix_joint_members_organisation_id'), 'joint_members', ['organisation_id'], unique=False)
    op.create_table('joint_versions',
    sa.Column('strategy_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('objectives', sa.JSON(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_joint_versions_made_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_joint_versions_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['strategy_id'], ['joint_strategies.id'], name=op.f('fk_joint_versions_strategy_id_joint_strategies')),
    sa.PrimaryKeyConstraint('strategy_id', 'version', name=op.f('pk_joint_versions'))
    )


def downgrade() -> None:
    op.drop_table('joint_versions')
    op.drop_index(op.f('ix_joint_members_organisation_id'), table_name='joint_members')
    op.drop_table('joint_members')
    op.drop_table('joint_invitations')
    op.drop_table('joint_strategies')
