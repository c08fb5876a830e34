"""Sealing, one module per compartment: public keys are enough."""
