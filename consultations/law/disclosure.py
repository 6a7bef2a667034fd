"""
Who reads and who writes each field that a form or REST call of the exchange has, and in which state: one table.

A row: the shapes (serializers and forms) it speaks of; who reads; who writes; in which state; its fields, `*` for
all of those shapes. A field of a shape stands in one row. A test reads every shape of the product and fails on a field
without a row; others hold what is really shown against it.

What withholds parts of a denial from a class of readers is stated by its issuer (`denials/law/recipients.py`); what of
an application travels is chosen part by part (`consultations/law/sharing.py`); what a guest reads of a thread is
chosen section by section (`consultations/law/inviting.py`). Such rows say `unless withheld`, `if shared`, `if opened`.

Readers and writers: issuer (of a denial), told (all whom the regime has told), own (the authority of a case), parties
(both sides of a thread), consulting, consulted, host and guest (of an invitation), addressees (of a notice of grant),
asker (who calls), secretariat, auditors, administrator, everybody (signed in); exchange: computed, nobody writes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

TABLE = """
ContentOut DenialOut HeldOut | issuer, told | issuer | draft; later by amendment | regime act legal_basis decided_on
    suspended_until activity authorisation_type scope scope_note origin origin_state origin_reference granularity
    list_tier period_since period_until licences_denied also_notified destinations parties items criteria
    criteria_stated grounds marking
ContentOut DenialOut HeldOut | issuer, told unless withheld | issuer | draft; later by amendment |
    authorisation_reference end_use explanation remarks source_reference
ContentOut DenialOut HeldOut | issuer | issuer | draft; later by amendment | withheld
DenialOut | issuer, told | exchange | any | id reference authority state status version is_historic notified_on
    review_number review_due_on recorded_at register_sequence siblings_key validity overlays court recalled_at
HeldOut | issuer, told | exchange | any | id reference authority state status version kind valid_from recorded_at
    notified_on review_number review_due_on erased_at
DenialPartyOut | issuer, told; an exporter the issuer alone | issuer | draft; later by amendment | role name country
    is_placeholder is_category
DenialPartyOut | issuer, told unless withheld | issuer | draft; later by amendment | address aliases identifiers
DenialItemOut | issuer, told | issuer | draft; later by amendment | code code_printed control_list category
    is_unlisted description description_en
DenialItemOut | issuer, told unless withheld | issuer | draft; later by amendment | parameters quantity
    quantity_printed unit value currency manufacturer model cas cn
DenialParameterOut | issuer, told unless withheld | issuer | draft; later by amendment | *
DenialDestinationOut CourtFactOut DifferenceOut PartDifferenceOut DifferencesOut ValidityOut VersionOut RewrittenOut
    | issuer, told | issuer | in force | *
ChangeOut ChangesOut DigestOut | issuer, told | exchange | in force | *
ToldOut AcknowledgementOut RecipientOut | issuer | exchange | in force | *
RecallOut | issuer, those asked | issuer | in force | *
DenialProposalOut | issuer | issuer | waits for a second officer | *
DocketOut ReviewDueOut AssessmentDueOut ReviewResultOut ReviewResultsOut ErasureOut | issuer | exchange | in force | *
FileOut FindingOut ReferenceOut ImportJobOut ImportLineOut | own | exchange | any | *
SavedSearchOut SavedSearchFoundOut | who keeps it, own if shared | who keeps it | any | *
DenialIn ContentIn AmendmentIn DenialItemIn DenialParameterIn DenialPartyIn ReasonOfActIn DenialReasonIn | - |
    issuer | draft; in force by amendment | *
ReviewIn ReviewsIn CourtFactIn FinalAssessmentIn RecallIn ReleaseIn ErasureIn | - | issuer | in force | *
AcknowledgementIn | - | those asked | recalled | *
FileIn ImportIn ConfirmIn MappingIn LinesIn | - | own | before it is taken in | *
QuestionIn DenialsIn ExportIn ChangesIn DigestIn DaysIn RegisterIn PlaceDayIn PlacesIn EntriesIn ResolveIn | - |
    asker | any | *
