"""The reference data of states, authorities and calendars, and how it is loaded."""

import re
import shutil
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from accounts.imports import REFDATA, UnfitReferenceFile, day, load_calendars, load_states, read
from accounts.law.periods import Period, Unit, WorkingCalendar
from accounts.models import Authority, CalendarYear, Competence, Membership, PublicHoliday, State

EU = [
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
    *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
]
MULTILATERAL = ("wassenaar", "nsg", "mtcr", "ag")
EXAMPLES = read(Path(__file__).parent / "deadline_examples.csv")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def working_calendar(state: str) -> WorkingCalendar:
    zones = {row["code"]: row["zone"] for row in read(REFDATA / "states.csv")}
    holidays = {int(row["year"]): {} for row in read(REFDATA / "calendars.csv") if row["state"] == state}
    for row in read(REFDATA / "holidays.csv"):
        if row["state"] == state:
            on = date.fromisoformat(row["date"])
            holidays[on.year][on] = row["name"]
    return WorkingCalendar(state=state, zone=ZoneInfo(zones[state]), holidays=holidays)


class TestHolidays:
    """Reg. (EEC, Euratom) No 1182/71 Art. 2: public holidays "designated as such in the Member State"."""

    def test_there_are_forty_two_worked_examples(self):
        assert len(EXAMPLES) == 42

    @pytest.mark.parametrize("example", EXAMPLES, ids=[row["id"] for row in EXAMPLES])
    def test_worked_example(self, example):
        period = Period(int(example["working_days"]), Unit.WORKING_DAY)
        counted = working_calendar(example["state"]).deadline(date.fromisoformat(example["event"]), period)
        assert counted.last_day == date.fromisoformat(example["last_day"]), example["why"]

    @pytest.mark.parametrize(
        ("state", "on", "working"),
        [
            ("NL", "2026-04-03", False),  # Good Friday, Algemene termijnenwet Art. 3
            ("NL", "2026-05-05", False),  # Liberation Day, the same article, every year
            ("NL", "2025-04-28", True),  # King's Day was on Saturday 26 April
            ("FR", "2026-04-03", True),
            ("SE", "2025-12-24", True),
            ("FI", "2026-12-24", False),
            ("GR", "2024-05-01", True),
            ("GR", "2024-05-07", False),
            ("SK", "2026-05-08", True),
            ("SK", "2025-05-08", False),
            ("HU", "2026-01-02", False),  # bridging day
            ("HU", "2026-01-10", False),  # the Saturday worked for it is still a Saturday
            ("LV", "2026-06-27", False),
            ("PL", "2024-12-24", True),
            ("PL", "2025-12-24", False),
            ("DK", "2024-04-26", True),  # Great Prayer Day was abolished
            ("DE", "2026-06-04", True),  # Corpus Christi is regional
            ("MT", "2026-04-06", True),
            ("LU", "2026-04-03", True),
        ],
    )
    def test_decided_day(self, state, on, working):
        assert working_calendar(state).is_working_day(date.fromisoformat(on)) is working

    def test_dutch_good_friday_and_easter_monday_lengthen_ten_working_days(self):
        counted = working_calendar("NL").deadline(date(2026, 3, 27), Period(10, Unit.WORKING_DAY))
        assert counted.last_day == date(2026, 4, 14)

    def test_every_active_state_has_its_list_for_2024_to_2028(self):
        held = Counter(row["state"] for row in read(REFDATA / "calendars.csv"))
        assert held == dict.fromkeys([*EU, "NO"], 5)
        listed = {(row["state"], row["date"][:4]) for row in read(REFDATA / "holidays.csv")}
        assert len(listed) == 28 * 5

    def test_every_holiday_is_a_date_with_a_name_once(self):
        rows = read(REFDATA / "holidays.csv")
        assert all(day(row, "date") and row["name"][0].isupper() for row in rows)
        assert max(Counter((row["state"], row["date"]) for row in rows).values()) == 1


