"""After a refusal: the own denial, prefilled from the application, for an officer to complete and notify."""

from datetime import date, datetime

from accounts.roles import Principal
from denials.actions import save_draft
from denials.law.content import DenialContent, StatedItem, StatedParty, usual_basis
from denials.law.regimes import rules_for
from denials.law.transactions import Item, Party
from denials.models import Denial
from screening.models import Application


def draft_own_denial(
    *, application: Application, reasons: str, decided_on: date, by: Principal, now: datetime
) -> Denial:
    """
    Keep a draft of the denial that follows from refusing an application; what the law asks besides stays open.

    Source: Reg. (EU) 2021/821 Art. 16(1); CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2019/125 Art. 23(1).
    """
    rules, facts = rules_for(application.regime, decided_on), application.facts()
    items = tuple(_item(item) for item in facts.items)
    content = DenialContent(
        regime=application.regime,
        act=str(rules.acts[0]),
        legal_basis=usual_basis(rules, items),
        decided_on=decided_on,
        activity=application.activity,
        authorisation_type=application.authorisation_type,
        destinations=facts.destinations,
        parties=tuple(_party(party) for party in facts.parties),
        items=items,
        end_use=application.end_use,
        explanation=reasons,
        source_reference=application.own_reference,
    )
    return save_draft(content=content, authority=application.authority, by=by, now=now)


def _party(party: Party) -> StatedParty:
    return StatedParty.stated(
        party.role,
        party.name,
        country=party.country,
        address=party.address,
        aliases=party.aliases,
        identifiers=party.identifiers,
    )


def _item(item: Item) -> StatedItem:
    return StatedItem.stated(
        item.code,
        description=item.description,
        parameters=item.parameters,
        quantity=item.quantity,
        unit=item.unit,
        manufacturer=item.manufacturer,
        model=item.model,
        cas=item.cas,
        cn=item.cn,
    )
