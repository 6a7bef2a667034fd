from rest_framework.routers import SimpleRouter

from consultations.api.documents import Documents
from consultations.api.house import Unavailabilities, WorkingCalendars
from consultations.api.inviting import Invitations, Restrictions
from consultations.api.outcomes import Conclusions, Decisions, GrantNotices
from consultations.api.people import PeopleCases
from consultations.api.prepared import PreparedActs, Workload
from consultations.api.retention import Exonerations, Holds, RetentionDue
from consultations.api.views import Consultations

router = SimpleRouter()
router.register("consultations", Consultations, basename="api-consultation")
router.register("documents", Documents, basename="api-document")
router.register("decisions", Decisions, basename="api-decision")
router.register("grant-notices", GrantNotices, basename="api-grant-notice")
router.register("conclusions", Conclusions, basename="api-conclusion")
router.register("prepared-acts", PreparedActs, basename="api-prepared-act")
router.register("workload", Workload, basename="api-workload")
router.register("unavailabilities", Unavailabilities, basename="api-unavailability")
router.register("people", PeopleCases, basename="api-person-cases")
router.register("calendars", WorkingCalendars, basename="api-calendar")
router.register("invitations", Invitations, basename="api-invitation")
router.register("restrictions", Restrictions, basename="api-restriction")
router.register("retention", RetentionDue, basename="api-retention")
router.register("retention-holds", Holds, basename="api-hold")
router.register("exonerations", Exonerations, basename="api-exoneration")
urlpatterns = router.urls
