"""An erasure reaches everything the register holds of a person: a dump of all tables finds the name nowhere else."""

import io
import json
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection

from accounts import audit
from accounts.models import AuditRecord, IdempotentRequest, Receipt
from denials import actions, feed, search
from denials.actions.forgetting import file_holds
from denials.imports import jobs
from denials.law import erasure
from denials.law.content import StatedParty
from denials.law.court import CourtFact
from denials.law.erasure import ERASED, NotAnErasure
from denials.law.transactions import Destination, Parameter
from denials.models import (
    Denial,
    DenialVersion,
    Erasure,
    ImportJob,
    Recall,
    RegisterVocabulary,
    SavedSearch,
)
from denials.models import content as rows
from screening.models import DenialIndex
from screening.search import bring_up_to_date
from tests.cast import person
from tests.factories import MARCH, a_content, a_denial, a_historic_denial, an_application, asked, consultations

pytestmark = pytest.mark.django_db
NAME = "Igor Kanariev"
TRACE, NUMBER = "kanariev", "PX9911223"
NAMED = f"with {NAME} in it"
BASIS = f"Court of Rotterdam, 12/2026, in the matter of {NAME}"
TEXTS = ("end_use", "explanation", "remarks", "scope_note", "source_reference", "authorisation_reference")
ITEM_TEXTS = ("description", "description_en", "code_printed", "quantity_printed", "manufacturer", "model")

#: What other rooms keep of their own cases, and the receipts of their acts.
CITING = ("screening_", "consultations_", "accounts_receiptcontent")


def named_content(**changes):
    """The person in every field of a denial that may hold one."""
    whole = a_content()
    canary = StatedParty.stated(
        "consignee",
        NAME,
        country="IL",
        address=f"c/o {NAME}",
        aliases=("Kanariev, I.", "Игорь Канарьев"),
        identifiers=(("passport", NUMBER),),
    )
    other = StatedParty.stated(
        "intermediary",
        f"{NAME} Trading Ltd.",
        country="RS",
        address=f"1 Main Street, at {NAME.upper()}",
        aliases=(f"{NAME} & Sons",),
        identifiers=(("director", NAME), ("vat", "RS123")),
    )
    item = replace(
        whole.items[0],
        **dict.fromkeys(ITEM_TEXTS, NAMED),
        **dict.fromkeys(("unit", "cas", "cn"), "KANARIEV, I."),
        parameters=(Parameter("made by", NAME), Parameter(NAME, "5", "mm")),
    )
    told = {
        **dict.fromkeys(TEXTS, NAMED),
        "explanation": f"{NAME},\nthat is Игорь  Канарьев, passport {NUMBER}.",
        "scope": "part",
        "parties": (*whole.parties, canary, other),
        "items": (item,),
        "destinations": (Destination("IL", NAMED),),
    }
    return a_content(**told | changes)


def workbook(*values):
    book = openpyxl.Workbook()
    for row in values:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HEAD = ("reference", "date", "destination", "end user", "description", "code", "criteria")
ROW = ("A-1", "2024-01-02", "France", NAME, "pumps", "ML6", "2")


@pytest.fixture
def held(clock, supervisor, consulted_officer, consulting_officer, stranger, client_nl, client_se):
    """A denial with the person everywhere: in each field, act, answer, file, search and in what others cite."""
    clock.set(MARCH)
    by, second = supervisor.principal, consulted_officer.principal
    draft = actions.save_draft(content=named_content(), authority=supervisor.authority, by=by, now=MARCH)
    actions.submit_denial(denial_id=draft.pk, by=by, now=MARCH)
    actions.return_denial(denial_id=draft.pk, reason=f"Is it {NAME}?", by=second, now=MARCH)
    actions.submit_denial(denial_id=draft.pk, by=by, now=MARCH)
    denial = actions.release_denial(denial_id=draft.pk, by=second, now=MARCH)
    application = an_application(consulting_officer, parties=(*asked().parties, named_content().parties[3]))
    consultations(consulting_officer, application, question=f"Is it {NAME}?")
    fact = CourtFact("appeal_lodged", date(2026, 3, 1), f"Court of {NAME}", f"{NAME} v. Minister")
    actions.record_court_fact(denial_id=denial.pk, fact=fact, by=by, now=MARCH, reason=f"{NAME} appealed.")
    recall = actions.recall_denial(
        denial_id=denial.pk, demand="delete", what=NAMED, reason=f"{NAME} is exonerated.", by=by, now=MARCH
    )
    actions.acknowledge_recall(recall_id=recall.pk, by=stranger.principal, now=MARCH, note=f"{NAME} deleted.")
    content = named_content(end_use="in preparation", explanation=NAMED)
    actions.draft_amendment(denial_id=denial.pk, content=content, reason=NAMED, by=by, now=MARCH)
    find = search.Asked.read({"q": [NAME]})
    for member in (consulted_officer, stranger):
        given = {"by": member.principal, "is_shared": True, "gives_notice": True, "now": MARCH}
        actions.save_search(name=NAME, asked=find, **given)
        actions.save_search(name=ERASED, asked=search.Asked.read({}), **given)
    given = {"regime": "arms", "authority": supervisor.authority, "by": by, "now": MARCH}
    jobs.start(content=workbook(HEAD, ROW), name=f"{NAME}.xlsx", **given)
    text = "\n".join(",".join(one) for one in (HEAD, ("B-1", "2024-01-02", "France", "Alpha", "pumps", "ML6", "2")))
    jobs.start(content=text.encode(), name="innocent.csv", **given)
    done = jobs.start(content=text.replace("B-1", f"B of {NAME}").encode(), name=f"for_{NAME}.csv", **given)
    jobs.confirm_now(done, amend=(), by=by, now=MARCH)
    for system in (client_nl, client_se):
        path = f"/api/v1/denials/{denial.pk}/"
        told = system.api.get(path)
        IdempotentRequest.objects.create(
            principal=system.principal.key, key="k", request_digest="d", status=200, body=told.content, created_at=MARCH
        )
    bring_up_to_date()
    return denial


