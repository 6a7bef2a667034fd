"""Who and what there is in the world of these tests: Flanders asks, the Netherlands denied, Sweden is the stranger."""

import json
from typing import Any
from uuid import UUID

from accounts.models import User
from tests import factories
from tests.cast import Browser, Member, System, TokenBrowser, browser_of, person, system
from tests.factories import MARCH, StatedParty

ABSENT = UUID("00000000-0000-4000-8000-000000000000")

#: Column of the tables to authority and role.
PEOPLE = {
    "asker": ("BE-VLG", "officer"),
    "denier": ("NL", "officer"),
    "stranger": ("SE", "officer"),
    "neighbour": ("BE-WAL", "officer"),
    "norway": ("NO", "officer"),
    "observer": ("NL", "read_only"),
    "supervisor": ("NL", "supervisor"),
    "administrator": ("NL", "administrator"),
    "foreign_admin": ("SE", "administrator"),
    "guest": ("FI-PLM", "officer"),
    "auditor": ("AUDIT", "auditor"),
    "eeas": ("EEAS", "secretariat"),
    "commission": ("COM", "secretariat"),
    "eeas_admin": ("EEAS", "administrator"),
    "operator": ("COM", "operator"),
}
SYSTEMS = {"system": "BE-VLG", "strange_system": "SE"}

#: Written into what only one side may read; a test looks for them in everybody else's pages.
SECRETS = {
    "exporter": "Zeegeheim Uitvoer BV",
    "draft": "Klad Ontvanger FZE",
    "amendment": "Gewijzigde Ontvanger FZE",
    "applicant_party": "Kwestor Vragen Ltd",
    "own_reference": "VLG-GEHEIM-17",
    "note": "interne gedachte van Vlaanderen",
    "question": "vraag van Vlaanderen aan Den Haag",
    "answer": "antwoord van Den Haag",
    "dismissal": "afgedaan om een eigen reden",
    "decision": "besloten om een eigen reden",
    "import": "Bestand Begunstigde LLC",
    "licence": "VERGUNNING-GEHEIM-9",
    "document": "nog niet verzonden.txt",
    "prepared": "voorbereid voor een tweede paar ogen",
    "rules": "strenger om een eigen reden",
    "bulk": "veel-in-een-keer.jsonl",
    "kept": "Afgeschermde Partij Ltd",
    "restriction": "alleen voor wie genoemd is",
    "withheld": "opmerking die niemand anders leest",
    "end_use": "bestemd voor een geheim gebruik",
    "document_text": "wat in het stuk staat",
    "invited_why": "waarom een derde meeleest",
    "search": "Onze stille vraag",
    "asked_why": "een klacht die niemand kent",
    "hook": "https://hooks.geheim.example/in",
    "asker_name": "Sietske Geheimenaar",
    "denier_name": "Wubbo Naamloos",
}

#: The people of the consulted authority, whose denials, drafts and returns these are; and both sides of a thread.
OF_NL = {"denier", "observer", "supervisor"}
OF_FLANDERS = {"asker", "system"}
SIDES = OF_NL | OF_FLANDERS
#: Who may find which secret on a page or in an answer: of the columns of the matrix these and no others.
READERS: dict[str, set[str]] = {
    **dict.fromkeys(("exporter", "draft", "amendment", "licence", "withheld", "search"), OF_NL),
    **dict.fromkeys(("own_reference", "note", "dismissal", "decision", "document", "prepared"), OF_FLANDERS),
    **dict.fromkeys(("rules", "bulk", "end_use", "document_text"), OF_FLANDERS),
    **dict.fromkeys(("question", "answer", "invited_why"), SIDES),
    "kept": {"asker"},
    "restriction": {"asker"},
    "applicant_party": SIDES | {"guest"},
    # taken in from a file of the past: told to everybody who sees the regime's denials
    "import": SIDES | {"stranger", "strange_system", "guest", "auditor", "eeas"},
    "hook": OF_NL | {"administrator", "eeas", "commission"},
    "asked_why": {"auditor"},
    # the other side sees the authority, never who of it reads or writes; the auditors ask for it with a reason
    "asker_name": OF_FLANDERS | {"auditor"},
    "denier_name": OF_NL | {"administrator", "auditor"},
}


