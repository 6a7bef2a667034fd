"""What the demonstration's states returned for two years, one edition signed off, the next in draft."""

from datetime import UTC, datetime, timedelta

from accounts.models import Authority
from accounts.roles import SYSTEM
from config.cases import FILES, person
from reports import actions, imports
from reports.models import AnnualReturn, Edition

REGIME = "arms"
#: The Dutch values of 2024 are those published; everything else here is invented.
PUBLISHED = (("NL", 2024), "values_nl_2024.csv")

#: Authority: how its year is written, and days after (before, if negative) the return was due. Italy never delivered.
DELIVERED = {
    2024: {"NL": -40, "DE": -12, "SE": -71, "PL": 52, "NO": -3, "BE-VLG": -20, "FR-CIEEMG": 88},
    2025: {"NL": -33, "SE": -60, "DE": 25, "BE-VLG": -9},
}
METHODS = {
    "FR-CIEEMG": {"potential_orders": "included", "value_basis": "contract_value"},
    "DE": {"temporary_exports": "excluded", "renewals": "excluded", "value_basis": "licensed_maximum"},
    "NL": {"temporary_exports": "excluded", "returns_after_repair": "excluded", "value_basis": "licensed_maximum"},
    "SE": {"temporary_exports": "excluded", "value_basis": "licensed_maximum", "exports_basis": "exporters_reports"},
}
#: Destination, categories, licences, value and exports of an authority whose scale is 1.
LINES = (
    ("US", "ML10", 14, 8_400_000, 6_100_000),
    ("US", "ML11", 9, 3_250_000, 2_900_000),
    ("NO", "ML2; ML3", 6, 1_980_000, 1_450_000),
    ("SA", "ML4", 2, 5_600_000, 900_000),
    ("KR", "ML9", 3, 11_700_000, 0),
    ("IN", "ML15", 4, 2_340_000, 610_000),
    ("AE", "ML6", 5, 4_150_000, 3_300_000),
    ("UA", "ML1; ML3; ML6", 12, 7_700_000, 7_100_000),
    ("CH", "ML1", 21, 640_000, 512_000),
    ("BR", "ML5", 2, 870_000, 0),
    ("Globaal", "ML11", 1, 1_500_000, 0),
)
SCALE = {"DE": 9, "FR-CIEEMG": 12, "SE": 4, "PL": 3, "NO": 3, "BE-VLG": 1, "NL": 5}


def seed(*, now: datetime) -> None:
    """Deliver and sign the returns where there are none, freeze the edition of 2024 and draft the others."""
    if AnnualReturn.objects.exists():
        return
    for year, delivered in DELIVERED.items():
        for code, days in sorted(delivered.items(), key=lambda row: row[1]):
            due = datetime(year + 1, 6, 30, 9, tzinfo=UTC)
            deliver(code, year, min(due + timedelta(days=days), now))
    for year in (2008, 2009, 2025):
        actions.draft_edition(regime=REGIME, year=year, by=SYSTEM, now=now)
    freeze(now)


def deliver(code: str, year: int, moment: datetime) -> None:
    """Deliver a return by the authority's officer and sign it off by its supervisor."""
    files = [(f"returns_{code.lower()}_{year}.csv", text_of(code, year))]
    if (code, year) == PUBLISHED[0]:
        files = [(PUBLISHED[1], (FILES / PUBLISHED[1]).read_bytes())]
    kept = imports.deliver(
        authority=Authority.objects.get(code=code),
        regime=REGIME,
        year=year,
        files=files,
        method=METHODS.get(code, {}),
        by=person(code, "officer", moment),
        now=moment,
    )
    by, later = person(code, "supervisor", moment), moment + timedelta(hours=5)
    actions.sign_return(return_id=kept.pk, explanation="As published; the sums were looked at.", by=by, now=later)


def text_of(code: str, year: int) -> bytes:
    """Return an invented return; the later year is a little larger, and not everybody exports everywhere."""
    rows = ["destination,ml,licences,value,exports"]
    for at, (place, category, licences, value, exported) in enumerate(LINES):
        if (at + len(code) + year) % 4:
            times = SCALE[code] * (100 + 7 * (year - 2024) + at) // 100
            rows.append(f'{place},"{category}",{licences * times},{value * times},{exported * times}')
    return "\n".join(rows).encode()


def freeze(now: datetime) -> None:
    """Draft and sign off the edition of 2024."""
    actions.draft_edition(regime=REGIME, year=2024, by=SYSTEM, now=now)
    draft = Edition.objects.newest(REGIME, 2024)
    by = person("EEAS", "secretariat", now)
    actions.freeze_edition(edition_id=draft.pk, remark="", by=by, now=now)
