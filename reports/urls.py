"""The pages of the reports room."""

from django.urls import path

from reports.views import DiscardReturn, Progress, Reports, ReturnDetail, Returns, SignReturn, YearFile, YearTables

app_name = "reports"
urlpatterns = [
    path("", Reports.as_view(), name="index"),
    path("returns/", Returns.as_view(), name="returns"),
    path("returns/<uuid:pk>/", ReturnDetail.as_view(), name="return"),
    path("returns/<uuid:pk>/sign/", SignReturn.as_view(), name="return-sign"),
    path("returns/<uuid:pk>/discard/", DiscardReturn.as_view(), name="return-discard"),
    path("<slug:regime>/<int:year>/returns/", Progress.as_view(), name="progress"),
    path("<slug:regime>/<int:year>/", YearTables.as_view(), name="year"),
    path("<slug:regime>/<int:year>/<slug:name>.csv", YearFile.as_view(), {"form": "csv"}, name="csv"),
    path("<slug:regime>/<int:year>/<slug:name>.json", YearFile.as_view(), {"form": "json"}, name="json"),
]
