"""What travels to the consulted side, and which denials are consulted on."""

from decimal import Decimal

import pytest

from accounts.law.errors import FieldMissing, NotForeseen
from consultations.law.parties import Concerned, NotConsultedOn, Why, by_state, why_not
from consultations.law.sharing import ALWAYS, Share, shared_content
from denials.law.transactions import Destination, Item, Parameter, Party, Transaction

ASKED = Transaction(
    regime="arms",
    authority="",
    state="BE",
    destinations=(Destination("IL"),),
    parties=(
        Party("end_user", "Israel Prison Service", "IL", address="Ramla", aliases=("IPS",)),
        Party("exporter", "Geheime Uitvoer NV", "BE"),
    ),
    items=(
        Item("ML15.c", "image intensifiers", (Parameter("fom", "1800"),), Decimal("40.00"), "pieces", model="XR-5"),
    ),
    end_use="Perimeter walls.",
)


class TestSharing:
    """Reg. (EC) No 515/97 Art. 45(2): information on persons only where strictly necessary."""

    def test_the_exporter_never_travels(self):
        for chosen in (ALWAYS, set(Share)):
            assert "Geheime" not in str(shared_content(ASKED, chosen))

    @pytest.mark.parametrize(
        ("part", "trace"),
        [
            ("party_details", "Ramla"),
            ("parameters", "1800"),
            ("product", "XR-5"),
            ("quantity", "'40'"),
            ("destinations", "destinations"),
            ("end_use", "Perimeter walls."),
            ("activity", "export"),
        ],
    )
    def test_a_part_travels_if_it_is_chosen(self, part, trace):
        assert trace in str(shared_content(ASKED, {*ALWAYS, part}))
        assert trace not in str(shared_content(ASKED, {*map(str, Share)} - {part}))

    @pytest.mark.parametrize("missing", sorted(ALWAYS))
    def test_items_and_parties_always_do(self, missing):
        with pytest.raises(FieldMissing):
            shared_content(ASKED, set(Share) - {missing})

    def test_there_are_no_other_parts(self):
        with pytest.raises(NotForeseen):
            shared_content(ASKED, {*ALWAYS, "applicant"})


def concerned(key: str, state: str = "NL", **changes: bool) -> Concerned:
    return Concerned(
        **{"key": key, "reference": key, "state": state, "in_force": True, "state_is_member": True, **changes}
    )


class TestParties:
    """Reg. (EU) 2021/821 Art. 16(5), first subparagraph."""

    @pytest.mark.parametrize(
        ("denial", "reason"),
        [
            (concerned("1"), None),
            (concerned("1", "BE"), Why.OWN),
            (concerned("1", "GB", state_is_member=False), Why.FORMER_MEMBER),
            (concerned("1", in_force=False), Why.NOT_VALID),
            (concerned("1", already_consulted=True), Why.ALREADY),
        ],
    )
    def test_some_denials_are_not_consulted_on(self, denial, reason):
        assert why_not(denial, "BE") == reason
        if reason:
            with pytest.raises(NotConsultedOn, match=reason):
                by_state([denial], "BE")

    def test_one_group_per_state_in_the_order_given(self):
        grouped = by_state([concerned("1"), concerned("2", "SE"), concerned("3")], "BE")
        assert {state: [one.key for one in members] for state, members in grouped.items()} == {
            "NL": ["1", "3"],
            "SE": ["2"],
        }

    def test_there_is_at_least_one(self):
        with pytest.raises(FieldMissing):
            by_state([], "BE")
