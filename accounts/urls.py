from django.urls import path
from django.views.i18n import set_language

from accounts.views import health, house, people, receipts, settings, sign_in, webhooks

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-in/demo/", sign_in.DemoSignIn.as_view(), name="demo-sign-in"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("language/", set_language, name="set-language"),
    path("first-day/", sign_in.FirstDay.as_view(), name="first-day"),
    path("invitation/<uuid:invitation>/<str:token>/", people.ChoosePassword.as_view(), name="invitation"),
    path("settings/people/", people.People.as_view(), name="people"),
    path("settings/people/mailbox/", people.SetMailbox.as_view(), name="set-mailbox"),
    path("settings/people/<uuid:person>/", people.Person.as_view(), name="person"),
    path("settings/calendars/", house.Calendars.as_view(), name="calendars"),
    path("settings/clients/", house.Clients.as_view(), name="clients"),
    path("settings/authority/", settings.Settings.as_view(), name="settings"),
    path("settings/audit/", house.AuditTrail.as_view(), name="audit"),
    path("settings/receipts/", receipts.Receipts.as_view(), name="receipts"),
    path("settings/receipts/program/", receipts.Program.as_view(), name="receipt-program"),
    path("settings/receipts/<uuid:receipt>/", receipts.ReceiptFile.as_view(), name="receipt-file"),
    path("settings/webhooks/", webhooks.Webhooks.as_view(), name="webhooks"),
    path("settings/webhooks/<uuid:webhook>/approve/", webhooks.Approve.as_view(), name="approve-webhook"),
    path("settings/webhooks/<uuid:webhook>/replace-secret/", webhooks.ReplaceSecret.as_view(), name="replace-secret"),
    path("settings/webhooks/<uuid:webhook>/end/", webhooks.End.as_view(), name="end-webhook"),
    path("notices/undelivered/", webhooks.Undelivered.as_view(), name="undelivered"),
    path("notices/undelivered/<int:delivery>/", webhooks.Redeliver.as_view(), name="redeliver"),
    path("notices/", house.Notices.as_view(), name="notices"),
    path("notices/read/", house.ReadNotices.as_view(), name="read-notices"),
]
