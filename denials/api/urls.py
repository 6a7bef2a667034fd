"""The REST addresses of the register."""

from rest_framework.routers import SimpleRouter

from denials.api.history import Register
from denials.api.searches import SavedSearches
from denials.api.views import Denials

router = SimpleRouter()
router.register("register", Register, basename="api-register")
router.register("denials", Denials, basename="api-denial")
router.register("saved-searches", SavedSearches, basename="api-saved-search")
urlpatterns = router.urls
