"""
Every address of the exchange and what it answers to whom. An address that is not in the table fails the test.

A row is an address, the object in it, the method, and one status per column of COLUMNS; `-` is not tried. Empty forms
and bodies are sent: 200 or 422 is a form shown again, 302 for a visitor the way to the sign-in.
"""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import AuditRecord
from tests.walls.walk import named, parameters
from tests.walls.world import ABSENT, SECRETS, World

COLUMNS = ["visitor", "asker", "denier", "stranger", "observer", "administrator", "auditor", "eeas", "system"]

TABLE = """
healthz - GET 200 200 200 200 200 200 200 200 200
readyz - GET 503 503 503 503 503 503 503 503 503
sign-in - GET 200 302 302 302 302 302 302 302 200
demo-sign-in - GET 404 404 404 404 404 404 404 404 404
sign-in-with - GET 404 404 404 404 404 404 404 404 404
sign-in-back - GET 404 404 404 404 404 404 404 404 404
second-step - GET 302 302 302 302 302 302 302 302 302
enrol - GET 302 302 302 302 302 302 302 302 302
prove - GET 302 200 200 200 200 200 200 200 302
prove - POST 302 302 302 302 302 302 302 302 -
invitation - GET 200 200 200 200 200 200 200 200 200
second-factor - GET 302 200 200 200 200 200 200 200 302
remove-factor - POST 302 422 422 422 422 422 422 422 -
recovery-codes - POST 302 - - - - - - - -
password - GET 302 200 200 200 200 200 200 200 302
sessions - GET 302 200 200 200 200 200 200 200 302
sessions - POST 302 - - - - - - - -
end-session - POST 302 302 302 302 302 302 302 302 -
end-sessions - POST 302 403 403 403 403 404 403 403 -
sign-out - POST 302 - - - - - - - -
set-language - GET 302 302 302 302 302 302 302 302 302
first-day - GET 302 200 200 200 200 200 200 200 302
people - GET 302 200 200 200 200 200 200 200 302
people - POST 302 403 403 403 403 422 403 403 -
set-mailbox - POST 302 403 403 403 403 - 403 403 -
person person GET 302 403 403 403 403 200 403 403 302
person person POST 302 403 403 403 403 404 403 403 -
consultations:hand-over person GET 302 403 403 403 403 200 403 403 302
consultations:remove-person person GET 302 403 403 403 403 200 403 403 302
consultations:exonerate - GET 302 403 403 403 403 403 403 403 302
calendars - GET 302 200 200 200 200 200 200 200 302
clients - GET 302 403 403 403 403 200 403 403 302
clients - POST 302 403 403 403 403 200 403 403 -
client client GET 302 403 403 403 403 200 403 403 302
client client POST 302 403 403 403 403 - 403 403 -
client-keys client POST 302 403 403 403 403 422 403 403 -
end-client-key client POST 302 403 403 403 403 404 403 403 -
withdraw-tokens client POST 302 403 403 403 403 - 403 403 -
settings - GET 302 200 200 200 200 200 200 200 302
settings - POST 302 - - 403 403 - 403 403 -
audit - GET 302 403 403 403 403 403 200 403 302
notices - GET 302 200 200 200 200 200 200 200 302
read-notices - POST 302 - - 302 302 302 302 302 -
receipts - GET 302 200 200 200 200 200 200 200 302
receipt-program - GET 302 200 200 200 200 200 200 200 302
receipt-file receipt GET 302 200 404 404 404 404 404 404 302
webhooks - GET 302 200 200 200 200 200 200 200 302
approve-webhook webhook POST 302 403 403 403 403 403 403 - -
replace-secret webhook POST 302 403 403 403 403 - 403 403 -
end-webhook webhook POST 302 403 403 403 403 - 403 403 -
undelivered - GET 302 200 200 200 200 200 200 200 302
redeliver - POST 302 404 404 404 403 404 403 404 -
inbox - GET 302 200 200 200 200 200 200 200 302
consultations:list - GET 302 200 200 200 200 403 403 403 302
consultations:open application GET 302 200 404 404 403 403 403 403 302
consultations:opened application GET 302 200 404 404 404 403 403 403 302
consultations:detail thread GET 302 200 200 404 200 403 403 403 302
consultations:peek thread GET 302 200 200 404 200 403 403 403 302
consultations:answer thread GET 302 200 200 404 200 403 403 403 302
consultations:late-answer thread GET 302 200 200 404 200 403 403 403 302
consultations:ask thread GET 302 200 200 404 200 403 403 403 302
consultations:give thread GET 302 200 200 404 200 403 403 403 302
consultations:extend thread GET 302 200 200 404 200 403 403 403 302
consultations:agree thread GET 302 200 200 404 200 403 403 403 302
consultations:refuse thread GET 302 200 200 404 200 403 403 403 302
consultations:withdraw thread GET 302 200 200 404 200 403 403 403 302
consultations:register-answer thread GET 302 200 200 404 200 403 403 403 302
consultations:confirm-answer thread GET 302 200 200 404 200 403 403 403 302
consultations:dispute-answer thread GET 302 200 200 404 200 403 403 403 302
consultations:apply-correction thread GET 302 200 200 404 200 403 403 403 302
consultations:decline-correction thread GET 302 200 200 404 200 403 403 403 302
consultations:conclude thread GET 302 200 200 404 200 403 403 403 302
consultations:remind thread GET 302 200 200 404 200 403 403 403 302
consultations:close thread GET 302 200 200 404 200 403 403 403 302
consultations:dossier thread GET 302 200 200 404 200 403 403 403 302
consultations:dossier-file thread GET 302 200 200 404 200 403 403 403 302
consultations:attach thread GET 302 200 200 404 403 403 403 403 302
consultations:acknowledge thread POST 302 - - 404 403 403 403 403 -
consultations:assign thread POST 302 - - 404 403 403 403 403 -
consultations:document document GET 302 200 404 404 404 403 403 403 302
consultations:send-document document POST 302 - 404 404 403 403 403 403 -
consultations:discard-document document POST 302 - 404 404 403 403 403 403 -
consultations:prepared - GET 302 200 200 200 200 403 403 403 302
consultations:prepared-act prepared GET 302 302 404 404 404 403 403 403 302
consultations:send-prepared prepared POST 302 - 404 404 403 403 403 403 -
consultations:return-prepared prepared POST 302 - 404 404 403 403 403 403 -
consultations:ask-others - GET 302 200 200 200 403 403 403 403 302
consultations:correct-calendar - GET 302 403 403 403 403 200 403 403 302
consultations:unavailability - GET 302 200 200 200 200 200 200 200 302
consultations:record-unavailability - GET 302 403 403 403 403 403 403 200 302
consultations:end-unavailability window GET 302 403 403 403 403 403 403 200 302
consultations:move-held window GET 302 403 403 403 403 403 403 200 302
consultations:work - GET 302 403 403 403 403 403 403 403 302
consultations:duty - POST 302 403 403 403 403 403 403 403 -
consultations:absence - GET 302 200 200 200 403 403 403 403 302
consultations:back - POST 302 302 302 302 403 403 403 403 -
consultations:calendar - GET 302 200 200 200 200 403 403 403 302
consultations:deadlines-file - GET 302 200 200 200 200 403 403 403 302
consultations:flagged - GET 302 403 403 403 403 403 200 403 302
consultations:explain decision GET 302 404 404 404 403 403 403 403 302
consultations:invite thread GET 302 200 200 404 200 403 403 403 302
consultations:invitations - GET 302 200 200 200 200 403 403 200 302
consultations:invitation invitation GET 302 200 200 404 200 403 403 404 302
consultations:end-invited invitation POST 302 - 409 404 403 403 403 403 -
consultations:restrict application GET 302 200 404 404 403 403 403 403 302
consultations:restrict thread GET 302 200 200 404 403 403 403 403 302
consultations:restrict kept GET 302 200 404 404 403 403 403 403 302
consultations:lift-restriction thread POST 302 422 422 404 403 403 403 403 -
consultations:note thread POST 302 - - 404 403 403 403 403 -
consultations:take thread POST 302 - - 404 403 403 403 403 -
consultations:receipt thread GET 302 200 200 404 200 403 403 403 302
consultations:application-peek application GET 302 200 404 404 404 403 403 403 302
consultations:decide application GET 302 200 404 404 403 403 403 403 302
consultations:rescreen application POST 302 - - 404 403 403 403 403 -
consultations:decided - GET 302 200 404 404 404 403 403 403 302
consultations:undercuts - GET 302 200 200 200 200 403 200 200 302
consultations:conclusions - GET 302 200 200 200 200 403 200 200 302
consultations:conclusion - GET 302 404 404 404 404 403 404 404 302
consultations:keep-filter - POST 302 302 302 302 302 302 302 302 -
consultations:drop-filter - POST 302 302 302 302 302 302 302 302 -
consultations:grant-notices - GET 302 200 200 200 200 403 200 200 302
consultations:grant-notice - GET 302 200 200 404 200 403 404 404 302
denials:list - GET 302 200 200 200 200 403 200 200 302
denials:new - GET 302 200 200 200 403 403 403 403 302
denials:begin - GET 302 200 200 200 403 403 403 403 302
denials:begin-check - GET 302 200 200 200 403 403 403 403 302
denials:entries - GET 302 200 200 200 200 403 200 200 302
denials:read-entries - GET 302 200 200 200 200 403 200 200 302
denials:control-lists - GET 302 200 200 200 200 403 200 200 302
denials:control-lists-tree - GET 302 200 200 200 200 403 200 200 302
denials:control-lists-entry - GET 302 200 200 200 200 403 200 200 302
denials:places - GET 302 200 200 200 200 403 200 200 302
denials:places-detail - GET 302 200 200 200 200 403 200 200 302
denials:import - GET 302 200 200 200 403 403 403 403 302
denials:import-confirm - GET 302 404 200 404 403 403 403 403 302
denials:import-columns - POST 302 - - 404 403 403 403 403 -
denials:import-cancel - POST 302 - - 404 403 403 403 403 -
denials:import-return - GET 302 404 302 404 403 403 403 403 302
denials:import-errors - GET 302 404 200 404 403 403 403 403 302
denials:export - GET 302 200 200 200 200 403 200 200 302
denials:export-file - GET 302 200 200 200 200 403 200 200 302
denials:dossier arms GET 302 200 200 200 200 403 200 200 302
denials:dossier draft GET 302 404 200 404 200 403 404 404 302
denials:imported - GET 302 404 200 404 200 403 404 404 302
denials:as-it-stood - GET 302 200 200 200 200 403 200 200 302
denials:stood arms GET 302 200 200 200 200 403 200 200 302
denials:stood draft GET 302 404 200 404 200 403 404 404 302
denials:differences arms GET 302 200 200 200 200 403 200 200 302
denials:differences draft GET 302 404 404 404 404 403 404 404 302
denials:erase arms GET 302 403 403 403 403 403 403 403 302
denials:detail arms GET 302 200 200 200 200 403 200 200 302
denials:detail draft GET 302 404 200 404 200 403 404 404 302
denials:peek arms GET 302 200 200 200 200 403 200 200 302
denials:peek draft GET 302 404 200 404 200 403 404 404 302
denials:edit arms GET 302 404 302 404 403 403 403 403 302
denials:edit draft GET 302 404 200 404 403 403 403 403 302
denials:check arms GET 302 404 302 404 403 403 403 403 302
denials:check draft GET 302 404 200 404 403 403 403 403 302
denials:preview arms GET 302 404 302 404 403 403 403 403 302
denials:preview draft GET 302 404 200 404 403 403 403 403 302
denials:discard arms GET 302 404 200 404 403 403 403 403 302
denials:discard draft GET 302 404 200 404 403 403 403 403 302
denials:receipt arms GET 302 404 200 404 200 403 404 404 302
denials:receipt draft GET 302 404 200 404 200 403 404 404 302
denials:amend arms GET 302 404 200 404 403 403 403 403 302
denials:amend draft GET 302 404 302 404 403 403 403 403 302
denials:amend-preview arms GET 302 404 302 404 403 403 403 403 302
denials:amend-preview draft GET 302 404 302 404 403 403 403 403 302
denials:renew arms GET 302 404 200 404 403 403 403 403 302
denials:renew draft GET 302 404 302 404 403 403 403 403 302
denials:revoke arms GET 302 404 200 404 403 403 403 403 302
denials:revoke draft GET 302 404 302 404 403 403 403 403 302
denials:docket - GET 302 200 200 200 403 403 403 403 302
denials:docket-renew - GET 302 302 302 302 403 403 403 403 302
denials:docket-renew - POST 302 - - 422 403 403 403 403 -
denials:told - GET 302 404 404 404 404 403 404 404 302
denials:release arms GET 302 404 302 404 403 403 403 403 302
denials:release draft GET 302 404 302 404 403 403 403 403 302
denials:return draft GET 302 404 302 404 403 403 403 403 302
denials:proposed arms GET 302 404 302 404 403 403 403 403 302
denials:proposed-return arms GET 302 404 302 404 403 403 403 403 302
denials:lift arms GET 302 404 302 404 403 403 403 403 302
denials:lift draft GET 302 404 302 404 403 403 403 403 302
denials:confirm arms GET 302 404 302 404 403 403 403 403 302
denials:confirm draft GET 302 404 302 404 403 403 403 403 302
denials:court arms GET 302 404 200 404 403 403 403 403 302
denials:court draft GET 302 404 302 404 403 403 403 403 302
denials:recall arms GET 302 404 200 404 403 403 403 403 302
denials:recall draft GET 302 404 302 404 403 403 403 403 302
denials:acknowledge arms GET 302 404 404 404 403 403 403 404 302
denials:acknowledge draft GET 302 404 404 404 403 403 403 404 302
denials:withdraw arms GET 302 404 200 404 403 403 403 403 302
denials:withdraw draft GET 302 404 302 404 403 403 403 403 302
denials:searches - GET 302 200 200 200 200 403 200 200 302
denials:searches-new - GET 302 200 200 200 200 403 200 200 302
denials:searches-edit search GET 302 404 200 404 404 403 404 404 302
denials:searches-open search POST 302 - - 404 302 403 404 404 -
applications:list - GET 302 200 200 200 200 403 403 403 302
applications:new - GET 302 200 200 200 403 403 403 403 302
applications:screen - GET 302 200 200 200 403 403 403 403 302
applications:screenings - GET 302 200 200 200 403 403 403 403 302
applications:screening unfiled GET 302 200 404 404 404 403 403 403 302
applications:certificate unfiled GET 302 200 404 404 404 403 403 403 302
applications:bulk - GET 302 200 200 200 403 403 403 403 302
applications:bulk-job bulk GET 302 200 404 404 403 403 403 403 302
applications:bulk-cancel bulk POST 302 - - 404 403 403 403 403 -
applications:bulk-refused bulk GET 302 200 404 404 403 403 403 403 302
applications:rules - GET 302 200 200 200 200 403 403 403 302
applications:rule-change change GET 302 200 404 404 404 403 403 403 302
applications:rules-on change POST 302 - - 404 403 403 403 403 -
applications:rules-decline change POST 302 - - 404 403 403 403 403 -
applications:alarms - GET 302 403 403 403 403 403 200 403 302
applications:used-up dismissed POST 302 - - 404 403 403 403 403 -
applications:diversion dismissed GET 302 200 404 404 404 403 403 403 302
applications:hit dismissed GET 302 200 404 404 404 403 403 403 302
applications:verdict dismissed GET 302 200 404 404 404 403 403 403 302
applications:confirm-dismissal dismissed POST 302 - - 404 403 403 403 403 -
applications:return-dismissal dismissed GET 302 200 404 404 403 403 403 403 302
applications:detail application GET 302 200 404 404 404 403 403 403 302
applications:peek dismissed GET 302 200 404 404 404 403 403 403 302
applications:amend dismissed GET 302 200 404 404 403 403 403 403 302
applications:screen-again dismissed POST 302 - - 404 403 403 403 403 -
applications:take dismissed POST 302 - - 404 403 403 403 403 -
applications:withdraw dismissed GET 302 200 404 404 403 403 403 403 302
applications:dismiss dismissed GET 302 200 404 404 403 403 403 403 302
applications:reopen dismissed POST 302 - - 404 403 403 403 403 -
reports:index - GET 302 200 200 200 200 403 200 200 302
reports:returns - GET 302 200 200 200 200 403 403 403 302
reports:return return GET 302 404 200 404 200 403 404 404 302
reports:return-sign return POST 302 - - 403 403 403 403 403 -
reports:return-discard return POST 302 - - 404 403 403 403 403 -
reports:cases - GET 302 404 404 404 404 403 404 404 302
reports:progress - GET 302 403 403 403 403 403 403 200 302
reports:years - GET 302 200 200 200 200 403 200 200 302
reports:editions - GET 302 200 200 200 200 403 200 200 302
reports:draft - POST 302 403 403 403 403 403 403 - 302
reports:freeze - POST 302 403 403 403 403 403 403 404 302
reports:edition-file - GET 302 404 404 404 404 403 404 404 302
reports:indicators - GET 302 200 200 200 200 403 200 200 302
reports:shares - GET 302 200 200 200 200 403 200 200 302
reports:year - GET 302 200 200 200 200 403 200 200 302
reports:csv - GET 302 200 200 200 200 403 200 200 302
reports:json - GET 302 200 200 200 200 403 200 200 302
reports:desk - GET 302 403 403 403 403 403 200 403 302
reports:desk-ask - POST 302 403 403 403 403 403 422 403 -
reports:desk-answer question GET 302 403 403 403 403 403 200 403 302
reports:desk-case question GET 302 403 403 403 403 403 404 403 302
reports:retention - GET 302 403 403 403 403 403 200 403 302
reports:end-hold absent POST 302 403 403 403 403 403 403 403 -
reports:open-blocked absent GET 302 403 403 403 403 403 404 403 302
api-retention-list - GET 401 403 403 403 403 403 200 403 403
api-hold-list - GET 401 403 403 403 403 403 200 403 403
api-hold-list - POST 401 403 403 403 403 403 403 403 403
api-hold-end absent POST 401 403 403 403 403 403 403 403 403
api-exoneration-list - POST 401 403 403 403 403 403 403 403 403
api-person-list - GET 401 200 200 200 200 200 200 200 403
api-person-list - POST 401 403 403 403 403 415 403 403 403
api-person-roles person POST 401 403 403 403 403 415 403 403 403
api-person-link person POST 401 403 403 403 403 - 403 403 403
api-person-cases-held person GET 401 403 403 403 403 200 403 403 403
api-person-cases-hand-over person POST 401 403 403 403 403 415 403 403 403
api-person-cases-remove person POST 401 403 403 403 403 415 403 403 403
api-receipt-list - GET 401 200 200 200 200 200 200 200 200
api-receipt-detail receipt GET 401 200 404 404 404 404 404 404 200
api-checkpoint-list - GET 401 200 200 200 200 200 200 200 200
api-setting-list - GET 401 200 200 200 200 200 200 200 403
api-setting-list - POST 401 - - 403 403 - 403 403 403
api-duty-desk-list - GET 401 200 200 200 200 403 403 403 200
api-duty-desk-list - POST 401 403 403 403 403 403 403 403 403
api-absence-list - GET 401 200 200 200 200 403 403 403 200
api-absence-list - POST 401 - - 415 403 403 403 403 -
api-absence-back - POST 401 - - 415 403 403 403 403 -
api-webhook-list - GET 401 200 200 200 200 200 200 200 403
api-webhook-list - POST 401 403 403 403 403 415 403 403 403
api-webhook-detail webhook GET 401 404 200 404 200 200 404 200 403
api-webhook-key webhook GET 401 403 403 403 403 200 403 403 403
api-webhook-replace-secret webhook POST 401 403 403 403 403 415 403 403 403
api-webhook-end webhook POST 401 403 403 403 403 415 403 403 403
api-webhook-approve webhook POST 401 403 403 403 403 403 403 415 403
api-delivery-list - GET 401 200 200 200 200 200 200 200 403
api-delivery-redeliver nothing POST 401 404 404 404 403 404 403 404 404
api-denial-list - GET 401 200 200 200 200 403 200 200 200
api-denial-list - POST 401 - - 415 403 403 403 403 -
api-denial-changes - GET 401 200 200 200 200 403 200 200 200
api-denial-digest - GET 401 400 400 400 400 403 400 400 400
api-register-list - GET 401 200 200 200 200 403 200 200 200
api-register-detail arms GET 401 200 200 200 200 403 200 200 200
api-register-detail draft GET 401 404 404 404 404 403 404 404 404
api-denial-differences arms GET 401 200 200 200 200 403 200 200 200
api-denial-differences draft GET 401 404 404 404 404 403 404 404 404
api-place-list - GET 401 200 200 200 200 403 200 200 200
api-place-detail - GET 401 200 200 200 200 403 200 200 200
api-denial-export - GET 401 200 200 200 200 403 200 200 200
api-denial-dossier arms GET 401 200 200 200 200 403 200 200 200
api-denial-dossier draft GET 401 404 200 404 200 403 404 404 404
api-import-job-list - GET 401 200 200 200 403 403 403 403 200
api-import-job-list - POST 401 - - 400 403 403 403 403 -
api-import-job-detail job GET 401 404 200 404 403 403 403 403 404
api-import-job-lines job GET 401 404 200 404 403 403 403 403 404
api-import-job-errors job GET 401 404 200 404 403 403 403 403 404
api-import-job-columns job POST 401 - - 404 403 403 403 403 -
api-import-job-confirm job POST 401 - - 404 403 403 403 403 -
api-import-job-cancel job POST 401 - - 404 403 403 403 403 -
api-import-job-submit job POST 401 - - 404 403 403 403 403 -
api-import-job-release job POST 401 - - 404 403 403 403 403 403
api-import-job-return-file job POST 401 - - 404 403 403 403 403 -
api-denial-take-in - POST 401 - - 415 403 403 403 403 -
api-denial-detail arms GET 401 200 200 200 200 403 200 200 200
api-denial-detail draft GET 401 404 200 404 200 403 404 404 404
api-denial-amend arms POST 401 - - 403 403 403 403 403 -
api-denial-amend draft POST 401 - - 404 403 403 403 403 -
api-denial-discard arms POST 401 - - 403 403 403 403 403 -
api-denial-discard draft POST 401 - - 404 403 403 403 403 -
api-denial-draft arms POST 401 - - 403 403 403 403 403 -
api-denial-draft draft POST 401 - - 404 403 403 403 403 -
api-denial-history arms GET 401 200 200 200 200 403 200 200 200
api-denial-history draft GET 401 404 200 404 200 403 404 404 404
api-denial-notify arms POST 401 - - 403 403 403 403 403 -
api-denial-notify draft POST 401 - - 404 403 403 403 403 -
api-denial-renew arms POST 401 - - 403 403 403 403 403 -
api-denial-renew draft POST 401 - - 404 403 403 403 403 -
api-denial-revoke arms POST 401 - - 403 403 403 403 403 -
api-denial-revoke draft POST 401 - - 404 403 403 403 403 -
api-denial-told arms GET 401 403 200 403 200 403 403 403 403
api-denial-told draft GET 401 404 200 404 200 403 404 404 404
api-denial-submit arms POST 401 - - 403 403 403 403 403 -
api-denial-submit draft POST 401 - - 404 403 403 403 403 -
api-denial-release arms POST 401 - - 403 403 403 403 403 -
api-denial-release draft POST 401 - - 404 403 403 403 403 -
api-denial-proposal arms GET 401 403 404 403 403 403 403 403 403
api-denial-return-to-draft draft POST 401 - - 404 403 403 403 403 -
api-denial-lift arms POST 401 - - 403 403 403 403 403 -
api-denial-lift draft POST 401 - - 404 403 403 403 403 -
api-denial-confirm arms POST 401 - - 403 403 403 403 403 -
api-denial-confirm draft POST 401 - - 404 403 403 403 403 -
api-denial-court arms POST 401 - - 403 403 403 403 403 -
api-denial-court draft POST 401 - - 404 403 403 403 403 -
api-denial-recall arms POST 401 - - 403 403 403 403 403 -
api-denial-recall draft POST 401 - - 404 403 403 403 403 -
api-denial-recalls arms GET 401 200 200 200 200 403 200 200 200
api-denial-recalls draft GET 401 404 200 404 200 403 404 404 404
api-denial-acknowledge arms POST 401 - - 415 403 403 403 415 -
api-denial-acknowledge draft POST 401 - - 404 403 403 403 404 -
api-denial-erase arms POST 401 403 403 403 403 403 403 403 403
api-denial-recipients arms GET 401 403 200 403 200 403 403 403 403
api-denial-recipients draft GET 401 404 200 404 200 403 404 404 404
api-denial-docket - GET 401 200 200 200 403 403 403 403 200
api-denial-renew-several - POST 401 - - 415 403 403 403 403 -
api-denial-withdraw arms POST 401 - - 403 403 403 403 403 -
api-denial-withdraw draft POST 401 - - 404 403 403 403 403 -
api-control-list-list - GET 401 200 200 200 200 403 200 200 200
api-control-list-entries-list - GET 401 200 200 200 200 403 200 200 200
api-control-list-entry-resolve - GET 401 400 400 400 400 403 400 400 400
api-saved-search-list - GET 401 200 200 200 200 403 200 200 200
api-saved-search-list - POST 401 - - 415 415 403 415 415 -
api-saved-search-detail search GET 401 404 200 404 200 403 404 404 404
api-saved-search-change search POST 401 - - 404 404 403 404 404 -
api-saved-search-seen search POST 401 - - 404 404 403 404 404 -
api-saved-search-remove search POST 401 - - 404 404 403 404 404 -
application-list - GET 401 200 200 200 200 403 403 403 200
application-list - POST 401 - - 415 403 403 403 403 -
application-detail dismissed GET 401 200 404 404 404 403 403 403 200
application-amend dismissed POST 401 - - 404 403 403 403 403 -
application-dismiss dismissed POST 401 - - 404 403 403 403 403 -
application-hits dismissed GET 401 200 404 404 404 403 403 403 200
application-reopen dismissed POST 401 - - 404 403 403 403 403 -
application-screen dismissed POST 401 - - 404 403 403 403 403 -
application-screenings dismissed GET 401 200 404 404 404 403 403 403 200
application-withdraw dismissed POST 401 - - 404 403 403 403 403 -
application-confirm-dismissal dismissed POST 401 - - 404 403 403 403 403 -
application-return-dismissal dismissed POST 401 - - 404 403 403 403 403 -
application-sheet dismissed GET 401 200 404 404 404 403 403 403 200
application-diversion dismissed GET 401 200 404 404 404 403 403 403 200
application-used-up dismissed POST 401 - - 404 403 403 403 403 -
screening-certificate unfiled GET 401 200 404 404 403 403 403 403 200
screening-job-list - GET 401 200 200 200 403 403 403 403 200
screening-job-list - POST 401 - - 400 403 403 403 403 -
screening-job-detail bulk GET 401 200 404 404 403 403 403 403 404
screening-job-rows bulk GET 401 200 404 404 403 403 403 403 404
screening-job-refused bulk GET 401 200 404 404 403 403 403 403 404
screening-job-cancel bulk POST 401 - - 404 403 403 403 403 404
rule-change-list - GET 401 200 200 200 200 403 403 403 200
rule-change-list - POST 401 403 403 403 403 403 403 403 403
rule-change-detail change GET 401 200 404 404 404 403 403 403 200
rule-change-switch-on change POST 401 - - 404 403 403 403 403 -
rule-change-decline change POST 401 - - 404 403 403 403 403 -
screening-list - GET 401 200 200 200 403 403 403 403 200
screening-list - POST 401 - - 415 403 403 403 403 -
screening-detail unfiled GET 401 200 404 404 403 403 403 403 200
api-consultation-list - GET 401 200 200 200 200 403 403 403 200
api-consultation-list - POST 401 - - 415 403 403 403 403 -
api-consultation-preview - POST 401 - - 415 403 403 403 403 -
api-consultation-detail thread GET 401 200 200 404 200 403 403 403 200
api-consultation-agree-extension thread POST 401 - - 404 403 403 403 403 -
api-consultation-answer thread POST 401 - - 404 403 403 403 403 -
api-consultation-events thread GET 401 200 200 404 200 403 403 403 200
api-consultation-give-information thread POST 401 - - 404 403 403 403 403 -
api-consultation-late-answer thread POST 401 - - 404 403 403 403 403 -
api-consultation-propose-extension thread POST 401 - - 404 403 403 403 403 -
api-consultation-refuse-extension thread POST 401 - - 404 403 403 403 403 -
api-consultation-request-information thread POST 401 - - 404 403 403 403 403 -
api-consultation-withdraw thread POST 401 - - 404 403 403 403 403 -
api-consultation-acknowledge thread POST 401 - - 404 403 403 403 403 -
api-consultation-apply-correction thread POST 401 - - 404 403 403 403 403 -
api-consultation-close-unanswered thread POST 401 - - 404 403 403 403 403 -
api-consultation-conclude thread POST 401 - - 404 403 403 403 403 -
api-consultation-confirm-answer thread POST 401 - - 404 403 403 403 403 -
api-consultation-decline-correction thread POST 401 - - 404 403 403 403 403 -
api-consultation-dispute-answer thread POST 401 - - 404 403 403 403 403 -
api-consultation-register-answer thread POST 401 - - 404 403 403 403 403 -
api-consultation-remind thread POST 401 - - 404 403 403 403 403 -
api-consultation-send-document thread POST 401 - - 404 403 403 403 403 -
api-invitation-list - GET 401 200 200 200 200 403 403 200 200
api-invitation-list - POST 401 - - 415 403 403 403 403 403
api-invitation-detail invitation GET 401 200 200 404 200 403 403 404 200
api-invitation-end invitation POST 401 - - 404 403 403 403 403 403
api-restriction-list - GET 401 200 200 200 403 403 403 403 403
api-restriction-list - POST 401 - - 415 403 403 403 403 403
api-restriction-lift restriction POST 401 - 404 404 403 403 403 403 403
api-consultation-query - POST 401 - - 415 403 403 403 403 -
api-consultation-documents thread GET 401 200 200 404 200 403 403 403 200
api-consultation-attach-document thread POST 401 - - 404 403 403 403 403 -
api-document-detail document GET 401 200 404 404 404 403 403 403 200
api-document-send document POST 401 - 404 404 403 403 403 403 -
api-consultation-assign thread POST 401 - - 404 403 403 403 403 -
api-prepared-act-list - GET 401 200 200 200 200 403 403 403 200
api-prepared-act-list - POST 401 - - 415 415 403 403 403 -
api-prepared-act-detail prepared GET 401 200 404 404 404 403 403 403 200
api-prepared-act-send prepared POST 401 - 404 404 404 403 403 403 -
api-prepared-act-give-back prepared POST 401 - 404 404 404 403 403 403 -
api-workload-list - GET 401 403 403 403 403 403 403 403 403
api-conclusion-list - GET 401 200 200 200 200 403 200 200 200
api-conclusion-detail event GET 401 404 404 404 404 403 404 404 404
api-grant-notice-undercuts - GET 401 200 200 200 200 403 200 200 200
api-grant-notice-overdue - GET 401 200 200 200 200 403 403 403 200
api-decision-list - GET 401 200 200 200 200 403 403 403 200
api-decision-list - POST 401 - - 415 403 403 403 403 -
api-decision-detail decision GET 401 200 404 404 404 403 403 403 200
api-decision-flagged - GET 401 403 403 403 403 403 200 403 403
api-decision-explain decision POST 401 - 404 404 403 403 403 403 -
api-unavailability-list - GET 401 200 200 200 200 200 200 200 200
api-unavailability-list - POST 401 403 403 403 403 403 403 415 403
api-unavailability-detail window GET 401 200 200 200 200 200 200 200 200
api-unavailability-end window POST 401 403 403 403 403 403 403 415 403
api-unavailability-move-deadlines window POST 401 403 403 403 403 403 403 415 403
api-token - POST 400 400 400 400 400 400 400 400 400
api-token - GET 405 405 405 405 405 405 405 405 405
api-calendar-list - GET 401 200 200 200 200 200 200 200 403
api-calendar-list - POST 401 403 403 403 403 415 403 403 403
api-calendar-preview - POST 401 403 403 403 403 415 403 403 403
api-grant-notice-list - GET 401 200 200 200 200 403 200 200 200
api-grant-notice-detail notice GET 401 200 200 404 200 403 404 404 200
api-report - GET 401 200 200 200 200 403 200 200 200
api-report-returns - GET 401 403 403 403 403 403 403 200 403
api-return-list - GET 401 200 200 200 200 403 200 200 200
api-return-list - POST 401 - - 400 403 403 403 403 -
api-return-detail return GET 401 404 200 404 200 403 404 404 404
api-return-lines return GET 401 404 200 404 200 403 404 404 404
api-return-sign return POST 401 - - 403 403 403 403 403 -
api-return-discard return POST 401 - - 404 403 403 403 403 -
api-report-editions - GET 401 200 200 200 200 403 200 200 200
api-report-editions - POST 401 403 403 403 403 403 403 - 403
api-report-edition-file - GET 401 404 404 404 404 403 404 404 404
api-report-shares - GET 401 200 200 200 200 403 200 200 200
api-report-indicators - GET 401 200 200 200 200 403 200 200 200
api-report-tidy - GET 401 200 200 200 200 403 200 200 200
api-report-table - GET 401 200 200 200 200 403 200 200 200
"""

