"""Texts that stand where a name should be: unknown never equals unknown."""

import pytest

from denials.law.placeholders import is_placeholder


class TestPlaceholders:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "   ",
            "-",
            "???",
            "\u200b",
            "n/a",
            "N.V.T.",
            "NN",
            "TBD",
            "various",
            "Various end users",
            "private end-user",
            "Private end user",
            "PRIVATE END-USER",
            "private customers in the region",
            "Unknown",
            "Unknown, intended for local sale",
            "unknown (for local sale)",
            "not yet known",
            "To be determined",
            "end user",
            "Private eindgebruiker",
            "Onbekend",
            "Onbekend, bestemd voor lokale verkoop",
            "particulier",
            "Diverse eindgebruikers",
            "Inconnu",
            "inconnu, destiné à la vente locale",
            "Utilisateur final privé",
            "Sans objet",
            "néant",
            "Unbekannt",
            "Unbekannter Endverwender",
            "Privatperson",
            "private Endverwender",
            "keine Angabe",
            "desconocido",
            "sconosciuto",
            "неизвестно",
            "Same as consignee",
        ],
    )
    def test_names_nobody(self, text):
        assert is_placeholder(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Private Joint Stock Company Motor Works",
            "Private Security Services Ltd",
            "Unknown Soldier Foundation",
            "Various Optics Ltd",
            "Diverse Technologies BV",
            "Onbekend Techniek BV",
            "Test Instruments GmbH",
            "Consignee Logistics Ltd",
            "Ministry of Defence",
            "X-Ray Systems",
            "Noor",
            "北京大学",
            "Maison Militaire",
        ],
    )
    def test_a_name_is_not_one(self, text):
        assert not is_placeholder(text)

    def test_a_text_beyond_all_length_takes_no_time(self):
        assert not is_placeholder("unknown soldier " * 10_000)
