"""What surrounds a screening: whether it is whole, an authority's own levels, signs of diversion, alarms, jobs."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.law.errors import TransitionRefused
from denials.law.transactions import Destination, Item, Party, Transaction
from screening.law import bulk, completeness, diversion, enumeration, profiles
from screening.law.completeness import Completeness, Shortfall
from screening.law.diversion import Behind, Kind
from screening.law.elements import Element
from screening.law.identity import Judgement, Level
from screening.law.profiles import Profile, ProfileRefused

HOLDING = Party(
    "end_user",
    "Alvarado Prisons Holding",
    "IL",
    "12 Herzl Street, 61000 Tel Aviv",
    identifiers=(("phone", "+972 3 555 0172"),),
)
TRADER = Party("consignee", "Troya Tech Defense Ltd.", "IL")
TUBES = Item(code="ML15.c", description="image intensifiers", quantity=Decimal(40), unit="pieces")
ASKED = Transaction("arms", "a", "BE", (Destination("IL"),), (HOLDING, TRADER), (TUBES,))


class TestCompleteness:
    """Reg. (EU) 2021/821 Art. 16(5): "...shall examine all valid denials..." """

    @pytest.mark.parametrize(
        ("screened", "failed", "left_out", "found"),
        [
            (True, False, False, Completeness.COMPLETE),
            (True, False, True, Completeness.PARTIAL),
            (True, True, False, Completeness.FAILED),
            (False, True, False, Completeness.FAILED),
            (False, False, False, Completeness.NONE),
        ],
    )
    def test_of_what_there_is(self, screened, failed, left_out, found):
        assert completeness.completeness(screened=screened, failed=failed, left_out=left_out) is found

    def test_nothing_is_left_out_unnamed(self):
        many = replace(ASKED, parties=tuple(replace(TRADER, name=f"Trader {n}") for n in range(31)))
        named = replace(ASKED, parties=(replace(TRADER, aliases=tuple(f"Alias {n}" for n in range(12))),))
        exporter = Party("exporter", "X", aliases=tuple(f"Alias {n}" for n in range(30)))
        found = [completeness.shortfalls(one) for one in (ASKED, many, named, replace(ASKED, parties=(exporter,)))]
        assert found == [(), (Shortfall.PARTIES,), (Shortfall.NAMES,), ()]

    def test_waits_grow_and_end(self):
        waits = [completeness.wait_after(tries).total_seconds() for tries in (0, 1, 2, 3, 4, 5, 100)]
        assert waits == [60, 60, 120, 240, 480, 600, 600]


def judged(ground: str, level: Level, *, counts: bool = True, changes: tuple[str, ...] = ()) -> Judgement:
    window = Element("window", "same", "", "", "valid", {"counts": counts})
    return Judgement(level, (window,), "arms.4(1)", "2.1", ground, changes)


class TestProfiles:
    PROFILE = Profile(3, {"same_party_other_goods": "possible", "near_party": "information"})

    @pytest.mark.parametrize(
        ("judgement", "level"),
        [
            (judged("same_party_other_goods", Level.INFORMATION), Level.POSSIBLE),
            (judged("near_party", Level.POSSIBLE), Level.INFORMATION),
            (judged("same_party_other_goods", Level.INFORMATION, counts=False), Level.INFORMATION),
            (judged("same_party_other_goods", Level.INFORMATION, changes=("same_regime",)), Level.INFORMATION),
            (judged("test_met", Level.STRONG), Level.STRONG),
            (judged("same_goods_other_party", Level.INFORMATION), Level.INFORMATION),
        ],
    )
    def test_a_ground_is_shown_at_its_level_and_no_duty_is_made(self, judgement, level):
        assert profiles.applied(judgement, self.PROFILE).level is level

    def test_the_version_names_the_change(self):
        assert (profiles.USUAL.version("2"), self.PROFILE.version("2")) == ("2", "2+3")

    @pytest.mark.parametrize(
        "levels",
        [
            {},
            {"test_met": "possible"},
            {"same_goods_other_party": "possible"},
            {"near_party": "strong"},
            {"near_party": "possible"},
        ],
    )
    def test_what_is_no_change_of_an_authority_is_refused(self, levels):
        with pytest.raises(ProfileRefused):
            profiles.check_levels(levels, {})

    def test_back_to_usual_is_a_change(self):
        profiles.check_levels({}, {"near_party": "information"})


class TestDiversion:
    """CP 2008/944/CFSP Art. 2(7): "...diverted within the buyer country or re-exported..." """

    ELSEWHERE = replace(
        ASKED,
        state="NL",
        destinations=(Destination("TR"),),
        parties=(
            Party("end_user", "Quite Another Buyer AS", "TR", "12 Herzl Str., Tel Aviv 61000"),
            Party("other", "Alvarado Prison Holding", "TR"),
            Party("consignee", "Bosphorus Freight", "TR", identifiers=(("phone", "00972 35550172"),)),
        ),
    )

    def test_names_addresses_and_telephones_behind_others(self):
        found = {link.kind for link in diversion.links(ASKED, self.ELSEWHERE)}
        assert found == {Kind.BENEFICIAL, Kind.ADDRESS, Kind.PHONE}
        assert diversion.behind(ASKED, self.ELSEWHERE) == (Behind.COUNTRY, Behind.CONSIGNEE, Behind.END_USER)

    def test_the_same_transaction_stands_behind_nobody(self):
        assert diversion.behind(ASKED, ASKED) == ()

    def test_an_exporter_links_nothing(self):
        exporters = replace(ASKED, parties=(replace(HOLDING, role="exporter"),))
        assert diversion.links(ASKED, exporters) == ()

    def test_parts_of_one_share_party_and_goods(self):
        part = replace(ASKED, items=(replace(TUBES, description="tubes", quantity=Decimal(60)),))
        other_goods = replace(ASKED, items=(Item(code="ML1.a", description="rifles"),))
        assert diversion.is_split(ASKED, part)
        assert not diversion.is_split(ASKED, other_goods)
        assert not diversion.is_split(ASKED, replace(part, parties=(Party("end_user", "Somebody Else GmbH"),)))
        assert diversion.together((*ASKED.items, *part.items)) == {"pieces": Decimal(100)}


class TestAlarm:
    @pytest.mark.parametrize(("kind", "count"), [("user", 60), ("client", 2000), ("system", 2000)])
    def test_unusual_is_more_than_usual(self, kind, count):
        assert not enumeration.is_unusual(kind, count)
        assert enumeration.is_unusual(kind, count + 1)
        assert timedelta(hours=1) == enumeration.WINDOW


@pytest.mark.parametrize("state", list(bulk.JobState))
@pytest.mark.parametrize("event", list(bulk.JobEvent))
def test_only_a_running_job_ends(state, event):
    if state == bulk.JobState.RUNNING:
        assert bulk.next_state(state, event) == {"finish": "done", "cancel": "cancelled"}[event]
    else:
        with pytest.raises(TransitionRefused):
            bulk.next_state(state, event)
