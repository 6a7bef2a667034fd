"""REST: the register change by change, with what proves that a mirror holds the same."""

from typing import Any
from urllib.parse import urlencode

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock
from accounts.api.fields import StrictSerializer, checked_query
from accounts.api.schema import answers
from accounts.roles import Principal
from denials import feed, ledger
from denials.api.answers import ContentOut
from denials.law.feed import GENESIS, ScopeChanged

MOST_DIGESTED = 2000
LARGEST = 2**63 - 1


class ChangesIn(StrictSerializer):
    """Where to go on in the change feed."""

    after = serializers.IntegerField(min_value=0, max_value=LARGEST, required=False, default=0)
    limit = serializers.IntegerField(min_value=1, max_value=1000, required=False, default=200)
    scope = serializers.RegexField(
        r"\A[0-9a-f]{32}\Z",
        required=False,
        help_text="The scope of the last answer: 409 `scope_changed` where it is another by now.",
    )


class DigestIn(StrictSerializer):
    """Over which changes, and the chain up to the first of them."""

    after = serializers.IntegerField(min_value=0, max_value=LARGEST, required=False, default=0)
    upto = serializers.IntegerField(min_value=0, max_value=LARGEST)
    previous = serializers.RegexField(r"\A[0-9a-f]{64}\Z", required=False, default=GENESIS)


class RewrittenOut(serializers.Serializer[Any]):
    """An earlier version as it reads since a person was erased."""

    version = serializers.IntegerField()
    reason = serializers.CharField()
    court = serializers.ListField(child=serializers.DictField(), help_text="What courts did until then.")
    content = ContentOut(allow_null=True)


class ChangeOut(serializers.Serializer[Any]):
    """
    One change of the register. `content` is that of the version recorded; null for a withdrawn denial.

    A change of kind `tombstone` is of a denial out of this reader's sight: all but number, denial and time is null.
    One of kind `erase` blanks a person, in the version it records and in all before it, as `rewritten` gives them.
    """

    sequence = serializers.IntegerField()
    kind = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    denial = serializers.UUIDField()
    reference = serializers.CharField(allow_null=True)
    authority = serializers.CharField(allow_null=True)
    state = serializers.CharField(allow_null=True)
    regime = serializers.CharField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    status = serializers.CharField(allow_null=True)
    valid_from = serializers.DateField(allow_null=True)
    notified_on = serializers.DateField(allow_null=True)
    review_number = serializers.IntegerField(allow_null=True)
    review_due_on = serializers.DateField(allow_null=True)
    court = serializers.ListField(child=serializers.DictField(), help_text="What courts did so far.")
    reason = serializers.CharField()
    is_historic = serializers.BooleanField(allow_null=True)
    siblings_key = serializers.UUIDField(allow_null=True)
    content = ContentOut(allow_null=True)
    rewritten = RewrittenOut(many=True)
    digest = serializers.CharField(help_text="SHA-256 of this object as canonical JSON, without this member.")


class ChangesOut(serializers.Serializer[Any]):
    """
    A stretch of the change feed. Ask again with `after` = `next_after`; `head` is the last change this reader is sent.

    `scope` names what the reader may see: where it changes, begin again at 0.
    """

    head = serializers.IntegerField()
    next_after = serializers.IntegerField()
    more = serializers.BooleanField()
    next = serializers.CharField(allow_null=True, help_text="The address of the next stretch, null at the head.")
    scope = serializers.CharField()
    results = ChangeOut(many=True)


class DigestOut(serializers.Serializer[Any]):
    """The chain over what this reader is sent after `after`, up to and with `upto`; with `more`, go on from there."""

    after = serializers.IntegerField()
    upto = serializers.IntegerField()
    count = serializers.IntegerField()
    digest = serializers.CharField()
    more = serializers.BooleanField()
    head = serializers.IntegerField()
    scope = serializers.CharField()


class ChangeFeed:
    """The two operations of the feed, for the viewset of the register."""

    principal: Principal

    @extend_schema(
        summary="Follow the register change by change, to keep a mirror",
        description="Every change once, in order. What is answered is noted in the recipients' ledger as mirrored.",
        parameters=[ChangesIn],
        responses=answers({200: ChangesOut}, 400, 409),
        filters=False,
    )
    @action(detail=False, pagination_class=None)
    def changes(self, request: Request) -> Response:
        asked, scope = checked_query(ChangesIn, request), feed.scope_of(self.principal)
        if asked.get("scope", scope) != scope:
            raise ScopeChanged(scope)
        after, limit, head = asked["after"], asked["limit"], feed.head_for(self.principal)
        found = feed.with_versions(feed.changes_for(self.principal).filter(sequence__gt=after))[: limit + 1]
        shown, more = list(found)[:limit], len(found) > limit
        in_sight = [one.denial_id for one in shown if feed.is_in_sight(one)]
        ledger.note_mirrored(in_sight, self.principal, at=clock.now())
        next_after = shown[-1].sequence if shown else after
        data = {
            "head": max(head, next_after) if shown else head,
            "next_after": next_after,
            "more": more,
            "next": _next(request, after=next_after, limit=limit, scope=scope) if more else None,
            "scope": scope,
            "results": [feed.sent(one, self.principal) for one in shown],
        }
        return Response(data)

    @extend_schema(
        summary="Read the digest of what this reader is sent, to prove a mirror",
        description=f"At most {MOST_DIGESTED} changes an answer: with `more`, ask again with `after` = `upto` and "
        "`previous` = `digest`. Each side computes the same: SHA-256 over the chain so far and the digest of the "
        "next change, in hexadecimal digits, beginning with 64 zeros.",
        parameters=[DigestIn],
        responses=answers({200: DigestOut}, 400),
        filters=False,
    )
    @action(detail=False, pagination_class=None)
    def digest(self, request: Request) -> Response:
        asked = checked_query(DigestIn, request)
        head = feed.head_for(self.principal)
        found = feed.stretch(self.principal, **asked, most=MOST_DIGESTED)
        scope = feed.scope_of(self.principal)
        return Response(DigestOut({**vars(found), "head": head, "scope": scope}).data)


def _next(request: Request, **asked: Any) -> str:
    return f"{request._request.path}?{urlencode(asked)}"
