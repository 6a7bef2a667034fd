from rest_framework.routers import SimpleRouter

from consultations.api.views import Consultations, Decisions, GrantNotices

router = SimpleRouter()
router.register("consultations", Consultations, basename="api-consultation")
router.register("decisions", Decisions, basename="api-decision")
router.register("grant-notices", GrantNotices, basename="api-grant-notice")
urlpatterns = router.urls
