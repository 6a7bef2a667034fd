"""Every table, page and act stands in exactly one list: watched or not, a reading or not, receipted or not."""

import ast
from pathlib import Path
from typing import Any

from django.apps import apps

from accounts.audit import rows
from accounts.law import witness
from accounts.querysets import RECEIPTS_OF
from accounts.views.shown import QUIET
from consultations.labels import EVENTS
from denials.notices import NOTICE_OF
from tests.walls.walk import named

ROOMS = ("accounts", "denials", "screening", "consultations", "reports")
BASE = Path(__file__).resolve().parent.parent.parent
#: Tables of the case rooms whose rows the database watches.
WATCHED_TEXT = """
answer answerelsewhere application applicationdestination applicationitem applicationparty consultation
consultationdenial consultationevent deadlineproposal decision denial denialcriterion denialdestination denialitem
denialparty denialversion disposition document documentcontent edition enumerationalarm erasure extension grantnotice
grantnotice_recipients hit importedfile importedrow internalnote preparedact proposedact recall recallrequest
registerchange invitation releasestep rulechange screening unavailability
annualreturn frozenedition
"""
#: Pages and calls whose answer is a reading, or that only take a POST; every other one stands in QUIET.
READ_TEXT = """
api-absence-list api-calendar-list api-conclusion-detail api-conclusion-list api-consultation-detail
api-consultation-documents api-consultation-events api-consultation-list api-decision-detail api-decision-flagged
api-decision-list api-delivery-list api-denial-changes api-denial-detail api-denial-differences api-denial-digest
api-denial-docket api-denial-dossier api-denial-export api-denial-history api-denial-list api-denial-proposal
api-denial-recalls api-denial-recipients api-denial-told api-document-detail api-duty-desk-list api-grant-notice-detail
api-grant-notice-list api-grant-notice-overdue api-grant-notice-undercuts api-hold-list api-import-job-detail
api-import-job-errors api-import-job-lines api-import-job-list api-prepared-act-detail api-prepared-act-list
api-receipt-detail api-register-detail api-register-list api-report api-report-edition-file api-report-editions
api-report-indicators api-report-returns api-report-shares api-report-table api-report-tidy api-report-file
api-retention-list api-return-detail api-return-lines api-return-list api-saved-search-detail api-saved-search-list
api-unavailability-detail api-unavailability-list api-webhook-detail api-webhook-key api-webhook-list
api-workload-list application-detail application-diversion application-hits application-list application-screenings
application-sheet applications:alarms applications:amend applications:bulk applications:bulk-cancel
applications:bulk-job applications:bulk-refused applications:certificate applications:confirm-dismissal
applications:detail applications:dismiss applications:diversion applications:hit applications:list applications:new
applications:peek applications:reopen applications:return-dismissal applications:rule-change applications:rules
applications:rules-decline applications:rules-on applications:screen applications:screen-again applications:screening
applications:screenings applications:take applications:used-up applications:verdict applications:withdraw
approve-webhook audit consultations:absence consultations:acknowledge consultations:agree consultations:answer
consultations:application-peek consultations:apply-correction consultations:ask consultations:ask-others
consultations:assign consultations:attach consultations:back consultations:calendar consultations:close
consultations:conclude consultations:conclusion consultations:conclusions consultations:confirm-answer
consultations:deadlines-file consultations:decide consultations:decided consultations:decline-correction
consultations:detail consultations:discard-document consultations:dispute-answer consultations:document
consultations:dossier consultations:dossier-file consultations:drop-filter consultations:duty
consultations:end-unavailability consultations:explain consultations:extend consultations:flagged consultations:give
consultations:grant-notice consultations:grant-notices consultations:keep-filter consultations:late-answer
consultations:list consultations:move-held consultations:note consultations:open consultations:opened
consultations:peek consultations:prepared consultations:prepared-act consultations:receipt
consultations:record-unavailability consultations:refuse consultations:register-answer consultations:remind
consultations:rescreen consultations:return-prepared consultations:send-document consultations:send-prepared
consultations:take consultations:undercuts consultations:withdraw consultations:work denials:acknowledge denials:amend
denials:amend-preview denials:as-it-stood denials:begin denials:begin-check denials:check denials:confirm
denials:court denials:detail denials:differences denials:discard denials:docket denials:docket-renew denials:dossier
denials:edit denials:erase denials:export denials:export-file denials:import denials:import-cancel
denials:import-columns denials:import-confirm denials:import-errors denials:import-return denials:imported
denials:lift denials:list denials:new denials:peek denials:preview denials:proposed denials:proposed-return
denials:recall denials:receipt denials:release denials:renew denials:return denials:revoke denials:searches
denials:searches-edit denials:searches-new denials:searches-open denials:stood denials:told denials:withdraw
api-invitation-detail api-invitation-list api-restriction-list consultations:end-invited consultations:invitation
consultations:invitations consultations:invite consultations:lift-restriction consultations:restrict
end-session end-sessions end-webhook inbox read-notices receipt-file recovery-codes redeliver remove-factor
replace-secret reports:cases reports:csv reports:desk reports:desk-answer reports:desk-ask reports:desk-case
reports:draft reports:edition-file reports:editions reports:end-hold reports:freeze reports:index reports:indicators
reports:json reports:open-blocked reports:progress reports:retention reports:return reports:return-discard
reports:return-sign reports:returns reports:shares reports:year reports:years reports:pdf reports:xlsx
rule-change-detail rule-change-list screening-certificate screening-detail screening-job-detail
screening-job-list screening-job-refused
screening-job-rows screening-list set-mailbox
"""
WATCHED, READ = set(WATCHED_TEXT.split()), set(READ_TEXT.split())
#: What an act recorded under a computed name can be called.
COMPUTED = {
    "f'consultation.{kind}'": {f"consultation.{kind}" for kind in EVENTS},
    "f'act.{status}'": {"act.sent", "act.returned"},
    "notices.NOTICE_OF[event]": set(NOTICE_OF.values()),
    "outbox.INVITED": {"person.invited"},
    "act": {"rules.switched_on", "rules.declined"}
    | {"person.factor_added", "person.factor_removed", "person.factors_reset", "person.recovery_codes_made"},
}


