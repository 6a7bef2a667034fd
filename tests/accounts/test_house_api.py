"""REST for the duty desk, absences, webhooks and what was not delivered."""

from datetime import timedelta
from typing import Any

import pytest

from accounts import actions, outbox
from accounts.clock import now
from accounts.law.errors import NotCompetent
from accounts.models import Delivery
from tests.cast import person

pytestmark = pytest.mark.django_db
API = "/api/v1"


def post(who: Any, path: str, body: dict[str, Any] | None = None) -> Any:
    return who.web.post(f"{API}/{path}", body or {}, content_type="application/json")


def test_the_duty_desk(supervisor: Any, consulted_officer: Any, stranger: Any) -> None:
    officer = str(consulted_officer.user.pk)
    assert post(consulted_officer, "duty-desks/", {"regime": "arms", "officer": officer}).status_code == 403
    assert post(supervisor, "duty-desks/", {"regime": "arms", "officer": str(stranger.user.pk)}).status_code == 422
    (row,) = post(supervisor, "duty-desks/", {"regime": "arms", "officer": officer}).json()
    assert (row["regime"], row["officer"]) == ("arms", officer)
    assert stranger.web.get(f"{API}/duty-desks/").json() == []
    assert post(supervisor, "duty-desks/", {"regime": "arms", "officer": None}).json() == []


def test_absence_and_return(consulted_officer: Any, supervisor: Any, client_nl: Any, stranger: Any) -> None:
    away = {"stand_in": str(supervisor.user.pk), "until": (now() + timedelta(days=5)).date().isoformat()}
    assert client_nl.api.post(f"{API}/absences/", away).status_code == 409
    assert post(consulted_officer, "absences/", {**away, "stand_in": str(stranger.user.pk)}).status_code == 422
    endless = {**away, "since": "9999-12-31", "until": "9999-12-31"}
    assert post(consulted_officer, "absences/", endless).status_code == 400
    assert post(consulted_officer, "absences/", away).status_code == 201
    assert supervisor.web.get(f"{API}/absences/").json()["count"] == 1
    assert stranger.web.get(f"{API}/absences/").json()["count"] == 0
    assert post(consulted_officer, "absences/back/").json() == []


@pytest.mark.parametrize(("algorithm", "prefix"), [("hmac", "whsec_"), ("ed25519", "whpk_")])
def test_a_webhook_from_registration_to_end(
    administrator: Any, commission: Any, consulted_officer: Any, algorithm: str, prefix: str
) -> None:
    place = {"url": "https://hooks.example.org/in", "algorithm": algorithm}
    assert post(consulted_officer, "webhooks/", place).status_code == 403
    assert post(administrator, "webhooks/", {**place, "algorithm": "none"}).status_code == 400
    made = post(administrator, "webhooks/", place)
    assert made.status_code == 201
    assert "key" not in made.json()  # an answer kept for repetition holds no secret
    path = f"webhooks/{made.json()['id']}"
    (first,) = administrator.web.get(f"{API}/{path}/key/").json()["keys"]
    assert first.startswith(prefix)
    assert consulted_officer.web.get(f"{API}/{path}/key/").status_code == 403
    assert post(person("SE", "administrator"), f"{path}/end/").status_code == 404
    assert post(administrator, f"{path}/approve/").status_code == 403
    assert post(commission, f"{path}/approve/").json()["approved_at"]
    type(commission.user).objects.filter(pk=commission.user.pk).update(roles=[*commission.user.roles, "administrator"])
    assert commission.web.get(f"{API}/{path}/key/").status_code == 404
    assert post(commission, f"{path}/replace-secret/").status_code == 404
    with pytest.raises(NotCompetent):
        actions.end_webhook(webhook_id=made.json()["id"], by=commission.principal, now=now())
    assert post(administrator, f"{path}/replace-secret/").status_code == 200
    second, before = administrator.web.get(f"{API}/{path}/key/").json()["keys"]
    assert (before, second != first) == (first, True)
    assert post(administrator, f"{path}/end/").status_code == 200
    assert administrator.web.get(f"{API}/webhooks/").json()["count"] == 0


def test_what_was_given_up_is_tried_again(administrator: Any, stranger: Any, commission: Any) -> None:
    body = administrator.authority
    outbox.post("denial.notified", to=[body], subject=body, reference="NL-1", now=now())
    Delivery.objects.update(state="failed", attempts=10)
    (row,) = administrator.web.get(f"{API}/deliveries/?state=failed&channel=email").json()["results"]
    assert (row["reference"], row["attempts"]) == ("NL-1", 10)
    (seen,) = commission.web.get(f"{API}/deliveries/?state=failed").json()["results"]
    assert seen["reference"] == ""  # what it is about, its recipient alone sees
    assert stranger.web.get(f"{API}/deliveries/").json()["results"] == []
    assert post(stranger, f"deliveries/{row['id']}/redeliver/").status_code == 404
    assert post(administrator, f"deliveries/{row['id']}/redeliver/").json()["state"] == "waiting"
    assert post(administrator, f"deliveries/{row['id']}/redeliver/").status_code == 422
    assert administrator.web.get(f"{API}/deliveries/?state=lost").status_code == 400


def test_registered_only_with_an_algorithm_there_is(administrator: Any) -> None:
    with pytest.raises(actions.NotForeseen):
        actions.register_webhook(url="https://a.example.org/", algorithm="rsa", by=administrator.principal, now=now())
