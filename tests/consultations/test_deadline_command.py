"""`manage.py deadline`: any authority's clock, without a running server."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import State

pytestmark = pytest.mark.django_db


def run(*options):
    out, err = StringIO(), StringIO()
    call_command("deadline", *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def counted(*options):
    return json.loads(run(*options, "--json")[0])


class TestWorking:
    def test_over_christmas_and_new_year(self):
        found = counted("--authority", "NL", "--from", "2025-12-19T16:05+01:00", "--rule", "dual_use.16_5")
        assert found["last_day"] == "2026-01-07"
        assert found["due_before"] == "2026-01-08T00:00:00+01:00"
        assert (found["article"], found["silence"]) == ("Reg. (EU) 2021/821 Art. 16(5)", "not_identical")
        days = {day["date"]: (day["counted"], day["why"], day["name"]) for day in found["days"]}
        assert days["2025-12-19"] == (None, "event_day", "")
        assert days["2025-12-24"] == (3, "counted", "")
        assert days["2025-12-25"] == (None, "holiday", "Christmas Day")
        assert days["2025-12-27"] == (None, "weekend", "")
        assert days["2026-01-07"] == (10, "counted", "")

    def test_a_moment_is_read_in_the_zone_of_the_state_that_acts(self):
        """Friday 22:30 in UTC is Saturday in Vilnius."""
        moment = ("--from", "2026-03-06T22:30+00:00", "--working-days", "1")
        assert counted("--authority", "LT", *moment)["event_on"] == "2026-03-07"
        assert counted("--authority", "PT", *moment)["event_on"] == "2026-03-06"

    def test_it_works_for_every_state_with_a_calendar(self):
        states = list(State.objects.filter(calendar_years__isnull=False).distinct().values_list("code", flat=True))
        assert len(states) == 28
        for state in states:
            found = counted("--authority", state, "--from", "2026-05-04T12:00+02:00", "--working-days", "10")
            assert sum(day["counted"] is not None for day in found["days"]) == 10
            assert not found["provisional"]

    def test_an_authority_counts_in_its_states_calendar(self):
        period = ("--from", "2026-07-16", "--working-days", "3")
        assert counted("--authority", "BE-VLG", *period)["state"] == "BE"

    def test_in_words(self):
        text, _ = run("--authority", "se", "--from", "2026-06-03", "--rule", "arms.4", "--extension", "1")
        assert "last day    Wednesday 2026-07-01" in text
        assert "silence: no objection" in text

    def test_torture_has_no_period(self):
        options = ("--authority", "FR", "--from", "2026-03-02", "--rule", "torture.23")
        assert "nothing lapses" in run(*options)[0]
        assert (counted(*options)["last_day"], counted(*options)["lapses"]) == (None, False)

    def test_a_missing_list_gives_a_provisional_date_and_says_so(self):
        _, warning = run("--authority", "NL", "--from", "2035-03-02", "--working-days", "10")
        assert "NL" in warning
        assert "2035" in warning


class TestBadInput:
    @pytest.mark.parametrize(
        ("options", "named"),
        [
            (("--authority", "ZZ", "--from", "2026-03-02", "--working-days", "1"), ("--authority", "'ZZ'")),
            (("--authority", "", "--from", "2026-03-02", "--working-days", "1"), ("--authority",)),
            (("--authority", "NL", "--from", "yesterday", "--working-days", "1"), ("--from", "yesterday")),
            (("--authority", "NL", "--from", "2026-02-30", "--working-days", "1"), ("--from",)),
            (("--authority", "NL", "--from", "2026-03-02T09:00", "--working-days", "1"), ("--from", "offset")),
            (("--authority", "NL", "--from", "9999-12-31T23:59Z", "--working-days", "1"), ("--from", "not_countable")),
            (("--authority", "NL", "--from", "2026-03-02", "--working-days", "0"), ("--working-days",)),
            (("--authority", "NL", "--from", "2026-03-02", "--working-days", "9" * 30), ("--working-days",)),
            (("--authority", "NL", "--from", "2026-03-02", "--rule", "dual_use.99"), ("--rule", "dual_use.16_5")),
            (("--authority", "NL", "--from", "2020-03-02", "--rule", "dual_use.16_5"), ("--rule", "2020-03-02")),
            (
                ("--authority", "NL", "--from", "2026-03-02", "--rule", "dual_use.16_5", "--extension", "31"),
                ("--extension", "left=30"),
            ),
            (
                ("--authority", "NL", "--from", "2026-03-02", "--rule", "torture.23", "--extension", "1"),
                ("--extension", "extension_not_foreseen"),
            ),
            (
                ("--authority", "NL", "--from", "2026-03-02", "--working-days", "3", "--extension", "1"),
                ("--extension", "--rule"),
            ),
        ],
    )
    def test_the_option_and_the_rule_are_named(self, options, named):
        with pytest.raises(CommandError) as refusal:
            run(*options)
        assert refusal.value.returncode == 2
        assert all(part in str(refusal.value) for part in named)

    def test_rule_or_count_is_needed(self):
        with pytest.raises(CommandError, match="--rule --working-days"):
            run("--authority", "NL", "--from", "2026-03-02")
