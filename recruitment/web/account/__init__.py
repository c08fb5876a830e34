"""Signing in, enrolling and signing out, on both sites."""