ROWS = [line.split() for line in TABLE.strip().splitlines()]
#: What else stands in an address than its first object.
REST_OF_ADDRESS = {
    "form": "csv",
    "code": "ml",
    "entry": "ML10",
    "regime": "arms",
    "year": 2026,
    "number": 1,
    "edition": "full",
    "name": "denials_by_authority",
    "place": "GL",
    "delivery": 1,
    "kind": "readers",
    "token": "not-a-link",
    "factor": 1,
    "provider": "none",
    "session": ABSENT,
    "key": ABSENT,
    "person": ABSENT,
}
OF_FLANDERS = {"own_reference", "note", "dismissal", "decision", "document", "prepared", "rules", "bulk", "kept"} | {
    "restriction"
}
#: What a reader may not find on any page or answer; everybody else may find none of it. A denial taken in from a file
#: is everybody's to read, and those of the consulted state read what was shared with it.
NOT_FOR = {
    "asker": {"exporter", "draft", "amendment", "licence"},
    "system": {"exporter", "draft", "amendment", "licence", "kept", "restriction"},
    "denier": OF_FLANDERS,
    "observer": OF_FLANDERS,
    **dict.fromkeys(("stranger", "auditor", "eeas"), set(SECRETS) - {"import"}),
}


def address(world: World, name: str, target: str) -> str:
    names = parameters()[name]
    kwargs: dict[str, Any] = {one: REST_OF_ADDRESS.get(one) or world.ids.get(one) for one in names}
    if target != "-":
        kwargs[names[0]] = world.ids[target]
    return reverse(name, kwargs=kwargs)


