"""The REST addresses of the register."""

from rest_framework.routers import SimpleRouter

from denials.api.history import Register
from denials.api.reference import ControlLists, Entries, EntryReadings
from denials.api.views import Denials

router = SimpleRouter()
router.register("register", Register, basename="api-register")
router.register("denials", Denials, basename="api-denial")
router.register("control-lists", ControlLists, basename="api-control-list")
router.register(r"control-lists/(?P<code>[a-z_]{2,16})/entries", Entries, basename="api-control-list-entries")
router.register("control-list-entries", EntryReadings, basename="api-control-list-entry")
urlpatterns = router.urls
