"""Second looks at released texts, words hidden after the sift opened, and what a release says of both."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('second_looks',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('looked_at', sa.DateTime(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('role', sa.String(length=200), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id', 'answer_id'], ['answers.campaign_id', 'answers.id'], name=op.f('fk_second_looks_campaign_id_answer_id_answers')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_second_looks_person_id_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'answer_id', name=op.f('pk_second_looks')),
    sa.UniqueConstraint('campaign_id', 'position', name=op.f('uq_second_looks_campaign_id_position'))
    )
    op.create_table('leaks',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('is_marked', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'answer_id'], ['answers.campaign_id', 'answers.id'], name=op.f('fk_leaks_campaign_id_answer_id_answers')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_leaks_person_id_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'answer_id', 'words', 'person_id', name=op.f('pk_leaks'))
    )
    # Not in a batch: SQLite would make the table anew, and others refer to it.
    op.add_column('campaigns', sa.Column('second_look_size', sa.Integer(), nullable=True))
    op.add_column('releases', sa.Column('leaks', sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column('releases', 'leaks')
    op.drop_column('campaigns', 'second_look_size')
    op.drop_table('leaks')
    op.drop_table('second_looks')
