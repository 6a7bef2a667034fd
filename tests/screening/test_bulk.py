"""Very many applications at once: each row stands for itself, is done once, and may be given up."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accounts.models import Notice
from screening import actions, imports, tasks
from screening.law import enumeration
from screening.law.bulk import JobRefused
from screening.models import Application, BulkJob, BulkRow, EnumerationAlarm, Screening
from tests.factories import MARCH, a_denial, an_application, asked

pytestmark = pytest.mark.django_db
JOBS = "/api/v1/screening-jobs/"
ROW = {
    "regime": "arms",
    "received_on": "2026-03-01",
    "destinations": ["IL"],
    "parties": [{"role": "end_user", "name": "Israel Prison Service", "country": "IL"}],
    "items": [{"code": "ML15.c", "description": "image intensifiers"}],
}
WRONG = {**ROW, "destinations": ["Atlantis"]}


@pytest.fixture(autouse=True)
def march(clock):
    clock.set(MARCH + timedelta(minutes=5))


def outcome(job_id):
    return list(BulkRow.objects.filter(job=job_id).order_by("position").values_list("state", flat=True))


class TestRest:
    def test_each_row_is_filed_or_refused_with_its_reasons(self, client_be, consulted_officer, stranger):
        a_denial(consulted_officer)
        rows = [
            {**ROW, "key": "one"},
            WRONG,
            {**ROW, "key": "one"},
            {"regime": 7},
            {**ROW, "key": "one", "end_use": "x"},
        ]
        sent = client_be.api.post(JOBS, {"mode": "file", "applications": rows}, key="k1")
        again = client_be.api.post(JOBS, {"mode": "file", "applications": rows}, key="k1")
        assert (sent.status_code, again.json()["id"], BulkJob.objects.count()) == (202, sent.json()["id"], 1)
        tasks.sweep_bulk()
        job = client_be.api.get(sent["Location"]).json()
        assert (job["state"], job["done"], job["counts"]["with_hits"]) == ("done", 5, 2)
        assert outcome(job["id"]) == ["done", "refused", "repeated", "refused", "refused"]
        assert Application.objects.count() == 1
        listed = client_be.api.get(f"{sent['Location']}rows/?state=refused").json()["results"]
        assert [row["findings"][0]["rule"] for row in listed] == ["country_unknown", "required", "key_taken"]
        file = b"".join(client_be.api.get(f"{sent['Location']}refused/")).decode()
        assert "country_unknown" in file
        assert "Israel Prison Service" not in file
        assert "Atlantis" not in json.dumps(listed) + file
        assert listed[0]["findings"][0]["field"] == "destinations[0]"
        assert not BulkRow.objects.exclude(content="").exists()
        assert stranger.web.get(sent["Location"]).status_code == 404

    def test_a_key_holds_across_jobs(self, client_be):
        for _time in range(2):
            client_be.api.post(JOBS, {"mode": "file", "applications": [{**ROW, "key": "one"}]})
            tasks.sweep_bulk()
        assert Application.objects.count() == 1
        assert sorted(BulkRow.objects.values_list("state", flat=True)) == ["done", "repeated"]

    def test_a_key_holds_past_midnight_where_no_day_is_said(self, client_be, clock):
        row = {name: value for name, value in ROW.items() if name != "received_on"}
        for _day in range(2):
            client_be.api.post(JOBS, {"mode": "file", "applications": [{**row, "key": "one"}]})
            tasks.sweep_bulk()
            clock.forward(timedelta(days=1))
        assert sorted(BulkRow.objects.values_list("state", flat=True)) == ["done", "repeated"]

    def test_the_oldest_job_of_each_authority_has_its_turn_first(self, client_be, consulting_officer, stranger):
        jobs = [
            actions.begin_bulk(rows=["{}"], mode="screen", by=who.principal, now=MARCH + timedelta(seconds=at))
            for at, who in enumerate((consulting_officer, consulting_officer, stranger))
        ]
        assert list(BulkJob.objects.running_in_turn()) == [jobs[0], jobs[2], jobs[1]]

    def test_a_row_screened_in_part_or_not_at_all_says_so(self, client_be):
        many = {**ROW["parties"][0], "aliases": [f"Acme {place}" for place in range(14)]}
        job = client_be.api.post(JOBS, {"mode": "file", "applications": [{**ROW, "parties": [many]}, ROW]})
        tasks.sweep_bulk()
        BulkRow.objects.filter(position=2).update(screening=None)
        told = client_be.api.get(f"{job['Location']}rows/").json()["results"]
        assert [row["completeness"] for row in told] == ["partial", "failed"]

    def test_screened_only_keeps_the_proof_and_nothing_else(self, client_be):
        client_be.api.post(JOBS, {"applications": [ROW, ROW]})
        tasks.sweep_bulk()
        assert {row.completeness for row in BulkRow.objects.all()} == {"complete"}
        assert (Application.objects.count(), Screening.objects.filter(application=None).count()) == (0, 2)

    def test_given_up_nothing_further_is_done(self, client_be):
        job = client_be.api.post(JOBS, {"applications": [ROW, ROW, ROW]}).json()
        tasks.work_next(job["id"])
        told = client_be.api.post(f"{JOBS}{job['id']}/cancel/").json()
        tasks.sweep_bulk()
        assert (told["state"], outcome(job["id"])) == ("cancelled", ["done", "waiting", "waiting"])
        assert client_be.api.post(f"{JOBS}{job['id']}/cancel/").status_code == 409

    def test_works_with_what_its_sender_may_do_then(self, client_be):
        job = client_be.api.post(JOBS, {"mode": "file", "applications": [ROW]}).json()
        client_be.client.scopes = ["application.screen"]
        client_be.client.save()
        tasks.sweep_bulk()
        assert (BulkJob.objects.get(pk=job["id"]).state, Application.objects.count()) == ("cancelled", 0)

    @pytest.mark.parametrize(
        "body",
        [{}, {"applications": []}, {"applications": "x"}, {"applications": [1]}, {"mode": "y", "applications": [{}]}],
    )
    def test_what_is_no_job_is_refused(self, client_be, body):
        assert client_be.api.post(JOBS, body).status_code == 400
        assert not BulkJob.objects.exists()


class TestWorkers:
    def test_a_row_another_works_on_is_passed_over(self, client_be):
        """The rows are claimed by SKIP LOCKED: what one transaction holds, another does not wait for."""
        client_be.api.post(JOBS, {"applications": [ROW]})
        row = BulkRow.objects.get()
        assert actions.next_row(row.job_id) == row
        assert "SKIP LOCKED" in str(BulkRow.objects.select_for_update(skip_locked=True).query)
        assert connection.features.has_select_for_update_skip_locked

    def test_what_breaks_off_is_a_reason_and_the_rest_goes_on(self, client_be, monkeypatch):
        real = actions.screening.search.screen
        calls = []

        def screen(asked, **given):
            calls.append(asked)
            if len(calls) == 1:
                raise ValueError("once")
            return real(asked, **given)

        monkeypatch.setattr("screening.actions.screening.search.screen", screen)
        job = client_be.api.post(JOBS, {"applications": [ROW, ROW]}).json()
        tasks.sweep_bulk()
        assert outcome(job["id"]) == ["refused", "done"]

    def test_only_a_key_just_filed_makes_a_row_wait(self, client_be, monkeypatch):
        def refuse(**given):
            with connection.cursor() as cursor:  # a rule of the database that is not the key's
                cursor.execute("INSERT INTO screening_bulkrow SELECT * FROM screening_bulkrow")

        job = client_be.api.post(JOBS, {"applications": [ROW]}).json()
        monkeypatch.setattr(actions, "take_row", refuse)
        tasks.sweep_bulk()
        assert outcome(job["id"]) == ["refused"]


class TestFiles:
    @pytest.mark.parametrize(
        ("content", "count"),
        [
            (json.dumps([ROW, ROW]), 2),
            (json.dumps({"applications": [ROW]}), 1),
            (json.dumps({"applications": [ROW]}, indent=1), 1),
            (f"{json.dumps(ROW)}\n\n{json.dumps(ROW)}\n", 2),
            ("not json at all", 1),
            ('["\\u0000", "\\ud800"]', 2),
        ],
    )
    def test_are_taken_apart(self, content, count):
        rows = imports.rows_of(content.encode())
        assert len(rows) == count
        assert not [row for row in rows if "\x00" in row or not row.isascii()]

    @pytest.mark.parametrize("within", ["\u2028", "\u0085"])
    def test_a_row_ends_with_its_line_and_not_within_a_text(self, within):
        row = json.dumps({**ROW, "end_use": f"training{within}on site"}, ensure_ascii=False)
        assert imports.rows_of(f"{row}\r\n{row}\r{row}\n".encode()) == [row] * 3

    def test_a_text_is_not_taken_for_the_list(self):
        row = json.dumps({**ROW, "own_reference": "applications"})
        assert imports.rows_of(f"{row}\n{row}".encode()) == [row] * 2

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"[]",
            b"[1",
            b'{\n"a": 1}',
            b"\xff\xfe",
            b"a\x00b",
            b"x" * 200_001,
            b"{}\n" * 10_001,
            b'[{"a": 1, "a": 2}]',
            b"[NaN]",
        ],
    )
    def test_what_is_none_is_refused(self, content):
        with pytest.raises(JobRefused):
            imports.rows_of(content)

    def test_the_page_sends_one_and_shows_how_far_it_is(self, consulting_officer):
        file = SimpleUploadedFile("many.jsonl", f"{json.dumps(ROW)}\n{{\n".encode())
        answer = consulting_officer.web.post("/applications/bulk/", {"file": file, "mode": "screen"})
        assert answer.status_code == 302
        page = consulting_officer.web.get(answer["Location"]).content.decode()
        assert "0 of 2 done" in page
        tasks.sweep_bulk()
        page = consulting_officer.web.get(answer["Location"]).content.decode()
        assert "not_json" not in page
        assert "refused.csv" in page
        empty = SimpleUploadedFile("none.json", b"[]")
        assert consulting_officer.web.post("/applications/bulk/", {"file": empty, "mode": "file"}).status_code == 422


class TestAlarm:
    """An alarm, never a limit."""

    def test_facts_filed_anew_count_too_and_nobody_is_told_of_his_own(
        self, consulting_officer, consulting_supervisor, monkeypatch
    ):
        monkeypatch.setitem(enumeration.USUAL, "user", 1)
        application = an_application(consulting_officer)
        for _ in range(2):
            actions.amend_application(
                application=application, content=asked(), by=consulting_supervisor.principal, now=MARCH
            )
        assert EnumerationAlarm.objects.get().principal == consulting_supervisor.principal.key
        told = Notice.objects.filter(kind="screening.enumeration")
        assert [(one.recipient.code, one.person) for one in told] == [("AUDIT", None)]

    def test_is_raised_once_an_hour_and_hinders_nothing(
        self, consulting_officer, consulting_supervisor, auditor, stranger, monkeypatch, clock
    ):
        monkeypatch.setitem(enumeration.USUAL, "user", 2)
        given = json.dumps(ROW)
        by = consulting_officer.principal
        job = actions.begin_bulk(rows=[given] * 5, mode="screen", by=by, now=MARCH)
        tasks.sweep_bulk()
        assert outcome(job.pk) == ["done"] * 5
        alarm = EnumerationAlarm.objects.get()
        assert (alarm.count, alarm.principal) == (3, by.key)
        told = Notice.objects.filter(kind="screening.enumeration")
        assert {(one.recipient.code, one.person) for one in told} == {
            ("AUDIT", None),
            ("BE-VLG", consulting_supervisor.user),
        }
        assert consulting_officer.web.get("/applications/alarms/").status_code == 403
        for who in (consulting_supervisor, auditor):
            assert alarm.name in who.web.get("/applications/alarms/").content.decode()
