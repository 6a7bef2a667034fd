"""What the pages of all rooms have in common."""

from accounts.views.page import ExchangeView, page_context

__all__ = ["ExchangeView", "page_context"]
