"""
What of an application travels to the consulted authority: chosen field by field, and nothing besides.

Reg. (EU) 2021/821 Art. 16(7) and 23(5); Reg. (EC) No 515/97 Art. 45(1), (2): information on persons only where
strictly necessary. The exporter is never among it.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from accounts.law.errors import FieldMissing, NotForeseen
from denials.law.transactions import Item, Party, Role, Transaction

ARTICLE = "Reg. (EU) 2021/821 Art. 16(5), (7)"
JSONValue = object


class Share(StrEnum):
    """A part of the application that may be shared."""

    PARTIES = "parties"
    PARTY_DETAILS = "party_details"  # addresses, aliases, identifiers
    ITEMS = "items"
    PARAMETERS = "parameters"
    PRODUCT = "product"  # manufacturer, model, CAS and CN numbers
    QUANTITY = "quantity"
    DESTINATIONS = "destinations"
    END_USE = "end_use"
    ACTIVITY = "activity"


#: Without items and parties nobody can say whether a transaction is essentially identical, Art. 2(22).
ALWAYS = frozenset({Share.ITEMS, Share.PARTIES})
USUAL = frozenset(Share)
NEVER_SHARED_ROLES = frozenset({Role.EXPORTER})


def check_share(chosen: Collection[str]) -> frozenset[Share]:
    """
    Return the parts chosen.

    :raises NotForeseen: for a part there is not.   :raises FieldMissing: without items or parties.
    """
    known = {str(one) for one in Share}
    for name in chosen:
        if name not in known:
            raise NotForeseen(field="share", value=name, article=ARTICLE)
    for name in sorted(ALWAYS):
        if name not in chosen:
            raise FieldMissing(field="share", missing=str(name), article=ARTICLE)
    return frozenset(Share(name) for name in chosen)


def shared_content(transaction: Transaction, chosen: Collection[str]) -> dict[str, JSONValue]:
    """
    Return exactly what the other side is given, as JSON-ready values.

    :raises NotForeseen: :raises FieldMissing: see `check_share`.
    """
    parts = check_share(chosen)
    content: dict[str, JSONValue] = {
        "parties": [_party(party, parts) for party in transaction.parties if party.role not in NEVER_SHARED_ROLES],
        "items": [_item(item, parts) for item in transaction.items],
    }
    if Share.DESTINATIONS in parts:
        content["destinations"] = [{"code": d.code, "printed": d.printed} for d in transaction.destinations]
    if Share.END_USE in parts:
        content["end_use"] = transaction.end_use
    if Share.ACTIVITY in parts:
        content["activity"] = transaction.activity
    return content


def stated_content(
    *,
    subject: str,
    reference: str = "",
    items: Sequence[Mapping[str, str]] = (),
    parties: Sequence[Mapping[str, str]] = (),
    destinations: Sequence[str] = (),
) -> dict[str, JSONValue]:
    """
    Return what the other side is given where there is no application to share: the facts stated, as JSON-ready values.

    :param reference: of the case at the other side, such as its authorisation.   :raises FieldMissing: of the subject.
    :raises NotForeseen: for an exporter among the parties, who is never shared.
    """
    if not subject.strip():
        raise FieldMissing(field="subject")
    for party in parties:
        if party["role"] in NEVER_SHARED_ROLES:
            raise NotForeseen(field="parties", value=party["role"], article=ARTICLE)
    return {
        "subject": subject.strip(),
        "reference": reference.strip(),
        "parties": [{name: party.get(name, "") for name in ("role", "name", "country")} for party in parties],
        "items": [{name: item.get(name, "") for name in ("code", "description")} for item in items],
        "destinations": [{"code": code, "printed": ""} for code in destinations],
    }


def _party(party: Party, parts: frozenset[Share]) -> dict[str, JSONValue]:
    row: dict[str, JSONValue] = {"role": party.role, "name": party.name, "country": party.country}
    if Share.PARTY_DETAILS in parts:
        row |= {
            "address": party.address,
            "aliases": list(party.aliases),
            "identifiers": dict(party.identifiers),
        }
    return row


def _item(item: Item, parts: frozenset[Share]) -> dict[str, JSONValue]:
    row: dict[str, JSONValue] = {"code": item.code, "description": item.description}
    if Share.PARAMETERS in parts:
        row["parameters"] = [{"name": p.name, "value": p.value, "unit": p.unit} for p in item.parameters]
    if Share.PRODUCT in parts:
        row |= {"manufacturer": item.manufacturer, "model": item.model, "cas": item.cas, "cn": item.cn}
    if Share.QUANTITY in parts:
        quantity = "" if item.quantity is None else format(item.quantity.normalize(), "f")
        row |= {"quantity": quantity, "unit": item.unit}
    return row
