"""Serializer fields shared by all rooms."""

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from rest_framework import serializers
from rest_framework.request import Request

from accounts.actions import YEARS_KEPT
from accounts.law.text import UnfitText, clean


class TextField(serializers.CharField):
    """Text in Unicode normal form C without control characters."""

    def __init__(self, *, multiline: bool = False, **kwargs: Any) -> None:
        self.multiline = multiline
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        try:
            return clean(super().to_internal_value(data), multiline=self.multiline)
        except UnfitText as refused:
            raise serializers.ValidationError(
                f"The character {refused.params['character']} is not accepted.", code=refused.code
            ) from refused


class DayField(serializers.DateField):
    """A day in the years the exchange knows: none from which one cannot count on."""

    def to_internal_value(self, value: Any) -> date:
        day = super().to_internal_value(value)
        MinValueValidator(date(YEARS_KEPT[0], 1, 1))(day)
        MaxValueValidator(date(YEARS_KEPT[-1], 12, 31))(day)
        return day


class StrictSerializer(serializers.Serializer[Any]):
    """A serializer that refuses members it does not know, by name."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                raise serializers.ValidationError(
                    {str(name): ["This field is not known here."] for name in unknown}, code="unknown_field"
                )
        return super().to_internal_value(data)


def checked_query(kind: type[StrictSerializer], request: Request) -> dict[str, Any]:
    """Return the parameters of an address as a serializer reads them; what it does not know is refused by name."""
    serializer = kind(data=request.query_params.dict())
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
