"""
For the portal of public data: the figures as SDMX-CSV 2.0 and the data set described in DCAT-AP.

Source: SDMX-CSV field guide 2.0 (structure, structure id, action, dimensions, attributes); DCAT-AP 3.0.
"""

import csv
import io
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import override

from denials.exports.files import neutral
from reports.exports.report import Report
from reports.labels.charts import TITLES_OF_REGIMES

STRUCTURE_ID: Final = "EXCHANGE:DF_ANNUAL_REPORT(1.0)"
NOT_APPLICABLE: Final = "_Z"
DIMENSIONS: Final = (
    "REGIME",
    "MEASURE",
    "REF_AREA",
    "COUNTERPART_AREA",
    "CATEGORY",
    "ENTRY",
    "CRITERION",
    "OUTCOME",
    "BREAKDOWN",
    "TIME_PERIOD",
)
_MEDIA: Final = "https://www.iana.org/assignments/media-types"


def sdmx_csv(report: Report) -> str:
    """Return every figure as an observation; what a dimension says nothing of is _Z."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "OBS_VALUE", "UNIT_MEASURE", "OBS_STATUS"))
    for one in report.figures:
        said = (one.authority, one.destination, one.category, one.entry, one.criterion, one.outcome, one.dimension)
        unit = "EUR" if str(one.measure).endswith("_eur") else "PURE_NUMB"
        dimensions = (report.regime, str(one.measure), *(value or NOT_APPLICABLE for value in said), report.year)
        cells = ("dataflow", STRUCTURE_ID, "I", *dimensions, one.value, unit, "A")
        writer.writerow(map(neutral, cells))
    return text.getvalue()


def dcat(report: Report, digests: Mapping[str, str]) -> dict[str, Any]:
    """Return the description of the data set as JSON-LD, with each file and its digest."""
    with override("en"):
        title = str(TITLES_OF_REGIMES.get(report.regime, report.regime))
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": "dcat:Dataset",
        "@id": f"urn:denial-exchange:{report.regime}:{report.year}:{report.edition}:{report.number}",
        "dct:title": {"@value": f"{title}, {report.year}", "@language": "en"},
        "dct:description": {
            "@value": "Counted from single records; cells by state only with the consent of that state, small cells "
            "and what would reveal them held back.",
            "@language": "en",
        },
        "dct:identifier": report.digest,
        "dct:issued": {"@value": report.at, "@type": "xsd:dateTime"} if report.at else None,
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@value": f"{report.year}-01-01", "@type": "xsd:date"},
            "dcat:endDate": {"@value": f"{report.year}-12-31", "@type": "xsd:date"},
        },
        "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/ANNUAL"},
        "dct:accessRights": {
            "@id": "http://publications.europa.eu/resource/authority/access-right/"
            + ("PUBLIC" if report.edition == "public" else "RESTRICTED")
        },
        "dcat:theme": {"@id": "http://publications.europa.eu/resource/authority/data-theme/INTR"},
        "dcat:version": str(report.number),
        "dcat:distribution": [_distribution(name, digest) for name, digest in sorted(digests.items())],
    }


def _distribution(name: str, digest: str) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": name,
        "dcat:accessURL": {"@id": name},
        "dcat:mediaType": {"@id": f"{_MEDIA}/text/csv"},
        "spdx:checksum": {"spdx:algorithm": "sha256", "spdx:checksumValue": digest},
    }
