from django.urls import path
from django.views.i18n import set_language

from accounts.views import health, house, settings, sign_in

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-in/demo/", sign_in.DemoSignIn.as_view(), name="demo-sign-in"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("language/", set_language, name="set-language"),
    path("first-day/", sign_in.FirstDay.as_view(), name="first-day"),
    path("settings/people/", house.People.as_view(), name="people"),
    path("settings/calendars/", house.Calendars.as_view(), name="calendars"),
    path("settings/clients/", house.Clients.as_view(), name="clients"),
    path("settings/authority/", settings.Settings.as_view(), name="settings"),
    path("settings/audit/", house.AuditTrail.as_view(), name="audit"),
    path("notices/", house.Notices.as_view(), name="notices"),
    path("notices/read/", house.ReadNotices.as_view(), name="read-notices"),
]
