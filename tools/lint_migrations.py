"""Refuse migrations that lock large tables or break the release still running while they are applied."""

import os
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
# They came before the first release: the tables they change held no row anywhere.
BEFORE_FIRST_RELEASE = [
    "0002_lapse_effect_and_flags",
    "0004_grant_notice_stands_alone",
    "0005_terms_as_used",
    "0007_threads_without_application",
    "0002_describe_in_english_too",
    "0004_folded_names",
    "0005_grounds_of_a_hit",
    "0009_register_rows",
    "0012_vocabulary_of_the_register",
    "0018_drop_what_nothing_reads",
    "0019_rows_in_numbers",
    "0009_screenings_that_failed_and_rules",
]
ROOMS = ["accounts", "denials", "screening", "consultations", "reports"]


def main() -> int:
    """Run the linter as the command of an installed application, with the embedded database behind it."""
    sys.path.insert(0, str(BASE))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config import services

    embedded = services.Services()
    if not os.environ.get("DATABASE_URL"):
        embedded.join()
        os.environ.update({"EXCHANGE_HOSTS": "localhost", **embedded.environment()})
    os.environ["EXCHANGE_LOG_LEVEL"] = "WARNING"
    import django

    django.setup()
    from django_migration_linter import MigrationLinter

    linter = MigrationLinter(
        str(BASE), include_apps=ROOMS, ignore_name=BEFORE_FIRST_RELEASE, no_cache=True, quiet=["ok", "ignore"]
    )
    linter.lint_all_migrations()
    linter.print_summary()
    return bool(linter.has_errors)


if __name__ == "__main__":
    sys.exit(main())