def dump():
    """Yield table and text of every row of every table, binary columns as text where they hold one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f'SELECT to_jsonb(whole_row)::text FROM "{table}" AS whole_row')
            for (text,) in cursor.fetchall():
                yield table, text


def holding(*traces):
    """The tables and rows that hold a trace, as text or as bytes written in hexadecimal."""
    forms = {form for one in traces for form in (one.casefold(), *(_hex(one)))}
    return [(table, text) for table, text in dump() if any(form in text.casefold() for form in forms)]


def _hex(text):
    return {spelt.encode().hex() for spelt in (text, text.title(), text.upper())}


def erase(member, denial, **changes):
    given = {"names": [NAME], "basis": BASIS, "by": member.principal, "now": MARCH}
    return actions.erase_person(denial_id=denial.pk, **given | changes)


def leftovers(denial, capsys):
    capsys.readouterr()
    call_command("erasure_leftovers", Denial.objects.get(pk=denial.pk).reference)
    return json.loads(capsys.readouterr().out)


class TestEverything:
    OWN_TABLES = {  # what the fixture put the person in: where one is missing, the test below shows nothing
        "denials_denial",
        "denials_denialdestination",
        "denials_denialitem",
        "denials_denialparty",
        "denials_denialversion",
        "denials_importedfile",
        "denials_importjob",
        "denials_importline",
        "denials_recall",
        "denials_recallrequest",
        "denials_registervocabulary",
        "denials_releasestep",
        "denials_savedsearch",
        "screening_denialindex",
        "accounts_idempotentrequest",
    }

    def test_a_dump_of_all_tables_finds_the_person_only_in_what_other_rooms_cite(self, supervisor, held, capsys):
        other = Denial.objects.get(source_reference=f"B of {NAME}")  # of the file: a denial of its own
        assert {table for table, _ in holding(TRACE, NUMBER)} >= self.OWN_TABLES
        erase(supervisor, held)
        erase(supervisor, other)
        cited = leftovers(held, capsys)
        ids = {pk for kind, pks in cited.items() if kind != "screening_index_behind" for pk in pks}
        ids |= {str(pk) for pk in Receipt.objects.filter(subject_id__in=ids).values_list("pk", flat=True)}
        unlisted = [
            (table, text)
            for table, text in holding(TRACE, NUMBER, "Канарьев")
            if not (table.startswith(CITING) and any(pk in text for pk in ids))
        ]
        assert unlisted == []
        assert cited["hits"], cited["consultations"]
        assert audit.first_broken() is None

    def test_what_is_left_says_all_but_the_person(self, supervisor, held):
        before = {one.number: rows.read(_of(held, one)) for one in held.versions.filter(recorded_at__isnull=False)}
        erase(supervisor, held)
        first = rows.read(_of(held, held.versions.get(number=1)))
        assert first.explanation == f"{ERASED},\nthat is {ERASED}, passport {ERASED}."
        assert first.parties[4].name == f"{ERASED} Trading Ltd."
        assert first.parties[4].identifiers == (("director", ERASED), ("vat", "RS123"))
        assert first.items[0].parameters == (Parameter("made by", ERASED), Parameter(ERASED, "5", "mm"))
        assert (first.items[0].unit, first.items[0].cas, first.items[0].cn) == (ERASED, ERASED, ERASED)
        assert first.parties[:3] == before[1].parties[:3]
        assert (first.decided_on, first.criteria, first.items[0].quantity) == (
            before[1].decided_on,
            before[1].criteria,
            before[1].items[0].quantity,
        )
        last = held.versions.order_by("-number").first()
        assert last.court[0] == {
            "fact": "appeal_lodged",
            "on": "2026-03-01",
            "court": f"Court of {ERASED}",
            "reference": f"{ERASED} v. Minister",
        }
        assert last.change_reason == f"Court of Rotterdam, 12/2026, in the matter of {ERASED}"
        recall = Recall.objects.get(denial=held)
        assert (recall.what, recall.reason) == (f"with {ERASED} in it", f"{ERASED} is exonerated.")
        assert Denial.objects.get(pk=held.pk).source_reference == f"with {ERASED} in it"

    def test_each_value_is_provable_by_its_digest(self, supervisor, held, capsys):
        erase(supervisor, held)
        given = [Denial.objects.get(pk=held.pk).reference, "--at-version"]
        number = str(Recall.objects.get(denial=held).version.number)
        step = Erasure.objects.get(path__startswith="release_steps[").path
        for version, path, value, more in (
            ("1", "source_reference", NAMED, []),
            ("1", "items[0].manufacturer", NAMED, []),
            ("1", "destinations[0].printed", NAMED, []),
            ("1", "parties[4].identifiers", json.dumps({"director": NAME, "vat": "RS123"}), ["--json"]),
            ("1", step, f"Is it {NAME}?", []),
            ("2", "court[0].reference", f"{NAME} v. Minister", []),
            (number, "recall.what", NAMED, []),
            (number, "recall.requests[SE].note", f"{NAME} deleted.", []),
        ):
            call_command("prove_erased", *given, version, "--path", path, "--value", value, *more)
            assert "the same" in capsys.readouterr().out
        with pytest.raises(SystemExit):
            call_command("prove_erased", *given, number, "--path", "recall.what", "--value", "with another in it")


def _of(denial, version):
    version.denial = denial
    return version


class TestAtOnce:
    def test_what_finds_the_denial_forgets_the_person_in_the_same_transaction(self, supervisor, held):
        assert DenialIndex.objects.filter(denial=held).exists()
        erase(supervisor, Denial.objects.get(source_reference=f"B of {NAME}"))
        erase(supervisor, held)
        assert not DenialIndex.objects.filter(denial=held).exists()  # made anew before the next screening
        assert not RegisterVocabulary.objects.filter(word__contains=NUMBER.lower()).exists()
        assert not [table for table, _ in holding(TRACE) if table.startswith("denials_register")]
        bring_up_to_date()
        assert TRACE not in str(DenialIndex.objects.get(denial=held).facts).lower()


class TestFiles:
    def test_a_file_that_holds_the_person_is_emptied_and_one_that_does_not_is_left(self, supervisor, held):
        erase(supervisor, held)
        found = {one.name: one for one in ImportJob.objects.all()}
        waiting, done, innocent = found[f"{ERASED}.xlsx"], found[f"for_{ERASED}.csv"], found["innocent.csv"]
        for job in (waiting, done):
            assert (bytes(job.content), job.lines.count(), job.rule) == (b"", 0, "person_erased")
        assert (waiting.state, done.state, innocent.state) == ("cancelled", "done", "ready")
        assert bytes(innocent.content)
        assert innocent.lines.count() == 1
        page = supervisor.web.get(f"/denials/import/{waiting.pk}/").content.decode()
        assert "A person named in this file was erased" in page

    @pytest.mark.parametrize(
        ("content", "holds"),
        [
            (NAME.encode(), True),
            (f'x;"{NAME}";y'.encode("utf-16"), True),
            (b"first;last\nIgor;Kanariev\n", True),
            ("Παπαδόπουλος, Νίκος".encode("cp1253"), True),
            (b"Igor Kanarievich;x", False),
            (workbook(("x", f"for {NAME} & Co"), (1, 2)), True),
            (workbook(("Igor", "Kanariev"), (1, 2)), True),
            (workbook(("Alpha SA", "pumps"), (1, 2)), False),
            (b"PK\x03\x04 no workbook", True),  # what cannot be looked into
        ],
    )
    def test_a_name_is_found_in_any_file(self, content, holds):
        assert file_holds(content, {NAME, "Παπαδόπουλος, Νίκος"}) is holds


class TestSearches:
    def test_nobodys_saved_search_asks_for_the_person_any_more(self, supervisor, held):
        erase(supervisor, held)
        for saved in SavedSearch.objects.exclude(name=ERASED):
            assert (saved.name, saved.asked["q"]) == (f"{ERASED} 2", [ERASED])
            assert not saved.gives_notice
        assert SavedSearch.objects.filter(name=ERASED, gives_notice=True).count() == 2
        assert AuditRecord.objects.filter(act="search.changed").count() == 2


class TestSpellings:
    def test_a_spelling_no_party_bears_is_blanked_where_it_stands(self, supervisor, stranger):
        denial = a_denial(supervisor, explanation="Known as Kanarejka, of Kanarejkas house.", remarks=NAME)
        erase(supervisor, denial, names=["Kanarejka"])
        first = denial.versions.get(number=1)
        assert (first.explanation, first.remarks) == (f"Known as {ERASED}, of Kanarejkas house.", NAME)

    def test_an_entry_that_no_list_has_is_blanked_too(self, supervisor):
        item = replace(a_content().items[0], code="Igor Kanariev", code_printed="Igor Kanariev")
        denial = a_historic_denial(items=(item,), parties=())
        erase(supervisor, denial)
        assert denial.versions.get(number=1).items.get().code == ERASED
        assert not [table for table, _ in holding(TRACE) if table.startswith("denials_register")]

    def test_other_own_denials_that_name_them_are_pointed_at(self, supervisor, held):
        other = a_denial(supervisor, parties=(*a_content().parties, StatedParty.stated("broker", NAME)))
        given = {"names": [NAME], "also": "Kanarejka\nIgo", "chosen": ["name"], "basis": "Art. 17"}
        path = f"/denials/{held.pk}/erase/"
        assert supervisor.web.post(path, given).status_code == 422  # three letters are in other words
        page = supervisor.web.post(path, {**given, "also": "Kanarejka"}).content.decode()
        assert str(other.reference) in page
        assert "Recall: what to delete or correct" in page


class TestRest:
    def test_a_supervisor_erases_over_rest_and_a_national_system_does_not(self, supervisor, held, client_nl, stranger):
        path = f"/api/v1/denials/{held.pk}/erase/"
        asked_for = {"names": [NAME], "basis": "Art. 17"}
        assert client_nl.api.post(path, asked_for).status_code == 403
        assert stranger.web.post(path, asked_for, content_type="application/json").status_code == 403
        for wrong in (
            {"names": [], "basis": "x"},
            {**asked_for, "fields": ["role"]},
            {"names": [NAME]},
            {"basis": "x"},
        ):
            assert supervisor.web.post(path, wrong, content_type="application/json").status_code in (400, 422)
        assert not Erasure.objects.exists()
        done = supervisor.web.post(path, asked_for, content_type="application/json")
        assert done.status_code == 200, done.content
        told = done.json()
        assert "1.parties[3].name" in told["blanked"]
        assert TRACE not in done.content.decode().lower()
        assert supervisor.web.post(path, asked_for, content_type="application/json").status_code == 422


class TestMirror:
    def test_what_a_mirror_is_sent_holds_no_trace(self, supervisor, held, stranger):
        person("COM", "secretariat")
        erase(supervisor, held)
        told = [feed.sent(one, stranger.principal) for one in feed.with_versions(feed.changes_for(stranger.principal))]
        mine = [one for one in told if one["denial"] == str(held.pk)]
        assert TRACE not in json.dumps(mine).lower()
        assert [one["court"] for one in mine[-1]["rewritten"]][1][0]["court"] == f"Court of {ERASED}"


def test_nothing_but_blanking_passes_for_what_a_court_did():
    before = [{"fact": "annulled", "on": "2026-03-01", "court": "Court of X. Kanariev", "reference": "1"}]
    after = [{**before[0], "court": f"Court of {ERASED}"}]
    (found,) = erasure.court_blanked(before, after)
    assert (found.path, found.before) == ("court[0].court", "Court of X. Kanariev")
    for wrong in ([], [{**after[0], "on": "2026-03-02"}], [{**after[0], "court": "Another"}], after * 2):
        with pytest.raises(NotAnErasure):
            erasure.court_blanked(before, wrong)


def test_versions_that_name_nobody_are_not_touched(supervisor):
    denial = a_denial(supervisor, parties=(*a_content().parties, StatedParty.stated("broker", NAME)))
    actions.amend_denial(denial_id=denial.pk, content=a_content(), by=supervisor.principal, now=MARCH)
    erase(supervisor, denial)
    assert set(Erasure.objects.values_list("version__number", flat=True)) == {1}
    assert DenialVersion.objects.filter(denial=denial).count() == 3
