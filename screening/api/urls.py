"""The REST addresses of the screening room."""

from rest_framework.routers import SimpleRouter

from screening.api.jobs import BulkJobs, RuleChanges
from screening.api.screenings import Screenings
from screening.api.views import Applications

router = SimpleRouter()
router.register("applications", Applications, basename="application")
router.register("screening-jobs", BulkJobs, basename="screening-job")
router.register("rule-changes", RuleChanges, basename="rule-change")
router.register("screenings", Screenings, basename="screening")
urlpatterns = router.urls
