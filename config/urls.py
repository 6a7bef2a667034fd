"""Every address of the exchange, room by room."""

from django.urls import include, path

from accounts.api.tokens import PATH, Token

handler400 = "accounts.views.errors.bad_request"
handler404 = "accounts.views.errors.not_found"
handler500 = "accounts.views.errors.failed"

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("consultations.urls")),
    path("denials/", include("denials.urls")),
    path("applications/", include("screening.urls")),
    path("reports/", include("reports.urls")),
    path(PATH.removeprefix("/"), Token.as_view(), name="api-token"),
    path("api/v1/", include("config.api")),
]
