"""The pages of the reports room."""

from django.urls import path

from reports.views import Reports, YearFile, YearTables

app_name = "reports"
urlpatterns = [
    path("", Reports.as_view(), name="index"),
    path("<slug:regime>/<int:year>/", YearTables.as_view(), name="year"),
    path("<slug:regime>/<int:year>/<slug:name>.csv", YearFile.as_view(), {"form": "csv"}, name="csv"),
    path("<slug:regime>/<int:year>/<slug:name>.json", YearFile.as_view(), {"form": "json"}, name="json"),
]
