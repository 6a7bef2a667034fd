"""An uploaded file as a job: read, shown line by line, taken in part by part; nothing twice, nothing of others."""

import base64
import csv
import io
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock as exchange_clock
from accounts.actions import change_setting
from accounts.models import AuditRecord, Notice
from accounts.roles import SYSTEM
from denials import tasks
from denials.actions import forget_files, importing
from denials.imports import jobs
from denials.law.jobs import TRANSITIONS, JobEvent, JobState, next_state
from denials.law.kept import content_of
from denials.law.lifecycle import FileWithoutSecondOfficer, OwnSubmission
from denials.models import ColumnMapping, Denial, ImportedRow, ImportJob
from tests.cast import person, system
from tests.factories import MARCH, a_content, a_historic_denial

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/import-jobs/"
HEAD = "reference,date,destination,end user,description,code,criteria\n"


def line(reference="A-1", day="2024-01-02", place="France", name="Alpha SA", goods="pumps", code="ML6", criteria="2"):
    return f"{reference},{day},{place},{name},{goods},{code},{criteria}\n"


def started(officer, text, name="old.csv", **more):
    content = text if isinstance(text, bytes) else text.encode()
    given = {"name": name, "regime": "", "authority": officer.authority, "by": officer.principal, "now": MARCH}
    return jobs.start(content=content, **given, **more)


def kinds(job):
    return [one.kind for one in job.lines.order_by("position")]


def confirmed(officer, job, amend=()):
    return jobs.confirm_now(job, amend=amend, by=officer.principal, now=MARCH)


@pytest.fixture
def march(clock):
    clock.set(MARCH)


class TestStates:
    @pytest.mark.parametrize("state", JobState)
    @pytest.mark.parametrize("event", JobEvent)
    def test_only_what_the_table_says_leads_anywhere(self, state, event):
        from accounts.law.errors import TransitionRefused

        if (state, event) in TRANSITIONS:
            assert next_state(state, event) is TRANSITIONS[state, event]
        else:
            with pytest.raises(TransitionRefused):
                next_state(state, event)

    @pytest.mark.parametrize("regime", ["arms", "dual_use", "torture"])
    def test_a_content_comes_back_from_what_it_is_kept_as(self, regime):
        assert content_of(a_content(regime).as_data()) == a_content(regime)


