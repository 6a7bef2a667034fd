"""What goes out, field by field."""

from typing import Any

from rest_framework import serializers


class ElementOut(serializers.Serializer[Any]):
    """One legal element: both values, how they lie to each other, why; spans are the stretches that differ."""

    element = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a member of that name is meant
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

    kind = serializers.ChoiceField(choices=["proposed", "dismissed", "consulted", "reopened"])
    number = serializers.IntegerField(help_text="The order of the acts on the application.")
    reason_code = serializers.CharField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField(help_text="Empty for a national system.")


class HitOut(serializers.Serializer[Any]):
    """A denial that may concern an essentially identical transaction, with its grounds and where it stands."""

    id = serializers.UUIDField()
    rank = serializers.IntegerField()
    level = serializers.ChoiceField(choices=["strong", "possible", "information"])
    label = serializers.CharField()  # type: ignore[assignment]  # a member of that name is meant
    rule = serializers.CharField()
    rule_version = serializers.CharField()
    ground = serializers.CharField(help_text="The rule of the level that fitted.")
    why = serializers.CharField()
    sentence = serializers.CharField(help_text="The verdict in one sentence, with its article.")
    changes = serializers.ListField(child=serializers.CharField(), help_text="What would change this verdict.")
    change_words = serializers.ListField(child=serializers.CharField())
    is_own = serializers.BooleanField()
    standing = serializers.ChoiceField(choices=["open", "proposed", "dismissed", "consulted", "own", "information"])
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
    left_out = serializers.ListField(child=serializers.CharField(), help_text="What was asked and not compared.")
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
    completeness = serializers.ChoiceField(
        choices=["complete", "partial", "failed", "none"], help_text="A failed or partial screening blocks a grant."
    )
    completeness_words = serializers.CharField()
    failed_at = serializers.DateTimeField(allow_null=True)
    next_try_at = serializers.DateTimeField(allow_null=True)
    screening = SeenOut(allow_null=True)


class ApplicationDetailOut(ApplicationOut):
    """An application with its last screening in full."""

    screening = ScreeningDetailOut(allow_null=True)  # type: ignore[assignment]  # one instead of a list


class BulkCountsOut(serializers.Serializer[Any]):
    """Rows by state; of those done, how many have hits that carry a duty."""

    waiting = serializers.IntegerField()
    done = serializers.IntegerField()
    repeated = serializers.IntegerField()
    refused = serializers.IntegerField()
    with_hits = serializers.IntegerField()


class BulkJobOut(serializers.Serializer[Any]):
    """A job of very many applications, and how far it is."""

    id = serializers.UUIDField()
    mode = serializers.ChoiceField(choices=["screen", "file"])
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=["running", "done", "cancelled"])
    total = serializers.IntegerField()
    done = serializers.IntegerField()
    counts = BulkCountsOut()
    asked_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class BulkFindingOut(serializers.Serializer[Any]):
    """Something of an application that is not accepted."""

    field = serializers.CharField()
    rule = serializers.CharField()
    message = serializers.CharField()


class BulkRowOut(serializers.Serializer[Any]):
    """What became of one application of a job."""

    position = serializers.IntegerField()
    key = serializers.CharField()
    state = serializers.ChoiceField(choices=["waiting", "done", "repeated", "refused"])
    application = serializers.UUIDField(allow_null=True)
    screening = serializers.UUIDField(allow_null=True)
    strong = serializers.IntegerField()
    possible = serializers.IntegerField()
    completeness = serializers.CharField(help_text="Whether the screening is whole, as of an application; else empty.")
    completeness_words = serializers.CharField()
    findings = BulkFindingOut(many=True)


class ShadowExampleOut(serializers.Serializer[Any]):
    """A hit that a change would add or take away."""

    kind = serializers.ChoiceField(choices=["gained", "lost"])
    application = serializers.UUIDField()
    reference = serializers.CharField()
    denial = serializers.UUIDField()
    ground = serializers.CharField()


class ShadowOut(serializers.Serializer[Any]):
    """The run of a change over past applications, by the rules as they are and as proposed."""

    applications = serializers.IntegerField()
    of = serializers.IntegerField(help_text="How many there are; at most 2,000 are looked at, the newest first.")
    gained = serializers.IntegerField()
    lost = serializers.IntegerField()
    examples = ShadowExampleOut(
        many=True, help_text="The first 25 gained and the first 25 lost; `gained` and `lost` count all."
    )


class RuleChangeOut(serializers.Serializer[Any]):
    """A change of the authority's rules of level: one person proposes it, a second switches it on."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    regime = serializers.CharField()
    levels = serializers.DictField(child=serializers.CharField())
    reason = serializers.CharField()
    state = serializers.ChoiceField(choices=["proposed", "on", "declined"])
    proposed_at = serializers.DateTimeField()
    proposed_by = serializers.CharField()
    closed_at = serializers.DateTimeField(allow_null=True)
    closed_by = serializers.CharField()
    months = serializers.IntegerField()
    shadow = ShadowOut(allow_null=True)
    shadow_at = serializers.DateTimeField(allow_null=True)


class LinkOut(serializers.Serializer[Any]):
    """Something two transactions share, as written on both sides."""

    kind = serializers.ChoiceField(choices=["party", "beneficial", "address", "phone", "identifier"])
    left = serializers.CharField()
    right = serializers.CharField()
    left_role = serializers.CharField()
    right_role = serializers.CharField()
    left_spans = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    right_spans = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))


class DivertedOut(serializers.Serializer[Any]):
    """Another denial that shares somebody or some place behind somebody else."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    regime = serializers.CharField()
    state = serializers.CharField()
    behind = serializers.ListField(child=serializers.ChoiceField(choices=["country", "consignee", "end_user"]))
    links = LinkOut(many=True)


class QuantityOut(serializers.Serializer[Any]):
    """A quantity in a unit, \"\" where none is stated."""

    unit = serializers.CharField()
    quantity = serializers.CharField()


class SplitOut(serializers.Serializer[Any]):
    """Another application of the own authority that could be a part of the same transaction."""

    application = serializers.UUIDField()
    reference = serializers.CharField()
    status = serializers.CharField()
    links = LinkOut(many=True)
    together = QuantityOut(many=True)


class DiversionOut(serializers.Serializer[Any]):
    """Signs of diversion: no duty follows from them."""

    is_whole = serializers.BooleanField(help_text="Whether all denials that could share something were looked at.")
    denials = DivertedOut(many=True)
    splits = SplitOut(many=True)