SavedSearchIn | - | who keeps it | any | *
AttributeOut PlaceOut PlaceDetailOut PlaceRemarkOut ControlListOut ListVersionOut EntryOut StepOut ReadingOut
    ResolvedOut SuccessionOut | everybody | exchange | any | *
ApplicationOut ApplicationDetailOut | own | own | pending | own_reference regime activity authorisation_type
    received_on destinations parties items end_use
ApplicationOut ApplicationDetailOut | own | exchange | any | id reference authority status created_at owner
    completeness completeness_words failed_at next_try_at screening
AskedItemOut AskedParameterOut AskedPartyOut | own; parties if shared, an exporter never | own | pending | *
ScreeningOut ScreeningDetailOut SeenOut CountsOut HitOut HitDenialOut ElementOut QuantityOut | own | exchange | any
    | *
HitDispositionOut | own | own | pending | *
DiversionOut DivertedOut LinkOut SplitOut | own | exchange | any | *
RuleChangeOut ShadowOut ShadowExampleOut | own | own | any | *
BulkJobOut BulkCountsOut BulkRowOut BulkFindingOut | who sent it | exchange | any | *
ApplicationIn AskedItemIn AskedParameterIn AskedPartyIn BulkIn BulkRowIn UsedUpIn DismissalIn WhyIn ReturnIn
    ProposalReadIn RulesIn | - | own | pending | *
ApplicationsIn ScreeningPageIn ScreeningsIn HitsIn BulkRowsIn | - | asker | any | *
ConsultationOut ConsultationDetailOut | parties | consulting | when opened | question denials
ConsultationOut ConsultationDetailOut | parties if shared | consulting | when opened | shared
ConsultationOut ConsultationDetailOut | consulting | exchange | any | application
ConsultationOut ConsultationDetailOut | parties | consulted | open | answers
ConsultationOut ConsultationDetailOut | parties | either | open | extensions
ConsultationOut ConsultationDetailOut | parties | exchange | any | id reference regime rule article kind asked role
    status outcome silence consulting_authority consulted_authority consulted_state sent_at received_at due_before
    due_zone provisional held working_days_left extension_left acknowledged_at concluded_at information_awaited_from
ConsultationDetailOut | parties | either | any | answers_elsewhere corrections
ConsultationDetailOut | parties | exchange | any | clock
DenialRefOut | parties | exchange | any | id reference version
DenialRefOut | consulting | exchange | any | level
ApplicationRefOut OpenedOut PlannedOut PreviewOut | consulting | exchange | any | *
AnswerOut ElsewhereOut ProposalOut CorrectionOut EventOut | parties | who speaks | open | *
DocumentOut DocumentContentOut | own; parties once sent | own | until sent | *
ClockOut PeriodOut DayOut | parties | exchange | any | *
BodyOut | everybody | exchange | any | *
InvitationOut InvitationDetailOut | parties, guest | host | until it ends | *
SectionsOut CourseOut ToldAnswerOut ToldDocumentOut | guest if opened, parties | exchange | until it ends | *
DecisionOut | own | own | once | outcome reasons decided_on own_denial
DecisionOut | own | exchange | any | id application regime recorded_at after_consultation is_undercut flags
    owes_explanation grant_notice
AwaitedOut | own, consulted | exchange | any | *
FlaggedOut | own, auditors | exchange | any | *
GrantNoticeOut | own, addressees | own | once | *
ConclusionOut | parties, those told | who concludes | once | *
OpenIn QueryIn StatedItemIn StatedPartyIn | - | consulting | when opened | *
AnswerIn | - | consulted | open | *
ReasonIn RefusalIn TextIn OptionalTextIn ExtensionIn ElsewhereIn DocumentIn ConclusionIn AssignIn | - | parties |
    open | *
