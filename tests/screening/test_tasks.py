"""A pending application does not rest on a register that has moved on."""

from datetime import date, timedelta

import pytest

from accounts.models import Membership, Notice, SweepHeartbeat
from config.celery import SCHEDULE
from consultations.models import gate_of
from denials.actions import amend_denial, revoke_denial
from screening import actions, tasks
from screening.models import IndexedUpTo
from tests.factories import MARCH, a_content, a_denial, a_historic_denial, an_application

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march(clock):
    clock.set(MARCH + timedelta(hours=1))


class TestSweep:
    """Reg. (EU) 2021/821 Art. 16(5): "...shall examine all valid denials..." """

    def test_screens_what_a_new_denial_made_stale(self, consulting_officer, consulted_officer):
        application = an_application(consulting_officer)
        a_denial(consulted_officer)
        tasks.sweep_rescreening()
        assert application.latest_screening().trigger == "register_changed"
        assert Notice.objects.filter(kind="screening.new_hits").count() == 1

    def test_screens_what_an_amendment_or_a_revocation_made_stale(self, consulting_officer, consulted_officer):
        denial = a_denial(consulted_officer)
        application = an_application(consulting_officer)
        given = {"denial_id": denial.pk, "by": consulted_officer.principal, "now": MARCH + timedelta(hours=1)}
        amend_denial(**given, content=a_content(remarks="By air."), reason="Route added.")
        tasks.sweep_rescreening()
        assert application.standing_hits()[0].hit.version.number == 2
        revoke_denial(**given, reason="Embargo lifted.")
        tasks.sweep_rescreening()
        application.refresh_from_db()
        assert (application.screenings.count(), application.status) == (3, "decidable")

    def test_screens_again_where_a_state_has_joined_since(self, consulting_officer, clock):
        """A denial that begins to count without any change of the register is not missed at the decision."""
        a_historic_denial("NL")
        Membership.objects.filter(state_id="NL", regime="arms").update(since=date(2026, 3, 10))
        application = an_application(consulting_officer)
        assert (application.latest_screening().compared, gate_of(application, MARCH).is_stale) == (0, False)
        later = MARCH + timedelta(days=10)
        assert gate_of(application, later).is_stale
        clock.set(later)
        tasks.sweep_rescreening()
        tasks.sweep_rescreening()
        application.refresh_from_db()
        assert (application.screenings.count(), application.status) == (2, "screened")
        assert not gate_of(application, later).is_stale

    def test_begins_well_within_a_minute(self):
        """Handed out every ten seconds: what a worker finds is screened before the minute is over."""
        found = [row for row in SCHEDULE.values() if row["task"] == tasks.sweep_rescreening.name]
        assert [row["schedule"] <= 10 for row in found] == [True]

    def test_run_twice_screens_once(self, consulting_officer, consulted_officer):
        application = an_application(consulting_officer)
        a_denial(consulted_officer)
        tasks.sweep_rescreening()
        tasks.sweep_rescreening()
        assert application.screenings.count() == 2

    def test_another_regimes_denial_leaves_it_alone(self, consulting_officer, consulted_officer):
        application = an_application(consulting_officer)
        a_denial(consulted_officer, "torture")
        tasks.sweep_rescreening()
        assert application.screenings.count() == 1

    def test_what_is_withdrawn_is_left_alone(self, consulting_officer, consulted_officer):
        application = an_application(consulting_officer)
        actions.withdraw_application(application=application, by=consulting_officer.principal, now=MARCH)
        a_denial(consulted_officer)
        tasks.sweep_rescreening()
        assert application.screenings.count() == 1

    def test_keeps_the_index_up_to_date_and_shows_it_ran(self, consulted_officer):
        a_denial(consulted_officer)
        tasks.sweep_rescreening()
        assert IndexedUpTo.objects.get().sequence == 1
        assert SweepHeartbeat.objects.filter(name="re-screening").exists()
