"""WHAT WAS SAID ABOUT IT: threads between two authorities, their clock, answers, decisions, notices of grant."""

from consultations.models.decisions import Decision, GrantNotice
from consultations.models.documents import OPENED, OPENINGS, QUERIED, Document, DocumentContent, PreparedAct
from consultations.models.ends import counted_anew, extended_end
from consultations.models.gate import Gate, gate_of, hits_to_judge, withdrawn_on
from consultations.models.holding import AnswerElsewhere, DeadlineProposal, Unavailability
from consultations.models.inviting import Invitation
from consultations.models.ownreview import grants_against_own
from consultations.models.threads import (
    CONSULTED,
    CONSULTING,
    Answer,
    Consultation,
    ConsultationDenial,
    ConsultationEvent,
    Extension,
    InternalNote,
)
from consultations.models.watching import ThreadReminder
from consultations.models.workload import WEEK, lapsing_soon, loads_of, teams_of

__all__ = [
    "CONSULTED",
    "CONSULTING",
    "OPENED",
    "OPENINGS",
    "QUERIED",
    "WEEK",
    "Answer",
    "AnswerElsewhere",
    "Consultation",
    "ConsultationDenial",
    "ConsultationEvent",
    "DeadlineProposal",
    "Decision",
    "Document",
    "DocumentContent",
    "Extension",
    "Gate",
    "GrantNotice",
    "InternalNote",
    "Invitation",
    "PreparedAct",
    "ThreadReminder",
    "Unavailability",
    "counted_anew",
    "extended_end",
    "gate_of",
    "grants_against_own",
    "hits_to_judge",
    "lapsing_soon",
    "loads_of",
    "teams_of",
    "withdrawn_on",
]
