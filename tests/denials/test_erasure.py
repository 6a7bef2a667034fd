"""A person is erased from a denial: gone from every version, provable by digest, told to everybody who has a copy."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from accounts import audit
from accounts.law.errors import NotCompetent, ReasonMissing, TransitionRefused
from accounts.models import AuditRecord, Notice
from denials import actions, feed
from denials.law import erasure
from denials.law.content import StatedParty
from denials.law.erasure import ERASED, PersonNotFound
from denials.models import Denial, DenialVersion, Erasure
from denials.models import content as rows
from tests.factories import MARCH, a_content, a_denial, a_draft, an_application

pytestmark = pytest.mark.django_db
PERSON = StatedParty.stated(
    "intermediary",
    "Ivan Petrov",
    country="RS",
    address="1 Main Street",
    aliases=("I. Petrov",),
    identifiers=(("passport", "0012345"),),
)
TRACES = ("Petrov", "Main Street", "0012345", "petrov", "main street")


def named(**changes):
    parties = (*a_content().parties, PERSON)
    return a_content(parties=parties, explanation="Ivan Petrov has diverted before.", **changes)


@pytest.fixture
def denial(clock, supervisor):
    """Notified with the person's name, amended twice: renamed, then left out."""
    clock.set(MARCH)
    by = supervisor.principal
    denial = actions.notify_content(content=named(), authority=supervisor.authority, by=by, now=MARCH)
    renamed = (*a_content().parties, replace(PERSON, name="Petrov, I.", aliases=("Ivan Petrov",)))
    for content in (a_content(parties=renamed, end_use="For I. Petrov."), a_content(end_use="Prisons")):
        actions.amend_denial(denial_id=denial.pk, content=content, by=by, now=MARCH, reason="Petrov, I. wrote.")
    return denial


def erase(member, denial, **changes):
    given = {"names": ["Ivan Petrov"], "basis": "Court of Rotterdam, 12/2026", "by": member.principal, "now": MARCH}
    return actions.erase_person(**given | {"denial_id": denial.pk} | changes)


def traces(denial):
    """Whatever of the person any version still holds, columns for finding included."""
    found = []
    for version in DenialVersion.objects.filter(denial=denial):
        version.denial = denial
        text = f"{rows.read(version)} {version.change_reason}"
        found += [one for one in TRACES if one in text]
    return found


def test_every_version_is_blanked_and_the_history_stays_as_long_as_it_was(supervisor, denial):
    erase(supervisor, denial)
    assert traces(denial) == []
    kinds = denial.versions.order_by("number").values_list("kind", "status")
    assert list(kinds) == [("notify", "in_force"), ("amend", "in_force"), ("amend", "in_force"), ("erase", "in_force")]
    first, second, third, last = denial.versions.order_by("number")
    names = [party.name for party in first.parties.order_by("position")]
    assert names[3] == ERASED
    assert first.explanation == f"{ERASED} has diverted before."
    assert (second.end_use, third.end_use, last.end_use) == (f"For {ERASED}.", "Prisons", "Prisons")
    assert second.change_reason == f"{ERASED} wrote."
    assert last.change_reason == "Court of Rotterdam, 12/2026"


def test_what_stood_there_can_be_proven_by_whoever_holds_an_extract(supervisor, denial, capsys):
    erase(supervisor, denial)
    kept = Erasure.objects.get(version__number=1, version__denial=denial, path="parties[3].name")
    assert erasure.proves(kept.digest, kept.salt.value, "Ivan Petrov")
    assert not erasure.proves(kept.digest, kept.salt.value, "Another")
    assert (kept.basis, kept.by, kept.at) == ("Court of Rotterdam, 12/2026", supervisor.user, MARCH)
    given = [Denial.objects.get(pk=denial.pk).reference, "--at-version", "1", "--path"]
    call_command("prove_erased", *given, "parties[3].name", "--value", "Ivan Petrov")
    assert "the same" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("prove_erased", *given, "parties[3].name", "--value", "Ivan Petrow")
    call_command("prove_erased", *given, "parties[3].aliases", "--value", '["I. Petrov"]', "--json")


def test_everybody_told_of_it_is_told_and_the_chain_holds(supervisor, denial, stranger):
    erase(supervisor, denial)
    assert Notice.objects.filter(kind="denial.person_erased", recipient=stranger.authority).count() == 1
    record = AuditRecord.objects.get(act="denial.person_erased")
    assert (record.subject_id, record.actor_id) == (str(denial.pk), str(supervisor.user.pk))
    assert audit.first_broken() is None