def sent(response: Any) -> str:
    """What an answer holds, also where it is written while it is sent."""
    return b"".join(response).decode(errors="replace")


HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Cache-Control": "no-store",
}


def lacking_headers(response: Any) -> list[str]:
    """Headers every answer of the exchange carries, and this one does not."""
    lacking = [name for name, value in HEADERS.items() if value not in response.headers.get(name, "")]
    policy = response.headers.get("Content-Security-Policy", "")
    return [*lacking, *(["an unsafe policy"] if "unsafe" in policy or "*" in policy else [])]


def acts() -> int:
    """How many acts are on record; a file taken out of the register is no act, but is on record too."""
    return AuditRecord.objects.exclude(act__endswith=".exported").count()


def test_every_address_stands_in_the_table() -> None:
    assert {name for name, _params, _actions in named()} == {row[0] for row in ROWS}


def test_every_act_of_rest_stands_in_the_table() -> None:
    offered = {(name, method.upper()) for name, _params, actions in named() for method in actions if method != "head"}
    assert offered <= {(row[0], row[2]) for row in ROWS}


@pytest.mark.parametrize("who", COLUMNS)
def test_every_address_answers_as_the_table_says_and_tells_no_secret(world: World, who: str) -> None:
    browser, column, before = world.browser(who), COLUMNS.index(who), acts()
    wrong = []
    for name, target, method, *statuses in ROWS:
        if statuses[column] == "-":
            continue
        response = getattr(browser, method.lower())(address(world, name, target))
        if str(response.status_code) != statuses[column]:
            wrong.append(f"{method} {name} {target}: {response.status_code} instead of {statuses[column]}")
        wrong += [f"{lacking} on {name}" for lacking in lacking_headers(response)]
        text = sent(response)
        wrong += [f"{secret} on {name} {target}" for secret in NOT_FOR.get(who, SECRETS) if SECRETS[secret] in text]
    assert not wrong, "\n".join(wrong)
    assert acts() == before, "reading leaves no trace, nor does an act that was refused"
