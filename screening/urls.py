"""The pages of the screening room, below `/applications/`."""

from django.urls import path

from screening import views

app_name = "applications"
urlpatterns = [
    path("", views.ApplicationList.as_view(), name="list"),
    path("new/", views.FileApplication.as_view(), name="new"),
    path("screen/", views.ScreenWithoutFiling.as_view(), name="screen"),
    path("screenings/", views.ScreeningList.as_view(), name="screenings"),
    path("screenings/<uuid:screening>/", views.Certificate.as_view(), name="screening"),
    path("screenings/<uuid:screening>/certificate.pdf", views.CertificatePaper.as_view(), name="certificate"),
    path("bulk/", views.BulkList.as_view(), name="bulk"),
    path("bulk/<uuid:job>/", views.BulkDetail.as_view(), name="bulk-job"),
    path("bulk/<uuid:job>/cancel/", views.CancelBulk.as_view(), name="bulk-cancel"),
    path("bulk/<uuid:job>/refused.csv", views.BulkRefusals.as_view(), name="bulk-refused"),
    path("rules/", views.RuleList.as_view(), name="rules"),
    path("rules/<uuid:change>/", views.RuleDetail.as_view(), name="rule-change"),
    path("rules/<uuid:change>/switch-on/", views.SwitchRulesOn.as_view(), name="rules-on"),
    path("rules/<uuid:change>/decline/", views.DeclineRules.as_view(), name="rules-decline"),
    path("alarms/", views.AlarmList.as_view(), name="alarms"),
    path("<uuid:application>/", views.ApplicationDetail.as_view(), name="detail"),
    path("<uuid:application>/peek/", views.ApplicationPeek.as_view(), name="peek"),
    path("<uuid:application>/amend/", views.AmendApplication.as_view(), name="amend"),
    path("<uuid:application>/screen/", views.ScreenAgain.as_view(), name="screen-again"),
    path("<uuid:application>/take/", views.TakeApplication.as_view(), name="take"),
    path("<uuid:application>/withdraw/", views.WithdrawApplication.as_view(), name="withdraw"),
    path("<uuid:application>/used-up/", views.UsedUp.as_view(), name="used-up"),
    path("<uuid:application>/diversion/", views.Diversion.as_view(), name="diversion"),
    path("<uuid:application>/hits/<uuid:hit>/", views.HitDetail.as_view(), name="hit"),
    path("<uuid:application>/hits/<uuid:hit>/sheet.pdf", views.VerdictPaper.as_view(), name="verdict"),
    path("<uuid:application>/hits/<uuid:hit>/confirm/", views.ConfirmDismissal.as_view(), name="confirm-dismissal"),
    path("<uuid:application>/hits/<uuid:hit>/return/", views.ReturnDismissal.as_view(), name="return-dismissal"),
    path("<uuid:application>/hits/<uuid:hit>/dismiss/", views.DismissHit.as_view(), name="dismiss"),
    path("<uuid:application>/hits/<uuid:hit>/reopen/", views.ReopenHit.as_view(), name="reopen"),
]
