"""Searches kept under a name: saved, changed, looked at, given up; and the notice of what is new in them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from accounts import audit, outbox, principals
from accounts.law.errors import NotCompetent
from accounts.models import Ledger
from accounts.roles import VISITOR, Principal
from denials import search
from denials.law.searches import MOST, NameTaken, TooManySearches
from denials.models import RegisterRow, SavedSearch


@transaction.atomic
def save_search(
    *, name: str, asked: search.Asked, is_shared: bool, gives_notice: bool, by: Principal, now: datetime
) -> SavedSearch:
    """
    Keep a question under a name; what the register holds now is not new in it.

    :raises NameTaken: if the same owner has one of that name.   :raises TooManySearches: beyond `MOST`.
    :raises NotCompetent: for whoever is neither a person nor a national system.
    """
    if by.kind not in ("user", "client") or by.authority_id is None:
        raise NotCompetent(by.authority_code, "")
    own = SavedSearch.objects.own(by)
    if own.count() >= MOST:
        raise TooManySearches
    _check_name(own, name)
    head = _head()
    saved = SavedSearch(
        authority=principals.authority_of(by),
        name=name,
        asked=asked.as_parameters(),
        is_shared=is_shared,
        gives_notice=gives_notice,
        told_sequence=head,
        seen_sequence=head,
        created_at=now,
    )
    setattr(saved, "client_id" if by.kind == "client" else "owner_id", by.id)
    saved.save(force_insert=True)
    audit.record("search.saved", subject=saved, by=by, at=now, after=_as_data(saved))
    return saved


@transaction.atomic
def change_search(
    *,
    search_id: UUID,
    name: str,
    is_shared: bool,
    gives_notice: bool,
    by: Principal,
    now: datetime,
    asked: search.Asked | None = None,
) -> SavedSearch:
    """
    Change an own search; notices begin with what comes after they were asked for.

    :raises NameTaken: if another of the same owner has the name.
    """
    saved = _own(search_id, by)
    _check_name(SavedSearch.objects.own(by).exclude(pk=saved.pk), name)
    before = _as_data(saved)
    if gives_notice and not saved.gives_notice:
        saved.told_sequence = _head()
    saved.name, saved.is_shared, saved.gives_notice = name, is_shared, gives_notice
    if asked is not None:
        saved.asked = asked.as_parameters()
    saved.save()
    audit.record("search.changed", subject=saved, by=by, at=now, before=before, after=_as_data(saved))
    return saved


@transaction.atomic
def remove_search(*, search_id: UUID, by: Principal, now: datetime) -> None:
    """Give an own search up."""
    saved = _own(search_id, by)
    audit.record("search.removed", subject=saved, by=by, at=now, before=_as_data(saved))
    saved.delete()


@transaction.atomic
def mark_seen(*, search_id: UUID, by: Principal) -> SavedSearch:
    """Note that the owner has looked: what the register holds now is no longer new to them."""
    saved = _own(search_id, by)
    saved.seen_sequence = _head()
    saved.save(update_fields=["seen_sequence"])
    return saved


@transaction.atomic
def tell_of_news(*, search_id: UUID, now: datetime) -> int:
    """
    Tell the authority how many denials that a search finds have changed since it was last told; return how many.

    Each change is told of once: the search is locked, and the mark moves on with the notice. What its owner may no
    longer see is not counted. Another worker that has the search just now does the same work: then nothing is done.
    """
    rows = SavedSearch.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=search_id, gives_notice=True)
    saved = rows.select_related("owner__authority", "client__authority", "authority").first()
    head = _head()
    if saved is None or saved.told_sequence >= head:
        return 0
    found = news(saved, since=saved.told_sequence, until=head, now=now)
    saved.told_sequence = head
    saved.save(update_fields=["told_sequence"])
    if found:
        reference = f"{mark_of(saved)} · {found}"
        outbox.post("search.new_results", to=[saved.authority], subject=saved, reference=reference, now=now)
    return found


def news(saved: SavedSearch, *, since: int, until: int, now: datetime) -> int:
    """Count the denials a search finds whose last change lies after one number of the register, up to another."""
    principal = _principal_of(saved, now)
    if not principal.may("denial.read"):
        return 0
    rows = search.all_of(principal, search.Asked.read(saved.asked), on=principals.today_of(principal, now))
    return rows.filter(sequence__gt=since, sequence__lte=until).count()


def searches_waiting() -> list[UUID]:
    """Return the searches with notices that lag behind the register's last change."""
    head = RegisterRow.objects.aggregate(last=Max("sequence"))["last"] or 0
    behind = SavedSearch.objects.filter(gives_notice=True, told_sequence__lt=head)
    return list(behind.order_by("told_sequence", "pk").values_list("pk", flat=True)[:500])


def mark_of(saved: SavedSearch) -> str:
    """Return how a search is named in notices: its own name may hold what a mail must not."""
    return f"S-{str(saved.pk)[:8].upper()}"


def _principal_of(saved: SavedSearch, now: datetime) -> Principal:
    """Whose eyes the search looks with: its owner's as they are today."""
    if saved.owner is not None and saved.owner.authority_id == saved.authority_id:
        return principals.of_user(saved.owner, at=now)
    if saved.client is not None and saved.client.is_active:
        return principals.of_client(saved.client, at=now)
    return VISITOR


def _own(search_id: UUID, by: Principal) -> SavedSearch:
    saved: SavedSearch = SavedSearch.objects.own(by).select_for_update(of=("self",)).get(pk=search_id)
    return saved


def _check_name(others: Any, name: str) -> None:
    if others.filter(name=name).exists():
        raise NameTaken


def _head() -> int:
    return Ledger.objects.filter(pk=1).values_list("register_sequence", flat=True).first() or 0


def _as_data(saved: SavedSearch) -> dict[str, Any]:
    return {
        "name": saved.name,
        "asked": saved.asked,
        "is_shared": saved.is_shared,
        "gives_notice": saved.gives_notice,
    }
