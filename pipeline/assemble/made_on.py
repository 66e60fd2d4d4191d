"""The day that a document is of."""

from __future__ import annotations

from datetime import date

from pipeline.model import DocumentFacts


def published_on(identity: DocumentFacts) -> date | None:
    """The day on which a page was published."""
    return date.fromisoformat(identity.published_at[:10]) if identity.published_at else None


def made_on(identity: DocumentFacts) -> date | None:
    """The day on which a document was issued; for a page without one the day of its publication."""
    return identity.issued_on or published_on(identity)