def test_the_feed_tells_mirrors_to_blank_too(supervisor, denial, client_be):
    before = feed.head_for(client_be.principal)
    erase(supervisor, denial)
    later = feed.changes_for(client_be.principal).filter(sequence__gt=before)
    (change,) = (feed.sent(one, client_be.principal) for one in later)
    assert (change["kind"], change["version"]) == ("erase", 4)
    assert [one["version"] for one in change["rewritten"]] == [1, 2, 3]
    assert not any(trace in str(change) for trace in TRACES)


def test_screening_reads_what_is_left(supervisor, denial):
    from screening.models import DenialIndex
    from screening.search import bring_up_to_date

    bring_up_to_date()
    erase(supervisor, denial)
    bring_up_to_date()
    row = DenialIndex.objects.get(denial=denial)
    assert not any(trace in f"{row.facts} {row.names} {row.keys}".lower() for trace in ("petrov", "main street"))


def test_what_other_rooms_cite_is_listed_by_id(supervisor, denial, consulting_officer, capsys):
    application = an_application(consulting_officer)
    erase(supervisor, denial)
    call_command("erasure_leftovers", Denial.objects.get(pk=denial.pk).reference)
    said = capsys.readouterr().out
    hits = [str(one.hit.pk) for one in application.standing_hits() if one.hit.denial_id == denial.pk]
    assert hits
    assert all(hit in said for hit in hits)
    assert "Petrov" not in said


def test_a_withdrawn_or_revoked_denial_is_blanked_too(supervisor, denial):
    actions.revoke_denial(denial_id=denial.pk, reason="Done.", by=supervisor.principal, now=MARCH)
    erase(supervisor, denial)
    assert traces(denial) == []
    assert Denial.objects.get(pk=denial.pk).status == "revoked"


def test_chosen_fields_alone(supervisor, denial):
    erase(supervisor, denial, chosen=["address"])
    first = denial.versions.get(number=1).parties.get(position=3)
    assert (first.name, first.address) == ("Ivan Petrov", "")


@pytest.mark.parametrize(
    ("changes", "error"),
    [({"names": ["Nobody"]}, PersonNotFound), ({"names": []}, PersonNotFound), ({"basis": " "}, ReasonMissing)],
)
def test_it_needs_a_person_and_a_basis(supervisor, denial, changes, error):
    with pytest.raises(error):
        erase(supervisor, denial, **changes)
    assert not Erasure.objects.exists()


def test_only_the_issuer_erases_and_a_draft_is_simply_edited(supervisor, stranger, denial, consulted_officer):
    with pytest.raises(NotCompetent):
        erase(stranger, denial)
    with pytest.raises(TransitionRefused):
        erase(supervisor, a_draft(consulted_officer))


def test_the_second_time_nothing_is_left_to_erase(supervisor, denial):
    erase(supervisor, denial)
    with pytest.raises(PersonNotFound):
        erase(supervisor, denial)


class TestPage:
    def test_a_supervisor_chooses_previews_and_confirms(self, supervisor, denial):
        path = f"/denials/{denial.pk}/erase/"
        page = supervisor.web.get(path).content.decode()
        assert "Ivan Petrov" in page
        given = {"names": ["Ivan Petrov"], "chosen": ["name", "address"], "basis": "Art. 17"}
        previewed = supervisor.web.post(path, given)
        assert previewed.status_code == 200
        assert "Version 1" in previewed.content.decode()
        assert not Erasure.objects.exists()
        done = supervisor.web.post(path, {**given, "confirm": "1"})
        assert done.status_code == 302
        assert ERASED in supervisor.web.get(f"/denials/{denial.pk}/").content.decode()

    def test_it_is_the_supervisors_of_the_issuer_alone(
        self, denial, consulted_officer, stranger, consulting_supervisor
    ):
        path = f"/denials/{denial.pk}/erase/"
        assert consulted_officer.web.get(path).status_code == 403
        assert stranger.web.get(path).status_code == 403
        assert consulting_supervisor.web.get(path).status_code == 404

    def test_without_a_basis_or_a_name_nothing_is_done(self, supervisor, denial):
        path = f"/denials/{denial.pk}/erase/"
        named = {"names": ["Ivan Petrov"], "chosen": ["name"]}
        for given in ({}, named, {**named, "basis": "x", "names": ["Else"]}, {**named, "basis": "x", "chosen": ["a"]}):
            assert supervisor.web.post(path, {**given, "confirm": "1"}).status_code == 422
        assert not Erasure.objects.exists()


def test_denials_of_others_keep_their_own_copy(supervisor, denial, stranger):
    other = a_denial(stranger, parties=(*a_content().parties, PERSON))
    erase(supervisor, denial)
    assert traces(other)
