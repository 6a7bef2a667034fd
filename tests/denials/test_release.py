"""Who reads what of a denial: by regime, by multilateral regime, by class of readers; the exporter by nobody else."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.law.errors import NotCompetent
from denials import actions, feed, history
from denials.api import answers
from denials.fields import class_of, content_released, content_shown
from denials.law.content import Citation, ContentRefused, StatedItem, StatedParty
from denials.law.recipients import Recipient, Section, article_obliging, entry
from denials.law.regimes import rules_for
from denials.models import Denial
from denials.models import content as rows
from tests.cast import person
from tests.factories import MARCH, a_content, a_denial, an_application

pytestmark = pytest.mark.django_db

EXPORTER = "Geheime Uitvoer"
SECRET_WORDS = "Zwaluwstaart"


@pytest.fixture
def norwegian(db):
    return person("NO", "officer")


def text(response):
    return response.content.decode()


class TestByRegime:
    @pytest.mark.parametrize(
        ("regime", "readers"),
        [
            ("arms", {"stranger", "norwegian", "eeas", "auditor"}),
            ("dual_use", {"stranger", "commission", "auditor"}),
            ("torture", {"stranger", "commission", "auditor"}),
            ("sanctions", {"stranger", "commission", "auditor"}),
        ],
    )
    def test_members_partner_and_one_secretariat(self, request, consulted_officer, regime, readers):
        """Norway: a full member for arms, of nothing else; EEAS arms; the Commission the others."""
        denial = a_denial(consulted_officer, regime)
        names = ("stranger", "norwegian", "eeas", "commission", "auditor")
        seeing = {
            name
            for name in names
            if Denial.objects.visible_to(request.getfixturevalue(name).principal).filter(pk=denial.pk).exists()
        }
        assert seeing == readers

    def test_norway_notifies_and_is_told_of_arms_only(self, norwegian, consulted_officer):
        from accounts.models import Notice

        told = a_denial(consulted_officer)
        a_denial(norwegian)
        with pytest.raises(NotCompetent):
            a_denial(norwegian, "dual_use")
        assert Notice.objects.filter(subject_id=told.pk, recipient__code="NO").exists()


class TestMultilateral:
    WASSENAAR = {"origin": "wassenaar", "origin_state": "US", "origin_reference": "WA/2025/7", "list_tier": "sensitive"}

    def test_its_members_see_it_and_nobody_else(self, consulted_officer, commission, auditor, client_nl):
        denial = a_denial(consulted_officer, "dual_use", **self.WASSENAAR)
        seeing = {
            code: Denial.objects.visible_to(person(code, "officer", f"{code}.x").principal)
            .filter(pk=denial.pk)
            .exists()
            for code in ("SE", "DE", "CY", "MT")
        }
        assert seeing == {"SE": True, "DE": True, "CY": False, "MT": True}  # Cyprus takes no part in Wassenaar
        for other in (commission, auditor):
            assert other.web.get(f"/denials/{denial.pk}/").status_code == 404
        page = text(consulted_officer.web.get(f"/denials/{denial.pk}/"))
        assert "Wassenaar Arrangement" in page
        assert "WA/2025/7" in page

    def test_its_members_alone_are_told(self, consulted_officer):
        from accounts.models import Notice

        denial = a_denial(consulted_officer, "dual_use", origin="mtcr", origin_state="US")
        told = set(Notice.objects.filter(subject_id=denial.pk).values_list("recipient__code", flat=True))
        assert {"SE", "DE"} <= told
        assert not {"COM", "EEAS", "CY", "EE", "RO", "NO"} & told

    def test_who_takes_no_part_brings_in_none(self, db):
        with pytest.raises(NotCompetent):
            a_denial(person("CY", "officer"), "dual_use", **self.WASSENAAR)

    def test_it_is_not_counted_as_a_denial_of_the_state_that_passed_it_on(self, consulted_officer):
        a_denial(consulted_officer, "dual_use", **self.WASSENAAR)
        notice = a_denial(
            consulted_officer,
            "dual_use",
            act="requirement_imposed",
            legal_basis="catch_all",
            items=(StatedItem.stated("End Use", description="pumps"),),
            grounds=("4_1_a",),
        )
        own = a_denial(consulted_officer, "dual_use")
        assert list(Denial.objects.counted()) == [own]
        assert notice.reference

    AGGREGATE = {
        "origin": "wassenaar",
        "origin_state": "US",
        "granularity": "aggregate",
        "list_tier": "basic",
        "period_since": date(2025, 1, 1),
        "period_until": date(2025, 6, 30),
        "licences_denied": 7,
        "decided_on": None,
        "parties": (),
        "grounds": (),
    }

    def test_an_aggregate_is_an_alert_and_never_a_duty(self, consulted_officer, stranger):
        aggregate = a_denial(consulted_officer, "dual_use", **self.AGGREGATE)
        application = an_application(stranger, "dual_use")
        hits = {hit.denial_id: hit.level for hit in application.screenings.latest("screened_at").hits.all()}
        assert hits == {aggregate.pk: "information"}

    def test_whoever_takes_no_part_is_not_even_alerted(self, consulted_officer, db):
        a_denial(consulted_officer, "dual_use", **self.AGGREGATE)
        a_denial(consulted_officer, "dual_use", **self.WASSENAAR)
        application = an_application(person("CY", "officer"), "dual_use")
        assert not application.screenings.latest("screened_at").hits.exists()


class TestSections:
    WHOLE = {
        "explanation": f"{SECRET_WORDS} reasons",
        "remarks": f"{SECRET_WORDS} remarks",
        "end_use": f"{SECRET_WORDS} use",
        "authorisation_reference": f"{SECRET_WORDS} 17",
        "source_reference": f"{SECRET_WORDS} 18",
        "parties": (
            StatedParty.stated(
                "end_user", "Israeli Prison Service", address=f"{SECRET_WORDS} 1", identifiers=(("lei", SECRET_WORDS),)
            ),
        ),
        "items": (StatedItem.stated("ML15.c", description="Beeldversterkers", model=SECRET_WORDS, value=Decimal(7)),),
    }

    @pytest.mark.parametrize("regime", ["arms", "dual_use", "torture", "sanctions"])
    def test_what_the_law_obliges_to_share_may_not_be_withheld(self, consulted_officer, regime):
        shared = rules_for(regime, MARCH.date()).shared
        pairs = [(section, recipient) for section in Section for recipient in Recipient]
        free = {entry(*pair) for pair in pairs if not article_obliging(shared, *pair)}
        for section in Section:
            for recipient in Recipient:
                stated = a_content(regime, withheld=(entry(section, recipient),))
                arguments = {"content": stated, "authority": consulted_officer.authority, "now": MARCH}
                if entry(section, recipient) in free:
                    continue
                with pytest.raises(ContentRefused) as refused:
                    actions.save_draft(by=consulted_officer.principal, **arguments)
                (problem,) = refused.value.problems
                assert problem.rule == "must_be_shared"
                assert problem.params["article"]
        assert not [one for one in free if one.split(":") in (["explanation", "member"], ["party_details", "member"])]

    @pytest.mark.parametrize("section", list(Section))
    def test_a_section_withheld_is_blank_for_that_class_and_no_other(self, section):
        whole = a_content(**self.WHOLE, withheld=(entry(section, "secretariat"),))
        member, secretariat = (content_released(whole, one) for one in (Recipient.MEMBER, Recipient.SECRETARIAT))
        assert member != secretariat
        assert str(member.as_data()).count(SECRET_WORDS) + (section is Section.VALUES) > str(
            secretariat.as_data()
        ).count(SECRET_WORDS)
        assert (member.withheld, secretariat.withheld) == ((), whole.withheld)
        assert content_released(whole, Recipient.PARTNER) == member

    def test_whole_denials_stay_as_they_are(self):
        whole = a_content(**self.WHOLE)
        assert content_released(whole, Recipient.PARTNER) == content_released(whole, Recipient.MEMBER)

    def test_who_belongs_to_which_class(self):
        assert class_of("authority", "NO", "arms") is Recipient.PARTNER
        assert class_of("authority", "NL", "arms") is Recipient.MEMBER
        assert class_of("eeas", "", "arms") is Recipient.SECRETARIAT
        assert class_of("audit", "", "arms") is Recipient.SECRETARIAT

    def test_every_way_out_withholds_alike(self, consulted_officer, stranger, norwegian, eeas, client_nl):
        withheld = ("explanation:partner", "remarks:partner", "remarks:secretariat")
        denial = a_denial(consulted_officer, explanation="Alphareasons", remarks="Bravoremarks", withheld=withheld)
        for reader, told, kept in (
            (consulted_officer, {"Alphareasons", "Bravoremarks"}, set()),
            (stranger, {"Alphareasons", "Bravoremarks"}, set()),
            (norwegian, set(), {"Alphareasons", "Bravoremarks"}),
            (eeas, {"Alphareasons"}, {"Bravoremarks"}),
        ):
            doors = [f"/denials/{denial.pk}/", f"/api/v1/denials/{denial.pk}/", f"/api/v1/denials/{denial.pk}/history/"]
            doors += ["/api/v1/denials/", "/api/v1/denials/changes/"]
            for door in doors:
                page = text(reader.web.get(door))
                assert not [word for word in kept if word in page], (reader.authority.code, door)
                if door.startswith(f"/denials/{denial.pk}/"):
                    assert all(word in page for word in told), (reader.authority.code, door)

    def test_withheld_words_are_not_found_by_anybody(self, consulted_officer, eeas, stranger):
        a_denial(consulted_officer, end_use="Quebecuse", withheld=("end_use:secretariat",))
        a_denial(consulted_officer, end_use="Romeouse")
        for reader in (consulted_officer, eeas, stranger):
            found = {word: text(reader.web.get("/api/v1/denials/", {"q": word})) for word in ("Quebecuse", "Romeouse")}
            assert '"count":0' in found["Quebecuse"].replace(" ", "")
            assert '"count":1' in found["Romeouse"].replace(" ", "")

    def test_the_preview_shows_what_each_class_will_see(self, consulted_officer):
        draft = actions.save_draft(
            content=a_content(remarks="Bravoremarks", withheld=("remarks:partner",)),
            authority=consulted_officer.authority,
            by=consulted_officer.principal,
            now=MARCH,
        )
        page = text(consulted_officer.web.get(f"/denials/{draft.pk}/preview/"))
        assert "Partner states outside the Union (NO): without: Remarks" in page
        assert "Secretariat (EEAS): the same" in page


class TestExporter:
    """The exporter's name never leaves the issuing authority, by any door."""

    @pytest.mark.parametrize("reader", ["stranger", "neighbour", "norwegian", "eeas", "auditor"])
    def test_nobody_else_reads_or_finds_it(self, request, consulted_officer, reader):
        other = request.getfixturevalue(reader)
        denial = a_denial(consulted_officer)
        changed = a_content(remarks="amended", criteria=(Citation("7"),))
        actions.amend_denial(denial_id=denial.pk, content=changed, by=consulted_officer.principal, now=MARCH)
        doors = [
            f"/denials/{denial.pk}/",
            f"/denials/{denial.pk}/peek/",
            "/denials/",
            f"/denials/?q={EXPORTER.split()[0]}",
            f"/api/v1/denials/{denial.pk}/",
            f"/api/v1/denials/{denial.pk}/history/",
            f"/api/v1/denials/?q={EXPORTER.split()[0]}",
            "/api/v1/denials/",
            "/api/v1/denials/changes/",
        ]
        for door in doors:
            response = other.web.get(door)
            assert response.status_code == 200, door
            assert "Uitvoer" not in text(response), door
        assert "Uitvoer" in text(consulted_officer.web.get(f"/denials/{denial.pk}/"))

    def test_no_fact_for_screening_holds_it(self, consulted_officer):
        from screening.models import DenialIndex
        from screening.search import bring_up_to_date

        denial = a_denial(consulted_officer)
        bring_up_to_date()
        assert "Uitvoer" not in str(denial.facts())
        assert "Uitvoer" not in str(DenialIndex.objects.values_list("facts", "names").get(denial=denial))

    def test_the_content_of_the_issuer_is_whole(self, consulted_officer, stranger):
        denial = a_denial(consulted_officer)
        whole = rows.read(denial.current)
        assert content_shown(whole, consulted_officer.principal, denial.authority_id) == whole
        assert len(content_shown(whole, stranger.principal, denial.authority_id).parties) == len(whole.parties) - 1