class TestLines:
    """What a file would do, against a register that holds A-1 of the Netherlands and B-1 of Sweden."""

    @pytest.fixture(autouse=True)
    def register(self, march, consulted_officer):
        self.officer = consulted_officer
        confirmed(consulted_officer, started(consulted_officer, HEAD + line() + line("A-2", name="Beta SA")))
        self.held = Denial.objects.get(source_reference="A-1")
        self.theirs = a_historic_denial("SE", source_reference="B-1")

    def test_each_kind_is_told(self):
        rows = line() + line(name="Omega SA") + line("A-3") + line(self.theirs.reference) + line("A-4", day="nonsense")
        job = started(self.officer, HEAD + rows)
        assert job.state == JobState.READY
        assert [(one.kind, one.rule) for one in job.lines.order_by("position")] == [
            ("changed", ""),
            ("new", ""),
            ("conflict", "of_another_authority"),
            ("error", "date_unreadable"),
        ]

    def test_the_own_reference_with_other_content_is_changed_field_by_field(self):
        job = started(self.officer, HEAD + line(name="Omega SA", goods="valves"))
        page = self.officer.web.get(reverse("denials:import-confirm", args=[job.pk])).content.decode()
        assert kinds(job) == ["changed"]
        assert "<del>" in page
        assert "Omega SA" in page

    def test_a_change_not_ticked_is_not_taken_in(self):
        job = started(self.officer, HEAD + line(name="Omega SA") + line("A-3"))
        done = confirmed(self.officer, job)
        assert (done.state, done.taken_in, done.amended) == (JobState.DONE, 1, 0)
        assert self.held.versions.count() == 1

    def test_a_change_ticked_is_an_amendment_and_everyone_is_told(self):
        job = started(self.officer, HEAD + line(name="Omega SA"))
        done = confirmed(self.officer, job, amend=None)
        assert (done.taken_in, done.amended) == (0, 1)
        self.held.refresh_from_db()
        assert [party.name for party in self.held.current.parties.all()] == ["Omega SA"]
        assert (self.held.current.number, self.held.current.kind) == (2, "amend")
        assert Notice.objects.filter(subject_id=self.held.pk, kind="denial.amended").exists()
        assert self.held.current.change_reason == "Amended from a file, row 2"
        again = started(self.officer, HEAD + line(name="Omega SA"))
        assert kinds(again) == ["unchanged"]

    def test_what_the_file_has_no_column_for_stays_as_it_is_held(self):
        job = started(self.officer, "reference,date,destination,code\nA-1,2024-01-02,Chad,ML6\n")
        confirmed(self.officer, job, amend=None)
        self.held.refresh_from_db()
        now = self.held.current
        assert [one.code for one in now.destinations.all()] == ["TD"]
        assert [one.name for one in now.parties.all()] == ["Alpha SA"]
        assert [(one.description, one.code) for one in now.items.all()] == [("pumps", "ML6")]

    def test_a_denial_changed_since_the_dry_run_is_left(self):
        job = started(self.officer, HEAD + line(name="Omega SA"))
        from denials import actions

        content = a_content("arms", source_reference="A-1")
        actions.amend_denial(denial_id=self.held.pk, content=content, by=self.officer.principal, now=MARCH)
        confirmed(self.officer, job, amend=None)
        assert [(one.outcome, one.rule) for one in job.lines.all()] == [("left", "changed_meanwhile")]

    def test_the_same_rows_taken_in_meanwhile_are_not_taken_in_twice(self):
        text = HEAD + line("A-7") + line("A-8")
        first, second = started(self.officer, text), started(self.officer, text)
        confirmed(self.officer, first)
        done = confirmed(self.officer, second)
        assert (done.state, done.taken_in) == (JobState.DONE, 0)
        assert {one.rule for one in second.lines.all()} == {"taken_in_meanwhile"}
        assert Denial.objects.filter(source_reference__in=["A-7", "A-8"]).count() == 2

    def test_a_revoked_denial_is_not_brought_back(self):
        from denials import actions

        actions.revoke_denial(denial_id=self.held.pk, reason="x", by=self.officer.principal, now=MARCH)
        job = started(self.officer, HEAD + line(name="Omega SA"))
        assert [(one.kind, one.rule) for one in job.lines.all()] == [("conflict", "reference_ended")]

    def test_the_record_of_another_is_never_touched(self):
        job = started(self.officer, HEAD + line(self.theirs.reference, name="Omega SA") + line("A-9"))
        confirmed(self.officer, job, amend=None)
        self.theirs.refresh_from_db()
        assert (self.theirs.versions.count(), self.theirs.current.number) == (1, 1)
        assert not Denial.objects.filter(source_reference=self.theirs.reference).exists()

    def test_two_rows_of_one_reference_are_one_denial(self):
        job = started(self.officer, HEAD + line("C-1", goods="pumps") + line("C-1", goods="valves"))
        confirmed(self.officer, job)
        assert Denial.objects.get(source_reference="C-1").current.items.count() == 2

    def test_it_is_audited_and_says_exactly_what_went_in(self):
        job = confirmed(self.officer, started(self.officer, HEAD + line("A-5") + line(name="Omega SA")))
        assert job.file.report["taken_in"] == 1
        assert job.file.report["lines"] == {"new": 1, "changed": 1, "to_know": 0}
        assert AuditRecord.objects.filter(act="denial.file_taken_in", subject_id=job.file.pk).count() == 1


