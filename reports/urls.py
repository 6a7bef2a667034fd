"""The pages of the reports room."""

from django.urls import path

from reports.views import Answer, Ask, Case, Desk, EndHold, OpenBlocked, Reports, RetentionPage, YearFile, YearTables

app_name = "reports"
urlpatterns = [
    path("", Reports.as_view(), name="index"),
    path("desk/", Desk.as_view(), name="desk"),
    path("desk/ask/<slug:kind>/", Ask.as_view(), name="desk-ask"),
    path("desk/<uuid:question>/", Answer.as_view(), name="desk-answer"),
    path("desk/<uuid:question>/cases/<uuid:application>/", Case.as_view(), name="desk-case"),
    path("retention/", RetentionPage.as_view(), name="retention"),
    path("retention/holds/<uuid:hold>/end/", EndHold.as_view(), name="end-hold"),
    path("retention/<uuid:record>/", OpenBlocked.as_view(), name="open-blocked"),
    path("<slug:regime>/<int:year>/", YearTables.as_view(), name="year"),
    path("<slug:regime>/<int:year>/<slug:name>.csv", YearFile.as_view(), {"form": "csv"}, name="csv"),
    path("<slug:regime>/<int:year>/<slug:name>.json", YearFile.as_view(), {"form": "json"}, name="json"),
]
