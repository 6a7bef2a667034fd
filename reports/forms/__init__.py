"""What a person types in this room: a return with its method card, its sign-off, the sign-off of an edition."""

from reports.forms.returns import FreezeForm, ReturnForm, SignForm

__all__ = ["FreezeForm", "ReturnForm", "SignForm"]
