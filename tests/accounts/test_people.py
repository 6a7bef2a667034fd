"""Who belongs to an authority is its administrators' affair: invited, changed, handed over and removed on record."""

from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client as Browser

from accounts import clock, outbox
from accounts.actions import people
from accounts.law.people import LastAdministrator, OwnRoles, RoleUnknown
from accounts.models import AuditRecord, AuditSalt, Authority, DutyDesk, User
from accounts.roles import LEGAL_EFFECT, ROLES
from tests import factories
from tests.cast import person

NEW = {
    "username": "n.nieuw",
    "email": "n.nieuw@example.org",
    "last_name": "Nieuw",
    "team": "Arms",
    "roles": ["officer"],
}


class TestInvited:
    def test_by_a_mail_that_names_nobody(self, administrator: Any, settings: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert administrator.web.post("/settings/people/", NEW).status_code == 302
        newcomer = User.objects.get(username="n.nieuw")
        assert not newcomer.has_usable_password()
        while outbox.deliver_next(now=clock.now()):
            pass
        told = mail.outbox[-1]
        assert "/sign-in/invitation/" in told.body
        assert not any(name in told.subject + told.body for name in ("Nieuw", "n.nieuw", "Arms"))
        acts = list(AuditRecord.objects.filter(subject_id=str(newcomer.pk)).values_list("act", flat=True))
        assert acts == ["person.added", "person.invited"]
        page = administrator.web.get(f"/settings/people/{newcomer.pk}/").content.decode()
        assert "good until" in page
        assert administrator.web.post(f"/settings/people/{newcomer.pk}/", {"act": "link"}).status_code == 302
        assert newcomer.invitations.filter(withdrawn_at__isnull=True).count() == 1

    @pytest.mark.parametrize(
        ("field", "value"),
        [("username", "Administrator"), ("roles", ["auditor"]), ("roles", []), ("email", "x"), ("username", "")],
    )
    def test_what_cannot_be_is_said_beside_its_field(self, field: str, value: Any, administrator: Any) -> None:
        page = administrator.web.post("/settings/people/", {**NEW, field: value})
        assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
        assert not User.objects.filter(username="n.nieuw").exists()


class TestChanged:
    def test_roles_hold_from_the_next_request_and_are_on_record(
        self, administrator: Any, consulted_officer: Any
    ) -> None:
        address = f"/settings/people/{consulted_officer.user.pk}/"
        assert consulted_officer.web.get("/denials/").status_code == 200
        assert administrator.web.post(address, {"act": "roles", "roles": ["administrator"]}).status_code == 302
        assert consulted_officer.web.get("/denials/").status_code == 403
        entry = AuditRecord.objects.get(act="person.roles_changed")
        from accounts.law import digests

        salt = AuditSalt.objects.get(record=entry).value
        assert entry.digest_before == digests.salted({"roles": ["officer"]}, salt)
        assert entry.digest_after == digests.salted({"roles": ["administrator"]}, salt)

    def test_nobody_changes_themselves_and_one_administrator_stays(self, administrator: Any) -> None:
        other, now = person("NL", "administrator", "second"), clock.now()
        with pytest.raises(OwnRoles):
            people.change_roles(person_id=administrator.user.pk, roles=["officer"], by=administrator.principal, now=now)
        with pytest.raises(OwnRoles):
            people.disable(person_id=administrator.user.pk, by=administrator.principal, now=now)
        acting = administrator.principal  # read before the other act
        people.disable(person_id=administrator.user.pk, by=other.principal, now=now)
        with pytest.raises(LastAdministrator):
            people.disable(person_id=other.user.pk, by=acting, now=now)
        with pytest.raises(LastAdministrator):
            people.change_roles(person_id=other.user.pk, roles=["officer"], by=acting, now=now)
        with pytest.raises(RoleUnknown):
            people.change_roles(
                person_id=other.user.pk, roles=["secretariat"], by=person("NL", "administrator").principal, now=now
            )

    def test_another_authority_and_other_roles_find_nothing(
        self, administrator: Any, stranger: Any, consulted_officer: Any
    ) -> None:
        theirs = stranger.user.pk
        for way in ("", "hand-over/", "remove/"):
            assert administrator.web.get(f"/settings/people/{theirs}/{way}").status_code == 404
            assert consulted_officer.web.get(f"/settings/people/{theirs}/{way}").status_code == 403
        for way in ("roles", "link", "hand-over", "remove"):
            told = administrator.web.post(f"/api/v1/people/{theirs}/{way}/", "{}", content_type="application/json")
            assert told.status_code == 404, way

    def test_an_administrator_sees_no_case(self, administrator: Any, consulted_officer: Any) -> None:
        denial = factories.a_denial(consulted_officer)
        for path in ("/denials/", f"/denials/{denial.pk}/", "/applications/", "/consultations/", "/reports/desk/"):
            assert administrator.web.get(path).status_code == 403


class TestLeaving:
    @pytest.fixture
    def thread(self, consulting_officer: Any, consulted_officer: Any) -> Any:
        from consultations.actions import take_consultation

        now = clock.now()
        factories.a_denial(consulted_officer, now=now)
        (thread,) = factories.consultations(
            consulting_officer, factories.an_application(consulting_officer, now=now), now=now
        )
        take_consultation(consultation_id=thread.pk, by=consulted_officer.principal, now=now)
        DutyDesk.objects.create(authority=consulted_officer.authority, regime="arms", officer=consulted_officer.user)
        return thread

    def test_cases_go_to_another_and_the_session_ends(
        self, thread: Any, administrator: Any, consulted_officer: Any
    ) -> None:
        heir, address = person("NL", "officer", "heir"), f"/settings/people/{consulted_officer.user.pk}/"
        page = administrator.web.get(f"{address}remove/").content.decode()
        assert thread.reference not in page
        refused = administrator.web.post(f"{address}remove/", {"to": ""})
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["to"])
        assert consulted_officer.web.get("/").status_code == 200
        assert administrator.web.post(f"{address}remove/", {"to": str(heir.user.pk)}).status_code == 302
        thread.refresh_from_db()
        assert (thread.consulted_owner_id, DutyDesk.objects.get().officer_id) == (heir.user.pk, heir.user.pk)
        assert consulted_officer.web.get("/").status_code == 302
        assert administrator.web.post(address, {"act": "link"}).status_code in (403, 409)
        acts = AuditRecord.objects.filter(subject_id=str(consulted_officer.user.pk)).values_list("act", flat=True)
        assert {"person.handed_over", "person.removed"} <= set(acts)

    def test_it_is_done_over_rest_too(self, thread: Any, administrator: Any, consulted_officer: Any) -> None:
        heir, web = person("NL", "officer", "heir"), administrator.web
        address = f"/api/v1/people/{consulted_officer.user.pk}"
        held = web.get(f"{address}/held/").json()
        assert held == {"applications": 0, "threads": 1, "duties": 1}

        def post(way: str, content: Any) -> Any:
            return web.post(f"{address}/{way}/", content, content_type="application/json")

        assert post("hand-over", {"to": str(administrator.user.pk)}).status_code == 422
        assert post("hand-over", {"to": str(heir.user.pk)}).json() == held
        assert post("roles", {"roles": ["read_only"]}).json()["roles"] == ["read_only"]
        assert post("remove", {}).status_code == 204
        assert web.post("/api/v1/people/", NEW, content_type="application/json").status_code == 201
        assert {one["username"] for one in web.get("/api/v1/people/").json()["results"]} >= {"n.nieuw", "heir"}