class TestWhoMayOnlyTakeFilesIn:
    """A system with no right but `denial.import` takes in new denials; it neither amends nor reads any."""

    @pytest.fixture(autouse=True)
    def register(self, march, consulted_officer):
        confirmed(consulted_officer, started(consulted_officer, HEAD + line()))
        self.held, self.system = Denial.objects.get(source_reference="A-1"), system("NL", ("denial.import",))

    def sent(self, rows):
        text = base64.b64encode((HEAD + rows).encode()).decode()
        return self.system.api.post(ROOT, {"name": "a.csv", "content": text})["Location"]

    def test_it_amends_nothing(self):
        job = self.sent(line(name="Omega SA") + line("A-2"))
        refused = self.system.api.post(f"{job}confirm/", {"amend": "all"})
        assert (refused.status_code, refused.json()["code"]) == (409, "amending_not_permitted")
        assert self.held.versions.count() == 1
        assert self.system.api.post(f"{job}confirm/", {}).json()["taken_in"] == 1

    def test_it_is_not_shown_what_the_register_holds(self):
        (changed,) = self.system.api.get(f"{self.sent(line(goods='valves'))}rows/").json()["results"]
        assert (changed["kind"], changed["content"], changed["differences"]) == ("changed", None, [])

    def test_a_right_that_is_gone_when_the_worker_comes_leaves_the_change_out(self, consulted_officer):
        job = started(consulted_officer, HEAD + line(name="Omega SA"))
        importing.confirm_import(job_id=job.pk, amend=None, by=consulted_officer.principal, now=MARCH)
        by = replace(consulted_officer.principal, permissions=frozenset({"denial.import"}))
        importing.take_in_some(job_id=job.pk, by=by, now=MARCH)
        assert [(one.outcome, one.rule) for one in job.lines.all()] == [("left", "not_permitted")]


