"""Cases kept to named officers, and third bodies invited to read sections of a thread."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from accounts.actions import change_setting
from accounts.law.errors import FieldMissing, NotCompetent, NotForeseen
from accounts.models import AuditRecord, Notice, Reading, Receipt, RestrictedRecord, Restriction
from accounts.models import RestrictionUserPermission as Named
from consultations import actions
from consultations.law.inviting import OPENED_BY, Section, check_sections
from consultations.models import Consultation, Document, Invitation
from screening.models import Application, Hit, Screening
from tests.cast import person
from tests.walls.world import SECRETS, World

JSON = "application/json"


def seen(world: World, who: str, application: Any) -> list[str]:
    """Every address and list of a kept application and its thread that gives its reader anything."""
    browser, thread = world.browser(who), application.consultations.first()
    screening = application.latest_screening()
    addresses = [
        *(reverse(f"applications:{name}", args=[application.pk]) for name in ("detail", "peek", "amend", "diversion")),
        *(reverse(f"consultations:{name}", args=[application.pk]) for name in ("open", "decide", "application-peek")),
        *(reverse(f"consultations:{name}", args=[thread.pk]) for name in ("detail", "peek", "dossier", "dossier-file")),
        reverse("applications:screening", args=[screening.pk]),
        reverse("applications:certificate", args=[screening.pk]),
        reverse("consultations:restrict", args=[application.pk]),
        f"/api/v1/applications/{application.pk}/",
        f"/api/v1/applications/{application.pk}/hits/",
        f"/api/v1/screenings/{screening.pk}/",
        f"/api/v1/consultations/{thread.pk}/",
        f"/api/v1/consultations/{thread.pk}/events/",
    ]
    found = [one for one in addresses if browser.get(one).status_code == 200]
    lists = ["/", "/applications/", "/applications/screenings/", "/consultations/", "/notices/", "/inbox/deadlines.ics"]
    lists += ["/api/v1/applications/", "/api/v1/consultations/", "/api/v1/receipts/", "/receipts/"]
    names = (str(application.reference), str(thread.reference), str(application.pk), str(thread.pk))
    for one in lists:
        text = b"".join(browser.get(one)).decode()
        found += [one for name in names if name in text]
    return found


@pytest.fixture
def kept(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The filed application of Flanders, with its thread, kept to the asker."""
    asker = world.people["asker"]
    for name, role in (("colleague", "officer"), ("reader", "read_only"), ("supervisor", "supervisor")):
        monkeypatch.setitem(world.people, name, person("BE-VLG", role, username=f"kept.{name}"))
    actions.restrict_case(
        case=world.filed, people=[asker.user.pk], reason="a witness", by=asker.principal, now=clock.now()
    )
    return world.filed


@pytest.mark.parametrize("who", ["colleague", "reader"])
def test_for_the_rest_of_the_authority_there_is_no_such_case(world: World, kept: Any, who: str) -> None:
    assert seen(world, who, kept) == []


def test_for_those_named_and_the_other_side_nothing_changes(world: World, kept: Any) -> None:
    assert len(seen(world, "asker", kept)) > 15
    thread = kept.consultations.first()
    assert world.browser("denier").get(f"/consultations/{thread.pk}/").status_code == 200


def test_a_supervisor_sees_it_unless_the_authority_chose_otherwise(world: World, kept: Any) -> None:
    assert len(seen(world, "supervisor", kept)) > 15
    supervisor, now = world.people["supervisor"], clock.now()
    change_setting(
        authority=supervisor.authority,
        name="restricted.named_only",
        value="on",
        since=now.date(),
        by=supervisor.principal,
        now=now,
    )
    assert seen(world, "supervisor", kept) == []


def test_counts_and_searches_leave_it_out(world: World, kept: Any) -> None:
    colleague = world.people["colleague"].principal
    for model in (Application, Consultation, Screening, Document, Hit):
        mine = model.objects.visible_to(world.people["asker"].principal).count()
        assert model.objects.visible_to(colleague).count() < mine, model.__name__
    api = world.browser("colleague")
    named = f"/api/v1/applications/?own_reference={SECRETS['own_reference']}"
    assert api.get(named).json() == api.get("/api/v1/applications/?own_reference=zzqqxx").json()


def test_what_follows_from_it_is_kept_with_it(world: World) -> None:
    """A decision and its notice of grant are new records: they are kept without anybody thinking of it."""
    asker, denier = world.people["asker"], world.people["denier"]
    for case, member in ((world.decided, asker), (world.decided.consultations.get(), denier)):
        actions.restrict_case(case=case, people=[member.user.pk], reason="r", by=member.principal, now=clock.now())
    notice = world.browser("observer").get(f"/grant-notices/{world.ids['notice']}/")
    assert notice.status_code == 404
    assert world.browser("denier").get(f"/grant-notices/{world.ids['notice']}/").status_code == 200
    told = person("BE-VLG", "officer", username="kept.other").web.get("/api/v1/receipts/").content.decode()
    assert str(world.ids["decision"]) not in told
    assert Receipt.objects.filter(subject_id=str(world.ids["decision"])).exists()


