"""Columns of a transaction's parts, the same for a denial and for an application."""

from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models.text import LineField, ProseField
from denials.law.erasure import ERASED
from denials.law.transactions import Destination, Item, Parameter, Party


class PartyRow(models.Model):
    """A party by role; a placeholder ("private end-user") is kept as printed and is not a name."""

    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=16)
    name = LineField(max_length=500)
    is_placeholder = models.BooleanField(default=False)
    is_category = models.BooleanField(default=False, help_text="A category of consignees, not one of them.")
    country = models.CharField(max_length=2, blank=True)
    address = ProseField(blank=True)
    aliases = ArrayField(LineField(max_length=500), default=list, blank=True)
    identifiers = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def facts(self) -> Party:
        """Return the party as plain facts."""
        return Party(
            role=self.role,
            name=self.name,
            country=self.country,
            address=self.address,
            aliases=tuple(self.aliases),
            identifiers=tuple(sorted((str(k), str(v)) for k, v in self.identifiers.items())),
            is_placeholder=self.is_placeholder or self.is_category or self.name == ERASED,
        )


class ItemRow(models.Model):
    """An item: control-list entry as printed and as resolved, description, parameters, quantity, value."""

    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40, blank=True, help_text='Canonical notation; "" if unlisted or not stated.')
    code_printed = LineField(max_length=80, blank=True)
    control_list = models.CharField(max_length=16, blank=True)
    category = models.CharField(max_length=16, blank=True, help_text="ML1 to ML22, 0 to 9, II to IV.")
    is_unlisted = models.BooleanField(default=False, help_text="Stated to be on no list (catch-all).")
    description = ProseField(blank=True)
    parameters = models.JSONField(default=list, blank=True, help_text="[{name, value, unit}]")
    quantity = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    quantity_printed = LineField(max_length=60, blank=True)
    unit = LineField(max_length=24, blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    manufacturer = LineField(max_length=200, blank=True)
    model = LineField(max_length=200, blank=True)
    cas = models.CharField(max_length=16, blank=True)
    cn = models.CharField(max_length=12, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.description}".strip()

    def facts(self) -> Item:
        """Return the item as plain facts."""
        return Item(
            code=self.code,
            control_list=self.control_list,
            description=self.description,
            parameters=tuple(_parameter(row) for row in self.parameters),
            quantity=plain_number(self.quantity),
            unit=self.unit,
            manufacturer=self.manufacturer,
            model=self.model,
            cas=self.cas,
            cn=self.cn,
        )


class DestinationRow(models.Model):
    """A destination: an ISO code or VARIOUS, EU, EU_NATO_PLUS, UNKNOWN; "" where the printed text tells no country."""

    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12, blank=True)
    printed = LineField(max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code or self.printed

    def facts(self) -> Destination:
        """Return the destination as plain facts."""
        return Destination(code=self.code, printed=self.printed)


def plain_number(number: Decimal | None) -> Decimal | None:
    """Return a number without the trailing zeros of its column, so that 40 is said as 40."""
    if number is None:
        return None
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _parameter(row: dict[str, Any]) -> Parameter:
    return Parameter(name=str(row["name"]), value=str(row["value"]), unit=str(row.get("unit", "")))
