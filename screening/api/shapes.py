"""What goes out, field by field."""

from typing import Any

from rest_framework import serializers


class ElementOut(serializers.Serializer[Any]):
    """One legal element: both values, how they lie to each other, why; spans are the stretches that differ."""

    element = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    verdict = serializers.ChoiceField(choices=["same", "covered", "covers", "similar", "different", "unknown"])
    left = serializers.CharField(help_text="What is asked; empty in a record kept without filing.")
    right = serializers.CharField(help_text="What was refused.")
    reason = serializers.CharField()
    words = serializers.CharField()
    params = serializers.DictField()
    left_index = serializers.IntegerField(allow_null=True, help_text="Place of the party or item asked for.")
    right_index = serializers.IntegerField(allow_null=True)
    left_spans = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    right_spans = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))


class HitDenialOut(serializers.Serializer[Any]):
    """The denial a hit is on, in the version compared."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    state = serializers.CharField()
    authority = serializers.CharField()
    version = serializers.IntegerField()
    decided_on = serializers.DateField(allow_null=True)


class HitDispositionOut(serializers.Serializer[Any]):
    """The last thing done about a denial for an application."""

    kind = serializers.CharField()
    reason_code = serializers.CharField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class HitOut(serializers.Serializer[Any]):
    """A denial that may concern an essentially identical transaction, with its grounds and where it stands."""

    id = serializers.UUIDField()
    rank = serializers.IntegerField()
    level = serializers.ChoiceField(choices=["strong", "possible", "information"])
    label = serializers.CharField()  # type: ignore[assignment]
    rule = serializers.CharField()
    rule_version = serializers.CharField()
    ground = serializers.CharField(help_text="The rule of the level that fitted.")
    why = serializers.CharField()
    changes = serializers.ListField(child=serializers.CharField(), help_text="What would change this verdict.")
    change_words = serializers.ListField(child=serializers.CharField())
    is_own = serializers.BooleanField()
    standing = serializers.ChoiceField(choices=["open", "dismissed", "consulted", "own", "information"])
    words = serializers.CharField()
    returned = serializers.CharField(help_text="Why a hit once settled is open again.")
    denial = HitDenialOut()
    elements = ElementOut(many=True)
    disposition = HitDispositionOut(allow_null=True)


class CountsOut(serializers.Serializer[Any]):
    """How many hits there are, by level."""

    strong = serializers.IntegerField()
    possible = serializers.IntegerField()
    information = serializers.IntegerField()


class ScreeningOut(serializers.Serializer[Any]):
    """A screening as proof: what it saw, by which rules, how much it compared."""

    id = serializers.UUIDField()
    application = serializers.UUIDField(allow_null=True)
    regime = serializers.CharField()
    trigger = serializers.CharField()
    screened_at = serializers.DateTimeField()
    judged_on = serializers.DateField()
    register_sequence = serializers.IntegerField()
    ruleset_version = serializers.CharField()
    content_digest = serializers.CharField()
    compared = serializers.IntegerField(help_text="Denials that counted on the day; all of them are covered.")
    screenable_by_party = serializers.BooleanField()
    duration_ms = serializers.FloatField()
    counts = CountsOut()
    words = serializers.CharField()


class ScreeningDetailOut(ScreeningOut):
    """A screening with its hits; those without a duty only where asked for."""

    hits = HitOut(many=True)


class AskedParameterOut(serializers.Serializer[Any]):
    """A technical parameter as stated."""

    name = serializers.CharField()
    value = serializers.CharField()
    unit = serializers.CharField()


class AskedItemOut(serializers.Serializer[Any]):
    """An item; `code` in dotted form, `code_printed` as written."""

    code = serializers.CharField()
    code_printed = serializers.CharField()
    control_list = serializers.CharField()
    description = serializers.CharField()
    parameters = AskedParameterOut(many=True)
    quantity = serializers.DecimalField(max_digits=20, decimal_places=4, allow_null=True)
    unit = serializers.CharField()
    manufacturer = serializers.CharField()
    model = serializers.CharField()
    cas = serializers.CharField()
    cn = serializers.CharField()


class AskedPartyOut(serializers.Serializer[Any]):
    """A party by role; a placeholder names nobody."""

    role = serializers.CharField()
    name = serializers.CharField()
    is_placeholder = serializers.BooleanField()
    country = serializers.CharField()
    address = serializers.CharField()
    aliases = serializers.ListField(child=serializers.CharField())
    identifiers = serializers.DictField(child=serializers.CharField())


class SeenOut(serializers.Serializer[Any]):
    """The last screening, in figures."""

    id = serializers.UUIDField()
    screened_at = serializers.DateTimeField()
    register_sequence = serializers.IntegerField()
    compared = serializers.IntegerField()
    screenable_by_party = serializers.BooleanField()
    counts = CountsOut()


class ApplicationOut(serializers.Serializer[Any]):
    """An application of one's own authority."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    own_reference = serializers.CharField()
    authority = serializers.CharField()
    regime = serializers.CharField()
    status = serializers.CharField()
    activity = serializers.CharField()
    authorisation_type = serializers.CharField()
    received_on = serializers.DateField()
    created_at = serializers.DateTimeField()
    owner = serializers.CharField()
    destinations = serializers.ListField(child=serializers.CharField())
    parties = AskedPartyOut(many=True)
    items = AskedItemOut(many=True)
    end_use = serializers.CharField()
    screening = SeenOut(allow_null=True)


class ApplicationDetailOut(ApplicationOut):
    """An application with its last screening in full."""

    screening = ScreeningDetailOut(allow_null=True)  # type: ignore[assignment]
