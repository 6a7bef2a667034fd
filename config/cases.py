"""The cases of the demonstration, made by the product's own verbs."""

from datetime import datetime


def seed(*, now: datetime) -> None:
    """Make the demo cases where the register is empty."""
