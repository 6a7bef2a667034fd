"""REST: what happens to a denial after its draft, the recipients' ledger, recalls, and the review docket."""

from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock
from accounts.api.fields import StrictSerializer, TextField
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.roles import Principal
from denials import actions
from denials import docket as owed
from denials.api import answers as out
from denials.api import serializers as given
from denials.law import court
from denials.law.erasure import PERSONAL
from denials.law.feed import as_sent
from denials.law.lifecycle import Event
from denials.law.proposals import Proposal
from denials.models import Denial, Erasure, ProposedAct, Recall, RecallRequest

LONGEST = 20_000
MOST_REVIEWS = 50
MOST_LISTED = 500
ACT = (400, 404, 409, 422)


class FinalAssessmentIn(StrictSerializer):
    """What a suspension becomes, since which day, and why."""

    act = TextField(max_length=32, help_text="refusal, annulment or revocation.")
    decided_on = serializers.DateField(required=False, allow_null=True, default=None)
    reason = TextField(multiline=True, max_length=LONGEST)
    submit = serializers.BooleanField(default=False, help_text=given.SUBMIT)


class ReleaseIn(StrictSerializer):
    """Of an act upon a denial in force: the proposal that was seen. A submitted draft needs none."""

    proposal = serializers.UUIDField(required=False, allow_null=True, default=None)


class DenialProposalOut(serializers.Serializer[Any]):
    """An act that waits for a second officer, in full as it was submitted; content is an amendment's alone."""

    id = serializers.UUIDField()
    denial = serializers.UUIDField()
    event = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    submitted_by = serializers.CharField(allow_blank=True)
    overtaken = serializers.BooleanField(help_text="The denial has changed since: it can only be returned.")
    reason = serializers.CharField(allow_blank=True)
    content = out.ContentOut(allow_null=True)
    valid_from = serializers.DateField(allow_null=True)
    is_review = serializers.BooleanField()
    act = serializers.CharField(allow_blank=True)
    decided_on = serializers.DateField(allow_null=True)


class CourtFactIn(StrictSerializer):
    """What a court did, when, which court, under which number."""

    fact = serializers.ChoiceField(choices=[str(one) for one in court.Fact])
    on = serializers.DateField()
    court = TextField(max_length=200, required=False, allow_blank=True, default="")
    reference = TextField(max_length=200, required=False, allow_blank=True, default="")
    remark = TextField(multiline=True, max_length=LONGEST, required=False, allow_blank=True, default="")


class RecallIn(StrictSerializer):
    """What all who received the denial are asked to delete or correct, and why."""

    demand = serializers.ChoiceField(choices=Recall.Demand.values)
    what = TextField(multiline=True, max_length=LONGEST)
    reason = TextField(multiline=True, max_length=LONGEST)


class ErasureIn(StrictSerializer):
    """Who is erased, by every spelling that is to be blanked; which personal fields; what it rests on."""

    names = serializers.ListField(child=TextField(max_length=500), allow_empty=False, max_length=100)
    fields = serializers.ListField(  # type: ignore[assignment]  # the field's name is the body's
        child=serializers.ChoiceField(choices=PERSONAL), allow_empty=False, default=list(PERSONAL)
    )
    basis = TextField(multiline=True, max_length=2000)


class ErasureOut(serializers.Serializer[Any]):
    """What was blanked, as version and path such as `1.parties[0].name`; digests of it are kept."""

    denial = serializers.UUIDField()
    reference = serializers.CharField()
    blanked = serializers.ListField(child=serializers.CharField())


class AcknowledgementIn(StrictSerializer):
    """Which recall is acknowledged, and what was done, for its issuer to read."""

    recall = serializers.UUIDField()
    note = TextField(multiline=True, max_length=LONGEST, required=False, allow_blank=True, default="")


class AcknowledgementOut(serializers.Serializer[Any]):
    """An authority that was asked, and when it acknowledged."""

    authority = serializers.CharField()
    asked_at = serializers.DateTimeField()
    acknowledged_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField()


