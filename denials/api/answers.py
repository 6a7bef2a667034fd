"""What goes out over REST: denials as this reader may see them, their history, the change feed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from rest_framework import serializers

from accounts.models import Notice
from accounts.roles import Principal
from denials import history as versions_of
from denials.fields import content_shown
from denials.law.content import DenialContent, differences, plain
from denials.law.court import Fact
from denials.law.feed import as_sent
from denials.law.overlays import Overlay
from denials.law.validity import Validity
from denials.models import Denial, DenialVersion
from denials.models import content as rows
from denials.standing import Standing, today_of


class DenialParameterOut(serializers.Serializer[Any]):
    """A technical parameter as stated."""

    name = serializers.CharField()
    value = serializers.CharField()
    unit = serializers.CharField()


class DenialItemOut(serializers.Serializer[Any]):
    """An item; `code` in dotted form, `code_printed` as written, quantities as decimal text."""

    code = serializers.CharField()
    code_printed = serializers.CharField()
    control_list = serializers.CharField()
    category = serializers.CharField()
    is_unlisted = serializers.BooleanField()
    description = serializers.CharField()
    description_en = serializers.CharField()
    parameters = DenialParameterOut(many=True)
    quantity = serializers.CharField(allow_null=True)
    quantity_printed = serializers.CharField()
    unit = serializers.CharField()
    value = serializers.CharField(allow_null=True)
    currency = serializers.CharField()
    manufacturer = serializers.CharField()
    model = serializers.CharField()
    cas = serializers.CharField()
    cn = serializers.CharField()


class DenialPartyOut(serializers.Serializer[Any]):
    """A party by role; a placeholder names nobody."""

    role = serializers.CharField()
    name = serializers.CharField()
    country = serializers.CharField()
    address = serializers.CharField()
    aliases = serializers.ListField(child=serializers.CharField())
    identifiers = serializers.DictField(child=serializers.CharField())
    is_placeholder = serializers.BooleanField()
    is_category = serializers.BooleanField()


class DenialDestinationOut(serializers.Serializer[Any]):
    """A destination; `code` is empty where the printed text tells no country."""

    code = serializers.CharField()
    printed = serializers.CharField()


class ContentOut(serializers.Serializer[Any]):
    """What a version of a denial states."""

    regime = serializers.CharField()
    act = serializers.CharField()
    legal_basis = serializers.CharField()
    decided_on = serializers.DateField(allow_null=True)
    suspended_until = serializers.DateField(allow_null=True)
    activity = serializers.CharField()
    authorisation_type = serializers.CharField()
    scope = serializers.CharField(help_text="whole or part.")
    scope_note = serializers.CharField()
    authorisation_reference = serializers.CharField()
    origin = serializers.CharField(help_text="EU_MS, NO, or the multilateral regime that passed it on.")
    origin_state = serializers.CharField()
    origin_reference = serializers.CharField()
    granularity = serializers.CharField(help_text="individual or aggregate.")
    list_tier = serializers.CharField()
    period_since = serializers.DateField(allow_null=True)
    period_until = serializers.DateField(allow_null=True)
    licences_denied = serializers.IntegerField(allow_null=True)
    also_notified = serializers.ListField(child=serializers.CharField())
    destinations = DenialDestinationOut(many=True)
    parties = DenialPartyOut(many=True)
    items = DenialItemOut(many=True)
    criteria = serializers.ListField(child=serializers.CharField(), help_text='Such as "2(b)".')
    criteria_stated = serializers.BooleanField(help_text="False where the source leaves them blank.")
    grounds = serializers.ListField(child=serializers.CharField())
    end_use = serializers.CharField()
    explanation = serializers.CharField()
    remarks = serializers.CharField()
    marking = serializers.CharField()
    withheld = serializers.ListField(
        child=serializers.CharField(), help_text="Sections not shown to this reader, or withheld from others by itself."
    )
    source_reference = serializers.CharField()


class CourtFactOut(serializers.Serializer[Any]):
    """An appeal or a ruling."""

    fact = serializers.ChoiceField(choices=[str(one) for one in Fact])
    on = serializers.DateField()
    court = serializers.CharField()
    reference = serializers.CharField()


class ValidityOut(serializers.Serializer[Any]):
    """Whether the denial obliges others to consult today, why, and until when."""

    counts = serializers.BooleanField()
    reason = serializers.CharField()
    until = serializers.DateField(allow_null=True)


class DenialOut(ContentOut):
    """A denial in its current version, as this reader may see it."""

    id = serializers.UUIDField()
    reference = serializers.CharField(allow_null=True)
    authority = serializers.CharField()
    state = serializers.CharField()
    status = serializers.CharField()
    version = serializers.IntegerField()
    is_historic = serializers.BooleanField(help_text="Decided before the exchange held it; nobody was told of it here.")
    notified_on = serializers.DateField(allow_null=True)
    review_number = serializers.IntegerField()
    review_due_on = serializers.DateField(allow_null=True)
    recorded_at = serializers.DateTimeField(allow_null=True)
    register_sequence = serializers.IntegerField(allow_null=True)
    siblings_key = serializers.UUIDField(allow_null=True, help_text="Shared by denials of one refused application.")
    validity = ValidityOut()
    overlays = serializers.ListField(
        child=serializers.ChoiceField(choices=[str(one) for one in Overlay]),
        help_text="What is true of it today beside its state; computed, never stored.",
    )
    court = CourtFactOut(many=True, help_text="What courts did so far, the first first.")
    recalled_at = serializers.DateTimeField(
        allow_null=True, help_text="When it was last recalled because a person is exonerated; see `recalls/`."
    )


class DifferenceOut(serializers.Serializer[Any]):
    """A field stated otherwise than in the version before."""

    field = serializers.CharField()
    before = serializers.JSONField()
    after = serializers.JSONField()


class VersionOut(serializers.Serializer[Any]):
    """A recorded version, with what it changed."""

    version = serializers.IntegerField()
    kind = serializers.CharField()
    status = serializers.CharField()
    valid_from = serializers.DateField()
    recorded_at = serializers.DateTimeField()
    register_sequence = serializers.IntegerField()
    reason = serializers.CharField()
    court = CourtFactOut(many=True)
    content = ContentOut()
    differences = DifferenceOut(many=True)


class ToldOut(serializers.Serializer[Any]):
    """Whom the issuer told, of what and when."""

    authority = serializers.CharField()
    kind = serializers.CharField()
    at = serializers.DateTimeField()


class FindingOut(serializers.Serializer[Any]):
    """An error of a file, or something to know, by row, column and rule."""

    row = serializers.IntegerField()
    column = serializers.CharField()
    rule = serializers.CharField()
    value = serializers.CharField()


class ReferenceOut(serializers.Serializer[Any]):
    """A denial that a row became."""

    row = serializers.IntegerField()
    id = serializers.UUIDField()
    reference = serializers.CharField()


class FileOut(serializers.Serializer[Any]):
    """What a file holds and what came of it; with errors, nothing is taken in."""

    file = serializers.CharField()
    dry_run = serializers.BooleanField()
    rows = serializers.IntegerField()
    denials = serializers.IntegerField()
    new = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    imported = serializers.IntegerField()
    columns = serializers.DictField(child=serializers.CharField())
    ignored_columns = serializers.ListField(child=serializers.CharField())
    notes = FindingOut(
        many=True, help_text="What is to be known of the file as a whole: its encoding, sheets not read."
    )
    errors = FindingOut(many=True)  # type: ignore[assignment]  # a member of that name is meant
    warnings = FindingOut(many=True)
    references = ReferenceOut(many=True)


# ---- from rows to data -------------------------------------------------------------------------------------------


def denial(row: Denial, reader: Principal, *, now: datetime, standing: Standing) -> dict[str, Any]:
    """
    Return a denial as a reader may see it.

    :param standing: how denials stand, asked for once for a whole list; the day is that at the issuer's seat.
    """
    version = row.current
    if version is None:
        raise ValueError("a denial without a version is not shown")
    on = today_of(row, now)
    return {
        **content(version, row, reader),
        "id": row.pk,
        "reference": row.reference,
        "authority": row.authority.code,
        "state": row.state_of_issue_id,
        "status": row.status,
        "version": version.number,
        "is_historic": row.is_historic,
        "notified_on": version.notified_on,
        "review_number": version.review_number,
        "review_due_on": version.review_due_on,
        "recorded_at": version.recorded_at,
        "register_sequence": version.change.sequence if version.recorded_at else None,
        "siblings_key": row.siblings_key,
        "validity": _validity(standing.of(row, on)),
        "overlays": [str(one) for one in standing.overlays(row, on)],
        "court": version.court,
    }


def _validity(found: Validity) -> dict[str, Any]:
    return {"counts": found.counts, "reason": str(found.reason), "until": found.until}


def content(version: DenialVersion, row: Denial, reader: Principal) -> dict[str, Any]:
    """Return what a version states, as a reader may see it."""
    version.denial = row
    return as_sent(content_shown(rows.read(version), reader, row.authority_id))


def history(row: Denial, versions: Iterable[DenialVersion], reader: Principal) -> list[dict[str, Any]]:
    """Return the recorded versions, the first first, each with what it changed."""
    found: list[dict[str, Any]] = []
    before: DenialContent | None = None
    for version in versions:
        version.denial = row
        shown = versions_of.shown(version, reader)
        changed = differences(before or shown, shown)
        found.append(
            {
                "version": version.number,
                "kind": version.kind,
                "status": version.status,
                "valid_from": version.valid_from,
                "recorded_at": version.recorded_at,
                "register_sequence": version.change.sequence,
                "reason": version.change_reason,
                "court": version.court,
                "content": as_sent(shown),
                "differences": [
                    {"field": one.field, "before": plain(one.before), "after": plain(one.after)} for one in changed
                ],
            }
        )
        before = shown
    return found


def told(notices: Iterable[Notice]) -> list[dict[str, Any]]:
    """Return whom the issuer told."""
    return [{"authority": one.recipient.code, "kind": one.kind, "at": one.created_at} for one in notices]
