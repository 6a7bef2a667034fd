"""The search box needs no query language: words in any order and script, codes in any notation, signs mean nothing."""

import pytest

from denials.models import Denial
from denials.search import find
from tests.factories import a_denial

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(consulted_officer):
    return a_denial(consulted_officer)


def party_of(denial):
    return denial.current.parties.order_by("position").first().name


class TestFind:
    def test_a_name_is_found_with_its_words_in_any_order(self, held):
        backwards = " ".join(reversed(party_of(held).split()))
        assert held in find(Denial.objects.all(), backwards.upper())

    def test_the_reference_is_found(self, held):
        assert held in find(Denial.objects.all(), held.reference)

    @pytest.mark.parametrize("signs", ["%\\_", '"', "( )", "* OR", "-- ;", "\\"])
    def test_query_syntax_is_text_and_widens_nothing(self, held, signs):
        assert not find(Denial.objects.all(), signs).exists()

    @pytest.mark.parametrize("nothing", ["", "   "])
    def test_nothing_asked_leaves_the_list_as_it_is(self, held, nothing):
        assert held in find(Denial.objects.all(), nothing)
