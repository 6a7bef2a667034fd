"""The report as the OpenAPI file describes it."""

from typing import Any

from rest_framework import serializers


class ColumnOut(serializers.Serializer[Any]):
    """A column of a table."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a member of that name is meant


class TableOut(serializers.Serializer[Any]):
    """A table: rows and sums are objects with a member per column, and `label` for what the row stands for."""

    name = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField()
    columns = ColumnOut(many=True)
    rows = serializers.ListField(child=serializers.DictField())
    totals = serializers.ListField(child=serializers.DictField())
    denominators = serializers.DictField(child=serializers.IntegerField())
    notes = serializers.ListField(child=serializers.CharField())


class ReportOut(serializers.Serializer[Any]):
    """All tables of a regime's year as counted now, or as last drafted."""

    regime = serializers.CharField()
    year = serializers.IntegerField()
    register_sequence = serializers.IntegerField()
    counting_rules = serializers.CharField()
    digest = serializers.CharField()
    edition = serializers.CharField(required=False, help_text="full or public, of an edition signed off.")
    number = serializers.IntegerField(required=False)
    signed_at = serializers.DateTimeField(required=False)
    tables = TableOut(many=True)
