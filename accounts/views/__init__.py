"""What the pages of all rooms have in common."""

from accounts.views.page import ExchangeView, is_led_from_elsewhere, page_context

__all__ = ["ExchangeView", "is_led_from_elsewhere", "page_context"]
