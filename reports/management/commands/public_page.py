"""`manage.py public_page --regime arms --year 2024 --out DIR`: the public edition as pages that stand alone."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from accounts import tenant
from accounts.roles import SYSTEM
from denials.law.regimes import known_regimes
from reports import actions
from reports.exports import FORMATS, WordedTable, files_of
from reports.labels.charts import TITLES_OF_REGIMES
from reports.management.commands.annual_report import frozen_edition, write
from reports.views.charts import chart_of

STYLE = Path(__file__).resolve().parents[2] / "public.css"


class Command(BaseCommand):
    """No log-in, no script, nothing fetched from anywhere: copy the directory to any web server."""

    help = "Write the frozen public edition of a regime and year as a static page with its files beside."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--regime", required=True, choices=known_regimes())
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--number", type=int, default=0, help="Of the frozen edition; the last where left out.")
        parser.add_argument("--out", required=True, type=Path, help="Directory to write to; made where missing.")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            tenant.enter(SYSTEM)
            frozen = frozen_edition(options["regime"], options["year"], options["number"])
            report = actions.edition_report(frozen, "public")
        files: dict[str, bytes] = {}
        for form in FORMATS:
            files |= files_of(report, form)
        shown = [one for one in report.tables if one.rows or one.totals]
        sections = [{"table": one, "chart": chart_of(one), "rows": _labelled(one)} for one in shown]
        facts = {
            "report": report,
            "regime": TITLES_OF_REGIMES.get(report.regime, report.regime),
            "sections": sections,
            "frozen": frozen,
            "files": ["report.xlsx", "report.pdf", "report.json", "tidy.csv", "sdmx.csv", "dcat.jsonld"],
        }
        with override("en"):
            page = render_to_string("reports/public.html", facts)
        write(files | {"index.html": page.encode(), "style.css": STYLE.read_bytes()}, options["out"])
        if options["verbosity"]:
            self.stdout.write(f"{options['out']}/index.html and {len(files)} files")


def _labelled(table: WordedTable) -> list[list[dict[str, Any]]]:
    """Each row as cells with their headings, for narrow screens; a number is marked as one."""
    return [
        [
            *({"label": label, "value": word} for label, word in zip(table.keys, row.words, strict=True)),
            *(
                {"label": label, "value": "–" if value is None else value, "is_number": True}
                for label, value in zip(table.columns, row.values, strict=True)
            ),
        ]
        for row in table.rows
    ]
