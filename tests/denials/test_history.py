"""The register as it stood on a day, as known on a day; versions side by side; corrections reaching back."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from denials import actions, history
from denials.law.content import ContentRefused, StatedItem
from denials.law.history import Recorded, holding
from denials.models import DenialVersion
from tests.factories import MARCH, a_content, a_denial, a_draft, a_historic_denial

pytestmark = pytest.mark.django_db
REGISTER = "/api/v1/register/"
MAY, JUNE, JULY = (datetime(2026, month, 4, 9, 0, tzinfo=UTC) for month in (5, 6, 7))
AFTER = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def lived(clock, consulted_officer, stranger):
    """A denial notified in March, amended in May, corrected back to April in June; others around it."""
    clock.set(AFTER)
    by = consulted_officer.principal
    denial = a_denial(consulted_officer)
    say = {"denial_id": denial.pk, "by": by}
    actions.amend_denial(**say, content=a_content(end_use="Prisons"), now=MAY, reason="Completed.")
    corrected = a_content(end_use="Prisons of the north")
    actions.amend_denial(**say, content=corrected, now=JUNE, reason="Wrong.", valid_from=date(2026, 4, 15))
    withdrawn = a_denial(stranger)
    actions.withdraw_denial(denial_id=withdrawn.pk, reason="Error.", by=stranger.principal, now=JULY)
    a_historic_denial(decided_on=date(2019, 5, 2), now=MAY)
    a_denial(consulted_officer, "dual_use", now=JUNE)
    a_draft(consulted_officer)
    return denial


def held(reader, on, known):
    found = history.as_it_stood(reader.principal, on=date.fromisoformat(on), known=date.fromisoformat(known))
    return {one.denial.reference: (one.number, one.status, one.end_use) for one in found}


CASES = [
    ("2026-03-01", "2026-08-01", {"NL-ARM-2019-0001": (1, "in_force", "")}),
    ("2026-03-02", "2026-03-01", {}),
    (
        "2026-04-20",
        "2026-05-31",
        {
            "NL-ARM-2026-0001": (1, "in_force", ""),
            "SE-ARM-2026-0001": (1, "in_force", ""),
            "NL-ARM-2019-0001": (1, "in_force", ""),
        },
    ),
    (
        "2026-04-20",
        "2026-06-04",
        {
            "NL-ARM-2026-0001": (3, "in_force", "Prisons of the north"),
            "SE-ARM-2026-0001": (1, "in_force", ""),
            "NL-ARM-2019-0001": (1, "in_force", ""),
        },
    ),
    (
        "2026-04-10",
        "2026-07-31",
        {
            "NL-ARM-2026-0001": (1, "in_force", ""),
            "SE-ARM-2026-0001": (2, "withdrawn", ""),
            "NL-ARM-2019-0001": (1, "in_force", ""),
        },
    ),
]


@pytest.mark.parametrize(("on", "known", "expected"), CASES)
def test_the_register_is_read_as_it_stood_and_as_it_was_known(lived, client_be, on, known, expected):
    assert held(client_be, on, known) == expected


def test_the_query_says_what_the_rule_says(lived, client_be, django_assert_num_queries):
    reader = client_be.principal
    days = [date(2026, 3, 1) + timedelta(days=step) for step in range(0, 155, 11)]
    versions = {}
    for one in DenialVersion.objects.filter(recorded_at__isnull=False):
        versions.setdefault(one.denial_id, []).append(Recorded(one.number, one.valid_from, one.recorded_at))
    for on in days:
        for known in days:
            ruled = {pk: found.number for pk, all_ in versions.items() if (found := holding(all_, on, known))}
            with django_assert_num_queries(1):
                read = dict(history.as_it_stood(reader, on=on, known=known).values_list("denial", "number"))
            assert read == ruled, (on, known)


def test_readers_see_of_the_past_what_they_may_see_today(lived, eeas, commission, administrator):
    assert len(held(eeas, "2026-08-01", "2026-08-01")) == 3
    assert list(held(commission, "2026-08-01", "2026-08-01")) == ["NL-DU-2026-0001"]
    assert held(administrator, "2026-08-01", "2026-08-01") == {}


class TestCorrections:
    def test_a_correction_holds_neither_before_the_decision_nor_from_tomorrow_on(self, consulted_officer):
        denial = a_denial(consulted_officer)
        for day, rule in ((date(2024, 10, 8), "before_decision"), (date(2026, 5, 5), "in_future")):
            with pytest.raises(ContentRefused) as refused:
                actions.amend_denial(
                    denial_id=denial.pk,
                    content=a_content(end_use="Prisons"),
                    by=consulted_officer.principal,
                    now=MAY,
                    valid_from=day,
                )
            assert [(one.field, one.rule) for one in refused.value.problems] == [("valid_from", rule)]

    def test_over_rest_the_day_may_be_given(self, clock, client_nl):
        clock.set(MARCH)
        from tests.denials.test_api import BODY, ROOT

        denial = client_nl.api.post(ROOT, BODY).json()
        clock.set(MAY)
        body = BODY | {"reason": "Wrong.", "end_use": "Prisons", "valid_from": "2026-03-20"}
        assert client_nl.api.post(f"{ROOT}{denial['id']}/amend/", body).status_code == 200
        read = client_nl.api.get(f"{REGISTER}{denial['id']}/", {"on": "2026-03-21"}).json()
        assert (read["version"], read["end_use"], read["valid_from"]) == (2, "Prisons", "2026-03-20")
        known = {"on": "2026-03-21", "known": "2026-03-21"}
        assert client_nl.api.get(f"{REGISTER}{denial['id']}/", known).json()["version"] == 1


class TestWithdrawn:
    def test_one_notified_in_error_is_withdrawn_from_the_first_day_it_was_said_of(self, clock, consulted_officer):
        """A correction that reached back before the notification is taken back too."""
        clock.set(AFTER)
        denial, by = a_denial(consulted_officer), consulted_officer.principal
        since = date(2025, 1, 15)
        corrected = a_content(end_use="Prisons")
        actions.amend_denial(denial_id=denial.pk, content=corrected, by=by, now=MAY, reason="x", valid_from=since)
        actions.withdraw_denial(denial_id=denial.pk, reason="Error.", by=by, now=JUNE)
        assert denial.versions.get(number=3).valid_from == since
        assert held(consulted_officer, "2025-02-01", "2026-08-01")["NL-ARM-2026-0001"][1] == "withdrawn"


class TestRest:
    def test_the_register_is_paged_and_narrowed(self, lived, client_be):
        asked = {"on": "2026-07-10", "known": "2026-07-10", "page_size": 2}
        first = client_be.api.get(REGISTER, asked).json()
        assert (first["count"], len(first["results"])) == (4, 2)
        assert "exporter" not in json.dumps(first)
        for narrowed, references in (
            ({"regime": "dual_use"}, ["NL-DU-2026-0001"]),
            ({"authority": "SE"}, ["SE-ARM-2026-0001"]),
            ({"status": "withdrawn"}, ["SE-ARM-2026-0001"]),
        ):
            found = client_be.api.get(REGISTER, asked | narrowed).json()["results"]
            assert [one["reference"] for one in found] == references

    def test_a_denial_is_read_as_it_stood_or_is_not_there(self, lived, client_be, administrator):
        path = f"{REGISTER}{lived.pk}/"
        assert client_be.api.get(path, {"on": "2026-03-02", "known": "2026-05-03"}).json()["version"] == 1
        assert client_be.api.get(path).json()["version"] == 3
        assert client_be.api.get(path, {"on": "2026-03-01"}).status_code == 404
        assert administrator.web.get(path).status_code == 403

    @pytest.mark.parametrize(
        ("asked", "status"),
        [
            ({"on": "2026-08-04"}, 422),
            ({"known": "9999-12-31"}, 422),
            ({"on": "0001-01-01"}, 422),
            ({"on": "yesterday"}, 400),
            ({"on": "2026-02-30"}, 400),
            ({"regime": "none"}, 400),
            ({"page": "0"}, 400),
            ({"junk": "1"}, 400),
        ],
    )
    def test_bad_days_are_refused_by_name(self, lived, client_be, asked, status):
        assert client_be.api.get(REGISTER, asked).status_code == status

    def test_any_two_versions_are_compared_value_by_value(self, lived, client_be):
        path = f"/api/v1/denials/{lived.pk}/differences/"
        found = client_be.api.get(path, {"from": 1, "to": 3}).json()
        assert (found["earlier"], found["later"]) == (1, 3)
        assert found["differences"] == [
            {
                "path": "end_use",
                "kind": "added",
                "before": "",
                "after": "Prisons of the north",
                "sentence": "Stated end use added: Prisons of the north.",
            }
        ]
        backwards = client_be.api.get(path, {"from": 3, "to": 2}).json()["differences"]
        assert [one["kind"] for one in backwards] == ["changed"]
        assert client_be.api.get(path).json()["earlier"] == 2
        assert client_be.api.get(path, {"from": 1, "to": 9}).status_code == 404
        assert client_be.api.get(path, {"from": "x"}).status_code == 400

    def test_others_are_not_told_that_the_exporter_changed(self, consulted_officer, client_be, client_nl, clock):
        clock.set(AFTER)
        denial = a_denial(consulted_officer)
        user, consignee, exporter = a_content().parties
        changed = a_content(
            parties=(user, consignee, replace(exporter, name="Other BV")),
            items=(replace(a_content().items[0], quantity=Decimal(50)),),
        )
        actions.amend_denial(denial_id=denial.pk, content=changed, by=consulted_officer.principal, now=MAY)
        path = f"/api/v1/denials/{denial.pk}/differences/"
        sentences = [one["sentence"] for one in client_nl.api.get(path).json()["differences"]]
        assert sentences == [
            "Party 3, Other BV: Name changed from Geheime Uitvoer B.V. to Other BV.",
            "Item 1, ML15.c: Quantity changed from 40 to 50.",
        ]
        assert [one["path"] for one in client_be.api.get(path).json()["differences"]] == ["items[0].quantity"]


class TestPages:
    def test_the_list_of_a_day_and_a_denial_on_a_day(self, lived, consulting_officer):
        days = {"on": "2026-04-20", "known": "2026-05-31"}
        page = consulting_officer.web.get("/denials/as-it-stood/", days)
        assert page.status_code == 200
        text = page.content.decode()
        assert "NL-ARM-2026-0001" in text
        assert "NL-DU-2026-0001" not in text
        one = consulting_officer.web.get(f"/denials/{lived.pk}/", days, follow=True)
        assert "Version 1" in one.content.decode()
        later = consulting_officer.web.get(f"/denials/{lived.pk}/as-it-stood/", {"on": "2026-04-20"})
        assert "Prisons of the north" in later.content.decode()
        absent = consulting_officer.web.get(f"/denials/{lived.pk}/as-it-stood/", {"on": "2026-03-01"})
        assert "was not in the register" in absent.content.decode()

    @pytest.mark.parametrize("asked", [{"on": "x"}, {"on": "2099-01-01"}, {"known": "0001-01-01"}, {"regime": "none"}])
    def test_bad_days_are_named_beside_the_field(self, lived, consulting_officer, asked):
        assert consulting_officer.web.get("/denials/as-it-stood/", asked).status_code == 422

    def test_the_list_costs_the_same_however_long_it_is(self, lived, consulting_officer, django_assert_max_num_queries):
        web = consulting_officer.web
        with django_assert_max_num_queries(17):  # seven of the list, the others are every page's
            web.get("/denials/as-it-stood/")

    def test_two_versions_lie_side_by_side_with_what_differs_marked(self, lived, consulting_officer, stranger):
        path = f"/denials/{lived.pk}/differences/"
        page = consulting_officer.web.get(path, {"from": 2, "to": 3})
        text = page.content.decode()
        assert "Prisons<mark> of the north</mark>" in text
        assert consulting_officer.web.get(path, {"from": 2, "to": 9}).status_code == 404
        assert consulting_officer.web.get(path, {"from": "x"}).status_code == 404


class TestCommand:
    def read(self, **options):
        out = io.StringIO()
        call_command("register_at", stdout=out, **options)
        return out.getvalue()

    def test_as_csv_and_as_json(self, lived):
        days = {"on": date(2026, 4, 20), "known": date(2026, 6, 4)}
        rows = list(csv.DictReader(io.StringIO(self.read(**days))))
        assert [(row["reference"], row["version"]) for row in rows] == [
            ("NL-ARM-2019-0001", "1"),
            ("NL-ARM-2026-0001", "3"),
            ("SE-ARM-2026-0001", "1"),
        ]
        read = json.loads(self.read(**days, format="json", authority="NL", reader="NL"))
        assert (read["on"], read["known"]) == ("2026-04-20", "2026-06-04")
        assert [one["version"] for one in read["denials"]] == [1, 3]
        assert "Geheime Uitvoer" in json.dumps(read)
        assert "Geheime Uitvoer" not in self.read(**days, reader="BE-VLG")

    def test_days_ahead_and_unknown_readers_are_refused(self, lived):
        for options in ({"on": date(2099, 1, 1)}, {"reader": "XX"}):
            with pytest.raises(CommandError):
                self.read(**options)

    def test_a_formula_is_written_as_text(self, clock, consulted_officer):
        clock.set(AFTER)
        a_historic_denial(items=(StatedItem.stated("", description="=HYPERLINK(1)"),))
        assert '"\'=HYPERLINK(1)",' in self.read()