class TestStates:
    """Who takes part in what, and since when."""

    members = {(row["state"], row["regime"]): row for row in read(REFDATA / "memberships.csv")}

    def test_twenty_seven_members_norway_and_the_united_kingdom(self):
        assert {row["code"] for row in read(REFDATA / "states.csv")} == {*EU, "NO", "GB"}

    def test_every_member_state_takes_part_in_every_regime(self):
        held = {(s, r) for s, r in self.members if s in EU and r not in MULTILATERAL}
        assert held == {(s, r) for s in EU for r in ("arms", "dual_use", "torture", "sanctions")}

    @pytest.mark.parametrize(
        ("regime", "absent"),
        [
            ("wassenaar", "CY"),
            ("nsg", ""),
            ("mtcr", "CY EE HR LT LV MT RO SI SK"),
            ("ag", ""),
        ],
    )
    def test_not_every_member_state_takes_part_in_every_multilateral_regime(self, regime, absent):
        assert set(EU) - {s for s, r in self.members if r == regime} == set(absent.split())

    def test_no_institution_and_no_partner_takes_part_in_a_multilateral_regime_here(self):
        held = {(row["authority"], row["regime"]) for row in read(REFDATA / "competences.csv")}
        assert not {(code, regime) for code in ("COM", "EEAS", "NO") for regime in MULTILATERAL} & held
        assert not any(row["until"] for (state, _), row in self.members.items() if state in EU)

    @pytest.mark.parametrize(
        ("state", "regime", "since", "until"),
        [
            ("NO", "arms", "2017-01-01", ""),
            ("GB", "arms", "1998-06-08", "2020-12-31"),
            ("GB", "dual_use", "2000-09-28", "2020-12-31"),
            ("GB", "torture", "2006-07-30", "2020-12-31"),
            ("NL", "arms", "1998-06-08", ""),
            ("PL", "arms", "2004-05-01", ""),
            ("PL", "torture", "2006-07-30", ""),
            ("HR", "dual_use", "2013-07-01", ""),
        ],
    )
    def test_membership(self, state, regime, since, until):
        row = self.members[state, regime]
        assert (row["since"], row["until"]) == (since, until)

    def test_norway_takes_part_for_arms_only(self):
        assert [regime for state, regime in self.members if state == "NO"] == ["arms"]

    @pytest.mark.parametrize("row", read(REFDATA / "states.csv"), ids=lambda row: row["code"])
    def test_zone_and_languages_are_known(self, row):
        ZoneInfo(row["zone"])
        assert row["languages"].split()


class TestAuthorities:
    """Each state's competent authorities; consultations are routed to one of them per regime."""

    authorities = {row["code"]: row for row in read(REFDATA / "authorities.csv")}
    competences = read(REFDATA / "competences.csv")

    def test_each_state_has_an_authority_that_goes_by_its_code(self):
        states = {row["code"] for row in read(REFDATA / "states.csv")}
        assert states <= self.authorities.keys()
        assert all(self.authorities[state]["state"] == state for state in states)

    def test_each_membership_has_exactly_one_contact_point_of_the_same_span(self):
        memberships = [(r["state"], r["regime"], r["since"], r["until"]) for r in read(REFDATA / "memberships.csv")]
        contacts = [
            (self.authorities[c["authority"]]["state"], c["regime"], c["since"], c["until"])
            for c in self.competences
            if c["is_contact_point"] == "yes"
        ]
        assert sorted(contacts) == sorted(memberships)

    def test_a_dozen_states_have_more_than_one(self):
        several = Counter(row["state"] for row in self.authorities.values() if row["state"])
        assert sorted(state for state, count in several.items() if count > 1) == (
            ["AT", "BE", "BG", "DE", "DK", "FI", "FR", "GR", "HR", "LV", "PT", "SI"]
        )

    def test_belgium_has_three_regional_authorities_and_a_federal_contact_point(self):
        belgian = {code for code, row in self.authorities.items() if row["state"] == "BE"}
        assert belgian == {"BE", "BE-VLG", "BE-WAL", "BE-BRU"}
        assert {
            c["authority"] for c in self.competences if c["authority"] in belgian and c["is_contact_point"] == "yes"
        } == {"BE"}

    def test_no_mailbox_can_reach_anybody(self):
        assert all(row["mailbox"].endswith(".example") for row in self.authorities.values())

    def test_secretariats_and_auditors_belong_to_no_state(self):
        kinds = {row["code"]: row["kind"] for row in self.authorities.values() if not row["state"]}
        assert kinds == {"EEAS": "eeas", "COM": "commission", "AUDIT": "audit"}


