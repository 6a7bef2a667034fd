"""Every address of the exchange, room by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("accounts.urls")),
]
