"""A denial's page lists the consultations its reader is a party to, and no others."""

import pytest

from tests.factories import a_consultation

pytestmark = pytest.mark.django_db


class TestConsultationsOnADenial:
    def test_both_parties_see_the_thread_and_a_stranger_does_not(self, consulted_officer, consulting_officer, stranger):
        thread = a_consultation(consulting_officer, consulted_officer)
        address = f"/denials/{thread.denials.get().denial_id}/"
        pages = {
            who: member.web.get(address).content.decode()
            for who, member in {"us": consulting_officer, "them": consulted_officer, "other": stranger}.items()
        }
        assert thread.reference in pages["us"]
        assert thread.reference in pages["them"]
        assert thread.reference not in pages["other"]