class TestTwoOfficers:
    """docs/adr/0106: where two officers notify, a file is confirmed by another than who uploaded it."""

    @pytest.fixture(autouse=True)
    def choice(self, march, supervisor):
        by, on = supervisor.principal, MARCH.date()
        change_setting(authority=supervisor.authority, name="four_eyes.denials", value="on", since=on, by=by, now=MARCH)

    @pytest.mark.parametrize("who", ["consulted_officer", "supervisor"])
    def test_nobody_confirms_their_own_file(self, request, who):
        officer = request.getfixturevalue(who)
        job = started(officer, HEAD + line())
        with pytest.raises(FileWithoutSecondOfficer):
            confirmed(officer, job)
        page = officer.web.post(reverse("denials:import-confirm", args=[job.pk]))
        job.refresh_from_db()
        assert (page.status_code, job.state, Denial.objects.count()) == (302, "submitted", 0)
        with pytest.raises(OwnSubmission):
            jobs.release_now(job, by=officer.principal, now=MARCH)
        assert (
            "You submitted this file"
            in officer.web.get(reverse("denials:import-confirm", args=[job.pk])).content.decode()
        )

    def test_another_officer_sees_it_and_takes_it_in_as_it_was_shown(self, consulted_officer, supervisor, stranger):
        held = a_historic_denial(source_reference="A-2", decided_on=None)
        job = started(consulted_officer, HEAD + line() + line("A-2", name="Beta SA"))
        path = reverse("denials:import-confirm", args=[job.pk])
        assert supervisor.web.get(path).status_code == 404  # not before it is submitted
        changed = job.lines.get(kind="changed").position
        consulted_officer.web.post(path, {"shown": [changed], "amend": [changed]})
        assert stranger.web.get(path).status_code == 404
        assert b"Release: file submitted by" in supervisor.web.get(reverse("inbox")).content
        assert b"Release: file submitted by" not in consulted_officer.web.get(reverse("inbox")).content
        page = supervisor.web.get(path, {"kind": "changed"}).content.decode()
        assert "Is taken in as an amendment" in page
        again = consulted_officer.web.post(reverse("denials:import-columns", args=[job.pk]), {})
        assert again.status_code in (302, 409)  # it is not read again meanwhile
        done = supervisor.web.post(path, {"shown": [changed], "confirm": "1"})  # unticking is not the second officer's
        job.refresh_from_db()
        assert (done.status_code, job.state, job.taken_in, job.amended) == (302, "done", 1, 1)
        assert job.released_by == supervisor.user
        assert held.versions.order_by("-number").first().recorded_by == supervisor.user
        acts = AuditRecord.objects.filter(act__startswith="denial.file_").order_by("sequence")
        assert list(acts.values_list("act", flat=True)) == [
            "denial.file_submitted",
            "denial.file_released",
            "denial.file_taken_in",
        ]

    def test_it_is_returned_with_a_reason_and_may_be_submitted_again(self, consulted_officer, supervisor):
        job = started(consulted_officer, HEAD + line())
        importing.submit_import(job_id=job.pk, by=consulted_officer.principal, now=MARCH)
        path = reverse("denials:import-return", args=[job.pk])
        assert supervisor.web.get(path).status_code == 200
        assert supervisor.web.post(path, {"reason": " "}).status_code == 422
        assert supervisor.web.post(path, {"reason": "Row 2 is no denial."}).status_code == 302
        page = consulted_officer.web.get(reverse("denials:import-confirm", args=[job.pk])).content.decode()
        assert "The second officer returned it: Row 2 is no denial." in page
        importing.submit_import(job_id=job.pk, by=consulted_officer.principal, now=MARCH)
        assert ImportJob.objects.get(pk=job.pk).rule == ""

    def test_a_system_submits_over_rest_and_a_person_releases(self, client_nl, supervisor):
        body = {"name": "a.csv", "content": base64.b64encode((HEAD + line()).encode()).decode()}
        job = client_nl.api.post(ROOT, body)["Location"]
        for answer in (
            client_nl.api.post(f"{job}confirm/", {}),
            client_nl.api.post("/api/v1/denials/import/", body | {"dry_run": False}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (409, "file_without_second_officer")
        assert client_nl.api.post("/api/v1/denials/import/", body | {"dry_run": True}).status_code == 200
        assert not Denial.objects.exists()
        assert client_nl.api.post(f"{job}submit/", {}).json()["state"] == "submitted"
        assert client_nl.api.post(f"{job}release/", {}).status_code == 403
        assert client_nl.api.post(f"{job}return/", {"reason": "Not yet."}).json()["state"] == "ready"
        client_nl.api.post(f"{job}submit/", {})
        done = supervisor.web.post(f"{job}release/", {}, content_type="application/json")
        assert (done.status_code, done.json()["state"], Denial.objects.count()) == (200, "done", 1)


def test_a_file_taken_back_and_then_confirmed_is_not_said_to_be_returned(march, consulted_officer):
    """The choice of two officers may have ended since."""
    job, given = started(consulted_officer, HEAD + line()), {"by": consulted_officer.principal, "now": MARCH}
    importing.submit_import(job_id=job.pk, **given)
    importing.return_import(job_id=job.pk, reason="Not yet.", **given)
    done = confirmed(consulted_officer, job)
    assert (done.state, done.rule, done.value) == ("done", "", "")


class TestWhatIsToldOfTheFile:
    def test_the_dry_run_says_that_it_read_a_code_page_by_page_and_rest(self, march, consulted_officer, client_nl):
        content = (HEAD + line(name="Société Générale")).encode("cp1252")
        job = started(consulted_officer, content)
        page = consulted_officer.web.get(reverse("denials:import-confirm", args=[job.pk])).content.decode()
        assert "read as Western European (CP1252)" in page
        assert "<q>Société Générale</q>" in page
        told = client_nl.api.post(ROOT, {"name": "a.csv", "content": base64.b64encode(content).decode()}).json()
        assert told["notes"] == [{"row": 2, "column": "", "rule": "read_as_cp1252", "value": "Société Générale"}]

    @pytest.mark.parametrize(
        ("code", "encoding", "name", "rule"),
        [
            ("GR", "cp1253", "Παπαδόπουλος", None),
            ("BG", "cp1251", "Иванов", None),
            ("PL", "cp1250", "Łucznik", "cp1250"),
        ],
    )
    def test_each_authority_is_read_in_its_own_languages_or_not_at_all(self, march, db, code, encoding, name, rule):
        officer = person(code, "officer")
        content = (HEAD + line(name=name)).encode(encoding)
        if rule is None:
            answer = officer.web.post(reverse("denials:import"), {"file": SimpleUploadedFile("a.csv", content)})
            assert answer.status_code == 422
            assert "This file is not UTF-8" in answer.content.decode()
            return
        job = started(officer, content)
        assert job.outline["notes"][0]["rule"] == f"read_as_{rule}"
        assert job.lines.get().content["parties"][0]["name"] == name

    def test_an_origin_is_written_over_rest_as_in_files(self, march, client_nl):
        body = {"status": "draft", "regime": "dual_use", "origin": "WA", "also_notified": ["Australia Group"]}
        told = client_nl.api.post("/api/v1/denials/", body).json()
        assert (told["origin"], told["also_notified"]) == ("wassenaar", ["ag"])
        assert client_nl.api.post("/api/v1/denials/", {**body, "origin": "WTO"}).status_code == 400


class TestErrorFile:
    def test_it_holds_the_rows_as_they_stood_and_the_reasons(self, march, consulted_officer):
        job = started(consulted_officer, HEAD + line("=1+1", day="nonsense") + line("A-2"))
        address = reverse("denials:import-errors", args=[job.pk, "csv"])
        text = b"".join(consulted_officer.web.get(address)).decode("utf-8-sig")
        head, wrong = csv.reader(io.StringIO(text))
        assert head[-4:] == ["row", "column", "rule", "message"]
        assert (wrong[0], wrong[1]) == ("'=1+1", "nonsense")
        assert wrong[-4:-1] == ["2", "date", "date_unreadable"]
        book = b"".join(consulted_officer.web.get(reverse("denials:import-errors", args=[job.pk, "xlsx"])))
        sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
        assert [cell.value for cell in sheet[2]][:2] == ["'=1+1", "nonsense"]

    def test_with_an_error_nothing_is_taken_in(self, march, consulted_officer):
        job = started(consulted_officer, HEAD + line(day="nonsense") + line("A-2"))
        with pytest.raises(importing.NothingToTakeIn):
            confirmed(consulted_officer, job)
        assert not Denial.objects.exists()


class TestMappings:
    TEXT = "Wann;Wohin;Was;Warum\n2024-01-02;France;pumps;2\n"
    SAID = {"Wann": "decided_on", "Wohin": "destination", "Was": "description", "Warum": "criteria"}

    def test_what_headings_mean_can_be_said_and_is_remembered(self, march, consulted_officer, stranger):
        job = started(consulted_officer, self.TEXT)
        assert (job.state, job.rule, job.headings) == (JobState.FAILED, "no_known_columns", list(self.SAID))
        page = consulted_officer.web.get(reverse("denials:import-confirm", args=[job.pk]))
        names = {field.label: name for name, field in page.context["columns"].fields.items()}
        sent = {names[heading]: field for heading, field in self.SAID.items()}
        consulted_officer.web.post(reverse("denials:import-columns", args=[job.pk]), sent)
        job.refresh_from_db()
        assert (job.state, kinds(job)) == (JobState.READY, ["new"])
        assert ColumnMapping.objects.get().authority == consulted_officer.authority
        assert started(consulted_officer, self.TEXT).state == JobState.READY
        assert started(stranger, self.TEXT).state == JobState.FAILED

    def test_it_can_be_sent_along(self, march, client_nl):
        body = {"name": "a.csv", "content": base64.b64encode(self.TEXT.encode()).decode(), "mapping": self.SAID}
        job = client_nl.api.post(ROOT, body).json()
        assert (job["state"], job["counts"]["new"]) == ("ready", 1)
        wrong = client_nl.api.post(ROOT, body | {"mapping": {"Wann": "whenever"}})
        assert (wrong.status_code, wrong.json()["errors"][0]["rule"]) == (400, "field_unknown")


class TestWorker:
    """Longer files are worked on part by part; whoever is killed, the next goes on."""

    @pytest.fixture(autouse=True)
    def short(self, march, monkeypatch):
        monkeypatch.setattr(jobs, "SMALL", 3)
        monkeypatch.setattr(jobs, "KEPT_AT_ONCE", 2)
        monkeypatch.setattr(importing, "MOST_AT_ONCE", 2)

    def text(self, rows=7):
        return HEAD + "".join(line(f"W-{number}") for number in range(rows))

    def test_a_sweep_reads_it_and_takes_it_in(self, consulted_officer):
        job = started(consulted_officer, self.text())
        assert job.state == JobState.UPLOADED
        tasks.sweep_imports()
        job.refresh_from_db()
        assert (job.state, job.rows_total, job.percent) == (JobState.READY, 7, 100)
        confirmed(consulted_officer, job)
        assert not Denial.objects.exists()
        with CaptureQueriesContext(connection) as asked:
            tasks.sweep_imports()
        lines_read = [one["sql"] for one in asked.captured_queries if 'FROM "denials_importline"' in one["sql"]]
        assert lines_read
        assert not [sql for sql in lines_read if '"denials_importjob"."content"' in sql]  # no line brings the file
        job.refresh_from_db()
        assert (job.state, job.taken_in, Denial.objects.count()) == (JobState.DONE, 7, 7)
        tasks.work_import(job_id=str(job.pk))
        assert Denial.objects.count() == 7

    def test_what_a_killed_worker_left_goes_on(self, consulted_officer):
        job = started(consulted_officer, self.text())
        importing.begin_reading(job_id=job.pk)
        importing.keep_lines(job_id=job.pk, lines=[importing.ReadLine(2, "error")], first=0, total=7)
        jobs.work_on(job.pk)
        assert kinds(job) == ["new"] * 7
        job = confirmed(consulted_officer, ImportJob.objects.get(pk=job.pk))
        for _killed_after in range(2):
            job = importing.take_in_some(job_id=job.pk, by=consulted_officer.principal, now=MARCH, most=2)
        assert (job.rows_done, job.state, Denial.objects.count()) == (4, JobState.TAKING_IN, 4)
        jobs.work_on(job.pk)
        job.refresh_from_db()
        assert (job.state, job.taken_in, job.rows_done) == (JobState.DONE, 7, 7)
        assert ImportedRow.objects.values("fingerprint").distinct().count() == 7

    def test_a_row_a_rule_refuses_is_left_and_the_others_are_taken_in(self, consulted_officer):
        job = started(consulted_officer, self.text())
        jobs.work_on(job.pk)
        wrong = job.lines.get(position=3)
        wrong.content["regime"] = "unheard_of"
        wrong.save()
        confirmed(consulted_officer, ImportJob.objects.get(pk=job.pk))
        jobs.work_on(job.pk)
        job.refresh_from_db()
        wrong.refresh_from_db()
        assert (job.state, job.taken_in, wrong.outcome, wrong.rule) == (JobState.DONE, 6, "left", "not_foreseen")

    def test_a_file_on_which_readers_break_is_refused_after_three(self, consulted_officer, monkeypatch):
        job = started(consulted_officer, self.text())

        def breaks(*args, **more):
            raise ZeroDivisionError

        monkeypatch.setattr(jobs, "make_plan", breaks)
        for _attempt in range(jobs.MOST_ATTEMPTS):
            with pytest.raises(ZeroDivisionError):
                jobs.work_on(job.pk)
        jobs.work_on(job.pk)
        job.refresh_from_db()
        assert (job.state, job.rule) == (JobState.FAILED, "unreadable")
        assert not ImportJob.objects.waiting().exists()

    def test_what_is_given_up_stops_and_what_is_in_stays_in(self, consulted_officer):
        job = started(consulted_officer, self.text())
        jobs.work_on(job.pk)
        job = confirmed(consulted_officer, ImportJob.objects.get(pk=job.pk))
        importing.take_in_some(job_id=job.pk, by=consulted_officer.principal, now=MARCH, most=2)
        page = reverse("denials:import-confirm", args=[job.pk])
        assert "denials/progress" in consulted_officer.web.get(page).content.decode()
        consulted_officer.web.post(reverse("denials:import-cancel", args=[job.pk]))
        jobs.work_on(job.pk)
        job.refresh_from_db()
        assert (job.state, job.taken_in, Denial.objects.count()) == (JobState.CANCELLED, 2, 2)
        assert job.file.report["taken_in"] == 2

    def test_who_may_no_longer_import_takes_in_nothing(self, consulted_officer):
        job = started(consulted_officer, self.text())
        consulted_officer.user.is_active = False
        consulted_officer.user.save()
        jobs.work_on(job.pk)
        job.refresh_from_db()
        assert (job.state, job.rule) == (JobState.FAILED, "not_permitted")

    def test_files_are_forgotten_some_time_after(self, consulted_officer):
        job = started(consulted_officer, HEAD + line())
        confirmed(consulted_officer, job)
        assert forget_files(before=MARCH, now=MARCH) == 0
        assert forget_files(before=exchange_clock.now() + timedelta(days=1), now=MARCH) == 1
        job.refresh_from_db()
        assert (bytes(job.content), job.lines.count(), Denial.objects.count()) == (b"", 0, 1)

    def test_a_file_nobody_confirms_is_given_up_and_forgotten(self, consulted_officer):
        job = started(consulted_officer, HEAD + line())
        assert forget_files(before=MARCH, now=MARCH) == 0
        assert forget_files(before=MARCH + timedelta(days=1), now=MARCH + timedelta(days=31)) == 1
        job.refresh_from_db()
        assert (job.state, bytes(job.content), job.lines.count()) == (JobState.CANCELLED, b"", 0)

    def test_the_system_uploads_nothing(self, consulted_officer):
        from accounts.law.errors import NotCompetent

        given = {"name": "x", "digest": "", "regime": "", "authority": consulted_officer.authority, "now": MARCH}
        with pytest.raises(NotCompetent):
            importing.upload_file(content=b"x", by=SYSTEM, **given)


class TestRest:
    @pytest.fixture(autouse=True)
    def in_march(self, march):
        pass

    def test_from_the_file_to_the_register(self, client_nl):
        text = (HEAD + line() + line("A-2", place="Nordic countries")).encode()
        sent = client_nl.api.post(ROOT, {"name": "a.csv", "content": base64.b64encode(text).decode()}, key="one")
        job = sent.json()
        assert (sent.status_code, job["state"], job["rows_total"], job["counts"]["new"]) == (201, "ready", 2, 2)
        assert job["columns"]["end user"] == "end_user"
        rows = client_nl.api.get(f"{sent['Location']}rows/?kind=new").json()
        assert rows["results"][1]["findings"][0]["rule"] == "place_unresolved"
        assert rows["results"][0]["content"]["parties"][0]["name"] == "Alpha SA"
        done = client_nl.api.post(f"{sent['Location']}confirm/", {"amend": "none"}).json()
        assert (done["state"], done["taken_in"], done["percent"]) == ("done", 2, 100)
        again = client_nl.api.post(ROOT, {"name": "a.csv", "content": base64.b64encode(text).decode()}, key="one")
        assert again.json()["id"] == job["id"]
        assert client_nl.api.post(f"{sent['Location']}confirm/", {}).status_code == 409
        assert client_nl.api.post(f"{sent['Location']}cancel/", {}).status_code == 409

    def test_a_form_takes_larger_files(self, consulted_officer, client_nl):
        text = HEAD + line("A-1", goods="x" * 1_100_000)
        file = SimpleUploadedFile("big.csv", text.encode())
        token = {"authorization": f"Bearer {client_nl.token}"}
        from django.test import Client

        sent = Client(headers=token).post(ROOT, {"file": file}, headers={"idempotency-key": "big"})
        assert (sent.status_code, sent.json()["name"]) == (201, "big.csv")
        assert sent.json()["counts"]["error"] == 1

    def test_another_s_job_is_not_there(self, client_nl, client_se, consulted_officer):
        job = started(consulted_officer, HEAD + line())
        for api in (client_nl.api, client_se.api):
            assert api.get(f"{ROOT}{job.pk}/").status_code == 404
            assert api.post(f"{ROOT}{job.pk}/confirm/", {}).status_code == 404

    @pytest.mark.parametrize(
        ("body", "field", "rule"),
        [
            ({"content": "§§§"}, "content", "not_base64"),
            ({}, "content", "required"),
            ({"content": base64.b64encode(b"\x00\x01").decode()}, "content", "binary_file"),
            ({"content": base64.b64encode(b"PK\x03\x04").decode()}, "content", "not_xlsx"),
            ({"content": "", "other": 1}, "other", "unknown_field"),
            ({"content": "YQ==", "mapping": "no"}, "mapping", "not_a_dict"),
        ],
    )
    def test_what_is_no_file_is_refused_by_field_and_rule(self, client_nl, body, field, rule):
        response = client_nl.api.post(ROOT, body)
        assert response.status_code == 400
        assert (field, rule) in {(one["field"], one["rule"]) for one in response.json()["errors"]}
        assert not ImportJob.objects.exists()