def test_a_thread_opened_later_is_kept_too(world: World) -> None:
    from tests import factories

    asker = world.people["asker"]
    application = factories.an_application(asker)
    actions.restrict_case(case=application, people=[asker.user.pk], reason="r", by=asker.principal, now=clock.now())
    (thread,) = factories.consultations(asker, application)
    assert RestrictedRecord.objects.filter(subject_id=thread.pk).exists()
    told = Notice.objects.filter(subject_id=thread.pk, recipient=asker.authority)
    colleague = person("BE-VLG", "officer", username="kept.late")
    assert not Notice.objects.visible_to(colleague.principal).filter(pk__in=told.values("pk")).exists()


def test_rows_hang_on_their_case_and_their_person(world: World, kept: Any) -> None:
    """Permissions of django-guardian with a foreign key: gone with either end, no orphan is left."""
    supervisor, asker = world.people["supervisor"], world.people["asker"]
    people = [asker.user.pk, supervisor.user.pk]
    held = actions.restrict_case(case=kept, people=people, reason="r", by=asker.principal, now=clock.now())
    assert asker.user.has_perm("accounts.view_restriction", held)
    assert not world.people["colleague"].user.has_perm("accounts.view_restriction", held)
    assert held.named.count() == 2
    supervisor.user.delete()
    assert held.named.count() == 1
    with connection.cursor() as cursor:  # as the owner would remove what retention has ended
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname = 'no_longer_kept'")
        assert cursor.fetchone() == (2,)
    actions.lift_restriction(case_id=kept.pk, by=asker.principal, now=clock.now())
    assert not Named.objects.filter(content_object_id=held.pk).exists()
    assert not RestrictedRecord.objects.filter(restriction_id=held.pk).exists()
    assert Permission.objects.filter(codename="view_restriction").exists()
    assert len(seen(world, "colleague", kept)) > 15


def test_an_application_that_is_gone_leaves_nothing_behind(world: World) -> None:
    from screening.models import Application as Row

    asker, now = world.people["asker"], clock.now()
    row = Row(reference="X-1", regime="arms", authority=asker.authority, received_on=now.date(), created_at=now)
    row.save()
    actions.restrict_case(case=row, people=[asker.user.pk], reason="r", by=asker.principal, now=now)
    row.delete()
    assert not Restriction.objects.filter(case_id=row.pk).exists()
    assert not RestrictedRecord.objects.filter(subject_id=row.pk).exists()


@pytest.mark.parametrize(
    ("people", "reason", "refusal"),
    [(["nobody"], "r", NotForeseen), ([], "r", FieldMissing), (["own"], " ", FieldMissing)],
)
def test_it_needs_a_reason_and_colleagues_who_read_cases(
    world: World, people: list[str], reason: str, refusal: type[Exception]
) -> None:
    asker = world.people["asker"]
    ids = {"nobody": world.people["stranger"].user.pk, "own": asker.user.pk}
    with pytest.raises(refusal):
        actions.restrict_case(
            case=world.filed, people=[ids[one] for one in people], reason=reason, by=asker.principal, now=clock.now()
        )
    assert not Restriction.objects.filter(case_id=world.filed.pk).exists()


def test_it_is_done_by_page_and_over_rest_and_on_record(world: World) -> None:
    asker, browser = world.people["asker"], world.browser("asker")
    page = f"/restrictions/{world.filed.pk}/"
    sent = browser.post(page, {"people": [str(asker.user.pk)], "reason": "a witness"})
    assert (sent.status_code, sent["Location"]) == (302, f"/applications/{world.filed.pk}/")
    (row,) = [one for one in browser.get("/api/v1/restrictions/").json()["results"] if one["reason"] == "a witness"]
    assert row["people"] == [str(asker.user.pk)]
    lifted = browser.post(f"/api/v1/restrictions/{row['id']}/lift/", {}, content_type=JSON)
    assert lifted.status_code == 204
    body = {"case": str(world.ids["thread"]), "people": [str(asker.user.pk)], "reason": "again"}
    assert browser.post("/api/v1/restrictions/", body, content_type=JSON).status_code == 201
    acts = AuditRecord.objects.filter(act__startswith="case.").order_by("sequence").values_list("act", flat=True)
    assert list(acts)[-3:] == ["case.restricted", "case.restriction_lifted", "case.restricted"]


@pytest.mark.parametrize(("address", "most"), [("/", 17), ("/consultations/", 12), ("/applications/", 12)])
def test_a_list_stays_within_its_statements(world: World, kept: Any, address: str, most: int) -> None:
    browser = world.browser("colleague")
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    asked = [one for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "SET", "BEGIN", "COMMIT"))]
    assert len(asked) <= most + 7, [one["sql"][:80] for one in asked]  # who asks, the tenant, the note of the reading