class RecallOut(serializers.Serializer[Any]):
    """A recall. Its issuer sees everyone who was asked, an authority that was asked only itself."""

    id = serializers.UUIDField()
    denial = serializers.UUIDField()
    reference = serializers.CharField()
    demand = serializers.CharField()
    what = serializers.CharField()
    reason = serializers.CharField()
    recalled_at = serializers.DateTimeField()
    answer_by = serializers.DateField(help_text="When those who have not acknowledged are first reminded.")
    requests = AcknowledgementOut(many=True)
    missing = serializers.ListField(child=serializers.CharField(), help_text="Codes of those who have not.")


class RecipientOut(serializers.Serializer[Any]):
    """What another authority received of a denial, and when."""

    authority = serializers.CharField()
    told_at = serializers.DateTimeField(allow_null=True)
    first_read_at = serializers.DateTimeField(allow_null=True)
    last_read_at = serializers.DateTimeField(allow_null=True)
    exported_at = serializers.DateTimeField(allow_null=True)
    mirrored_at = serializers.DateTimeField(allow_null=True)


class ReviewIn(StrictSerializer):
    """A denial to be maintained, with the reasoning; from the third review on it is required."""

    denial = serializers.UUIDField()
    reason = TextField(multiline=True, max_length=LONGEST, required=False, allow_blank=True, default="")


class ReviewsIn(StrictSerializer):
    """Denials to be maintained in one go, each wholly or not at all."""

    reviews = ReviewIn(many=True, max_length=MOST_REVIEWS, allow_empty=False)  # type: ignore[call-arg]  # `many` takes it


class ReviewResultOut(serializers.Serializer[Any]):
    """What came of one review."""

    denial = serializers.UUIDField()
    done = serializers.BooleanField()
    review_due_on = serializers.DateField(allow_null=True)
    code = serializers.CharField(help_text="The rule that refused, empty where none did.")
    article = serializers.CharField()


class ReviewResultsOut(serializers.Serializer[Any]):
    """What came of each review, in the order asked."""

    results = ReviewResultOut(many=True)


class ReviewDueOut(serializers.Serializer[Any]):
    """A review to be done."""

    denial = serializers.UUIDField()
    reference = serializers.CharField()
    due_on = serializers.DateField()
    last_day = serializers.DateField(help_text="Moved to a working day in the issuer's calendar.")
    group = serializers.ChoiceField(choices=[str(one) for one in owed.Group])
    number = serializers.IntegerField()
    reasoning_required = serializers.BooleanField()
    person = serializers.CharField(allow_blank=True)


class AssessmentDueOut(serializers.Serializer[Any]):
    """A suspension that has ended or ends in this quarter."""

    denial = serializers.UUIDField()
    reference = serializers.CharField()
    suspended_until = serializers.DateField()


class DocketOut(serializers.Serializer[Any]):
    """What the own authority owes on a day; at most 500 of each, the counts tell how many reviews there are."""

    on = serializers.DateField()
    quarter_ends = serializers.DateField()
    counts = serializers.DictField(child=serializers.IntegerField())
    reviews = ReviewDueOut(many=True)
    assessments = AssessmentDueOut(many=True)
    awaiting_release = serializers.ListField(child=serializers.UUIDField())
    acts_awaiting_release = serializers.ListField(
        child=serializers.UUIDField(), help_text="Denials in force upon which an act waits for a second officer."
    )
    recalls_to_acknowledge = RecallOut(many=True)
    recalls_unanswered = RecallOut(many=True)