DecisionIn ExplanationIn | - | own | once | *
PreparedIn | - | own | until it is sent | *
PreparedOut | own | own | until it is sent | *
WorkloadOut LoadOut TeamLoadOut LapsingOut | own supervisors | exchange | any | *
InvitationIn | - | host | any | *
RestrictionIn | - | own | any | *
RestrictionOut | those named | own | any | *
ListIn PagesIn UndercutsIn CalendarsIn | - | asker | any | *
DueIn HoldIn ExonerationIn | - | own | closed | *
DueOut HoldOut ExonerationOut | own supervisors | exchange | closed | *
HeirIn LeaverIn | - | administrator | any | *
CasesHeldOut | administrator | exchange | any | *
UnavailabilityIn EndIn | - | secretariat | any | *
UnavailabilityOut | everybody | secretariat | any | *
CalendarIn HolidayIn | - | administrator | any | *
CalendarOut HolidayOut | everybody | administrator | any | *
CalendarPreviewOut AffectedOut | administrator | exchange | any | *
ReportOut TableOut ColumnOut EditionsOut EditionOut EditionCorrectionOut CheckOut | everybody | exchange | any | *
IndicatorsOut IndicatorOut DivergenceOut ShareOut ProgressOut | everybody | exchange | any | *
AnnualReturnIn ReturnFileIn SignIn | - | own | until it is signed | *
FreezeIn | - | secretariat | once | *
ReturnOut ReturnLineOut ReturnFindingOut | own | own | until it is signed | *
"""

FORMS = """
DenialForm ItemForm PartyForm DestinationForm | - | issuer, own | draft; pending; in force by amendment | *
AmendmentForm AssessmentForm CourtForm RecallForm ReasonForm ReasonNeededForm EraseForm | - | issuer | in force | *
NoteForm | - | own, those asked | any | *
UploadForm ColumnsForm BulkForm | - | own | before it is taken in | *
DaysForm | - | asker | any | *
SavedSearchForm FilterForm | - | who keeps it | any | *
ApplicationForm DismissalForm WhyForm RulesForm | - | own | pending | *
OpenForm QueryForm | - | consulting | when opened | *
AnswerForm | - | consulted | open | *
ActForm ConsentForm OptionalReasonForm OptionalTextForm ExtensionForm InformationForm ElsewhereForm DocumentForm
    ConclusionForm | - | parties | open | *
DecisionForm ExplanationForm | - | own | once | *
InviteForm | - | host | any | *
RestrictForm AssignForm AbsenceForm DutyForm | - | own | any | *
PersonForm HoldForm | - | own | closed | *
HeirForm | - | administrator | any | *
CalendarForm | - | administrator | any | *
ReturnForm SignForm | - | own | while it waits, until it is signed | *
FreezeForm | - | secretariat | once | *
WindowForm WindowEndForm | - | secretariat | any | *
"""


@dataclass(frozen=True)
class Row:
    """One row: of which shapes, who reads, who writes, in which state, which fields (None: all)."""

    shapes: tuple[str, ...]
    readers: str
    writers: str
    state: str
    fields: tuple[str, ...] | None


def rows(table: str = TABLE + FORMS) -> Iterator[Row]:
    """Yield the rows of a table."""
    for line in filter(None, table.replace("\n    ", " ").splitlines()):  # an indented line goes on with the one before
        shapes, readers, writers, state, fields = (part.strip() for part in line.split("|"))
        named = None if fields == "*" else tuple(fields.split())
        yield Row(tuple(shapes.split()), readers, writers, state, named)


def of_shape(shape: str) -> list[Row]:
    """Return the rows that speak of a shape."""
    return [row for row in rows() if shape in row.shapes]


def hidden_from_the_other_side(shape: str) -> frozenset[str]:
    """Return the fields of a thread's shape that the consulting side alone reads."""
    return frozenset(name for row in of_shape(shape) if row.readers == "consulting" for name in row.fields or ())