class TestOperators:
    def test_the_first_administrator_and_no_second(self, db: None, capsys: Any) -> None:
        given = {"authority": "SE", "username": "first", "email": "first@example.org"}
        call_command("make_administrator", **given)
        assert Browser().get("/" + capsys.readouterr().out.strip().split("/", 3)[3]).status_code == 200
        assert User.objects.get(username="first").roles == ["administrator"]
        for wrong in ({**given, "username": "second"}, {**given, "authority": "XX"}):
            with pytest.raises(CommandError):
                call_command("make_administrator", **wrong)


#: Word for word what the roles are said to be, as what they must and must not hold.
SAID = {
    "read_only": (
        {"denial.read", "application.read", "consultation.read"},
        {"denial.", "application.", "consultation."},
    ),
    "administrator": ({"people.manage", "calendar.manage"}, {"denial.", "application.", "consultation.", "report."}),
    "auditor": ({"audit.read", "audit.question"}, {"application.", "consultation.", "people.manage"}),
    "secretariat": ({"denial.read", "report.read"}, {"application.", "consultation.", "audit.", "people.manage"}),
    "operator": (
        {"operation.read"},
        {"denial.", "application.", "consultation.", "report.", "return.", "audit.", "people.manage", "client."},
    ),
}

#: What a person does without proving again who they are: nothing outside the own desk follows from it at once.
WITHOUT_PROOF = {
    *("denial.draft", "application.file", "application.screen", "return.deliver", "report.draft", "delivery.again"),
    "audit.question",  # a question to the record changes nothing
    "work.oversee",  # who stands in for whom inside the authority
}


def test_every_permission_asks_for_a_proof_or_is_said_not_to() -> None:
    changing = {one for permissions in ROLES.values() for one in permissions if not one.endswith((".read", ".follow"))}
    changing -= {"case.oversee"}  # sees more, does no more
    assert changing == LEGAL_EFFECT | WITHOUT_PROOF
    assert not LEGAL_EFFECT & WITHOUT_PROOF


@pytest.mark.parametrize("role", SAID)
def test_roles_hold_what_is_said_of_them_and_no_more(role: str) -> None:
    needed, barred = SAID[role]
    assert needed <= ROLES[role]
    strange = {one for one in ROLES[role] - needed if any(one.startswith(start) for start in barred)}
    assert strange == set()


def test_an_operator_sees_how_the_exchange_keeps_up_and_no_case(db: None) -> None:
    operator = person("COM", "operator")
    page = operator.web.get("/settings/operation/")
    assert {"database", "checkpoint", "outbox"} <= {part["name"] for part in page.context["parts"]}
    for address in ("/denials/", "/applications/", "/consultations/", "/reports/", "/settings/audit/"):
        assert operator.web.get(address).status_code == 403, address
    assert person("COM", "secretariat").web.get("/settings/operation/").status_code == 403


def test_the_secretariats_see_their_regimes(eeas: Any, commission: Any, db: None) -> None:
    assert eeas.principal.regimes == {"arms"}
    assert commission.principal.regimes >= {"dual_use", "torture"}
    assert "arms" not in commission.principal.regimes
    assert Authority.objects.get(code="EEAS").kind == "eeas"
