"""Charts drawn by the server: day strips and bars whose numbers stand beside them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

register = template.Library()

MOST_SERIES = 6  # more cannot be told apart; the table below the chart carries the rest
DAY_KINDS = ("working", "weekend", "holiday", "event", "due", "past")


def strip_day(day: Any) -> dict[str, Any]:
    """Write out one day of a strip from a mapping or an object with `date kind number name today every_day`."""
    get = day.get if isinstance(day, dict) else lambda key, default=None: getattr(day, key, default)
    on = cast(date, get("date"))
    kind, number, name = get("kind") or "working", get("number"), get("name") or ""
    signs = {"event": "·", "weekend": "–", "holiday": "H"}
    words = {
        "event": _("day of receipt, not counted"),
        "weekend": _("weekend, not counted"),
        "holiday": _("public holiday, not counted"),
        "due": _("last day"),
    }
    counted = _("day %(number)s") if get("every_day") else _("working day %(number)s")
    return {
        "date": on,
        "weekday": date_format(on, "D")[:2],
        "column": on.isoweekday(),
        "kind": kind if kind in DAY_KINDS else "working",
        "sign": number or signs.get(kind, ""),
        "words": words.get(kind, counted % {"number": number} if number else ""),
        "name": name,
        "today": bool(get("today")),
    }


@register.inclusion_tag("components/day_strip.html")
def day_strip(days: Iterable[Any]) -> dict[str, Any]:
    """Draw the days of a period: what is counted, what is not and why, and the last one."""
    return {"days": [strip_day(day) for day in days]}


def _rows(labels: Sequence[Any], series: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Turn series into rows of bars, each as wide as its share of the largest value."""
    largest = max((value for one in series for value in one["values"] if value), default=0) or 1
    rows = []
    for at, label in enumerate(labels):
        bars = [
            {
                "number": number,
                "label": one["label"],
                "value": one["values"][at],
                "width": round(100 * (one["values"][at] or 0) / largest, 2),
            }
            for number, one in enumerate(series, start=1)
        ]
        link = label.get("href", "") if isinstance(label, dict) else ""
        rows.append({"label": label["label"] if isinstance(label, dict) else label, "href": link, "bars": bars})
    return rows


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(title: str, labels: Sequence[Any], series: Sequence[dict[str, Any]], unit: str = "") -> dict[str, Any]:
    """
    Draw horizontal bars; every number is printed, so chart and data table are one.

    `labels`: texts, or mappings with `label` and `href`; `series`: at most six mappings with `label` and `values`.
    """
    shown = list(series)[:MOST_SERIES]
    return {
        "title": title,
        "unit": unit,
        "series": shown,
        "rows": _rows(labels, shown),
        "left_out": len(series) - len(shown),
    }
