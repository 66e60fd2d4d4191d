"""How far figures can be trusted: rules by what reviewers found, agreement, samples, and who looks at what."""

from __future__ import annotations

from pipeline.web.trust import page, samples, work

PAGES = (page.router, samples.router, work.router)
"""Every page's router."""
