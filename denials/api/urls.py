"""The REST addresses of the register."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from denials.api.exports import Exports
from denials.api.history import Register
from denials.api.imports import ImportJobs
from denials.api.places import Places
from denials.api.reference import ControlLists, Entries, EntryReadings
from denials.api.searches import SavedSearches
from denials.api.views import Denials

router = SimpleRouter()
router.register("register", Register, basename="api-register")
router.register("denials", Denials, basename="api-denial")
router.register("saved-searches", SavedSearches, basename="api-saved-search")
router.register("control-lists", ControlLists, basename="api-control-list")
router.register(r"control-lists/(?P<code>[a-z_]{2,16})/entries", Entries, basename="api-control-list-entries")
router.register("control-list-entries", EntryReadings, basename="api-control-list-entry")
router.register("places", Places, basename="api-place")
router.register("import-jobs", ImportJobs, basename="api-import-job")
urlpatterns = [
    path("denials/export/", Exports.as_view({"get": "export"}), name="api-denial-export"),
    path("denials/<uuid:pk>/dossier.pdf", Exports.as_view({"get": "dossier"}), name="api-denial-dossier"),
    path("import-jobs/<uuid:pk>/errors.<form>", ImportJobs.as_view({"get": "errors"}), name="api-import-job-errors"),
    *router.urls,
]
