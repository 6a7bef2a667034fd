"""The one clock: the database's, plus the offset of the test clock where test mode is on."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField
from django.db.models.expressions import RawSQL


def now() -> datetime:
    """Return the present moment, aware, in UTC. Nothing else in the product asks what time it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (moment,) = cursor.fetchone()
    return moment + offset()


def moment() -> RawSQL:
    """Return the present moment as an expression, for a statement that is put anyway."""
    return RawSQL("clock_timestamp() + %s * interval '1 second'", [offset().total_seconds()], DateTimeField())


def offset() -> timedelta:
    """Return how far the test clock is set off; zero outside test mode."""
    if not (settings.EXCHANGE_TEST_MODE and settings.EXCHANGE_TEST_CLOCK_FILE):
        return timedelta()
    try:
        seconds = Path(settings.EXCHANGE_TEST_CLOCK_FILE).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return timedelta()
    return timedelta(seconds=float(seconds or 0))
