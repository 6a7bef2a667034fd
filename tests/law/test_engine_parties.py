"""Parties: names, aliases, identifiers, addresses, and what a register finds them by. All names are invented."""

import pytest

from denials.law.transactions import Item, Party, Transaction
from screening.engine.addresses import compare_addresses
from screening.engine.identifiers import compare_identifiers
from screening.engine.name_forms import analyse
from screening.engine.parties import compare_parties
from screening.engine.retrieval import goods_keys, nearest, party_keys, retrieval_keys


def party(name, role="end_user", **facts):
    return Party(role=role, name=name, **facts)


class TestParties:
    def test_an_alias_that_hits_is_shown(self):
        found = compare_parties(party("Blue Lantern"), party("Uralmet", aliases=("Lazurit", "Blue Lantern Ltd")))
        assert (found.verdict, found.reason, found.right) == ("same", "alias", "Blue Lantern Ltd")

    def test_two_placeholders_are_not_one_party(self):
        found = compare_parties(party("Private end-user"), party("Private end-user"))
        assert (found.verdict, found.reason) == ("unknown", "placeholder")

    def test_a_party_marked_a_placeholder_is_unknown(self):
        assert compare_parties(party("Karadag", is_placeholder=True), party("Karadag")).verdict == "unknown"

    def test_the_country_never_decides(self):
        found = compare_parties(party("Karadag Optik", country="TR"), party("Karadag Optik", country="AE"))
        assert (found.verdict, found.detail["country"]) == ("same", "different")

    def test_one_identifier_makes_one_party(self):
        lei = (("LEI", "529900T8BM49AURSDO55"),)
        found = compare_parties(party("Karadag", identifiers=lei), party("Uralmet", identifiers=lei))
        assert (found.verdict, found.reason) == ("same", "same_lei")

    def test_a_number_names_whom_no_name_does(self):
        lei = (("LEI", "529900T8BM49AURSDO55"),)
        for left, right in (("Private end-user", "Karadag"), ("K", "Karadag"), ("n/a", "unknown")):
            found = compare_parties(party(left, identifiers=lei), party(right, identifiers=lei))
            assert (found.verdict, found.reason) == ("same", "same_lei"), left

    def test_a_telephone_alone_names_nobody(self):
        phone = (("phone", "+31 20 123 4567"),)
        one, other = party("Private end-user", identifiers=phone), party("unknown", identifiers=phone)
        assert compare_parties(one, other).verdict == "unknown"

    def test_another_lei_makes_a_same_name_doubtful(self):
        one = party("Karadag Optik", identifiers=(("lei", "529900T8BM49AURSDO55"),))
        other = party("Karadag Optik", identifiers=(("lei", "5493001KJTIIGC8Y1R12"),))
        assert compare_parties(one, other).verdict == "similar"

    def test_a_near_name_at_one_address_may_be_one(self):
        address = "12 Orchard Road, Novgrad"
        found = compare_parties(party("Karadag Optik Sanayi", address=address), party("Karadag Tarim", address=address))
        assert found.verdict == "similar"

    def test_an_address_alone_makes_no_party(self):
        address = "12 Orchard Road, Novgrad"
        assert (
            compare_parties(party("Karadag", address=address), party("Uralmet", address=address)).verdict == "different"
        )


class TestEvidence:
    """What the register shows the shared words to tell may raise two spellings to one party, and lowers nothing."""

    @pytest.mark.parametrize(("evidence", "verdict"), [(9.0, "same"), (0.0, "similar"), (-5.0, "different")])
    def test_raises(self, evidence, verdict):
        known = {("Karadag Havuz", "Karadag Optik"): evidence}
        found = compare_parties(party("Karadag Havuz"), party("Karadag Optik"), evidence=known)
        assert found.verdict == verdict

    def test_never_lowers(self):
        known = {("Karadag Optik", "Karadag Optik"): -9.0}
        found = compare_parties(party("Karadag Optik"), party("Karadag Optik"), evidence=known)
        assert found.verdict == "same"


class TestIdentifiers:
    @pytest.mark.parametrize(
        ("left", "right", "verdict"),
        [
            ((("Phone", "+31 20 123 4567"),), (("telephone", "020-1234567"),), "same"),
            ((("IMO", "IMO 9074729"),), (("imo_number", "9074729"),), "same"),
            ((("KvK", "12345678"),), (("registration", "1234 5678"),), "same"),
            ((("KRS", "0000123456"),), (("registration number", "0000 123456"),), "same"),
            ((("Y-tunnus", "1234567-8"),), (("business id", "12345678"),), "same"),
            ((("IČO", "27082440"),), (("company number", "27082440"),), "same"),
            ((("NIP", "526-000-12-46"),), (("vat", "5260001246"),), "same"),
            ((("EIK", "131071587"),), (("cvr", "131071588"),), "unknown"),
            ((("email", "a@karadag.example"),), (("web", "https://www.karadag.example/x"),), "similar"),
            ((("email", "a@gmail.com"),), (("email", "b@gmail.com"),), "unknown"),
            ((("phone", "12"),), (("phone", "12"),), "unknown"),
            ((("registration", "00000"),), (("registration", "00000"),), "unknown"),
            ((("duns", "123456789"),), (("duns", "987654321"),), "different"),
            ((), (), "unknown"),
        ],
    )
    def test_by_kind(self, left, right, verdict):
        assert compare_identifiers(left, right).verdict == verdict


class TestAddresses:
    @pytest.mark.parametrize(
        ("left", "right", "verdict"),
        [
            ("12 Orchard Street, Novgrad", "Orchard St. 12, Novgrad, Ruritania", "same"),
            ("P.O. Box 123, Novgrad", "PO Box 123 Novgrad", "same"),
            ("ул. Садовая 12, Новград", "Sadovaya ul. 12, Novgrad", "same"),
            ("Orchard Street, Novgrad", "Orchard Street, Novgrad", "similar"),
            ("12 Orchard Street, Novgrad", "14 Orchard Street, Novgrad", "different"),
            ("Novgrad", "Novgrad", "different"),
            ("", "Novgrad", "unknown"),
        ],
    )
    def test_place(self, left, right, verdict):
        assert compare_addresses(left, right).verdict == verdict


def transaction(*parties, items=()):
    return Transaction("dual_use", "NL", "NL", (), parties, items)


class TestRetrieval:
    def test_an_identifier_is_a_key(self):
        phone = (("phone", "+31 20 1234567"),)
        assert party_keys(transaction(party("Karadag", identifiers=phone))) & party_keys(
            transaction(party("Uralmet", identifiers=phone))
        )

    def test_an_exporter_is_found_by_nothing(self):
        assert party_keys(transaction(party("Karadag Optik", role="exporter"))) == frozenset()

    def test_a_placeholder_is_found_by_nothing(self):
        assert party_keys(transaction(party("Private end-user"))) == frozenset()

    def test_goods_have_keys_of_their_own(self):
        one = transaction(items=(Item(code="ML15.c", description="image intensifiers"),))
        other = transaction(items=(Item(description="beeldversterkers"),))
        assert goods_keys(one) & goods_keys(other)
        assert party_keys(one) == frozenset()
        assert retrieval_keys(one) == goods_keys(one)

    def test_the_full_scan_finds_by_other_means(self):
        names = [analyse(name).folded for name in ("Blue Lantern Shipping", "Optik Karadag Sanayi", "Uralmet")]
        assert nearest("Karadag Optik", names)[0][0] == 1
