"""The panel pool, policies and questions; a campaign's panel: checks, waivers, declarations, bookings, challenges."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('inclusion_questions',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('guide', sa.Text(), nullable=False),
    sa.Column('drafted_by', sa.String(length=200), nullable=False),
    sa.Column('entered_by', sa.Uuid(), nullable=False),
    sa.Column('entered_at', sa.DateTime(), nullable=False),
    sa.Column('approved_by', sa.String(length=200), nullable=False),
    sa.Column('approval_entered_by', sa.Uuid(), nullable=True),
    sa.Column('approved_at', sa.DateTime(), nullable=True),
    sa.Column('retired_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['approval_entered_by'], ['people.id'], name=op.f('fk_inclusion_questions_approval_entered_by_people')),
    sa.ForeignKeyConstraint(['entered_by'], ['people.id'], name=op.f('fk_inclusion_questions_entered_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_inclusion_questions_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('organisation_id', 'id', name=op.f('pk_inclusion_questions')),
    sa.UniqueConstraint('organisation_id', 'number', 'version', name=op.f('uq_inclusion_questions_organisation_id_number_version'))
    )
    op.create_table('panel_policies',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('policy', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=True),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_panel_policies_made_by_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_panel_policies_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('organisation_id', 'version', name=op.f('pk_panel_policies'))
    )
    op.create_table('pool_memberships',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('grade', sa.String(length=200), nullable=False),
    sa.Column('directorate', sa.String(length=200), nullable=False),
    sa.Column('manager_id', sa.Uuid(), nullable=True),
    sa.Column('can_chair', sa.Boolean(), nullable=False),
    sa.Column('can_lead', sa.Boolean(), nullable=False),
    sa.Column('is_inclusion_adviser', sa.Boolean(), nullable=False),
    sa.Column('is_external', sa.Boolean(), nullable=False),
    sa.Column('network', sa.String(length=200), nullable=False),
    sa.Column('answers', sa.LargeBinary(), nullable=False),
    sa.Column('joined_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['manager_id'], ['people.id'], name=op.f('fk_pool_memberships_manager_id_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_pool_memberships_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_pool_memberships_person_id_people')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_pool_memberships'))
    )
    op.create_index(op.f('ix_pool_memberships_organisation_id'), 'pool_memberships', ['organisation_id'], unique=False)
    op.create_table('challenges',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=True),
    sa.Column('raised_by', sa.Uuid(), nullable=False),
    sa.Column('raised_at', sa.DateTime(), nullable=False),
    sa.Column('text', sa.LargeBinary(), nullable=True),
    sa.Column('answer', sa.LargeBinary(), nullable=True),
    sa.Column('answered_by', sa.Uuid(), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['answered_by'], ['people.id'], name=op.f('fk_challenges_answered_by_people')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_challenges_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['raised_by'], ['people.id'], name=op.f('fk_challenges_raised_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_challenges'))
    )
    op.create_table('checklist_entries',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('item', sa.String(length=200), nullable=False),
    sa.Column('answer', sa.String(length=200), nullable=False),
    sa.Column('note', sa.LargeBinary(), nullable=True),
    sa.Column('entered_by', sa.Uuid(), nullable=False),
    sa.Column('entered_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_checklist_entries_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['entered_by'], ['people.id'], name=op.f('fk_checklist_entries_entered_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'item', name=op.f('pk_checklist_entries'))
    )
    op.create_table('composition_answers',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('rule', sa.String(length=200), nullable=False),
    sa.Column('characteristic', sa.String(length=200), nullable=False),
    sa.Column('members', sa.JSON(), nullable=False),
    sa.Column('verdict', sa.String(length=200), nullable=False),
    sa.Column('sentence', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_composition_answers_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_composition_answers_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('organisation_id', 'id', name=op.f('pk_composition_answers'))
    )
    op.create_index('ix_composition_answers_characteristic', 'composition_answers', ['organisation_id', 'characteristic'], unique=False)
    op.create_table('panel_checks',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.String(length=200), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('policy_version', sa.Integer(), nullable=False),
    sa.Column('members', sa.JSON(), nullable=False),
    sa.Column('findings', sa.JSON(), nullable=False),
    sa.Column('is_blocked', sa.Boolean(), nullable=False),
    sa.Column('checked_by', sa.Uuid(), nullable=True),
    sa.Column('checked_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_panel_checks_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['checked_by'], ['people.id'], name=op.f('fk_panel_checks_checked_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_panel_checks'))
    )
    op.create_index('ix_panel_checks_checked_at', 'panel_checks', ['campaign_id', 'checked_at'], unique=False)
    op.create_table('panel_reasons',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rule', sa.String(length=200), nullable=False),
    sa.Column('members', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('who_was_asked', sa.Text(), nullable=False),
    sa.Column('entered_by', sa.Uuid(), nullable=False),
    sa.Column('entered_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_panel_reasons_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['entered_by'], ['people.id'], name=op.f('fk_panel_reasons_entered_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_panel_reasons'))
    )
    op.create_table('panel_waivers',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rule', sa.String(length=200), nullable=False),
    sa.Column('members', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('who_was_asked', sa.Text(), nullable=False),
    sa.Column('asked_by', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('is_approved', sa.Boolean(), nullable=True),
    sa.Column('decision_reason', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by'], ['people.id'], name=op.f('fk_panel_waivers_asked_by_people')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_panel_waivers_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_panel_waivers_decided_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_panel_waivers'))
    )
    op.create_table('pool_absences',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['pool_memberships.person_id'], name=op.f('fk_pool_absences_person_id_pool_memberships')),
    sa.PrimaryKeyConstraint('person_id', 'id', name=op.f('pk_pool_absences'))
    )
    op.create_table('pool_training',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('course', sa.String(length=200), nullable=False),
    sa.Column('completed', sa.Date(), nullable=False),
    sa.Column('expires', sa.Date(), nullable=True),
    sa.Column('evidence', sa.String(length=200), nullable=False),
    sa.Column('confirmed_by', sa.Uuid(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['confirmed_by'], ['people.id'], name=op.f('fk_pool_training_confirmed_by_people')),
    sa.ForeignKeyConstraint(['person_id'], ['pool_memberships.person_id'], name=op.f('fk_pool_training_person_id_pool_memberships')),
    sa.PrimaryKeyConstraint('person_id', 'id', name=op.f('pk_pool_training'))
    )
    op.create_table('relationship_matchings',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('matched_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_relationship_matchings_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_relationship_matchings_person_id_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'person_id', name=op.f('pk_relationship_matchings'))
    )
    op.create_table('interview_questions',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('criterion_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id', 'criterion_id'], ['criteria.campaign_id', 'criteria.id'], name=op.f('fk_interview_questions_campaign_id_criterion_id_criteria')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_interview_questions_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_interview_questions'))
    )
    op.create_table('agreed_scores',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('criterion_id', sa.Uuid(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('agreed_by', sa.Uuid(), nullable=False),
    sa.Column('agreed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['agreed_by'], ['people.id'], name=op.f('fk_agreed_scores_agreed_by_people')),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['shortlist_entries.campaign_id', 'shortlist_entries.application_id'], name=op.f('fk_agreed_scores_campaign_id_application_id_shortlist_entries')),
    sa.ForeignKeyConstraint(['campaign_id', 'criterion_id'], ['criteria.campaign_id', 'criteria.id'], name=op.f('fk_agreed_scores_campaign_id_criterion_id_criteria')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', 'criterion_id', name=op.f('pk_agreed_scores'))
    )
    op.create_table('bookings',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('begins', sa.String(length=200), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('adjustments', sa.LargeBinary(), nullable=True),
    sa.Column('booked_by', sa.Uuid(), nullable=False),
    sa.Column('booked_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['booked_by'], ['people.id'], name=op.f('fk_bookings_booked_by_people')),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['shortlist_entries.campaign_id', 'shortlist_entries.application_id'], name=op.f('fk_bookings_campaign_id_application_id_shortlist_entries')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', name=op.f('pk_bookings'))
    )
    op.create_index('ix_bookings_day', 'bookings', ['campaign_id', 'day'], unique=False)
    op.create_table('declarations',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('knows', sa.Boolean(), nullable=False),
    sa.Column('nature', sa.LargeBinary(), nullable=True),
    sa.Column('declared_at', sa.DateTime(), nullable=False),
    sa.Column('is_conflict', sa.Boolean(), nullable=True),
    sa.Column('ruled_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['shortlist_entries.campaign_id', 'shortlist_entries.application_id'], name=op.f('fk_declarations_campaign_id_application_id_shortlist_entries')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_declarations_person_id_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', 'person_id', name=op.f('pk_declarations'))
    )
    op.create_table('relationship_matches',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('nature', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['shortlist_entries.campaign_id', 'shortlist_entries.application_id'], name=op.f('fk_relationship_matches_campaign_id_application_id_shortlist_entries')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_relationship_matches_person_id_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', 'person_id', name=op.f('pk_relationship_matches'))
    )
    op.create_table('substitutions',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('member_id', sa.Uuid(), nullable=False),
    sa.Column('substitute_id', sa.Uuid(), nullable=False),
    sa.Column('named_by', sa.Uuid(), nullable=False),
    sa.Column('named_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['shortlist_entries.campaign_id', 'shortlist_entries.application_id'], name=op.f('fk_substitutions_campaign_id_application_id_shortlist_entries')),
    sa.ForeignKeyConstraint(['member_id'], ['people.id'], name=op.f('fk_substitutions_member_id_people')),
    sa.ForeignKeyConstraint(['named_by'], ['people.id'], name=op.f('fk_substitutions_named_by_people')),
    sa.ForeignKeyConstraint(['substitute_id'], ['people.id'], name=op.f('fk_substitutions_substitute_id_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', 'member_id', name=op.f('pk_substitutions'))
    )
    op.create_table('conflict_voices',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('voice_id', sa.Uuid(), nullable=False),
    sa.Column('is_conflict', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id', 'person_id'], ['declarations.campaign_id', 'declarations.application_id', 'declarations.person_id'], name='fk_conflict_voices_declarations'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_conflict_voices_person_id_people')),
    sa.ForeignKeyConstraint(['voice_id'], ['people.id'], name=op.f('fk_conflict_voices_voice_id_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', 'person_id', 'voice_id', name=op.f('pk_conflict_voices'))
    )
    op.add_column('campaigns', sa.Column('inclusion_guide', sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column('campaigns', sa.Column('inclusion_question_id', sa.Uuid(), nullable=True))
    op.add_column('campaigns', sa.Column('directorate', sa.String(length=200), server_default=sa.text("''"), nullable=False))
    op.add_column('campaigns', sa.Column('panel_policy_version', sa.Integer(), nullable=True))
    op.add_column('campaigns', sa.Column('panel_grade', sa.String(length=200), server_default=sa.text("''"), nullable=False))
    op.add_column('campaigns', sa.Column('interviews_from', sa.Date(), nullable=True))
    op.add_column('campaigns', sa.Column('interviews_until', sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column('campaigns', 'interviews_until')
    op.drop_column('campaigns', 'interviews_from')
    op.drop_column('campaigns', 'panel_grade')
    op.drop_column('campaigns', 'panel_policy_version')
    op.drop_column('campaigns', 'directorate')
    op.drop_column('campaigns', 'inclusion_question_id')
    op.drop_column('campaigns', 'inclusion_guide')
    op.drop_table('conflict_voices')
    op.drop_table('substitutions')
    op.drop_table('relationship_matches')
    op.drop_table('declarations')
    op.drop_index('ix_bookings_day', table_name='bookings')
    op.drop_table('bookings')
    op.drop_table('agreed_scores')
    op.drop_table('interview_questions')
    op.drop_table('relationship_matchings')
    op.drop_table('pool_training')
    op.drop_table('pool_absences')
    op.drop_table('panel_waivers')
    op.drop_table('panel_reasons')
    op.drop_index('ix_panel_checks_checked_at', table_name='panel_checks')
    op.drop_table('panel_checks')
    op.drop_index('ix_composition_answers_characteristic', table_name='composition_answers')
    op.drop_table('composition_answers')
    op.drop_table('checklist_entries')
    op.drop_table('challenges')
    op.drop_index(op.f('ix_pool_memberships_organisation_id'), table_name='pool_memberships')
    op.drop_table('pool_memberships')
    op.drop_table('panel_policies')
    op.drop_table('inclusion_questions')
