"""Advert and question checks with their resolutions, tie-break records, equality impact assessments."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('equality_assessments',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('change', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('policy_version', sa.Integer(), nullable=True),
    sa.Column('begun_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_equality_assessments_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('organisation_id', 'id', name=op.f('pk_equality_assessments'))
    )
    op.create_table('equality_assessment_versions',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('assessment_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('decision', sa.String(length=200), nullable=False),
    sa.Column('review_on', sa.Date(), nullable=True),
    sa.Column('made_by', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('published_by', sa.Uuid(), nullable=True),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_equality_assessment_versions_made_by_people')),
    sa.ForeignKeyConstraint(['organisation_id', 'assessment_id'], ['equality_assessments.organisation_id', 'equality_assessments.id'], name='fk_equality_assessment_versions_assessment'),
    sa.ForeignKeyConstraint(['published_by'], ['people.id'], name=op.f('fk_equality_assessment_versions_published_by_people')),
    sa.PrimaryKeyConstraint('organisation_id', 'assessment_id', 'version', name=op.f('pk_equality_assessment_versions'))
    )
    op.create_table('advert_hits',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('fingerprint', sa.String(length=200), nullable=False),
    sa.Column('rule', sa.String(length=200), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('confirmed_by', sa.String(length=200), nullable=False),
    sa.Column('kept_by', sa.Uuid(), nullable=True),
    sa.Column('kept_at', sa.DateTime(), nullable=True),
    sa.Column('found_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_advert_hits_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['kept_by'], ['people.id'], name=op.f('fk_advert_hits_kept_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'fingerprint', name=op.f('pk_advert_hits'))
    )
    op.create_table('advert_looks',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('looked_by', sa.Uuid(), nullable=False),
    sa.Column('looked_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_advert_looks_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['looked_by'], ['people.id'], name=op.f('fk_advert_looks_looked_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', name=op.f('pk_advert_looks'))
    )
    op.create_table('tie_breaks',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=True),
    sa.Column('begun_by', sa.Uuid(), nullable=False),
    sa.Column('begun_at', sa.DateTime(), nullable=False),
    sa.Column('completed_by', sa.Uuid(), nullable=True),
    sa.Column('completed_at', sa.DateTime(), nullable=True),
    sa.Column('dropped_at', sa.DateTime(), nullable=True),
    sa.Column('drop_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['begun_by'], ['people.id'], name=op.f('fk_tie_breaks_begun_by_people')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_tie_breaks_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['completed_by'], ['people.id'], name=op.f('fk_tie_breaks_completed_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_tie_breaks'))
    )


def downgrade() -> None:
    op.drop_table('tie_breaks')
    op.drop_table('advert_looks')
    op.drop_table('advert_hits')
    op.drop_table('equality_assessment_versions')
    op.drop_table('equality_assessments')