class TestMarking:
    def test_content_above_the_ceiling_is_refused_by_page_rest_and_draft(self, client_nl, consulted_officer, settings):
        body = {
            "regime": "arms", "act": "refusal", "decided_on": "2024-10-09", "destinations": ["IL"],
            "items": [{"code": "ML15.c"}], "criteria": ["2"], "explanation": "Risk.", "marking": "SENSITIVE",
        }  # fmt: skip
        settings.EXCHANGE_MARKING_CEILING = "LIMITE"
        refused = client_nl.api.post("/api/v1/denials/", body)
        assert refused.status_code == 422
        assert {(one["field"], one["rule"]) for one in refused.json()["errors"]} == {("marking", "above_ceiling")}
        with pytest.raises(ContentRefused):
            a_denial(consulted_officer, marking="SENSITIVE")
        settings.EXCHANGE_MARKING_CEILING = "UNMARKED"
        accepted = client_nl.api.post("/api/v1/denials/", {**body, "marking": "UNMARKED"})
        assert accepted.status_code == 201
        del body["marking"]
        assert client_nl.api.post("/api/v1/denials/", body).json()["marking"] == "UNMARKED"

    def test_the_form_offers_none_above_it(self, consulted_officer, settings):
        from tests.factories import a_draft

        draft = a_draft(consulted_officer)
        assert "R-UE/EU-R" not in text(consulted_officer.web.get(f"/denials/{draft.pk}/edit/"))
        settings.EXCHANGE_MARKING_CEILING = "R-UE/EU-R"
        assert "R-UE/EU-R" in text(consulted_officer.web.get(f"/denials/{draft.pk}/edit/"))


