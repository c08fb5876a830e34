"""Reads a candidate's uploaded document to text, so that one that cannot be read is told at once."""

from recruitment.services.documents.child_process import network_isolation
from recruitment.services.documents.outcomes import (
    ReadDocument,
    ReadingLimits,
    Unreadable,
    UnreadableDocument,
)
from recruitment.services.documents.reading import read_document
from recruitment.services.documents.scanning import BadScannerAddress, Scanner

__all__ = [
    "BadScannerAddress",
    "ReadDocument",
    "ReadingLimits",
    "Scanner",
    "Unreadable",
    "UnreadableDocument",
    "network_isolation",
    "read_document",
]
