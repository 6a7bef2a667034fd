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
    path("<uuid:application>/", views.ApplicationDetail.as_view(), name="detail"),
    path("<uuid:application>/peek/", views.ApplicationPeek.as_view(), name="peek"),
    path("<uuid:application>/amend/", views.AmendApplication.as_view(), name="amend"),
    path("<uuid:application>/screen/", views.ScreenAgain.as_view(), name="screen-again"),
    path("<uuid:application>/take/", views.TakeApplication.as_view(), name="take"),
    path("<uuid:application>/withdraw/", views.WithdrawApplication.as_view(), name="withdraw"),
    path("<uuid:application>/hits/<uuid:hit>/dismiss/", views.DismissHit.as_view(), name="dismiss"),
    path("<uuid:application>/hits/<uuid:hit>/reopen/", views.ReopenHit.as_view(), name="reopen"),
]
