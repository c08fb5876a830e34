"""What every page of a panel has at its head."""

from __future__ import annotations

from uuid import UUID

from recruitment.services.interviews import PanelStanding, read_panel
from recruitment.web.access import reading
from recruitment.web.site import acting, staff_desk


def unchecked(campaign_id: UUID) -> PanelStanding:
    """The campaign's title, state and members, without working out what stands in the way of interviews."""
    return read_panel(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id, is_checked=False)
