"""What is shown of a field is what the table of fields says."""

import pytest

from consultations.law.disclosure import hidden_from_the_other_side, of_shape
from tests.walls.world import SECRETS, World


@pytest.mark.parametrize("who", ["asker", "denier"])
def test_the_consulting_sides_own_is_shown_to_it_alone(world: World, who: str) -> None:
    thread = world.browser(who).get(f"/api/v1/consultations/{world.ids['thread']}/").json()
    hidden = hidden_from_the_other_side("ConsultationDetailOut")
    assert hidden == {"application"}
    assert hidden_from_the_other_side("DenialRefOut") == {"level"}
    assert set(thread) == {name for row in of_shape("ConsultationDetailOut") for name in row.fields or ()}
    for name in hidden:
        assert (thread[name] is None) == (who == "denier"), name
    assert all((one["level"] is None) == (who == "denier") for one in thread["denials"])
    assert all(party["role"] != "exporter" for party in thread["shared"]["parties"])


@pytest.mark.parametrize("who", ["denier", "asker", "stranger", "eeas", "auditor"])
def test_an_exporter_is_its_issuers_alone(world: World, who: str) -> None:
    page = world.browser(who).get(f"/api/v1/denials/{world.ids['arms']}/").json()
    declared = {name for row in of_shape("DenialOut") for name in row.fields or ()}
    assert set(page) == declared, "the keys are the table's for everybody"
    exporters = [party["name"] for party in page["parties"] if party["role"] == "exporter"]
    assert exporters == ([SECRETS["exporter"]] if who == "denier" else [])