def _schema(summary: str, request: Any) -> Any:
    return extend_schema(
        summary=summary,
        request=request,
        responses=answers({200: out.DenialOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        filters=False,
    )


class LifeCycle:
    """What happens to a denial after its draft; mixed into the register's viewset."""

    life_cycle_permissions = {
        "submit": "denial.notify",
        "release": "denial.release",
        "proposal": "denial.draft",
        "return_to_draft": "denial.draft",
        "lift": "denial.revoke",
        "confirm": "denial.amend",
        "court": "denial.amend",
        "recall": "denial.revoke",
        "recalls": "denial.read",
        "acknowledge": "denial.acknowledge",
        "erase": "denial.erase",
        "recipients": "denial.read",
        "docket": "denial.amend",
        "renew_several": "denial.amend",
    }

    @_schema("Lay a complete draft before a second officer", given.NothingIn)
    @action(detail=True, methods=["post"])
    def submit(self: Any, request: Request, pk: str) -> Response:
        return self._done(actions.submit_denial, given.NothingIn)

    @_schema("Release what another officer submitted: a draft, or an act upon a denial in force", ReleaseIn)
    @action(detail=True, methods=["post"])
    def release(self: Any, request: Request, pk: str) -> Response:
        return self._done(_release, ReleaseIn)

    @_schema("Return what was submitted, with the reason", given.DenialReasonIn)
    @action(detail=True, methods=["post"], url_path="return")
    def return_to_draft(self: Any, request: Request, pk: str) -> Response:
        row = self._own()
        waits = ProposedAct.objects.filter(denial=row).exists()
        verb = actions.return_act if waits else actions.return_denial
        answer: Response = self._acted(row, verb, self._checked(given.DenialReasonIn, request.data))
        return answer

    @extend_schema(
        summary="Read the act upon an own denial that waits for a second officer",
        responses=answers({200: DenialProposalOut}, 404),
        filters=False,
    )
    @action(detail=True, pagination_class=None)
    def proposal(self: Any, request: Request, pk: str) -> Response:
        row = self._own()
        waiting = ProposedAct.objects.filter(denial=row).select_related("proposed_by").first()
        if waiting is None:
            raise NotFound
        return Response(DenialProposalOut(_proposal(waiting, row)).data)

    @_schema("End a suspension by a favourable final assessment", given.ReasonOfActIn)
    @action(detail=True, methods=["post"])
    def lift(self: Any, request: Request, pk: str) -> Response:
        return self._released_or_proposed(Event.LIFT, actions.lift_suspension)

    @_schema("Turn a suspension into a refusal, an annulment or a revocation", FinalAssessmentIn)
    @action(detail=True, methods=["post"])
    def confirm(self: Any, request: Request, pk: str) -> Response:
        return self._released_or_proposed(Event.CONFIRM, actions.confirm_suspension, FinalAssessmentIn)

    @_schema("Record an appeal or a ruling", CourtFactIn)
    @action(detail=True, methods=["post"])
    def court(self: Any, request: Request, pk: str) -> Response:
        return self._done(_record_court_fact, CourtFactIn)

    @extend_schema(
        summary="Recall a denial from everyone who received it: a person is exonerated",
        request=RecallIn,
        responses=answers({200: RecallOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        filters=False,
    )
    @action(detail=True, methods=["post"])
    def recall(self: Any, request: Request, pk: str) -> Response:
        row, data = self._own(), self._checked(RecallIn, request.data)
        made = actions.recall_denial(denial_id=row.pk, by=self.principal, now=clock.now(), **data)
        return Response(RecallOut(_recall(made, self.principal)).data)

    @extend_schema(
        summary="Erase a person from a denial: a supervisor of the issuer, in person",
        description="Fields left out: all of them. It cannot be undone; everybody told of the denial is told.",
        request=ErasureIn,
        responses=answers({200: ErasureOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        filters=False,
    )
    @action(detail=True, methods=["post"])
    def erase(self: Any, request: Request, pk: str) -> Response:
        row, data, now = self._own(), self._checked(ErasureIn, request.data), clock.now()
        chosen = data.pop("fields")
        denial = actions.erase_person(denial_id=row.pk, chosen=chosen, by=self.principal, now=now, **data)
        kept = Erasure.objects.filter(version__denial=denial, at=now).order_by("version__number", "path")
        blanked = [f"{number}.{path}" for number, path in kept.values_list("version__number", "path")]
        told = {"denial": denial.pk, "reference": denial.reference, "blanked": blanked}
        return Response(ErasureOut(told).data)

    @extend_schema(
        summary="List the recalls of a denial: all for its issuer, for another what it was asked itself",
        responses=answers({200: RecallOut(many=True)}, 404),
        filters=False,
    )
    @action(detail=True, pagination_class=None)
    def recalls(self: Any, request: Request, pk: str) -> Response:
        row: Denial = self.get_object()
        found = row.recalls.order_by("recalled_at").prefetch_related("requests__authority")
        shown = [_recall(one, self.principal) for one in found]
        own = row.authority_id == self.principal.authority_id
        return Response(RecallOut([one for one in shown if own or one["requests"]], many=True).data)

    @extend_schema(
        summary="Acknowledge a recall for the own authority",
        request=AcknowledgementIn,
        responses=answers({200: RecallOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        filters=False,
    )
    @action(detail=True, methods=["post"])
    def acknowledge(self: Any, request: Request, pk: str) -> Response:
        row, data = self.get_object(), self._checked(AcknowledgementIn, request.data)
        asked = row.recalls.filter(pk=data["recall"]).values_list("pk", flat=True).first()
        done = actions.acknowledge_recall(
            recall_id=asked or row.pk, note=data["note"], by=self.principal, now=clock.now()
        )
        return Response(RecallOut(_recall(done.recall, self.principal)).data)

    @extend_schema(
        summary="List which other authorities received a denial: told, read, exported, mirrored",
        responses=answers({200: RecipientOut(many=True)}, 404),
        filters=False,
    )
    @action(detail=True, pagination_class=None)
    def recipients(self: Any, request: Request, pk: str) -> Response:
        rows = self._own().recipients.select_related("authority").order_by("authority__code")
        names = ("told_at", "first_read_at", "last_read_at", "exported_at", "mirrored_at")
        data = [{"authority": one.authority.code, **{name: getattr(one, name) for name in names}} for one in rows]
        return Response(RecipientOut(data, many=True).data)

    # ---- the docket ----------------------------------------------------------------------------------------------

    @extend_schema(
        summary="Read what the own authority owes: reviews, assessments, releases, recalls",
        parameters=[OpenApiParameter("group", enum=[str(one) for one in owed.Group])],
        responses=answers({200: DocketOut}, 400),
        filters=False,
    )
    @action(detail=False, pagination_class=None)
    def docket(self: Any, request: Request) -> Response:
        docket = owed.Docket(self.principal, clock.now())
        return Response(DocketOut(_docket(docket, request.query_params.get("group", ""), self.principal)).data)

    @extend_schema(
        summary="Maintain several reviewed denials, each wholly or not at all",
        request=ReviewsIn,
        responses=answers({200: ReviewResultsOut}, 400),
        parameters=[IDEMPOTENCY_KEY],
        filters=False,
    )
    @action(detail=False, methods=["post"], url_path="docket/renew")
    def renew_several(self: Any, request: Request) -> Response:
        asked = self._checked(ReviewsIn, request.data)["reviews"]
        reviews = [actions.Review(one["denial"], one["reason"]) for one in asked]
        outcomes = actions.renew_denials(reviews=reviews, by=self.principal, now=clock.now())
        return Response(ReviewResultsOut({"results": [_result(one) for one in outcomes]}).data)

    def _done(self: Any, verb: Any, body: Any) -> Response:
        """Do one act: whose it is comes before what it says."""
        row = self._own()
        answer: Response = self._acted(row, verb, self._checked(body, self.request.data))
        return answer

    def _released_or_proposed(self: Any, event: Event, verb: Any, body: Any = given.ReasonOfActIn) -> Response:
        """Do one act, or lay it before a second officer where the body says so."""
        row = self._own()
        facts = self._checked(body, self.request.data)
        if facts.pop("submit"):
            verb, facts = actions.propose_act, {"proposal": Proposal(event, **facts)}
        answer: Response = self._acted(row, verb, facts)
        return answer

    def _acted(self: Any, row: Denial, verb: Any, facts: dict[str, Any]) -> Response:
        """Do an act upon an own denial and answer with the denial as it is then."""
        verb(denial_id=row.pk, by=self.principal, now=clock.now(), **facts)
        answer: Response = self._shown(self._again(row.pk))
        return answer


def _release(*, denial_id: UUID, proposal: UUID | None, by: Principal, now: datetime) -> Denial:
    if proposal is None:
        return actions.release_denial(denial_id=denial_id, by=by, now=now)
    return actions.release_act(denial_id=denial_id, proposed=proposal, by=by, now=now)


def _proposal(waiting: ProposedAct, denial: Denial) -> dict[str, Any]:
    told = waiting.proposal()
    current = denial.current.number if denial.current else 0
    return {
        "id": waiting.pk,
        "denial": waiting.denial_id,
        "event": waiting.event,
        "submitted_at": waiting.proposed_at,
        "submitted_by": str(waiting.proposed_by or ""),
        "overtaken": waiting.based_on != current,
        "reason": told.reason,
        "content": as_sent(told.content) if told.content else None,
        "valid_from": told.valid_from,
        "is_review": told.as_review,
        "act": told.act,
        "decided_on": told.decided_on,
    }


def _record_court_fact(*, remark: str, denial_id: UUID, by: Principal, now: datetime, **fact: Any) -> Denial:
    given_fact = court.CourtFact(**fact)
    return actions.record_court_fact(denial_id=denial_id, fact=given_fact, by=by, now=now, reason=remark)


def _recall(one: Recall, reader: Any) -> dict[str, Any]:
    asked = list(one.requests.all())
    if one.denial.authority_id != reader.authority_id:
        asked = [row for row in asked if row.authority_id == reader.authority_id]
    return {
        "id": one.pk,
        "denial": one.denial_id,
        "reference": one.denial.reference,
        "demand": one.demand,
        "what": one.what,
        "reason": one.reason,
        "recalled_at": one.recalled_at,
        "answer_by": one.answer_by,
        "requests": [_request(row) for row in asked],
        "missing": [row.authority.code for row in asked if row.acknowledged_at is None],
    }


def _request(row: RecallRequest) -> dict[str, Any]:
    names = ("asked_at", "acknowledged_at", "note")
    return {"authority": row.authority.code, **{name: getattr(row, name) for name in names}}


def _result(one: actions.Outcome) -> dict[str, Any]:
    version = one.denial.current if one.denial else None
    return {
        "denial": one.denial_id,
        "done": one.refusal is None,
        "review_due_on": version.review_due_on if version else None,
        "code": one.refusal.code if one.refusal else "",
        "article": one.refusal.article if one.refusal else "",
    }


def _docket(docket: owed.Docket, group: str, reader: Any) -> dict[str, Any]:
    due = docket.reviews_due(group).select_related("current__recorded_by")[:MOST_LISTED]
    asked = Recall.objects.select_related("denial").prefetch_related("requests__authority")
    to_acknowledge = docket.to_acknowledge().order_by().values("recall")
    unanswered = docket.unanswered().order_by().values("pk")
    return {
        "on": docket.today,
        "quarter_ends": docket.quarter_ends,
        "counts": docket.counts(),
        "reviews": [_review(docket.review(one)) for one in due],
        "assessments": [_assessment(one) for one in docket.assessments().select_related("current")[:MOST_LISTED]],
        "acts_awaiting_release": list(docket.proposed_acts().values_list("denial", flat=True)[:MOST_LISTED]),
        "awaiting_release": list(docket.waiting_for_release().values_list("pk", flat=True)[:MOST_LISTED]),
        "recalls_to_acknowledge": [_recall(one, reader) for one in asked.filter(pk__in=to_acknowledge)[:MOST_LISTED]],
        "recalls_unanswered": [_recall(one, reader) for one in asked.filter(pk__in=unanswered)[:MOST_LISTED]],
    }


def _review(one: owed.Review) -> dict[str, Any]:
    facts = {name: getattr(one, name) for name in ("due_on", "last_day", "group", "number", "reasoning_required")}
    return {"denial": one.denial.pk, "reference": one.denial.reference, "person": str(one.person or ""), **facts}


def _assessment(one: Denial) -> dict[str, Any]:
    until = one.current.suspended_until if one.current else None
    return {"denial": one.pk, "reference": one.reference, "suspended_until": until}
