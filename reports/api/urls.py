"""The REST addresses of the reports room."""

from django.urls import path

from reports.api.views import ReportFigures, ReportOfYear, ReportTable

urlpatterns = [
    path("reports/<slug:regime>/<int:year>/", ReportOfYear.as_view(), name="api-report"),
    path("reports/<slug:regime>/<int:year>/tidy.csv", ReportFigures.as_view(), name="api-report-tidy"),
    path("reports/<slug:regime>/<int:year>/tables/<slug:name>.csv", ReportTable.as_view(), name="api-report-table"),
]
