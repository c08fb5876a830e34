"""The sample campaign: made through the real services, for the demonstration and for tests."""

from recruitment.commands.sample.build import SampleCast, build_campaign, make_cast

__all__ = ["SampleCast", "build_campaign", "make_cast"]
