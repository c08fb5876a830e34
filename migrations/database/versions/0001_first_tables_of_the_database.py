"""First tables of the database."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('compartment_keys',
    sa.Column('scope_id', sa.Uuid(), nullable=False),
    sa.Column('compartment', sa.String(length=200), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('signature', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('scope_id', 'compartment', name=op.f('pk_compartment_keys'))
    )
    op.create_table('equality_rewrites',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('campaign_id', name=op.f('pk_equality_rewrites'))
    )
    op.create_table('equality_rows',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('blob', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_equality_rows')),
    sqlite_with_rowid=False
    )
    op.create_table('installation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_installation'))
    )
    op.create_table('jobs',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('run_after', sa.DateTime(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('failure', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jobs'))
    )
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_jobs_run_after'), ['run_after'], unique=False)

    op.create_table('organisations',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('slug', sa.String(length=200), nullable=False),
    sa.Column('contact', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisations')),
    sa.UniqueConstraint('slug', name=op.f('uq_organisations_slug'))
    )
    op.create_table('signed_heads',
    sa.Column('chain_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('signature', sa.LargeBinary(), nullable=False),
    sa.Column('signed_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('chain_id', 'number', name=op.f('pk_signed_heads'))
    )
    op.create_table('trail_events',
    sa.Column('chain_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('actor', sa.String(length=200), nullable=False),
    sa.Column('event', sa.String(length=200), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('previous', sa.LargeBinary(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('chain_id', 'number', name=op.f('pk_trail_events'))
    )
    op.create_table('trail_heads',
    sa.Column('chain_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('chain_id', name=op.f('pk_trail_heads'))
    )
    op.create_table('candidates',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('address_hash', sa.LargeBinary(), nullable=False),
    sa.Column('address_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('session_version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_candidates_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidates')),
    sa.UniqueConstraint('organisation_id', 'address_hash', name=op.f('uq_candidates_organisation_id_address_hash'))
    )
    op.create_table('messages',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('blob', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('sent_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_messages_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_messages'))
    )
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_messages_organisation_id_messages_created_at'), ['organisation_id', 'created_at'], unique=False)

    op.create_table('people',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=200), nullable=False),
    sa.Column('is_administrator', sa.Boolean(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('staff_password', sa.String(length=200), nullable=True),
    sa.Column('public_password', sa.String(length=200), nullable=True),
    sa.Column('staff_factor', sa.LargeBinary(), nullable=True),
    sa.Column('staff_factor_used', sa.Integer(), nullable=False),
    sa.Column('public_factor', sa.LargeBinary(), nullable=True),
    sa.Column('public_factor_used', sa.Integer(), nullable=False),
    sa.Column('failed_attempts', sa.Integer(), nullable=False),
    sa.Column('locked_until', sa.DateTime(), nullable=True),
    sa.Column('session_version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_people_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sa.UniqueConstraint('email', name=op.f('uq_people_email'))
    )
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_people_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('campaigns',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=200), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('opens_at', sa.DateTime(), nullable=False),
    sa.Column('closes_at', sa.DateTime(), nullable=False),
    sa.Column('scale_min', sa.Integer(), nullable=False),
    sa.Column('scale_max', sa.Integer(), nullable=False),
    sa.Column('shortlisters_per_answer', sa.Integer(), nullable=False),
    sa.Column('is_unlinked', sa.Boolean(), nullable=False),
    sa.Column('inclusion_question', sa.Text(), nullable=False),
    sa.Column('volume_cap', sa.Integer(), nullable=True),
    sa.Column('volume_reason', sa.Text(), nullable=False),
    sa.Column('volume_recorded_at', sa.DateTime(), nullable=True),
    sa.Column('interview_line', sa.String(length=200), nullable=True),
    sa.Column('interview_line_reason', sa.Text(), nullable=False),
    sa.Column('shortlist_digest', sa.LargeBinary(), nullable=True),
    sa.Column('frozen_at', sa.DateTime(), nullable=True),
    sa.Column('reveal_asked_by', sa.Uuid(), nullable=True),
    sa.Column('reveal_asked_at', sa.DateTime(), nullable=True),
    sa.Column('reveal_agreed_by', sa.Uuid(), nullable=True),
    sa.Column('reveal_agreed_at', sa.DateTime(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_campaigns_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['reveal_agreed_by'], ['people.id'], name=op.f('fk_campaigns_reveal_agreed_by_people')),
    sa.ForeignKeyConstraint(['reveal_asked_by'], ['people.id'], name=op.f('fk_campaigns_reveal_asked_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaigns'))
    )
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaigns_organisation_id_campaigns_state'), ['organisation_id', 'state'], unique=False)

    op.create_table('enrolments',
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('site', sa.String(length=200), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_enrolments_person_id_people')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_enrolments'))
    )
    op.create_table('sign_in_links',
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=True),
    sa.Column('waiting', sa.LargeBinary(), nullable=True),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_sign_in_links_candidate_id_candidates')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_sign_in_links_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_sign_in_links'))
    )
    op.create_table('applications',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=True),
    sa.Column('reference', sa.String(length=200), nullable=False),
    sa.Column('external_id_hash', sa.LargeBinary(), nullable=True),
    sa.Column('submitted_at', sa.DateTime(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_applications_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_applications_candidate_id_candidates')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_applications')),
    sa.UniqueConstraint('campaign_id', 'candidate_id', name=op.f('uq_applications_campaign_id_candidate_id')),
    sa.UniqueConstraint('campaign_id', 'external_id_hash', name=op.f('uq_applications_campaign_id_external_id_hash')),
    sa.UniqueConstraint('campaign_id', 'reference', name=op.f('uq_applications_campaign_id_reference'))
    )
    with op.batch_alter_table('applications', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_applications_candidate_id'), ['candidate_id'], unique=False)

    op.create_table('campaign_roles',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.String(length=200), nullable=False),
    sa.Column('given_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_campaign_roles_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_campaign_roles_person_id_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'person_id', 'role', name=op.f('pk_campaign_roles'))
    )
    with op.batch_alter_table('campaign_roles', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaign_roles_person_id'), ['person_id'], unique=False)

    op.create_table('criteria',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('stage_position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('minimum', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_criteria_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_criteria'))
    )
    op.create_table('drafts',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_drafts_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_drafts_candidate_id_candidates')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_drafts')),
    sa.UniqueConstraint('campaign_id', 'candidate_id', name=op.f('uq_drafts_campaign_id_candidate_id'))
    )
    op.create_table('questions',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('hint', sa.Text(), nullable=False),
    sa.Column('word_limit', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_questions_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_questions'))
    )
    op.create_table('releases',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('tables', sa.JSON(), nullable=False),
    sa.Column('threshold', sa.Integer(), nullable=False),
    sa.Column('base', sa.Integer(), nullable=False),
    sa.Column('question_set', sa.String(length=200), nullable=False),
    sa.Column('released_by', sa.Uuid(), nullable=False),
    sa.Column('released_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_releases_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['released_by'], ['people.id'], name=op.f('fk_releases_released_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_releases'))
    )
    with op.batch_alter_table('releases', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_releases_campaign_id'), ['campaign_id'], unique=False)

    op.create_table('stages',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_stages_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('campaign_id', 'position', name=op.f('pk_stages'))
    )
    op.create_table('tallies',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('blob', sa.LargeBinary(), nullable=False),
    sa.Column('question_set', sa.String(length=200), nullable=False),
    sa.Column('tallied_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_tallies_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('campaign_id', name=op.f('pk_tallies'))
    )
    op.create_table('vacancies',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('location', sa.String(length=200), nullable=False),
    sa.Column('grade', sa.String(length=200), nullable=False),
    sa.Column('pay', sa.String(length=200), nullable=False),
    sa.Column('working_pattern', sa.String(length=200), nullable=False),
    sa.Column('posts', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_vacancies_campaign_id_campaigns')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_vacancies'))
    )
    op.create_table('anchors',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('criterion_id', sa.Uuid(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'criterion_id'], ['criteria.campaign_id', 'criteria.id'], name=op.f('fk_anchors_campaign_id_criterion_id_criteria')),
    sa.PrimaryKeyConstraint('campaign_id', 'criterion_id', 'score', name=op.f('pk_anchors'))
    )
    op.create_table('answers',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('question_id', sa.Uuid(), nullable=False),
    sa.Column('redacted', sa.LargeBinary(), nullable=False),
    sa.Column('has_restorable', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['applications.campaign_id', 'applications.id'], name=op.f('fk_answers_campaign_id_application_id_applications')),
    sa.ForeignKeyConstraint(['campaign_id', 'question_id'], ['questions.campaign_id', 'questions.id'], name=op.f('fk_answers_campaign_id_question_id_questions')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_answers')),
    sa.UniqueConstraint('campaign_id', 'application_id', 'question_id', name=op.f('uq_answers_campaign_id_application_id_question_id'))
    )
    op.create_table('draft_documents',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('question_id', sa.Uuid(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'draft_id'], ['drafts.campaign_id', 'drafts.id'], name=op.f('fk_draft_documents_campaign_id_draft_id_drafts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('campaign_id', 'draft_id', 'question_id', name=op.f('pk_draft_documents'))
    )
    op.create_table('preferences',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('vacancy_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['applications.campaign_id', 'applications.id'], name=op.f('fk_preferences_campaign_id_application_id_applications')),
    sa.ForeignKeyConstraint(['campaign_id', 'vacancy_id'], ['vacancies.campaign_id', 'vacancies.id'], name=op.f('fk_preferences_campaign_id_vacancy_id_vacancies')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', 'vacancy_id', name=op.f('pk_preferences'))
    )
    op.create_table('question_criteria',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('question_id', sa.Uuid(), nullable=False),
    sa.Column('criterion_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'criterion_id'], ['criteria.campaign_id', 'criteria.id'], name=op.f('fk_question_criteria_campaign_id_criterion_id_criteria')),
    sa.ForeignKeyConstraint(['campaign_id', 'question_id'], ['questions.campaign_id', 'questions.id'], name=op.f('fk_question_criteria_campaign_id_question_id_questions')),
    sa.PrimaryKeyConstraint('campaign_id', 'question_id', 'criterion_id', name=op.f('pk_question_criteria'))
    )
    op.create_table('sealed_records',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('compartment', sa.String(length=200), nullable=False),
    sa.Column('part', sa.String(length=200), nullable=False),
    sa.Column('blob', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['applications.campaign_id', 'applications.id'], name=op.f('fk_sealed_records_campaign_id_application_id_applications')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', 'compartment', 'part', name=op.f('pk_sealed_records'))
    )
    op.create_table('shortlist_entries',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['applications.campaign_id', 'applications.id'], name=op.f('fk_shortlist_entries_campaign_id_application_id_applications')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', name=op.f('pk_shortlist_entries'))
    )
    op.create_table('stage_events',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['applications.campaign_id', 'applications.id'], name=op.f('fk_stage_events_campaign_id_application_id_applications')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', 'kind', name=op.f('pk_stage_events'))
    )
    op.create_table('allocations',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=200), nullable=False),
    sa.Column('recognition', sa.String(length=200), nullable=False),
    sa.Column('recognised_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id', 'answer_id'], ['answers.campaign_id', 'answers.id'], name=op.f('fk_allocations_campaign_id_answer_id_answers')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_allocations_person_id_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'id', name=op.f('pk_allocations')),
    sa.UniqueConstraint('campaign_id', 'answer_id', 'person_id', name=op.f('uq_allocations_campaign_id_answer_id_person_id'))
    )
    with op.batch_alter_table('allocations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_allocations_campaign_id_allocations_person_id_allocations_position'), ['campaign_id', 'person_id', 'position'], unique=False)

    op.create_table('clearance_decisions',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('restored', sa.Boolean(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('decided_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'answer_id'], ['answers.campaign_id', 'answers.id'], name=op.f('fk_clearance_decisions_campaign_id_answer_id_answers')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_clearance_decisions_person_id_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'answer_id', 'ordinal', name=op.f('pk_clearance_decisions'))
    )
    op.create_table('interview_scores',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('criterion_id', sa.Uuid(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('notes', sa.LargeBinary(), nullable=True),
    sa.Column('scored_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['shortlist_entries.campaign_id', 'shortlist_entries.application_id'], name=op.f('fk_interview_scores_campaign_id_application_id_shortlist_entries')),
    sa.ForeignKeyConstraint(['campaign_id', 'criterion_id'], ['criteria.campaign_id', 'criteria.id'], name=op.f('fk_interview_scores_campaign_id_criterion_id_criteria')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_interview_scores_person_id_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', 'person_id', 'criterion_id', name=op.f('pk_interview_scores'))
    )
    op.create_table('moderations',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('criterion_id', sa.Uuid(), nullable=False),
    sa.Column('arranged_at', sa.DateTime(), nullable=False),
    sa.Column('agreed_value', sa.Integer(), nullable=True),
    sa.Column('agreed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id', 'answer_id'], ['answers.campaign_id', 'answers.id'], name=op.f('fk_moderations_campaign_id_answer_id_answers')),
    sa.ForeignKeyConstraint(['campaign_id', 'criterion_id'], ['criteria.campaign_id', 'criteria.id'], name=op.f('fk_moderations_campaign_id_criterion_id_criteria')),
    sa.PrimaryKeyConstraint('campaign_id', 'answer_id', 'criterion_id', name=op.f('pk_moderations'))
    )
    op.create_table('outcomes',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('vacancy_id', sa.Uuid(), nullable=True),
    sa.Column('result', sa.String(length=200), nullable=False),
    sa.Column('merit', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.Uuid(), nullable=False),
    sa.Column('decided_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'application_id'], ['shortlist_entries.campaign_id', 'shortlist_entries.application_id'], name=op.f('fk_outcomes_campaign_id_application_id_shortlist_entries')),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_outcomes_decided_by_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'application_id', name=op.f('pk_outcomes'))
    )
    op.create_table('moderation_proposals',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('criterion_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'answer_id', 'criterion_id'], ['moderations.campaign_id', 'moderations.answer_id', 'moderations.criterion_id'], name=op.f('fk_moderation_proposals_campaign_id_answer_id_criterion_id_moderations')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_moderation_proposals_person_id_people')),
    sa.PrimaryKeyConstraint('campaign_id', 'answer_id', 'criterion_id', 'person_id', name=op.f('pk_moderation_proposals'))
    )
    op.create_table('scores',
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('allocation_id', sa.Uuid(), nullable=False),
    sa.Column('criterion_id', sa.Uuid(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('scored_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id', 'allocation_id'], ['allocations.campaign_id', 'allocations.id'], name=op.f('fk_scores_campaign_id_allocation_id_allocations')),
    sa.ForeignKeyConstraint(['campaign_id', 'criterion_id'], ['criteria.campaign_id', 'criteria.id'], name=op.f('fk_scores_campaign_id_criterion_id_criteria')),
    sa.PrimaryKeyConstraint('campaign_id', 'allocation_id', 'criterion_id', name=op.f('pk_scores'))
    )


def downgrade() -> None:
    op.drop_table('scores')
    op.drop_table('moderation_proposals')
    op.drop_table('outcomes')
    op.drop_table('moderations')
    op.drop_table('interview_scores')
    op.drop_table('clearance_decisions')
    with op.batch_alter_table('allocations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_allocations_campaign_id_allocations_person_id_allocations_position'))

    op.drop_table('allocations')
    op.drop_table('stage_events')
    op.drop_table('shortlist_entries')
    op.drop_table('sealed_records')
    op.drop_table('question_criteria')
    op.drop_table('preferences')
    op.drop_table('draft_documents')
    op.drop_table('answers')
    op.drop_table('anchors')
    op.drop_table('vacancies')
    op.drop_table('tallies')
    op.drop_table('stages')
    with op.batch_alter_table('releases', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_releases_campaign_id'))

    op.drop_table('releases')
    op.drop_table('questions')
    op.drop_table('drafts')
    op.drop_table('criteria')
    with op.batch_alter_table('campaign_roles', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_campaign_roles_person_id'))

    op.drop_table('campaign_roles')
    with op.batch_alter_table('applications', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_applications_candidate_id'))

    op.drop_table('applications')
    op.drop_table('sign_in_links')
    op.drop_table('enrolments')
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_campaigns_organisation_id_campaigns_state'))

    op.drop_table('campaigns')
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_people_organisation_id'))

    op.drop_table('people')
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_messages_organisation_id_messages_created_at'))

    op.drop_table('messages')
    op.drop_table('candidates')
    op.drop_table('trail_heads')
    op.drop_table('trail_events')
    op.drop_table('signed_heads')
    op.drop_table('organisations')
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_jobs_run_after'))

    op.drop_table('jobs')
    op.drop_table('installation')
    op.drop_table('equality_rows')
    op.drop_table('equality_rewrites')
    op.drop_table('compartment_keys')
