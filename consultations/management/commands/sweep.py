"""`manage.py sweep`: the sweeps of the clock in the foreground, without a broker."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from consultations.tasks import sweep_lapses, sweep_reminders


class Command(BaseCommand):
    help = "Write what silence has concluded and send reminders, each second until it is stopped; needs no broker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one turn, then say how much was done")
        parser.add_argument("--every", type=float, default=1.0, metavar="SECONDS", help="between two turns; 1")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self.stdout.write(f"{sweep_lapses()} lapsed, {sweep_reminders()} reminders")
            return
        while True:  # beside workers, or instead of them: each row is claimed by one
            try:
                sweep_lapses()
                sweep_reminders()
            except DatabaseError as failure:
                self.stderr.write(f"{type(failure).__name__}; trying again")
                connection.close()
            time.sleep(max(0.05, options["every"]))
