"""WHAT IT ADDS UP TO: the year's figures as they were drafted and frozen, and the returns of the authorities."""

from reports.models.editions import Edition
from reports.models.frozen import FrozenEdition
from reports.models.returns import AnnualReturn, ReturnFigure, ReturnLine, ReturnReminder

__all__ = ["AnnualReturn", "Edition", "FrozenEdition", "ReturnFigure", "ReturnLine", "ReturnReminder"]
