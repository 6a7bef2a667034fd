"""The REST addresses of WHO."""

from rest_framework.routers import SimpleRouter

from accounts.api.receipts import Checkpoints, Receipts
from accounts.api.settings import Settings

router = SimpleRouter()
router.register("settings", Settings, basename="api-setting")
router.register("receipts", Receipts, basename="api-receipt")
router.register("checkpoints", Checkpoints, basename="api-checkpoint")
urlpatterns = router.urls
