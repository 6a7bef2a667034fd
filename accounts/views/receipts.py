"""Signed receipts of the own authority, and the program that checks them anywhere."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.generic import ListView, View

from accounts.audit import export, receipts
from accounts.models import AuditKey, Receipt
from accounts.views.page import ExchangeView


class Receipts(ExchangeView, ListView):
    """The receipts of one's authority, the last first; of one record where it is named."""

    permission_needed = "people.read"
    template_name = "accounts/receipts.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Receipt]:
        rows = Receipt.objects.visible_to(self.principal).select_related("authority").order_by("-issued_at", "pk")
        subject = self.request.GET.get("subject", "").strip()
        return rows.filter(subject_id=subject) if subject else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(keys=AuditKey.objects.order_by("-since"), **kwargs)


class ReceiptFile(ExchangeView, View):
    """A receipt as a file: statement, signature, and the content it holds the digest of."""

    permission_needed = "people.read"

    def get(self, request: HttpRequest, receipt: Any) -> HttpResponse:
        found = get_object_or_404(Receipt.objects.visible_to(self.principal), pk=receipt)
        return JsonResponse(
            receipts.as_data(found),
            json_dumps_params={"indent": 1, "ensure_ascii": False, "sort_keys": True},
            headers={"Content-Disposition": f'attachment; filename="receipt-{found.pk}.json"'},
        )


class Program(ExchangeView, View):
    """The program that checks receipts and exports of the chain: one file, no database, no exchange."""

    permission_needed = "people.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        name = 'attachment; filename="verify_audit_export.py"'
        return HttpResponse(export.program(), content_type="text/x-python", headers={"Content-Disposition": name})
