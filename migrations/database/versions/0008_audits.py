"""Inclusion audits: who audits what, the campaigns drawn, and what was found."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('inclusion_audits',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('auditor_id', sa.Uuid(), nullable=False),
    sa.Column('directorate', sa.String(length=200), nullable=False),
    sa.Column('period_from', sa.Date(), nullable=False),
    sa.Column('period_until', sa.Date(), nullable=False),
    sa.Column('template_version', sa.Integer(), nullable=False),
    sa.Column('appointed_by', sa.Uuid(), nullable=False),
    sa.Column('appointed_at', sa.DateTime(), nullable=False),
    sa.Column('method', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('population', sa.Integer(), nullable=False),
    sa.Column('drawn_at', sa.DateTime(), nullable=True),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('completed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['appointed_by'], ['people.id'], name=op.f('fk_inclusion_audits_appointed_by_people')),
    sa.ForeignKeyConstraint(['auditor_id'], ['people.id'], name=op.f('fk_inclusion_audits_auditor_id_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_inclusion_audits_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inclusion_audits'))
    )
    op.create_index(op.f('ix_inclusion_audits_organisation_id'), 'inclusion_audits', ['organisation_id'], unique=False)
    op.create_table('audited_campaigns',
    sa.Column('audit_id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['audit_id'], ['inclusion_audits.id'], name=op.f('fk_audited_campaigns_audit_id_inclusion_audits')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_audited_campaigns_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('audit_id', 'campaign_id', name=op.f('pk_audited_campaigns'))
    )
    op.create_table('audit_judgements',
    sa.Column('audit_id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('item', sa.String(length=200), nullable=False),
    sa.Column('judgement', sa.String(length=200), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('judged_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['audit_id', 'campaign_id'], ['audited_campaigns.audit_id', 'audited_campaigns.campaign_id'], name=op.f('fk_audit_judgements_audit_id_campaign_id_audited_campaigns')),
    sa.PrimaryKeyConstraint('audit_id', 'campaign_id', 'item', name=op.f('pk_audit_judgements'))
    )


def downgrade() -> None:
    op.drop_table('audit_judgements')
    op.drop_table('audited_campaigns')
    op.drop_index(op.f('ix_inclusion_audits_organisation_id'), table_name='inclusion_audits')
    op.drop_table('inclusion_audits')
