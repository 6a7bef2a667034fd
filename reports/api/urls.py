"""The REST addresses of the reports room."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from reports.api.editions import ReportEditionFile, ReportEditions, ReportIndicators, ReportShares
from reports.api.returns import AnnualReturns, ReturnProgress
from reports.api.views import ReportFigures, ReportFile, ReportOfYear, ReportTable

router = SimpleRouter()
router.register("returns", AnnualReturns, basename="api-return")

urlpatterns = [
    path("", include(router.urls)),
    path("reports/<slug:regime>/<int:year>/", ReportOfYear.as_view(), name="api-report"),
    path("reports/<slug:regime>/<int:year>/returns/", ReturnProgress.as_view(), name="api-report-returns"),
    path("reports/<slug:regime>/<int:year>/tidy.csv", ReportFigures.as_view(), name="api-report-tidy"),
    path("reports/<slug:regime>/<int:year>/tables/<slug:name>.csv", ReportTable.as_view(), name="api-report-table"),
    path("reports/<slug:regime>/<int:year>/files/<str:name>", ReportFile.as_view(), name="api-report-file"),
    path("reports/<slug:regime>/<int:year>/editions/", ReportEditions.as_view(), name="api-report-editions"),
    path(
        "reports/<slug:regime>/<int:year>/editions/<int:number>/<slug:edition>/<str:name>",
        ReportEditionFile.as_view(),
        name="api-report-edition-file",
    ),
    path("reports/<slug:regime>/<int:year>/shares/", ReportShares.as_view(), name="api-report-shares"),
    path("reports/<slug:regime>/<int:year>/indicators/", ReportIndicators.as_view(), name="api-report-indicators"),
]
