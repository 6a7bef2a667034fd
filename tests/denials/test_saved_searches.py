"""Searches kept under a name: for oneself or the authority, told of once when they find something new."""

import pytest
from django.urls import reverse

from accounts.models import AuditRecord, Notice
from denials import actions, search, tasks
from denials.models import SavedSearch
from tests.factories import MARCH, a_denial

pytestmark = pytest.mark.django_db
REST = "/api/v1/saved-searches/"


@pytest.fixture(autouse=True)
def march(clock):
    clock.set(MARCH)


def page(name, saved=None):
    return reverse(f"denials:{name}", args=[saved.pk] if saved else [])


def kept(by, name="Arms", asked=None, **more):
    options = {"is_shared": False, "gives_notice": True} | more
    question = search.Asked.read(asked or {"regime": ["arms"]})
    return actions.save_search(name=name, asked=question, by=by.principal, now=MARCH, **options)


def told(authority):
    return Notice.objects.filter(kind="search.new_results", recipient=authority)


class TestKeeping:
    def test_from_the_list_to_the_saved_search_and_back(self, consulted_officer, stranger):
        a_denial(consulted_officer)
        saved_from = stranger.web.get(reverse("denials:list"), {"q": "troya"}).content.decode()
        assert f"{page('searches-new')}?q=troya" in saved_from
        done = stranger.web.post(f"{page('searches-new')}?q=troya", {"name": "Troya <b>", "gives_notice": "on"})
        assert done["Location"] == page("searches")
        saved = SavedSearch.objects.get()
        assert (saved.asked, saved.owner_id, saved.gives_notice) == ({"q": ["troya"]}, stranger.user.pk, True)
        assert AuditRecord.objects.filter(act="search.saved", subject_id=str(saved.pk)).exists()
        assert "Troya &lt;b&gt;" in stranger.web.get(page("searches")).content.decode()
        assert "Troya &lt;b&gt;" in stranger.web.get(reverse("denials:list"), {"q": "troya"}).content.decode()
        assert stranger.web.post(page("searches-open", saved))["Location"] == f"{reverse('denials:list')}?q=troya"
        assert stranger.web.post(page("searches-edit", saved), {"name": "Other"}).status_code == 302
        saved.refresh_from_db()
        assert (saved.name, saved.gives_notice) == ("Other", False)
        assert stranger.web.post(page("searches-edit", saved), {"remove": "1"}).status_code == 302
        assert not SavedSearch.objects.exists()

    def test_a_name_is_used_once_by_each(self, stranger, consulted_officer):
        kept(stranger)
        kept(consulted_officer)
        again = stranger.web.post(page("searches-new"), {"name": "Arms"})
        assert "has this name already" in again.content.decode()

    def test_one_s_own_are_one_s_own_and_shared_ones_the_authority_s(
        self, consulted_officer, supervisor, stranger, client_nl, client_se
    ):
        own, shared = kept(consulted_officer), kept(consulted_officer, "Shared", is_shared=True)
        seen = supervisor.web.get(page("searches")).content.decode()
        assert "Shared" in seen
        assert page("searches-open", own) not in seen
        assert supervisor.web.post(page("searches-open", shared)).status_code == 302
        assert supervisor.web.get(page("searches-edit", shared)).status_code == 404
        for one in (own, shared):
            assert stranger.web.post(page("searches-open", one)).status_code == 404
            assert stranger.web.get(page("searches-edit", one)).status_code == 404
            assert client_se.api.get(f"{REST}{one.pk}/").status_code == 404
        assert client_nl.api.get(f"{REST}{shared.pk}/").json()["found"] == 0
        assert client_nl.api.get(f"{REST}{own.pk}/").status_code == 404
        assert client_nl.api.post(f"{REST}{shared.pk}/remove/").status_code == 404

    def test_rest_keeps_changes_and_gives_up(self, client_nl):
        body = {"name": "Valves", "asked": {"q": ["valves"], "regime": ["dual_use"]}, "is_shared": True}
        made = client_nl.api.post(REST, body)
        assert made.status_code == 201
        address = made["Location"]
        assert client_nl.api.get(REST).json()["results"][0]["asked"] == {"q": ["valves"], "regime": ["dual_use"]}
        assert client_nl.api.post(f"{address}change/", body | {"name": "Pumps"}).json()["name"] == "Pumps"
        assert client_nl.api.post(f"{address}seen/").status_code == 200
        assert client_nl.api.post(f"{address}remove/").status_code == 204
        assert client_nl.api.get(address).status_code == 404

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"asked": {"colour": ["red"]}}, "asked"),
            ({"asked": {"status": ["gone"]}}, "asked"),
            ({"asked": {"decided_from": ["x"]}}, "asked"),
            ({"name": ""}, "name"),
            ({"name": "x" * 81}, "name"),
            ({"who": "me"}, "who"),
        ],
    )
    def test_rest_refuses_by_name(self, client_nl, change, field):
        answer = client_nl.api.post(REST, {"name": "N", "asked": {}} | change)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"].startswith(field)
        assert not SavedSearch.objects.exists()


class TestNews:
    def test_each_change_is_told_of_once_with_a_count_and_no_names(self, consulted_officer, stranger):
        saved = kept(stranger, "Secret name")
        tasks.sweep_searches()
        assert not told(stranger.authority).exists()
        a_denial(consulted_officer)
        a_denial(consulted_officer)
        a_denial(consulted_officer, "dual_use")
        for _ in range(3):
            tasks.sweep_searches()
        notice = told(stranger.authority).get()
        assert notice.reference == f"{actions.searches.mark_of(saved)} · 2"
        assert "Secret" not in notice.reference
        a_denial(consulted_officer)
        tasks.tell_of_search(search_id=str(saved.pk))
        tasks.tell_of_search(search_id=str(saved.pk))
        assert told(stranger.authority).count() == 2
        assert not told(consulted_officer.authority).exists()

    def test_nobody_is_told_of_what_they_may_not_see(self, consulted_officer, eeas, stranger):
        kept(eeas, asked={})
        gone = kept(stranger)
        stranger.user.is_active = False
        stranger.user.save()
        a_denial(consulted_officer, "dual_use")
        tasks.sweep_searches()
        assert not told(eeas.authority).exists()
        a_denial(consulted_officer)
        tasks.sweep_searches()
        assert told(eeas.authority).get().reference.endswith(" 1")
        assert not told(gone.authority).exists()

    def test_what_is_new_is_new_until_its_owner_looks(self, consulted_officer, stranger):
        saved = kept(stranger, gives_notice=False)
        a_denial(consulted_officer)
        assert stranger.web.get(page("searches")).context["own"][0].new == 1
        stranger.web.post(page("searches-open", saved))
        assert stranger.web.get(page("searches")).context["own"][0].new == 0
        tasks.sweep_searches()
        assert not told(stranger.authority).exists()
