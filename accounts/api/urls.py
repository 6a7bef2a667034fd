"""The REST addresses of WHO."""

from rest_framework.routers import SimpleRouter

from accounts.api.settings import Settings

router = SimpleRouter()
router.register("settings", Settings, basename="api-setting")
urlpatterns = router.urls
