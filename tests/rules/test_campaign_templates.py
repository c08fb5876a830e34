"""Templates: what is shipped is whole, and what is kept is read back as it was."""

from __future__ import annotations

import json

import pytest

from recruitment.rules.campaign_templates import read_template
from recruitment.rules.campaigns import StageKind
from recruitment.rules.errors import Invalid
from recruitment.services.campaign_templates import shipped_templates


@pytest.mark.parametrize("name", ["administrative", "caseworker", "senior_manager"])
def test_a_shipped_template_lacks_nothing_that_opening_asks_for(name):
    template = shipped_templates()[name]
    kinds = [kind for kind, _ in template.stages]
    assert kinds[0] is StageKind.SIFT and kinds[-1] is StageKind.INTERVIEW
    scored = {number for criterion in template.criteria for number in criterion.questions}
    assert scored == set(range(1, len(template.questions) + 1))
    assert any(criterion.stage == len(kinds) for criterion in template.criteria)
    for criterion in template.criteria:
        assert len(criterion.guide) >= 4 and set(criterion.guide) <= set(range(1, 8))
        assert bool(criterion.questions) == (criterion.stage == 1)


def test_a_template_is_read_back_from_json_as_it_was():
    for template in shipped_templates().values():
        assert read_template(json.loads(json.dumps(template.to_fields()))) == template


def test_a_criterion_of_a_stage_or_question_that_is_not_there_is_refused():
    fields = shipped_templates()["administrative"].to_fields()
    fields["criterion"][0]["questions"] = [9]
    with pytest.raises(Invalid, match="not in the template"):
        read_template(fields)
    fields["criterion"][0].update(questions=[1], stage=3)
    with pytest.raises(Invalid, match="stage that is not"):
        read_template(fields)
