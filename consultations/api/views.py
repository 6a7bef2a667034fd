"""REST: threads, their acts and their events."""

import base64
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts import clock
from accounts.api.fields import checked_query
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from accounts.models import CalendarYear
from consultations import actions
from consultations.api import answers as out
from consultations.api import serializers as given
from consultations.api.room import ACT, READ, STATED, checked, visible_application, visible_denials
from consultations.models import Consultation, Document
from consultations.querysets import ConsultationQuerySet
from screening.models import Application

Rows = list[dict[str, Any]]


def act(needs: type[BaseSerializer[Any]], summary: str, path: str, example: dict[str, Any]) -> Callable[[Any], Any]:
    """Declare one act on a thread as a POST on an address of its own."""

    def declare(method: Any) -> Any:
        schema = extend_schema(
            summary=summary,
            request=needs,
            responses=answers({200: out.ConsultationDetailOut}, *ACT),
            parameters=[IDEMPOTENCY_KEY],
            examples=[OpenApiExample(summary, value=example, request_only=True)],
        )
        return schema(action(detail=True, methods=["post"], url_path=path)(method))

    return declare


@extend_schema_view(
    list=extend_schema(
        summary="List the consultations one's authority is a party to",
        parameters=[given.ListIn],
        responses=answers({200: out.ConsultationOut(many=True)}, 400),
    ),
    retrieve=extend_schema(
        summary="Read a consultation with the working of its clock",
        responses=answers({200: out.ConsultationDetailOut}, 404),
    ),
)
class Consultations(ExchangeViewSet):
    """Threads between a consulting authority and the state that denied."""

    queryset = Consultation.objects.none()
    serializer_class = out.ConsultationOut
    permissions_needed = {
        "list": "consultation.read",
        "retrieve": "consultation.read",
        "events": "consultation.read",
        "create": "consultation.open",
        "preview": "consultation.open",
        "query": "consultation.open",
        "conclude": "consultation.answer",
        "documents": "consultation.read",
        "send_document": "consultation.answer",
        "attach_document": "consultation.answer",
        "acknowledge": "consultation.answer",
        "assign": "consultation.answer",
        "answer": "consultation.answer",
        "late_answer": "consultation.answer",
        "request_information": "consultation.answer",
        "give_information": "consultation.answer",
        "propose_extension": "consultation.extend",
        "agree_extension": "consultation.extend",
        "refuse_extension": "consultation.extend",
        "withdraw": "consultation.withdraw",
        "register_answer": "consultation.answer",
        "confirm_answer": "consultation.answer",
        "dispute_answer": "consultation.answer",
        "apply_correction": "consultation.extend",
        "decline_correction": "consultation.extend",
        "remind": "consultation.withdraw",
        "close_unanswered": "consultation.withdraw",
    }

    def get_queryset(self) -> ConsultationQuerySet:
        rows = Consultation.objects.visible_to(self.principal).newest_first()
        return rows.with_thread() if self.action == "list" else rows.with_thread().with_waiting()

    def list(self, request: Request) -> Response:
        now = clock.now()
        rows = self.paginate_queryset(self._filtered(checked_query(given.ListIn, request), now)) or []
        return self.get_paginated_response(out.ConsultationOut(self._data(rows, now), many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        return self._shown(self.get_object())

    @extend_schema(
        summary="Open one consultation per denying state",
        request=given.OpenIn,
        responses=answers({201: out.OpenedOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        examples=[
            OpenApiExample(
                "From hits",
                value={
                    "application": "0b8f9a52-9d2a-4d43-8a53-d3c1a3b7e6f1",
                    "hits": ["6f0a3df5-5c2e-4f0c-8f0e-2d2a64f1c111"],
                    "question": "Do you consider this an essentially identical transaction?",
                },
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        now = clock.now()
        content = self._opening(request)
        actions.check_alone(actions.open_consultations, by=self.principal, now=now)
        opened = actions.open_consultations(**content, by=self.principal, now=now)
        rows = list(self.get_queryset().filter(pk__in=[one.pk for one in opened]).order_by("consulted_state_id"))
        body = {"application": content["application_id"], "consultations": self._data(rows, now, out.whole)}
        location = f"/api/v1/consultations/{rows[0].pk}/"
        return Response(out.OpenedOut(body).data, status=201, headers={"Location": location})

    @extend_schema(
        summary="See what opening would send and to whom; changes nothing",
        request=given.OpenIn,
        responses=answers({200: out.PreviewOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=False, methods=["post"])
    def preview(self, request: Request) -> Response:
        content = self._opening(request)
        for words in ("question", "summary"):
            content.pop(words)
        application = Application.objects.get(pk=content.pop("application_id"))
        threads = actions.plan_consultations(application=application, **content, by=self.principal, now=clock.now())
        body = {"application": application.pk, "consultations": [out.planned(one) for one in threads]}
        return Response(out.PreviewOut(body).data)

    @extend_schema(
        summary="Open consultations other than on denials: location, security, customs stop, review, informal question",
        request=given.QueryIn,
        responses=answers({201: out.OpenedOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        examples=[
            OpenApiExample(
                "A customs stop",
                value={
                    "rule": "dual_use.21_4",
                    "states": ["NL"],
                    "subject": "Pumps stopped at Zeebrugge",
                    "reference": "NL0074CDIU0123456",
                    "items": [{"code": "2B350.i", "description": "multiple-seal pumps"}],
                    "question": "May they be released?",
                },
                request_only=True,
            )
        ],
    )
    @action(detail=False, methods=["post"])
    def query(self, request: Request) -> Response:
        now, content = clock.now(), checked(given.QueryIn, request)
        application = content["application"] and visible_application(self, content["application"]).pk
        actions.check_alone(actions.open_queries, by=self.principal, now=now)
        opened = actions.open_queries(
            rule=content["rule"],
            states=content["states"],
            application_id=application,
            denials=visible_denials(self, content["denials"]),
            statement={name: content[name] for name in STATED},
            question=content["question"],
            summary=content["summary"],
            shared=content["share"],
            by=self.principal,
            now=now,
        )
        rows = list(self.get_queryset().filter(pk__in=[one.pk for one in opened]).order_by("consulted_state_id"))
        body = {"application": application, "consultations": self._data(rows, now, out.whole)}
        location = f"/api/v1/consultations/{rows[0].pk}/"
        return Response(out.OpenedOut(body).data, status=201, headers={"Location": location})

    @extend_schema(
        summary="List the legal events, one row each, with the instant each takes effect",
        responses=answers({200: out.EventOut(many=True)}, *READ),
    )
    @action(detail=True, methods=["get"])
    def events(self, request: Request, pk: str) -> Response:
        rows = self.paginate_queryset(self.get_object().timeline(clock.now()))
        return self.get_paginated_response(out.EventOut([out.event(row) for row in rows or []], many=True).data)

    @act(given.AnswerIn, "Answer within the period", "answer", {"outcome": "identical", "reasoning": "Same end-user."})
    def answer(self, request: Request, pk: str) -> Response:
        return self._done(actions.answer_consultation, request, given.AnswerIn)

    @act(given.AnswerIn, "Send an answer after the period", "late-answer", {"outcome": "views", "reasoning": "…"})
    def late_answer(self, request: Request, pk: str) -> Response:
        return self._done(actions.answer_late, request, given.AnswerIn)

    @act(given.TextIn, "Ask the other side for information", "request-information", {"text": "Which model?"})
    def request_information(self, request: Request, pk: str) -> Response:
        return self._done(actions.request_information, request, given.TextIn)

    @act(given.TextIn, "Give the information asked for", "give-information", {"text": "Model XR-5."})
    def give_information(self, request: Request, pk: str) -> Response:
        return self._done(actions.give_information, request, given.TextIn)

    @act(given.ExtensionIn, "Propose an extension", "propose-extension", {"amount": 5, "reason": "More is needed."})
    def propose_extension(self, request: Request, pk: str) -> Response:
        return self._done(actions.propose_extension, request, given.ExtensionIn)

    @act(given.NothingIn, "Agree to the extension proposed", "agree-extension", {})
    def agree_extension(self, request: Request, pk: str) -> Response:
        return self._done(actions.agree_extension, request, given.NothingIn)

    @act(given.RefusalIn, "Refuse the extension proposed", "refuse-extension", {"reason": "The period suffices."})
    def refuse_extension(self, request: Request, pk: str) -> Response:
        return self._done(actions.refuse_extension, request, given.RefusalIn)

    @act(given.ReasonIn, "Take the question back before it is answered", "withdraw", {"reason": "Sent in error."})
    def withdraw(self, request: Request, pk: str) -> Response:
        return self._done(actions.withdraw_consultation, request, given.ReasonIn)

    @act(given.OptionalTextIn, "Remind the consulted authority", "remind", {"text": "Your views are awaited."})
    def remind(self, request: Request, pk: str) -> Response:
        return self._done(actions.remind_consulted, request, given.OptionalTextIn)

    @act(given.ReasonIn, "Close without an answer where silence never lapses", "close-unanswered", {"reason": "…"})
    def close_unanswered(self, request: Request, pk: str) -> Response:
        return self._done(actions.close_unanswered, request, given.ReasonIn)

    @act(
        given.ElsewhereIn,
        "Register an answer given by another channel",
        "register-answer",
        {"outcome": "identical", "channel": "telephone", "given_at": "2026-03-12T14:30:00+01:00"},
    )
    def register_answer(self, request: Request, pk: str) -> Response:
        return self._done(actions.register_answer_elsewhere, request, given.ElsewhereIn)

    @act(given.NothingIn, "Confirm the answer the other side registered", "confirm-answer", {})
    def confirm_answer(self, request: Request, pk: str) -> Response:
        return self._done(actions.confirm_answer_elsewhere, request, given.NothingIn)

    @act(given.ReasonIn, "Dispute the answer the other side registered", "dispute-answer", {"reason": "No such call."})
    def dispute_answer(self, request: Request, pk: str) -> Response:
        return self._done(actions.dispute_answer_elsewhere, request, given.ReasonIn)

    @act(given.NothingIn, "Move the period to the end a corrected calendar gives it", "apply-correction", {})
    def apply_correction(self, request: Request, pk: str) -> Response:
        return self._done(actions.apply_correction, request, given.NothingIn)

    @act(given.RefusalIn, "Leave the period as it was before the correction", "decline-correction", {"reason": "…"})
    def decline_correction(self, request: Request, pk: str) -> Response:
        return self._done(actions.decline_correction, request, given.RefusalIn)

    @extend_schema(
        summary="List the documents sent in a consultation, and one's own",
        responses=answers({200: out.DocumentOut(many=True)}, *READ),
    )
    @action(detail=True, methods=["get"])
    def documents(self, request: Request, pk: str) -> Response:
        rows = Document.objects.visible_to(self.principal).filter(consultation=self.get_object())
        page = self.paginate_queryset(rows.select_related("authority").order_by("attached_at", "pk")) or []
        return self.get_paginated_response(out.DocumentOut(page, many=True).data)

    @extend_schema(
        summary="Send a document to the other side",
        request=given.DocumentIn,
        responses=answers({201: out.DocumentOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        examples=[OpenApiExample("A text", value={"name": "note.txt", "content": "SGVsbG8="}, request_only=True)],
    )
    @action(detail=True, methods=["post"], url_path="send-document")
    def send_document(self, request: Request, pk: str) -> Response:
        kept = self._attached(request)
        sent = actions.send_document(document_id=kept.pk, by=self.principal, now=clock.now())
        return Response(out.DocumentOut(sent).data, status=201)

    @extend_schema(
        summary="Attach a document; it stays inside one's own authority until it is sent",
        request=given.DocumentIn,
        responses=answers({201: out.DocumentOut}, *ACT),
        parameters=[IDEMPOTENCY_KEY],
        examples=[OpenApiExample("A text", value={"name": "note.txt", "content": "SGVsbG8="}, request_only=True)],
    )
    @action(detail=True, methods=["post"], url_path="attach-document")
    def attach_document(self, request: Request, pk: str) -> Response:
        return Response(out.DocumentOut(self._attached(request)).data, status=201)

    def _attached(self, request: Request) -> Document:
        thread, content = self.get_object(), checked(given.DocumentIn, request)
        try:
            content["content"] = base64.b64decode(content["content"], validate=True)
        except ValueError:
            raise ValidationError({"content": ["This is not base64."]}, code="not_base64") from None
        by, now = self.principal, clock.now()
        return actions.attach_document(consultation_id=thread.pk, **content, by=by, now=now)

    @act(given.ConclusionIn, "Make the conclusion known", "conclude", {"outcome": "released"})
    def conclude(self, request: Request, pk: str) -> Response:
        return self._done(actions.conclude_query, request, given.ConclusionIn)

    @act(given.NothingIn, "Say that the consulted side has the request", "acknowledge", {})
    def acknowledge(self, request: Request, pk: str) -> Response:
        return self._done(actions.acknowledge_consultation, request, given.NothingIn)

    @act(given.AssignIn, "Give it to a colleague of one's own side", "assign", {"person": None})
    def assign(self, request: Request, pk: str) -> Response:
        thread, content = self.get_object(), checked(given.AssignIn, request)
        by, now = self.principal, clock.now()
        actions.assign_consultation(consultation_id=thread.pk, person_id=content["person"], by=by, now=now)
        return self._shown(self.get_queryset().get(pk=thread.pk))

    def _done(self, verb: Callable[..., Any], request: Request, needs: type[BaseSerializer[Any]]) -> Response:
        thread = self.get_object()
        content, now = checked(needs, request), clock.now()
        actions.check_alone(verb, by=self.principal, now=now)
        verb(consultation_id=thread.pk, **content, by=self.principal, now=now)
        return self._shown(self.get_queryset().get(pk=thread.pk))

    def _shown(self, thread: Consultation) -> Response:
        return Response(out.ConsultationDetailOut(self._data([thread], clock.now(), out.whole)[0]).data)

    def _data(self, rows: Sequence[Consultation], now: datetime, shape: Callable[..., Any] = out.consultation) -> Rows:
        calendars = CalendarYear.objects.calendars({row.consulted_state for row in rows})
        return [
            shape(
                row,
                by=self.principal,
                now=now,
                deadline=row.working(calendars.of(row.consulted_state_id, row.calendar_versions)),
            )
            for row in rows
        ]

    def _filtered(self, wanted: dict[str, Any], now: datetime) -> ConsultationQuerySet:
        rows = self.get_queryset()
        if "role" in wanted:
            rows = rows.on_side(wanted["role"], self.principal)
        if "status" in wanted:
            rows = rows.standing(wanted["status"], now)
        if "due" in wanted:
            rows = rows.due_by(wanted["due"], now)
        for name, column in (("regime", "regime"), ("kind", "kind"), ("application", "application_id")):
            if name in wanted:
                rows = rows.filter(**{column: wanted[name]})
        return rows

    def _opening(self, request: Request) -> dict[str, Any]:
        content = checked(given.OpenIn, request)
        application = visible_application(self, content["application"])
        return {
            "application_id": application.pk,
            "hits": content["hits"],
            "denials": visible_denials(self, content["denials"]),
            "question": content["question"],
            "summary": content["summary"],
            "shared": content["share"],
        }