class TestWithheldLater:
    """What an amendment withholds is withheld from the earlier versions too (docs/adr/0064)."""

    @pytest.fixture
    def denial(self, consulted_officer):
        denial = a_denial(consulted_officer, remarks="Bravoremarks")
        amended = a_content(remarks="Bravoremarks, more", withheld=("remarks:secretariat",))
        actions.amend_denial(
            denial_id=denial.pk, content=amended, by=consulted_officer.principal, now=MARCH, reason="Said too much."
        )
        return Denial.objects.get(pk=denial.pk)

    def test_others_read_it_in_no_version_and_the_issuer_in_all(self, denial, eeas, stranger, consulted_officer):
        for path in (f"/denials/{denial.pk}/", f"/denials/{denial.pk}/compare/"):
            assert "Bravoremarks" not in text(eeas.web.get(path, follow=True))
        for reader in (stranger, consulted_officer):
            assert "Bravoremarks" in text(reader.web.get(f"/denials/{denial.pk}/"))
        versions = history.recorded(denial)
        assert [history.shown(one, eeas.principal).remarks for one in versions] == ["", ""]
        assert history.shown(versions[0], stranger.principal).remarks == "Bravoremarks"
        assert not [one for one in history.between(*versions, eeas.principal) if one.field.startswith("remarks")]
        stood = history.as_it_stood(eeas.principal, on=MARCH.date(), known=MARCH.date())
        assert [history.shown(one, eeas.principal).remarks for one in history.with_parts(stood)] == [""]
        told = answers.history(denial, versions, eeas.principal)
        assert "Bravoremarks" not in str(told)
        assert "Bravoremarks" in str(answers.history(denial, versions, stranger.principal))

    def test_what_the_feed_sent_before_is_sent_the_same(self, consulted_officer, eeas):
        denial = a_denial(consulted_officer, remarks="Bravoremarks")
        (before,) = (feed.sent(one, eeas.principal) for one in feed.changes_for(eeas.principal))
        amended = a_content(remarks="Bravoremarks", withheld=("remarks:secretariat",))
        given = {"by": consulted_officer.principal, "now": MARCH, "reason": "Said too much."}
        actions.amend_denial(denial_id=denial.pk, content=amended, **given)
        first, second = (feed.sent(one, eeas.principal) for one in feed.changes_for(eeas.principal))
        assert first == before
        assert "Bravoremarks" not in str(second)