@pytest.fixture
def files(tmp_path):
    """A copy of the reference files that a test may change."""
    return Path(shutil.copytree(REFDATA, tmp_path / "refdata"))


def amend(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def counts() -> tuple[int, ...]:
    return tuple(m.objects.count() for m in (State, Membership, Authority, Competence, CalendarYear, PublicHoliday))


@pytest.mark.django_db
class TestLoading:
    """The same files change nothing; changed files change what they say; nothing is half-loaded."""

    def test_the_same_files_again_change_nothing(self):
        load_states()
        load_calendars(now=NOW)
        before = counts()
        outcomes = [*load_states(), *load_calendars(now=NOW)]
        assert counts() == before
        assert not any(o.added or o.changed or o.removed or o.kept for o in outcomes)

    def test_a_changed_holiday_list_becomes_a_new_version_and_the_old_one_stays(self, files):
        load_states(files)
        load_calendars(now=NOW, directory=files)
        amend(files / "holidays.csv", "NL,2026-04-27,King's Day,both\n", "NL,2026-04-28,King's Day,both\n")
        load_calendars(now=NOW, directory=files)
        old, new = CalendarYear.objects.filter(state_id="NL", year=2026).order_by("version")
        assert (old.version, new.version) == (1, 2)
        assert old.holidays.filter(date="2026-04-27").exists()
        assert not new.holidays.filter(date="2026-04-27").exists()
        assert new.recorded_at == NOW
        assert CalendarYear.objects.filter(version=2).count() == 1

    def test_a_list_recorded_from_another_source_stays_until_the_file_changes(self):
        load_calendars(now=NOW)
        own = CalendarYear.objects.create(state_id="NL", year=2026, version=2, source="OJ C, 2026", recorded_at=NOW)
        load_calendars(now=NOW)
        assert CalendarYear.objects.filter(state_id="NL", year=2026).latest("version") == own

    def test_a_mailbox_set_by_the_deployment_stays(self):
        load_states()
        Authority.objects.filter(code="NL").update(mailbox="licences@customs.example", name="Old name")
        load_states()
        held = Authority.objects.get(code="NL")
        assert held.mailbox == "licences@customs.example"
        assert held.name != "Old name"

    def test_a_membership_that_ends_is_changed_in_place(self, files):
        load_states(files)
        amend(files / "memberships.csv", "NO,arms,2017-01-01,,", "NO,arms,2017-01-01,2027-12-31,")
        outcome = load_states(files)[1]
        assert (outcome.changed, outcome.added, outcome.removed) == (1, 0, 0)
        assert Membership.objects.get(state_id="NO").until == date(2027, 12, 31)

    @pytest.mark.parametrize(
        ("file", "old", "new", "reason"),
        [
            ("states.csv", "Europe/Amsterdam", "Europe/Zaandam", "states.csv: NL: unknown time zone"),
            ("states.csv", "NL,Netherlands,", "NL,Nether\u202elands,", "U+202E"),
            ("competences.csv", "BE-WAL,arms", "BE-XXX,arms", "competences.csv: BE-XXX: no such authority"),
            ("competences.csv", "NL,arms,1998-06-08", "NL,arms,1998-06-31", "not a date"),
            ("authorities.csv", "FR-CIEEMG,FR,", "FR,FR,", "named twice"),
            ("memberships.csv", "NO,arms,2017-01-01,,", "NO,arms,2017-01-01,", "not as many fields"),
        ],
    )
    def test_a_wrong_row_is_named(self, files, file, old, new, reason):
        amend(files / file, old, new)
        with pytest.raises(UnfitReferenceFile, match=re.escape(reason)):
            load_states(files)

    def test_a_holiday_in_a_year_that_is_not_held_is_refused(self, files):
        amend(files / "holidays.csv", "NL,2026-04-27", "NL,2031-04-27")
        with pytest.raises(UnfitReferenceFile, match="NL 2031-04-27"):
            load_calendars(now=NOW, directory=files)
