"""Under which destination a record is counted, in SQL: the same reading as `denials.law.places.statistical_key`."""

from typing import Any

from django.db.models import Case, CharField, Count, F, Min, Model, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat

from denials.law.places import UNRESOLVED, Special


def destination_key(code: str = "code", printed: str = "printed") -> Case:
    """Return a destination's code, or XX with the printed text where the text names no single country."""
    return Case(
        When(**{f"{code}__isnull": True}, then=Value(str(Special.UNKNOWN))),
        When(**{f"{code}__in": ["", UNRESOLVED], printed: ""}, then=Value(str(Special.UNKNOWN))),
        When(**{f"{code}__in": ["", UNRESOLVED]}, then=Concat(Value(f"{UNRESOLVED}:"), F(printed))),
        default=F(code),
        output_field=CharField(),
    )


def one_destination(rows: type[Model], owner: str, outer: str) -> Coalesce:
    """
    Return the one key a record counts under: its destination, VARIOUS where it names several, UNKNOWN for none.

    :param rows: the model of its destinations.   :param owner: their column of the record; `outer`: its key outside.
    """
    keys: Any = rows._default_manager.filter(**{owner: OuterRef(outer)}).order_by().values(owner)
    counted = keys.annotate(distinct=Count(destination_key(), distinct=True), first=Min(destination_key()))
    key = Case(When(distinct=1, then=F("first")), default=Value(str(Special.VARIOUS)), output_field=CharField())
    return Coalesce(Subquery(counted.values_list(key)), Value(str(Special.UNKNOWN)))