def tables_of(room: str) -> set[str]:
    models = apps.get_app_config(room).get_models(include_auto_created=True)
    return {str(model._meta.model_name) for model in models}


def recorded_in(file: Path) -> set[str]:
    """The names of the acts a file puts on record."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        of = node.func.value
        if node.func.attr in ("record", "record_many") and isinstance(of, ast.Name) and of.id == "audit":
            found |= names_of(node.args[0])
    return found


def names_of(node: Any) -> set[str]:
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.IfExp):
        return names_of(node.body) | names_of(node.orelse)
    return COMPUTED[ast.unparse(node)]


def test_every_table_is_watched_or_said_not_to_be() -> None:
    cases = set().union(*(tables_of(room) for room in rows.CASE_ROOMS))
    assert cases >= rows.UNWATCHED
    house, watched, unwatched = tables_of("accounts"), set(rows.HOUSE), set(rows.UNWATCHED_HOUSE)
    assert house == watched | unwatched
    assert watched.isdisjoint(unwatched)
    assert len(rows.HOUSE) == len(watched), "each once: what is watched twice is reported twice"
    named_watched = {str(model._meta.model_name) for model in rows.watched()}
    assert named_watched - {"authenticator"} == (cases - rows.UNWATCHED) | watched
    assert cases & named_watched == WATCHED


def test_every_page_is_a_reading_or_said_not_to_be() -> None:
    pages = {name for name, _parameters, actions in named() if not actions or "get" in actions}
    assert QUIET.isdisjoint(READ)
    assert pages == QUIET | READ, (sorted(pages - QUIET - READ), sorted((QUIET | READ) - pages))


def test_every_act_has_a_receipt_or_is_said_to_have_none() -> None:
    files = [file for room in ROOMS for file in (BASE / room).rglob("*.py") if "migrations" not in file.parts]
    acts = set().union(*map(recorded_in, files))
    receipted, unreceipted = set(witness.RECEIPTED), set(witness.UNRECEIPTED)
    assert receipted.isdisjoint(unreceipted)
    assert acts == receipted | unreceipted, (
        sorted(acts - receipted - unreceipted),
        sorted((receipted | unreceipted) - acts),
    )
    assert all(any(act.startswith(start) for start in RECEIPTS_OF) for act in receipted)
    assert receipted >= set(witness.RECEIPTED_LATER)
