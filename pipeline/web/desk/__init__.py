"""The review desk: the queue of facts to look at, the desk where one is held against its source, and decisions."""

from __future__ import annotations

from pipeline.web.desk import batch_page, deciding, desk_page, form_pages, page_words, queue_page

PAGES = (queue_page.router, batch_page.router, form_pages.router, deciding.router, page_words.router, desk_page.router)
"""Every page's router. That of the desk comes last: its address would fit others below /review too."""
