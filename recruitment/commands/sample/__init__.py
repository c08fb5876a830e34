"""The sample campaign: made through the real services, for the demonstration and for tests."""

from recruitment.commands.sample.build import build_campaign
from recruitment.commands.sample.cast import PARTS, SampleCast, make_cast

__all__ = ["PARTS", "SampleCast", "build_campaign", "make_cast"]
