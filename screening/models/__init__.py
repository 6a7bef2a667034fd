"""WHAT IS ASKED NOW: applications put to the register, their screenings, hits and what was done about them."""

from screening.models.alarms import EnumerationAlarm
from screening.models.application import Application, ApplicationDestination, ApplicationItem, ApplicationParty
from screening.models.bulk import BulkJob, BulkRow
from screening.models.index import DenialIndex, IndexedUpTo
from screening.models.rules import RuleChange
from screening.models.screening import Disposition, Hit, Screening, StandingHit

__all__ = [
    "Application",
    "ApplicationDestination",
    "ApplicationItem",
    "ApplicationParty",
    "BulkJob",
    "BulkRow",
    "DenialIndex",
    "Disposition",
    "EnumerationAlarm",
    "Hit",
    "IndexedUpTo",
    "RuleChange",
    "Screening",
    "StandingHit",
]
