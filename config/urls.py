"""Every address of the exchange, room by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("consultations.urls")),
    path("denials/", include("denials.urls")),
    path("applications/", include("screening.urls")),
    path("reports/", include("reports.urls")),
    path("api/v1/", include("config.api")),
]