class TestSections:
    def test_each_section_is_opened_by_whose_word_it_is(self) -> None:
        assert set(OPENED_BY) == set(Section)
        assert check_sections(["course", "facts"], "consulting") == ("facts", "course")
        for chosen, side in ((["answers"], "consulting"), (["facts"], "consulted"), (["notes"], "consulting")):
            with pytest.raises(NotForeseen):
                check_sections(chosen, side)
        with pytest.raises(FieldMissing):
            check_sections([], "consulting")


def invite(
    world: World, who: str = "asker", *, code: str = "EEAS", sections: tuple[str, ...] = ("facts",)
) -> Invitation:
    return actions.invite_reader(
        consultation_id=world.ids["thread"],
        authority=code,
        sections=sections,
        until=clock.now() + timedelta(days=10),
        reason="its view is asked",
        by=world.people[who].principal,
        now=clock.now(),
    )


def test_a_guest_reads_the_sections_stated_and_nothing_else(world: World) -> None:
    guest, invitation = person("EEAS", "secretariat"), invite(world, sections=("facts", "course"))
    browser = guest.web
    for address in (f"/invitations/{invitation.pk}/", f"/api/v1/invitations/{invitation.pk}/"):
        text = browser.get(address).content.decode()
        assert SECRETS["applicant_party"] in text
        assert SECRETS["question"] not in text
        assert SECRETS["note"] not in text
        assert SECRETS["own_reference"] not in text
    shown = browser.get(f"/api/v1/invitations/{invitation.pk}/").json()["shown"]
    assert set(shown) == {"status", "facts", "course"}
    assert all(set(row) == {"kind", "at"} for row in shown["course"])
    for address in (f"/consultations/{world.ids['thread']}/", f"/api/v1/consultations/{world.ids['thread']}/"):
        assert browser.get(address).status_code == 403
    assert Reading.objects.filter(authority_id=guest.authority.pk, subjects__contains=[str(invitation.pk)])


def test_it_ends_by_its_day_or_by_an_act(world: World) -> None:
    browser, invitation = world.browser("norway"), invite(world, code="NO")
    address = f"/invitations/{invitation.pk}/"
    assert browser.get(address).status_code == 200
    assert browser.get("/invitations/").content.decode().count(f"/invitations/{invitation.pk}/") == 1
    Invitation.objects.filter(pk=invitation.pk).update(until=clock.now(), invited_at=clock.now() - timedelta(days=1))
    assert browser.get(address).status_code == 404
    assert world.browser("denier").get(address).status_code == 200, "both sides see that it was"
    Invitation.objects.filter(pk=invitation.pk).update(until=clock.now() + timedelta(days=1))
    ended = world.browser("asker").post(f"/api/v1/invitations/{invitation.pk}/end/", {}, content_type=JSON)
    assert ended.status_code == 200
    assert browser.get(address).status_code == 404
    assert invitation.pk not in [row["id"] for row in browser.get("/api/v1/invitations/").json()["results"]]


def test_both_sides_are_told_and_see_who_reads(world: World) -> None:
    invitation = invite(world)
    for who in ("asker", "denier"):
        page = world.browser(who).get(f"/consultations/{world.ids['thread']}/").content.decode()
        assert f"/invitations/{invitation.pk}/" in page
        told = Notice.objects.filter(kind="consultation.reader_invited", recipient=world.people[who].authority)
        assert told.exists()
    assert Notice.objects.filter(kind="consultation.invited", recipient__code="EEAS").exists()
    assert AuditRecord.objects.filter(act="consultation.reader_invited").exists()


def test_only_the_side_that_invited_ends_it(world: World) -> None:
    invitation = invite(world)
    with pytest.raises(NotCompetent):
        actions.end_invitation(invitation_id=invitation.pk, by=world.people["denier"].principal, now=clock.now())


@pytest.mark.parametrize("code", ["COM", "NL", "BE-VLG", "AUDIT", "nobody"])
def test_who_sees_no_such_regime_or_is_a_party_is_not_invited(world: World, code: str) -> None:
    """The Commission sees no arms; the auditors have a desk of their own."""
    with pytest.raises(NotForeseen):
        invite(world, code=code)


def test_it_is_done_by_page_with_a_preview(world: World) -> None:
    browser, address = world.browser("asker"), f"/consultations/{world.ids['thread']}/invite/"
    given = {"authority": "EEAS", "sections": ["facts"], "until": "2026-03-20", "reason": "its view"}
    preview = browser.post(address, given)
    assert preview.status_code == 200
    assert not Invitation.objects.filter(authority__code="EEAS").exists()
    sent = browser.post(address, {**given, "confirm": "1"})
    assert sent.status_code == 302
    made = Invitation.objects.get(authority__code="EEAS")
    assert made.until.isoformat() == "2026-03-20T23:00:00+00:00"
    again = browser.post(address, {**given, "confirm": "1"})
    assert again.status_code in (409, 422)
