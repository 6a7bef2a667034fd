"""Is it alive, is it ready: for those who run it. No case content, no log-in."""

from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from accounts import audit, clock
from accounts.audit import checkpoints
from accounts.models import Delivery, SweepHeartbeat

SWEEP_MAY_BE_OLD = timedelta(seconds=60)
#: Sweeps that start less often than every few seconds: three turns of each.
RARE_SWEEPS = {
    "searches": timedelta(minutes=3),
    "reminders": timedelta(minutes=30),
    "retention": timedelta(hours=3),
}
POST_MAY_WAIT = timedelta(minutes=15)


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process runs."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the database answers, the sweeps run and the post moves; 503 with the reason otherwise."""
    try:
        checks = checks_at(clock.now())
    except DatabaseError:
        checks = {"database": {"ok": False}}
    ok = all(check["ok"] for check in checks.values())
    return JsonResponse({"ready": ok, "checks": checks}, status=200 if ok else 503)


def checks_at(now: datetime) -> dict[str, dict[str, Any]]:
    """Return each part of the exchange with whether it is in order, and its age: no id and no word of a case."""
    checks: dict[str, dict[str, Any]] = {"database": {"ok": True}}
    for beat in SweepHeartbeat.objects.order_by("name"):
        age = (now - beat.at).total_seconds()
        may_be = RARE_SWEEPS.get(beat.name, SWEEP_MAY_BE_OLD).total_seconds()
        checks[f"sweep {beat.name}"] = {"ok": age <= may_be, "age_seconds": round(age, 1)}
    if len(checks) == 1:
        checks["sweeps"] = {"ok": False, "age_seconds": None}
    last = checkpoints.latest()
    since = round((now - last.at).total_seconds(), 1) if last else None
    checks["checkpoint"] = {"ok": audit.is_witnessed(now), "age_seconds": since}
    oldest = Delivery.objects.filter(state="waiting", attempts=0).order_by("next_attempt_at").first()
    age = max((now - oldest.next_attempt_at).total_seconds(), 0.0) if oldest else 0.0
    checks["outbox"] = {"ok": age <= POST_MAY_WAIT.total_seconds(), "age_seconds": round(age, 1)}
    return checks
