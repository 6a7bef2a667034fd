"""What an authority has chosen for itself: dated, on the trail, changed by its supervisors and administrators only."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.actions import change_setting
from accounts.law.errors import NotCompetent
from accounts.law.settings import FOUR_EYES_DENIALS, SettingEndsTooSoon, SettingInThePast, SettingUnknown
from accounts.models import AuditRecord, AuthoritySetting
from tests.factories import MARCH

pytestmark = pytest.mark.django_db
TODAY = MARCH.date()


@pytest.fixture(autouse=True)
def march(clock):
    clock.set(MARCH)


def choose(by, value="on", since=TODAY, name=FOUR_EYES_DENIALS, authority=None):
    return change_setting(
        authority=authority or by.authority, name=name, value=value, since=since, by=by.principal, now=MARCH
    )


def holds(member, on):
    return AuthoritySetting.objects.in_force(member.authority.pk, FOUR_EYES_DENIALS, on)


def test_without_a_choice_the_usual_value_holds(supervisor):
    assert holds(supervisor, TODAY) == "off"


def test_a_choice_holds_from_its_day_and_a_later_one_takes_its_place(supervisor, stranger):
    choose(supervisor)
    choose(supervisor, "off", since=TODAY + timedelta(days=10))
    days = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=9), TODAY + timedelta(days=10)]
    assert [holds(supervisor, day) for day in days] == ["off", "on", "on", "off"]
    assert holds(stranger, TODAY) == "off"


def test_of_two_for_one_day_the_last_set_holds(supervisor):
    later = TODAY + timedelta(days=5)
    choose(supervisor, since=later)
    choose(supervisor, "off", since=later)
    assert holds(supervisor, later) == "off"


def test_a_choice_that_holds_ends_tomorrow_at_the_earliest(supervisor):
    choose(supervisor)
    with pytest.raises(SettingEndsTooSoon):
        choose(supervisor, "off")
    choose(supervisor, "off", since=TODAY + timedelta(days=1))
    assert [holds(supervisor, TODAY + timedelta(days=at)) for at in (0, 1)] == ["on", "off"]


def test_it_is_on_the_trail_and_never_changed(supervisor):
    chosen = choose(supervisor)
    assert AuditRecord.objects.get(act="authority.setting_changed").subject_id == str(supervisor.authority.pk)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_authoritysetting SET value = 'off' WHERE id = %s", [chosen.pk])


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"value": "perhaps"}, SettingUnknown),
        ({"name": "four_eyes.everything"}, SettingUnknown),
        ({"since": date(2026, 3, 1)}, SettingInThePast),
    ],
)
def test_what_there_is_not_is_refused(supervisor, changes, refusal):
    with pytest.raises(refusal):
        choose(supervisor, **changes)
    assert not AuthoritySetting.objects.exists()


def test_another_authority_s_is_not_one_s_own(supervisor, stranger):
    with pytest.raises(NotCompetent):
        choose(supervisor, authority=stranger.authority)


class TestDoors:
    @pytest.mark.parametrize(
        ("who", "status"), [("supervisor", 302), ("administrator", 302), ("consulted_officer", 403)]
    )
    def test_supervisors_and_administrators_change_it_by_page(self, request, who, status):
        member = request.getfixturevalue(who)
        sent = {"name": FOUR_EYES_DENIALS, "value": "on", "since": "2026-03-02"}
        assert member.web.post(reverse("settings"), sent).status_code == status
        assert holds(member, TODAY) == ("on" if status == 302 else "off")

    def test_the_page_names_what_is_wrong(self, supervisor, observer):
        sent = {"name": FOUR_EYES_DENIALS, "value": "on", "since": "2026-03-01"}
        response = supervisor.web.post(reverse("settings"), sent)
        assert response.status_code == 422
        assert "today at the earliest" in response.content.decode()
        assert supervisor.web.post(reverse("settings"), {"name": "x"}).status_code == 404
        page = observer.web.get(reverse("settings")).content.decode()
        assert "A second officer releases denials" in page
        assert "Record the choice" not in page

    def test_rest_lists_and_changes_it(self, supervisor, stranger):
        chosen = supervisor.web.post(
            "/api/v1/settings/", {"name": FOUR_EYES_DENIALS, "value": "on"}, content_type="application/json"
        )
        assert chosen.status_code == 201
        assert chosen.json()[0]["value"] == "on"
        assert stranger.web.get("/api/v1/settings/").json()[0] == {
            "name": FOUR_EYES_DENIALS,
            "value": "off",
            "values": ["off", "on"],
            "choices": [],
        }
        wrong = supervisor.web.post(
            "/api/v1/settings/", {"name": FOUR_EYES_DENIALS, "value": "x"}, content_type="application/json"
        )
        assert (wrong.status_code, wrong.json()["code"]) == (422, "setting_unknown")