class World:
    """Everything is made through the verbs of the product."""

    def __init__(self) -> None:
        self.people: dict[str, Member] = {name: person(*who, username=f"wall.{name}") for name, who in PEOPLE.items()}
        self.systems: dict[str, System] = {name: system(code) for name, code in SYSTEMS.items()}
        self._names()
        self.ids: dict[str, Any] = {"absent": ABSENT}
        self._register()
        self._applications()
        self._threads()
        self._decisions()
        self._files()
        self._exceptions()
        self._searches()
        self._returns()
        self._house()

    def _names(self) -> None:
        for who in ("asker", "denier"):
            user = self.people[who].user
            user.first_name, user.last_name = SECRETS[f"{who}_name"].split()
            user.save()
        root = User(username="wall.root", is_superuser=True, is_staff=True)
        root.set_unusable_password()
        root.save()
        self.root = root

    def browser(self, who: str) -> Any:
        """Return a fresh browser of one of the columns."""
        if who == "visitor":
            return Browser()
        if who == "superuser":
            return browser_of(self.root)
        if who in self.systems:
            return TokenBrowser(self.systems[who].token)
        return browser_of(self.people[who].user)

    def _register(self) -> None:
        denier = self.people["denier"]
        whole = factories.a_content("arms")
        parties = tuple(
            StatedParty.stated("exporter", SECRETS["exporter"], country="NL") if one.role == "exporter" else one
            for one in whole.parties
        )
        classes = ("member", "partner", "secretariat")
        withheld = {"remarks": SECRETS["withheld"], "withheld": tuple(f"remarks:{one}" for one in classes)}
        self.ids["arms"] = factories.a_denial(denier, parties=parties, **withheld).pk
        self.ids["dual_use"] = factories.a_denial(denier, "dual_use").pk
        draft = (StatedParty.stated("end_user", SECRETS["draft"], country="IL"),)
        self.ids["draft"] = factories.a_draft(denier, parties=draft).pk
        self._prepare_amendment(denier)

    def _prepare_amendment(self, denier: Member) -> None:
        from denials import actions

        parties = (StatedParty.stated("end_user", SECRETS["amendment"], country="SY"),)
        content = factories.a_content("dual_use", parties=parties)
        actions.draft_amendment(
            denial_id=self.ids["dual_use"], content=content, reason="", by=denier.principal, now=MARCH
        )

    def _applications(self) -> None:
        from screening import actions

        asker = self.people["asker"]
        named = (StatedParty.stated("intermediary", SECRETS["applicant_party"], country="IL"),)
        asked = factories.asked("arms")
        self.filed = factories.an_application(
            asker, parties=(*asked.parties, *named), own_reference=SECRETS["own_reference"]
        )
        self.ids["application"] = self.filed.pk
        self.other = factories.an_application(asker, end_use=SECRETS["end_use"])
        hit = self.other.open_hits()[0].hit
        actions.dismiss_hit(
            application=self.other,
            hit=hit,
            reason_code="other",
            reason=SECRETS["dismissal"],
            by=asker.principal,
            now=MARCH,
        )
        self.ids["dismissed"], self.ids["hit"] = self.other.pk, hit.pk
        screening, _result = actions.screen_without_filing(content=asked, by=asker.principal, now=MARCH)
        overseer = person("BE-VLG", "supervisor", username="wall.overseer").principal
        given = {"regime": "arms", "levels": {"same_party_other_goods": "possible"}, "reason": SECRETS["rules"]}
        self.ids["change"] = actions.propose_rules(**given, by=overseer, now=MARCH).pk
        rows = [json.dumps({"regime": "arms", "own_reference": SECRETS["own_reference"]})]
        sent = actions.begin_bulk(rows=rows, mode="screen", name=SECRETS["bulk"], by=asker.principal, now=MARCH)
        self.ids["bulk"] = sent.pk
        self.ids["unfiled"], self.ids["filed"] = screening.pk, self.filed.latest_screening().pk

    def _threads(self) -> None:
        from consultations import actions

        asker, denier = self.people["asker"], self.people["denier"]
        (thread,) = factories.consultations(asker, self.filed, question=SECRETS["question"])
        actions.add_note(consultation_id=thread.pk, text=SECRETS["note"], by=asker.principal, now=MARCH)
        self.ids["thread"] = thread.pk
        self.ids["event"] = thread.events.get(kind="opened").pk
        self.ids["nothing"] = 987_654_321  # an id that nothing has
        document = actions.attach_document(
            consultation_id=thread.pk,
            name=SECRETS["document"],
            content=SECRETS["document_text"].encode(),
            marking="limite",
            by=asker.principal,
            now=MARCH,
        )
        self.ids["document"] = document.pk
        given = {"text": SECRETS["prepared"]}
        prepared = actions.prepare_act(
            consultation_id=thread.pk, act="information_requested", given=given, by=asker.principal, now=MARCH
        )
        self.ids["prepared"] = prepared.pk
        self.decided = factories.an_application(asker)
        (answered,) = factories.consultations(asker, self.decided)
        actions.answer_consultation(
            consultation_id=answered.pk,
            outcome="views",
            reasoning=SECRETS["answer"],
            by=denier.principal,
            now=MARCH,
        )
        self.ids["answered"] = answered.pk

    def _decisions(self) -> None:
        from consultations import actions

        decision = actions.record_decision(
            application_id=self.decided.pk,
            outcome="granted",
            reasons=SECRETS["decision"],
            explanation="The end use was verified on site.",
            by=self.people["asker"].principal,
            now=MARCH,
        )
        self.ids["decision"], self.ids["notice"] = decision.pk, decision.grant_notice.pk

    def _house(self) -> None:
        from datetime import timedelta

        from accounts import actions as house
        from accounts import clock
        from accounts.models import Receipt
        from consultations import actions

        now, eeas = clock.now(), self.people["eeas"]
        window = actions.record_unavailability(
            began_at=now - timedelta(hours=2), ended_at=now - timedelta(hours=1), reason="x", by=eeas.principal, now=now
        )
        self.ids["window"] = window.pk
        asked = {"kind": "readers", "terms": {"denial": str(self.ids["arms"])}, "reason": SECRETS["asked_why"]}
        self.ids["question"] = house.ask_record(**asked, by=self.people["auditor"].principal, now=now).pk
        self.ids["receipt"] = Receipt.objects.get(act="consultation.opened", subject_id=str(self.ids["thread"])).pk
        given = {"scopes": ["denial.read"], "by": self.people["administrator"].principal, "now": now}
        dutch = self.people["administrator"].authority
        self.ids["client"] = house.connect_client(authority=dutch, name="Vergunningen", **given).pk
        self.ids["person"] = self.people["denier"].user.pk
        url = SECRETS["hook"]
        self.ids["webhook"] = house.register_webhook(url=url, by=self.people["administrator"].principal, now=now).pk

    def _exceptions(self) -> None:
        """A case kept to one officer, and a guest in a thread who is none of the columns."""
        from datetime import timedelta

        from accounts import clock
        from consultations import actions

        asker, now = self.people["asker"], clock.now()
        named = (StatedParty.stated("end_user", SECRETS["kept"], country="IL"),)
        kept = factories.an_application(asker, parties=named)
        given = {"people": [asker.user.pk], "reason": SECRETS["restriction"]}
        self.ids["restriction"] = actions.restrict_case(case=kept, **given, by=asker.principal, now=now).pk
        self.ids["kept"] = kept.pk
        guest = {
            "authority": "FI-PLM",
            "sections": ["facts", "course"],
            "until": now + timedelta(days=30),
            "reason": SECRETS["invited_why"],
        }
        thread = self.ids["thread"]
        invitation = actions.invite_reader(consultation_id=thread, **guest, by=asker.principal, now=now)
        self.ids["invitation"] = invitation.pk

    def _files(self) -> None:
        from accounts.models import Authority
        from denials import imports
        from denials.imports import jobs

        denier = self.people["denier"]
        raw = f"regime,decided on,destination,end user,item,criteria\narms,2019-05-02,IL,{SECRETS['import']},ML1.a,2\n"
        authority = Authority.objects.get(code="NL")
        given = {"name": "old.csv", "regime": "arms", "authority": authority, "now": MARCH}
        self.ids["job"] = jobs.start(content=raw.encode(), by=denier.principal, **given).pk
        plan = imports.make_plan(raw.replace("2019", "2018").encode(), **given)
        assert not plan.errors, plan.errors
        imports.take_in(plan, by=denier.principal, now=MARCH)
        self.ids["file"] = authority.imported_files.get().pk

    def _searches(self) -> None:
        from denials import actions, search

        asked = search.Asked.read({"regime": ["arms"]})
        by = self.people["denier"].principal
        kept = actions.save_search(
            name=SECRETS["search"], asked=asked, is_shared=True, gives_notice=False, by=by, now=MARCH
        )
        self.ids["search"] = kept.pk

    def _returns(self) -> None:
        from tests.reports.given import deliver

        text = f"licence number,destination,ml,licences,value\n{SECRETS['licence']},IL,ML1,2,1000\n"
        self.ids["return"] = deliver(self.people["denier"], text, year=2025).pk
