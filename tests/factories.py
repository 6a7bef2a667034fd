"""Plain functions that make what a test is about, through the product's own verbs where there is one."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from denials.law.content import Citation, DenialContent, StatedItem, StatedParty
from denials.law.transactions import Destination

# ---- denials -----------------------------------------------------------------------------------------------------

MARCH = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_content(regime: str = "arms", **changes: Any) -> DenialContent:
    """What a complete denial says: image intensifiers for a prison service, refused in October 2024."""
    whole = {
        "arms": DenialContent(
            regime="arms",
            act="refusal",
            legal_basis="cp_4",
            decided_on=date(2024, 10, 9),
            destinations=(Destination("IL", "Israël"),),
            parties=(
                StatedParty.stated("end_user", "Israeli Prison Service", country="IL"),
                StatedParty.stated("consignee", "Troya Tech Defense Ltd.", country="IL"),
                StatedParty.stated("exporter", "Geheime Uitvoer B.V.", country="NL"),
            ),
            items=(StatedItem.stated("ML15.c", description="Beeldversterkers", quantity=Decimal(40)),),
            criteria=(Citation("2", "b"), Citation("7")),
            explanation="Risk of use in internal repression.",
        ),
        "dual_use": DenialContent(
            regime="dual_use",
            act="refusal",
            legal_basis="annex_i",
            decided_on=date(2025, 6, 2),
            destinations=(Destination("SY"),),
            parties=(StatedParty.stated("end_user", "Rif Precision Chemical Group", country="SY"),),
            items=(StatedItem.stated("1C350.31", description="hydrogen fluoride", quantity=Decimal(10)),),
            grounds=("15_1_a",),
        ),
        "torture": DenialContent(
            regime="torture",
            act="dismissal",
            legal_basis="annex_iii",
            decided_on=date(2026, 2, 20),
            destinations=(Destination("TR"),),
            parties=(StatedParty.stated("end_user", "Ministry of the Interior", country="TR"),),
            items=(StatedItem.stated("III.2.1", description="portable electric discharge weapons"),),
            grounds=("12_2",),
        ),
        "sanctions": DenialContent(
            regime="sanctions",
            act="refusal",
            legal_basis="reg_833_2a",
            decided_on=date(2025, 6, 2),
            destinations=(Destination("RU"),),
            parties=(StatedParty.stated("end_user", "OOO Severnaya Zvezda Pribor", country="RU"),),
            items=(StatedItem.stated("3A001.b.4", description="microwave amplifiers", quantity=Decimal(5)),),
            grounds=("military_end_use_or_user",),
        ),
    }
    return replace(whole[regime], **changes)


def a_draft(by: Any, regime: str = "arms", now: datetime = MARCH, **changes: Any) -> Any:
    """A draft of the officer's authority."""
    from denials import actions

    return actions.save_draft(content=a_content(regime, **changes), authority=by.authority, by=by.principal, now=now)


def a_denial(by: Any, regime: str = "arms", now: datetime = MARCH, **changes: Any) -> Any:
    """A denial notified by the officer's authority."""
    from denials import actions

    return actions.notify_content(
        content=a_content(regime, **changes), authority=by.authority, by=by.principal, now=now
    )


def a_historic_denial(authority_code: str = "NL", regime: str = "arms", now: datetime = MARCH, **changes: Any) -> Any:
    """A denial of the past, brought in without notices."""
    from accounts.models import Authority
    from accounts.roles import SYSTEM
    from denials import actions

    return actions.register_historic_denial(
        content=a_content(regime, **changes),
        authority=Authority.objects.get(code=authority_code),
        by=SYSTEM,
        now=now,
    )


# ---- applications ------------------------------------------------------------------------------------------------


def asked(regime: str = "arms", **changes: Any) -> Any:
    """What an application asks: the transaction of `a_content`, its party spelt another way, without an exporter."""
    from screening.law.applications import ApplicationContent

    refused = a_content(regime)
    whole = ApplicationContent(
        regime=regime,
        received_on=date(2026, 3, 2),
        destinations=refused.destinations,
        parties=tuple(party for party in refused.parties if party.role != "exporter"),
        items=refused.items,
        own_reference="VLG 2026/17",
    )
    if regime == "arms":
        parties = (
            StatedParty.stated("end_user", "Israel Prison Service", country="IL"),
            StatedParty.stated("consignee", "TROYA TECH DEFENCE LIMITED", country="IL"),
        )
        items = (StatedItem.stated("ML15.c", description="image intensifiers", quantity=Decimal(40)),)
        whole = replace(whole, parties=parties, items=items)
    return replace(whole, **changes)


def an_application(by: Any, regime: str = "arms", now: datetime = MARCH, **changes: Any) -> Any:
    """An application filed by the officer's authority, screened as it was filed."""
    from screening import actions

    return actions.submit_application(content=asked(regime, **changes), by=by.principal, now=now)


# ---- consultations -----------------------------------------------------------------------------------------------


def consultations(by: Any, application: Any, now: datetime = MARCH, **changes: Any) -> list[Any]:
    """The consultations opened on every open hit of an application, one per denying state."""
    from consultations import actions

    hits = [one.hit.pk for one in application.open_hits()]
    return actions.open_consultations(
        **{"application_id": application.pk, "hits": hits, "by": by.principal, "now": now, **changes}
    )


def a_consultation(by: Any, denying: Any, regime: str = "arms", now: datetime = MARCH, **changes: Any) -> Any:
    """A consultation between two officers' authorities, about a denial notified just before."""
    a_denial(denying, regime, now)
    (thread,) = consultations(by, an_application(by, regime, now), now, **changes)
    return thread
