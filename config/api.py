"""The REST addresses: `/api/v1/`, collected from the rooms."""

from django.urls import include, path

urlpatterns = [
    path("", include("accounts.api.urls")),
    path("", include("denials.api.urls")),
    path("", include("screening.api.urls")),
    path("", include("consultations.api.urls")),
    path("", include("reports.api.urls")),
]
