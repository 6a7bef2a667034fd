"""The pages of the register: read, notify in steps, act, bring in a file; what strangers do not see."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from denials.models import Denial
from tests.factories import MARCH, a_denial, a_draft, a_historic_denial

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data"
SECRET = "Geheime Uitvoer"


@pytest.fixture(autouse=True)
def march(clock):
    clock.set(MARCH)


def page(name, denial=None):
    return reverse(f"denials:{name}", args=[denial.pk] if denial else [])


def form_of(response):
    """What a browser would send of the form as shown: fields and rows with their initial values."""
    context, sent = response.context, {}
    forms = [context["form"]]
    for formset in context["formsets"]:
        sent |= {f"{formset.prefix}-{name}": value for name, value in formset.management_form.initial.items()}
        forms += list(formset.forms)
    for form in forms:
        for field in form:
            value = field.value()
            if value not in (None, False, []):
                sent[field.html_name] = "on" if value is True else value
    return sent


class TestList:
    def test_it_shows_what_the_reader_may_see(self, consulted_officer, stranger, eeas):
        arms, dual_use = a_denial(consulted_officer), a_denial(consulted_officer, "dual_use")
        seen = stranger.web.get(page("list")).content.decode()
        assert arms.reference in seen
        assert dual_use.reference in seen
        assert SECRET not in seen
        assert dual_use.reference not in eeas.web.get(page("list")).content.decode()

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"q": "troya"}, 1),
            ({"q": "1C350.31"}, 1),
            ({"q": "nobody"}, 0),
            ({"regime": "arms"}, 1),
            ({"state": "NL"}, 2),
            ({"destination": "IL"}, 1),
            ({"category": "ML15"}, 1),
            ({"criterion": "7"}, 1),
            ({"status": "revoked"}, 0),
            ({"status": "draft"}, 0),
            ({"sort": "reference", "page": "99"}, 2),
            ({"sort": "nonsense", "page": "x", "regime": "none"}, 0),
        ],
    )
    def test_facets_and_words_narrow_it(self, consulted_officer, stranger, query, found):
        a_denial(consulted_officer)
        a_denial(consulted_officer, "dual_use")
        a_draft(consulted_officer)
        response = stranger.web.get(page("list"), query)
        assert response.status_code == 200
        assert response.context["page"].paginator.count == found

    def test_counts_stand_beside_the_facets(self, consulted_officer, stranger):
        a_denial(consulted_officer)
        a_denial(consulted_officer)
        a_denial(stranger, "dual_use")
        groups = stranger.web.get(page("list")).context["facets"]
        options = {
            (group["title"], option["label"]): option["count"] for group in groups for option in group["options"]
        }
        assert options["Category", "ML15"] == 2
        assert options["Criterion", "Criterion 7"] == 2
        assert options["From", "SE Sweden"] == 1

    def test_it_takes_few_queries_whatever_its_length(self, consulted_officer, stranger, django_assert_max_num_queries):
        for _ in range(15):
            a_denial(consulted_officer)
        web = stranger.web
        with django_assert_max_num_queries(21):  # ten of the list, the others are every page's
            web.get(page("list"))

    def test_drafts_are_listed_for_their_authority(self, consulted_officer, stranger):
        a_draft(consulted_officer)
        assert consulted_officer.web.get(page("list"), {"status": "draft"}).context["page"].paginator.count == 1
        assert stranger.web.get(page("list"), {"status": "draft"}).context["page"].paginator.count == 0

    def test_a_visitor_is_sent_to_sign_in(self, client):
        assert client.get(page("list")).status_code == 302

    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            ("ML15c", "ML15.c"),
            ("3A001a2", "3A001.a.2"),
            ("0011a", "ML11.a"),
            ("gallows", "II.1.1"),
            ("", None),
            ("%%%", None),
        ],
    )
    def test_an_entry_is_found_in_any_notation(self, stranger, asked, code):
        found = [one["code"] for one in stranger.web.get(page("entries"), {"q": asked}).json()["entries"]]
        assert (code in found) if code else not found


class TestDetail:
    @pytest.mark.parametrize("name", ["detail", "peek"])
    def test_the_exporter_is_shown_to_its_authority_only(self, consulted_officer, stranger, name):
        denial = a_denial(consulted_officer)
        assert SECRET in consulted_officer.web.get(page(name, denial)).content.decode()
        assert SECRET not in stranger.web.get(page(name, denial)).content.decode()

    @pytest.mark.parametrize("name", ["detail", "peek", "edit", "preview", "check", "discard", "receipt", "amend"])
    def test_another_s_draft_is_not_there(self, consulted_officer, stranger, name):
        draft = a_draft(consulted_officer)
        assert stranger.web.get(page(name, draft)).status_code == 404
        assert stranger.web.post(page(name, draft)).status_code in (404, 405)

    @pytest.mark.parametrize("name", ["receipt", "amend", "amend-preview", "revoke", "withdraw", "renew"])
    def test_acts_upon_another_s_denial_are_not_there(self, consulted_officer, stranger, name):
        denial = a_denial(consulted_officer)
        assert stranger.web.get(page(name, denial)).status_code == 404
        assert stranger.web.post(page(name, denial), {"reason": "x", "confirm": "1"}).status_code in (404, 405)
        denial.refresh_from_db()
        assert denial.status == "in_force"

    @pytest.mark.parametrize("name", ["new", "import"])
    def test_a_reader_may_not_act(self, observer, name):
        assert observer.web.get(page(name)).status_code == 403

    def test_the_issuer_sees_whom_it_told_and_others_do_not(self, consulted_officer, stranger):
        denial = a_denial(consulted_officer)
        assert consulted_officer.web.get(page("detail", denial)).context["told"]
        assert not stranger.web.get(page("detail", denial)).context["told"]

    def test_a_historic_denial_says_that_nobody_was_told(self, consulted_officer, stranger):
        denial = a_historic_denial()
        assert "not known when" in stranger.web.get(page("detail", denial)).content.decode()


class TestNotify:
    def begun(self, officer, regime="arms"):
        response = officer.web.post(page("new"), {"regime": regime})
        assert response.status_code == 302
        assert not Denial.objects.exists(), "nothing is kept before the first saving"
        form = officer.web.get(response["Location"])
        assert officer.web.post(response["Location"], form_of(form)).status_code == 302
        return Denial.objects.get(status="draft")

    def filled(self, response):
        return form_of(response) | {
            "decided_on": "2024-10-09",
            "destinations-0-code": "IL",
            "items-0-code": "ML 15 c",
            "items-0-description": "Beeldversterkers",
            "items-0-quantity": "40",
            "items-0-parameters": "gain: 40 dB",
            "parties-0-role": "end_user",
            "parties-0-name": "O'Neil & Sons <Prison>",
            "parties-0-country": "IL",
            "criterion_2": "on",
            "points_2": "b, c",
            "criterion_7": "on",
            "explanation": "Risk of use in internal repression.",
        }

    def test_from_an_empty_draft_to_the_receipt(self, consulted_officer):
        draft = self.begun(consulted_officer)
        empty = consulted_officer.web.get(page("edit", draft))
        assert [one["label"] for one in empty.context["missing"]] == [
            "Date of decision",
            "Destinations",
            "Items",
            "Criteria or grounds",
            "Reasons",
        ]
        saved = consulted_officer.web.post(page("edit", draft), self.filled(empty) | {"step": "preview"})
        assert saved["Location"] == page("preview", draft)
        preview = consulted_officer.web.get(page("preview", draft))
        assert preview.context["may_notify"]
        assert "O&#x27;Neil &amp; Sons &lt;Prison&gt;" in preview.content.decode()
        done = consulted_officer.web.post(page("preview", draft), {"confirm": "1"})
        assert done["Location"] == page("receipt", draft)
        receipt = consulted_officer.web.get(page("receipt", draft)).content.decode()
        assert "NL-ARM-2026-0001" in receipt
        draft.refresh_from_db()
        assert (draft.status, draft.current.parties.get().name) == ("in_force", "O'Neil & Sons <Prison>")
        assert [str(one) for one in draft.current.criteria.order_by("code", "sub_point")] == ["2(b)", "2(c)", "7"]
        assert draft.current.items.get().parameters == [{"name": "gain", "value": "40", "unit": "dB"}]

    def test_each_step_saves_the_draft_and_goes_on(self, consulted_officer):
        draft = self.begun(consulted_officer)
        sent = form_of(consulted_officer.web.get(page("edit", draft))) | {"end_use": "Prisons", "step": "items"}
        assert consulted_officer.web.post(page("edit", draft), sent)["Location"].endswith("#items")
        draft.refresh_from_db()
        assert draft.current.end_use == "Prisons"

    def test_what_is_saved_is_shown_again(self, consulted_officer):
        draft = a_draft(consulted_officer)
        response = consulted_officer.web.get(page("edit", draft))
        again = consulted_officer.web.post(page("edit", draft), form_of(response) | {"step": ""})
        assert again.status_code == 302
        from denials.models import content as rows
        from tests.factories import a_content

        assert rows.read(Denial.objects.get(pk=draft.pk).current) == a_content()

    def test_the_check_says_what_would_still_be_missing(self, consulted_officer):
        draft = self.begun(consulted_officer)
        sent = form_of(consulted_officer.web.get(page("edit", draft))) | {"explanation": "Because."}
        answer = consulted_officer.web.post(page("check", draft), sent).content.decode()
        assert "Reasons" not in answer
        assert "Destinations" in answer
        draft.refresh_from_db()
        assert draft.current.explanation == ""

    def test_an_incomplete_draft_cannot_be_notified(self, consulted_officer):
        draft = self.begun(consulted_officer)
        assert not consulted_officer.web.get(page("preview", draft)).context["may_notify"]
        assert consulted_officer.web.post(page("preview", draft), {"confirm": "1"}).status_code == 422

    def test_the_preview_shows_what_others_will_see(self, consulted_officer):
        draft = a_draft(consulted_officer)
        preview = consulted_officer.web.get(page("preview", draft)).content.decode()
        assert SECRET not in preview
        assert "SE Inspectorate" in preview

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"decided_on": "2026-03-03"}, "future"),
            ({"decided_on": "0001-01-01"}, "1950"),
            ({"decided_on": "x"}, "valid date"),
            ({"items-0-code": "ML1", "items-0-quantity": "-1"}, "greater than zero"),
            ({"items-0-code": "ML1", "items-0-quantity": "many"}, "number"),
            ({"items-0-code": "ML1", "items-0-parameters": "40"}, "name: value"),
            ({"parties-0-role": "end_user", "parties-0-name": "x" * 10_000}, "500"),
            ({"parties-0-role": "end_user", "parties-0-name": "a\u202eb"}, "U+202E"),
            ({"parties-0-role": "friend", "parties-0-name": "A"}, "valid choice"),
            ({"destinations-0-code": "ZZ"}, "valid choice"),
            ({"points_2": "1)"}, "Letters only"),
            ({"act": "dismissal"}, "valid choice"),
            ({"marking": "SECRET"}, "valid choice"),
        ],
    )
    def test_bad_input_is_refused_beside_its_field_and_nothing_is_kept(self, consulted_officer, changes, words):
        draft = self.begun(consulted_officer)
        sent = form_of(consulted_officer.web.get(page("edit", draft))) | {"end_use": "Kept?"} | changes
        response = consulted_officer.web.post(page("edit", draft), sent)
        assert response.status_code == 422
        assert words in response.content.decode()
        draft.refresh_from_db()
        assert draft.current.end_use == ""

    def test_a_regime_of_others_is_refused(self, db):
        from tests.cast import person

        norway = person("NO", "officer")
        assert norway.web.post(page("new"), {"regime": "dual_use"}).status_code == 422

    def test_a_confirmation_sent_twice_counts_once(self, consulted_officer):
        draft = a_draft(consulted_officer)
        once = consulted_officer.web.get(page("preview", draft)).context["once"]
        first = consulted_officer.web.post(page("preview", draft), {"confirm": "1", "once": once})
        again = consulted_officer.web.post(page("preview", draft), {"confirm": "1", "once": once})
        assert first["Location"] == again["Location"]

    def test_a_draft_is_discarded(self, consulted_officer):
        draft = a_draft(consulted_officer)
        assert consulted_officer.web.get(page("discard", draft)).status_code == 200
        consulted_officer.web.post(page("discard", draft))
        draft.refresh_from_db()
        assert draft.status == "discarded"


class TestActs:
    @pytest.mark.parametrize(("name", "status"), [("revoke", "revoked"), ("withdraw", "withdrawn")])
    def test_an_end_goes_from_reason_to_preview_to_receipt(self, consulted_officer, name, status):
        denial = a_denial(consulted_officer)
        path = page(name, denial)
        assert consulted_officer.web.get(path).status_code == 200
        assert consulted_officer.web.post(path, {"reason": " "}).status_code == 422
        preview = consulted_officer.web.post(path, {"reason": "Circumstances changed."})
        assert "Circumstances changed." in preview.content.decode()
        denial.refresh_from_db()
        assert denial.status == "in_force"
        done = consulted_officer.web.post(path, {"reason": "Circumstances changed.", "confirm": "1"})
        assert done["Location"] == page("receipt", denial)
        assert consulted_officer.web.get(page("receipt", denial)).status_code == 200
        denial.refresh_from_db()
        assert denial.status == status
        assert consulted_officer.web.get(path)["Location"] == page("detail", denial)

    def test_a_review_is_recorded(self, consulted_officer):
        denial = a_denial(consulted_officer, "dual_use")
        path = page("renew", denial)
        assert consulted_officer.web.get(path).status_code == 200
        assert consulted_officer.web.post(path, {"reason": ""}).status_code == 200
        consulted_officer.web.post(path, {"reason": "", "confirm": "1"})
        denial.refresh_from_db()
        assert denial.current.review_number == 1

    def test_an_amendment_is_prepared_previewed_and_recorded(self, consulted_officer, stranger):
        denial = a_denial(consulted_officer)
        path = page("amend", denial)
        sent = form_of(consulted_officer.web.get(path)) | {"end_use": "Prison equipment", "step": "preview"}
        assert consulted_officer.web.post(path, sent)["Location"] == page("amend-preview", denial)
        assert "Prison equipment" not in stranger.web.get(page("detail", denial)).content.decode()
        preview = consulted_officer.web.get(page("amend-preview", denial))
        assert "<ins>Prison equipment</ins>" in preview.content.decode()
        done = consulted_officer.web.post(page("amend-preview", denial), {"reason": "Completed.", "confirm": "1"})
        assert done["Location"] == page("receipt", denial)
        seen = stranger.web.get(page("detail", denial)).content.decode()
        assert "<ins>Prison equipment</ins>" in seen
        assert "Completed." in seen
        assert SECRET not in seen


class TestImport:
    def upload(self, officer, content=None, name="nl.csv", **more):
        content = (DATA / "denied_arms_applications_2024.csv").read_bytes() if content is None else content
        return officer.web.post(page("import"), {"file": SimpleUploadedFile(name, content), **more})

    def test_from_the_file_to_the_receipt(self, consulted_officer):
        sent = self.upload(consulted_officer)
        assert sent.status_code == 302
        dry = consulted_officer.web.get(sent["Location"])
        assert (dry.context["job"].counts["new"], Denial.objects.count()) == (9, 0)
        assert "Israeli Prison Service" in dry.content.decode()
        done = consulted_officer.web.post(sent["Location"])
        assert consulted_officer.web.get(done["Location"]).context["count"] == 9
        again = consulted_officer.web.get(self.upload(consulted_officer)["Location"])
        assert "Nothing changes" in again.content.decode()

    def test_another_s_upload_is_not_there(self, consulted_officer, supervisor, stranger):
        sent = self.upload(consulted_officer)["Location"]
        assert supervisor.web.get(sent).status_code == 404
        assert stranger.web.get(sent).status_code == 404
        done = consulted_officer.web.post(sent)["Location"]
        assert stranger.web.get(done).status_code == 404

    def test_errors_are_listed_and_nothing_can_be_taken_in(self, consulted_officer):
        sent = self.upload(consulted_officer, b"date;destination;criteria\n2024-13-01;France;9\n")
        dry = consulted_officer.web.get(sent["Location"])
        (line,) = dry.context["page"]
        assert {(one["row"], one["column"], one["rule"]) for one in line.findings} == {
            (2, "date", "date_unreadable"),
            (2, "criteria", "criterion_unknown"),
        }
        assert consulted_officer.web.post(sent["Location"]).status_code == 422
        assert not Denial.objects.exists()

    @pytest.mark.parametrize("content", [b"hello", BytesIO().getvalue(), b"PK\x03\x04nothing", b"\xd0\xcf\x11\xe0"])
    def test_what_is_no_table_is_refused(self, consulted_officer, content):
        assert self.upload(consulted_officer, content).status_code == 422


class TestBrokenForms:
    """What no browser sends, but somebody will."""

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"items-TOTAL_FORMS": "x"},
            {"items-TOTAL_FORMS": "-1", "items-INITIAL_FORMS": "9"},
            {"destinations-TOTAL_FORMS": "1", "destinations-INITIAL_FORMS": "0", "destinations-0-code": ["IL", "FR"]},
            {"step": "nowhere", "grounds": "nonsense"},
        ],
    )
    @pytest.mark.parametrize("name", ["edit", "check"])
    def test_a_draft_survives_it(self, consulted_officer, name, sent):
        draft = a_draft(consulted_officer)
        assert consulted_officer.web.post(page(name, draft), sent).status_code in (204, 422)
        draft.refresh_from_db()
        assert draft.current.items.count() == 1

    def test_a_regime_not_known_begins_nothing(self, consulted_officer):
        for sent in ({}, {"regime": "fisheries"}, {"regime": ["arms", "x"]}):
            assert consulted_officer.web.post(page("new"), sent).status_code == 422
        assert not Denial.objects.exists()

    def test_an_amendment_that_changes_nothing_is_refused(self, consulted_officer):
        denial = a_denial(consulted_officer)
        assert consulted_officer.web.post(page("amend-preview", denial), {"confirm": "1"}).status_code == 422

    def test_an_upload_without_a_file_is_refused(self, consulted_officer):
        assert consulted_officer.web.post(page("import"), {"file": "text"}).status_code == 422
