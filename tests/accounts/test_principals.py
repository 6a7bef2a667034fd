"""Who stands behind a request, and what they may do."""

from datetime import timedelta

import pytest

from accounts import clock, principals
from accounts.actions import issue_token, withdraw_tokens
from accounts.models import AuditRecord, ClientToken
from accounts.roles import ROLES, SCOPES, SYSTEM, permissions_of

pytestmark = pytest.mark.django_db


class TestPerson:
    def test_has_the_permissions_of_the_role_and_the_regimes_of_the_authority(self, consulted_officer):
        principal = consulted_officer.principal
        assert principal.may("denial.notify")
        assert not principal.may("people.manage")
        assert principal.regimes == {"arms", "dual_use", "torture", "sanctions", "wassenaar", "nsg", "mtcr", "ag"}
        assert principal.state == "NL"

    def test_norway_takes_part_in_arms_only(self, db):
        from tests.cast import person

        assert person("NO", "officer").principal.regimes == {"arms"}

    @pytest.mark.parametrize(
        ("name", "regimes"), [("eeas", {"arms"}), ("commission", {"dual_use", "torture", "sanctions"})]
    )
    def test_a_secretariat_sees_the_regimes_of_its_act(self, request, name, regimes):
        assert request.getfixturevalue(name).principal.regimes == regimes

    def test_disabled_is_dead_at_the_next_request(self, consulted_officer):
        assert consulted_officer.web.get("/settings/people/").status_code == 200
        consulted_officer.user.is_active = False
        consulted_officer.user.save()
        assert consulted_officer.web.get("/settings/people/").status_code == 302


class TestRoles:
    def test_only_casework_roles_may_act_on_cases(self):
        acting = {role for role, permissions in ROLES.items() if "denial.notify" in permissions}
        assert acting == {"officer", "supervisor"}

    def test_an_administrator_sees_no_cases(self):
        assert not {p for p in ROLES["administrator"] if p.split(".")[0] in {"denial", "application", "consultation"}}

    def test_an_unknown_role_gives_nothing(self):
        assert permissions_of(["owner"]) == frozenset()


class TestClientToken:
    def test_is_kept_as_a_digest_only(self, client_nl):
        kept = ClientToken.objects.get(client=client_nl.client)
        assert client_nl.token not in str(kept.__dict__)
        assert kept.digest == principals.token_digest(client_nl.token)

    def test_opens_what_its_scopes_say_and_nothing_else(self, client_nl):
        principal = principals.of_token(client_nl.token)
        assert principal.permissions == SCOPES
        assert not principal.may("people.read")

    def test_is_worthless_past_its_date(self, client_nl, monkeypatch):
        monkeypatch.setattr(clock, "offset", lambda: timedelta(days=31))
        assert not principals.of_token(client_nl.token).is_known

    def test_is_worthless_once_withdrawn(self, client_nl):
        withdraw_tokens(client_id=client_nl.client.pk, by=SYSTEM, now=clock.now())
        assert client_nl.api.get("/api/v1/denials/").status_code == 401

    def test_issuing_is_on_the_audit_trail(self, client_nl):
        issue_token(client_id=client_nl.client.pk, by=SYSTEM, now=clock.now())
        assert AuditRecord.objects.filter(act="client.token_issued", subject_id=str(client_nl.client.pk)).count() == 2

    def test_lives_at_most_a_year(self, client_nl):
        with pytest.raises(ValueError, match="a year"):
            issue_token(client_id=client_nl.client.pk, by=SYSTEM, now=clock.now(), life=timedelta(days=366))
