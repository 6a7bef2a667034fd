"""REST: the register to read, to act upon, to fill from a file, and to follow change by change."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts import clock, principals
from accounts.api.errors import problem
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from accounts.labels import rule_text
from accounts.law.errors import StillIncomplete
from accounts.models import Notice
from denials import actions, imports, ledger
from denials.api import answers as out
from denials.api import serializers as given
from denials.api.changes import ChangeFeed
from denials.api.history import Differences
from denials.api.imports import decoded
from denials.api.lifecycle import LifeCycle
from denials.api.listing import Listing
from denials.labels import FIELDS, problem_text, problem_texts
from denials.law.content import ContentRefused, DenialContent
from denials.law.lifecycle import Event
from denials.law.proposals import Proposal
from denials.models import Denial, Recall
from denials.standing import Standing

ACT = (400, 404, 409, 422)
#: What the rules of a regime call otherwise than the fields of the body.
BODY_FIELDS = {"reasons": "explanation", "grounds": "criteria", "item_codes": "items.code"}
BODY_FIELDS |= {"item_parameters": "items.parameters", "end_user": "parties", "period": "period_since"}


Data = list[dict[str, Any]]
Page = list[Denial]


def act_schema(summary: str, request: Any, **more: Any) -> Any:
    """Describe an act upon one denial."""
    return extend_schema(
        summary=summary,
        request=request,
        responses=answers({200: out.DenialOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        **more,
    )


@extend_schema_view(
    retrieve=extend_schema(summary="Read a denial", responses=answers({200: out.DenialOut}, 404)),
)
class Denials(Listing, ChangeFeed, Differences, LifeCycle, ExchangeViewSet):
    """Denials notified by all, and the drafts of one's own authority."""

    queryset = Denial.objects.none()
    serializer_class = out.DenialOut
    permissions_needed = {
        "list": "denial.read",
        "retrieve": "denial.read",
        "history": "denial.read",
        "changes": "denial.read",
        "digest": "denial.read",
        "differences": "denial.read",
        "told": "denial.read",
        "create": "denial.draft",
        "draft": "denial.draft",
        "discard": "denial.draft",
        "notify": "denial.notify",
        "amend": "denial.amend",
        "renew": "denial.amend",
        "revoke": "denial.revoke",
        "withdraw": "denial.revoke",
        "take_in": "denial.import",
        **LifeCycle.life_cycle_permissions,
    }

    def get_queryset(self) -> "QuerySet[Denial]":
        return cast("QuerySet[Denial]", Denial.objects.visible_to(self.principal).with_content())

    # ---- reading -------------------------------------------------------------------------------------------------

    def retrieve(self, request: Request, pk: str) -> Response:
        row = cast("Denial", self.get_object())
        ledger.note_read([row], self.principal, at=clock.now())
        return self._shown(row)

    @extend_schema(
        summary="List the recorded versions of a denial, the first first, with what each changed",
        responses=answers({200: out.VersionOut(many=True)}, 404),
        filters=False,
    )
    @action(detail=True, pagination_class=None)
    def history(self, request: Request, pk: str) -> Response:
        row = self.get_object()
        ledger.note_read([row], self.principal, at=clock.now())
        versions = row.versions.filter(recorded_at__isnull=False).select_related("change").order_by("number")
        parts = versions.prefetch_related("items", "parties", "destinations", "criteria")
        return Response(out.VersionOut(out.history(row, parts, self.principal), many=True).data)

    @extend_schema(
        summary="List whom the own authority told of a denial",
        responses=answers({200: out.ToldOut(many=True)}, 404),
        filters=False,
    )
    @action(detail=True, pagination_class=None)
    def told(self, request: Request, pk: str) -> Response:
        row = self._own()
        notices = Notice.objects.filter(subject_id=row.pk, subject_type="denials.denial").select_related("recipient")
        return Response(out.ToldOut(out.told(notices.order_by("created_at", "recipient__code")), many=True).data)

    # ---- acting --------------------------------------------------------------------------------------------------

    @extend_schema(
        summary="Notify a denial, or keep it as a draft",
        request=given.DenialIn,
        responses=answers({201: out.DenialOut}, 400, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    def create(self, request: Request) -> Response:
        data, now = self._checked(given.DenialIn, request.data), clock.now()
        authority = principals.authority_of(self.principal)
        content = self._content(data, now)
        if data["status"] == "draft":
            row = actions.save_draft(content=content, authority=authority, by=self.principal, now=now)
        elif self.principal.may("denial.notify"):
            row = actions.notify_content(content=content, authority=authority, by=self.principal, now=now)
        else:
            raise PermissionDenied
        response = self._shown(self._again(row.pk), status=201)
        response.headers["Location"] = f"/api/v1/denials/{row.pk}/"
        return response

    @act_schema("Replace the content of a draft", given.ContentIn)
    @action(detail=True, methods=["post"])
    def draft(self, request: Request, pk: str) -> Response:
        row, now = self._own(), clock.now()
        content = self._content(self._checked(given.ContentIn, request.data), now)
        authority = principals.authority_of(self.principal)
        actions.save_draft(content=content, authority=authority, by=self.principal, now=now, denial_id=row.pk)
        return self._shown(self._again(row.pk))

    @act_schema("Notify a draft", given.NothingIn)
    @action(detail=True, methods=["post"])
    def notify(self, request: Request, pk: str) -> Response:
        return self._done(actions.notify_denial, given.NothingIn)

    @act_schema("Give up a draft", given.NothingIn)
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, pk: str) -> Response:
        return self._done(actions.discard_draft, given.NothingIn)

    @act_schema("Amend a denial in force: a new version, and everyone is told", given.AmendmentIn)
    @action(detail=True, methods=["post"])
    def amend(self, request: Request, pk: str) -> Response:
        row, now = self._own(), clock.now()
        data = self._checked(given.AmendmentIn, request.data)
        facts = {"reason": data["reason"], "valid_from": data["valid_from"], "as_review": data["is_review"]}
        content = self._content(data, now)
        if data["submit"]:
            return self._acted(row, actions.propose_act, {"proposal": Proposal(Event.AMEND, content=content, **facts)})
        actions.amend_denial(denial_id=row.pk, content=content, by=self.principal, now=now, **facts)
        return self._shown(self._again(row.pk))

    @act_schema("Record a review that maintains the denial", given.DenialReasonIn)
    @action(detail=True, methods=["post"])
    def renew(self, request: Request, pk: str) -> Response:
        return self._done(actions.renew_denial, given.DenialReasonIn)

    @act_schema("Revoke a denial, with the reason", given.ReasonOfActIn)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        return self._released_or_proposed(Event.REVOKE, actions.revoke_denial)

    @act_schema("Withdraw a denial notified in error, with the reason", given.ReasonOfActIn)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        return self._released_or_proposed(Event.WITHDRAW, actions.withdraw_denial)

    @extend_schema(
        summary="Take in a file of denials decided in the past, as a whole or not at all",
        description="They are in force, their day of notification is unknown, and no notice is sent.",
        request=given.FileIn,
        responses=answers({200: out.FileOut}, 400, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=False, methods=["post"], url_path="import")
    def take_in(self, request: Request) -> Response:
        data, now = self._checked(given.FileIn, request.data), clock.now()
        authority = principals.authority_of(self.principal)
        raw = decoded(data["content"])
        try:
            given_file = {"name": data["name"], "authority": authority, "regime": data["regime"], "now": now}
            plan = imports.make_plan(raw, **given_file, most=imports.MOST_AT_A_DOOR)
        except imports.FileRefused as refused:
            message = problem_text(refused.rule, {"value": refused.value})
            raise ValidationError({"content": [message]}, code=refused.rule) from refused
        if plan.errors and not data["dry_run"]:
            return _refused_file(plan)
        report = imports.take_in(plan, by=self.principal, now=now, dry_run=data["dry_run"])
        return Response(out.FileOut(report).data)

    # ---- common --------------------------------------------------------------------------------------------------

    def handle_exception(self, error: Exception) -> Any:
        """Name every field a rule refuses, as for any other content that is not accepted."""
        if isinstance(error, ContentRefused):
            return problem(422, code=error.code, title=rule_text(error), errors=problem_texts(error.problems))
        if isinstance(error, StillIncomplete):
            errors = [
                {"field": BODY_FIELDS.get(name, name), "rule": "required", "message": str(FIELDS.get(name, name))}
                for name in cast("tuple[str, ...]", error.params["fields"])
            ]
            return problem(422, code=error.code, title=rule_text(error), article=error.article, errors=errors)
        return super().handle_exception(error)

    def _checked(self, kind: type[BaseSerializer[Any]], data: Any) -> dict[str, Any]:
        serializer = kind(data=data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _content(self, data: dict[str, Any], now: datetime) -> DenialContent:
        own = {self.principal.authority_code.upper(), self.principal.state.upper()}
        if data["authority"] and data["authority"].upper() not in own:
            raise ValidationError({"authority": ["Only the own authority."]}, code="not_own_authority")
        return given.content_of(data, today=now.date())

    def _own(self) -> Denial:
        row = cast("Denial", self.get_object())
        if row.authority_id != self.principal.authority_id:
            raise PermissionDenied
        return row

    def _again(self, pk: UUID) -> Denial:
        return self.get_queryset().get(pk=pk)

    def _shown(self, row: Denial, *, status: int = 200) -> Response:
        return Response(out.DenialOut(self._data([row])[0]).data, status=status)

    def _data(self, page: Page) -> Data:
        now, standing = clock.now(), Standing()
        standing.prepare(page)
        recalls = Recall.objects.filter(denial__in=[row.pk for row in page]).order_by().values_list("denial")
        recalled = dict(recalls.annotate(last=Max("recalled_at")))
        return [
            out.denial(row, self.principal, now=now, standing=standing) | {"recalled_at": recalled.get(row.pk)}
            for row in page
        ]


def _refused_file(plan: imports.Plan) -> Response:
    errors = [
        {
            "field": f"row {one.row}, column {one.column}",
            "rule": one.rule,
            "message": problem_text(one.rule, {"value": one.value}),
        }
        for one in plan.errors
    ]
    return problem(422, code="file_refused", title="The file has errors; nothing of it was taken in.", errors=errors)
