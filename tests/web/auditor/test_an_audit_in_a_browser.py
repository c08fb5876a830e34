"""An auditor's way in a real browser: begun, drawn by lot, judged from the evidence, completed."""

from __future__ import annotations

import pytest

from recruitment.rules.audits import ITEMS
from recruitment.rules.campaigns import CampaignState
from tests.support.browsers import Browsers
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER


@pytest.fixture
def browsers(world, open_context):
    with serving(world.staff_app) as address:
        found = Browsers(world, address, open_context)
        yield found
        found.close()


def test_an_audit_goes_from_an_appointment_to_its_findings(world, browsers):
    world.campaign(until=CampaignState.RELEASED, applications=12)
    administrator = browsers.visit("recruiter", "/audits")
    administrator.get_by_label("Who audits?").select_option(label="Grace Lin")
    administrator.get_by_label("Their directorate").fill("Internal Audit")
    today = world.clock.now.date()
    for which, year in (("First day of the period", today.year - 1), ("Last day of the period", today.year)):
        group = administrator.get_by_role("group", name=which)
        group.get_by_label("Day").fill(str(min(today.day, 28)))
        group.get_by_label("Month").fill(str(today.month))
        group.get_by_label("Year").fill(str(year))
    browsers.press(administrator, "Begin the audit")

    auditor = browsers.visit("auditor", "/", width=320)
    browsers.follow(auditor, "Your inclusion audit")
    auditor.get_by_label("How many campaigns?").fill("1")
    browsers.press(auditor, "Draw the sample")
    browsers.follow(auditor, "Judge")
    browsers.follow(auditor, "Evidence: rules, scores, panel, outcomes")
    assert auditor.get_by_role("region", name="Sift scores").is_visible()
    auditor.go_back()
    for item in ITEMS:
        choice = "No: a finding" if item.key == "guide" else "Yes"
        auditor.get_by_role("group", name=item.text).get_by_label(choice, exact=True).check()
    auditor.locator("#note_guide").fill("Anchors 3 and 4 say the same.")
    browsers.press(auditor, "Save")
    auditor.get_by_label("What did the audit find?").fill("Well run. One scoring guide needs work.")
    browsers.press(auditor, "Complete the audit")

    browsers.follow(administrator, f"{min(today.day, 28)}")
    assert administrator.get_by_text("Anchors 3 and 4 say the same.").is_visible()
