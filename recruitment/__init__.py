"""Anonymised recruitment for public bodies."""
