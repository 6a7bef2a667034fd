"""Take in a file of denials decided in the past: read, check, say what would happen, then do it as a whole."""

from denials.imports.plan import Plan, make_plan
from denials.imports.tables import FileRefused

__all__ = ["FileRefused", "Plan", "make_plan"]
