"""The REST addresses of WHO."""

from rest_framework.routers import SimpleRouter

from accounts.api.house import Absences, Deliveries, DutyDesks, Webhooks
from accounts.api.people import People
from accounts.api.receipts import Checkpoints, Receipts
from accounts.api.settings import Settings

router = SimpleRouter()
router.register("settings", Settings, basename="api-setting")
router.register("duty-desks", DutyDesks, basename="api-duty-desk")
router.register("absences", Absences, basename="api-absence")
router.register("webhooks", Webhooks, basename="api-webhook")
router.register("deliveries", Deliveries, basename="api-delivery")
router.register("people", People, basename="api-person")
router.register("receipts", Receipts, basename="api-receipt")
router.register("checkpoints", Checkpoints, basename="api-checkpoint")
urlpatterns = router.urls
