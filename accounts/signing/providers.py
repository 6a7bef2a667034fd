"""
What an identity provider's word is worth: it signs in people who are known, invited, and of its own authority.

Source: docs/adr/0204.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.law.errors import NotForeseen
from accounts.law.signing import address_belongs
from accounts.law.webhooks import check_url
from accounts.models import Authority, ExternalIdentity, IdentityProvider, User
from accounts.principals import of_user
from accounts.roles import SYSTEM, VISITOR


@transaction.atomic
def register_provider(
    *,
    code: str,
    authority: Authority,
    name: str,
    issuer: str,
    client_id: str,
    claim: str,
    domains: Collection[str],
    strong: Collection[str],
    now: datetime,
) -> IdentityProvider:
    """
    Register an authority's identity provider, or change it; done by an operator.

    :param claim: what a person is known by, "email" or one that holds the log-in.   :param strong: values of acr or
        amr that say a second factor was asked for; with none, the exchange asks for its own.
    :raises AddressRefused: unless the issuer is https on port 443 with a public name.
    :raises NotForeseen: for an e-mail claim without domains, or a code another authority has.
    """
    check_url(issuer)
    if claim == "email" and not domains:
        raise NotForeseen(field="domains", value="")
    held = IdentityProvider.objects.select_for_update().filter(pk=code).first()
    if held is not None and held.authority_id != authority.pk:
        raise NotForeseen(field="code", value=code)
    provider = held or IdentityProvider(code=code, authority=authority, registered_at=now)
    provider.name, provider.issuer, provider.client_id, provider.claim = name, issuer, client_id, claim
    provider.domains, provider.strong = sorted(domains), sorted(strong)
    provider.save()
    after = {"issuer": issuer, "claim": claim, "domains": provider.domains, "strong": provider.strong}
    audit.record("provider.registered", subject=provider, by=SYSTEM, at=now, after=after)
    return provider


@transaction.atomic
def identify(*, provider: IdentityProvider, subject: str, known_as: str, now: datetime) -> User | None:
    """
    Return the person a provider means, and bind them to its subject at the first time.

    :param known_as: the value of the provider's claim.   :return: None, on record, for who is not known, not invited,
        disabled, of another authority, or bound to another subject.
    """
    bound = ExternalIdentity.objects.select_related("user__authority").filter(provider=provider, subject=subject)
    identity = bound.first()
    user = identity.user if identity is not None else _known(provider, known_as)
    if user is None or not user.is_active or user.authority_id != provider.authority_id:
        audit.record("person.sign_in_failed", subject=provider, by=VISITOR, at=now, after={"step": "provider"})
        return None
    if identity is None:
        ExternalIdentity(provider=provider, subject=subject, user=user, bound_at=now).save(force_insert=True)
        after = {"provider": provider.pk}
        audit.record("person.identity_bound", subject=user, by=of_user(user, at=now), at=now, after=after)
    return user


@transaction.atomic
def prove_by_provider(*, user: User, provider: IdentityProvider, now: datetime) -> None:
    """Put on record that a provider has asked a person anew who they are."""
    after = {"means": f"provider {provider.pk}"}
    audit.record("person.proven", subject=user, by=of_user(user, at=now), at=now, after=after)


def _known(provider: IdentityProvider, known_as: str) -> User | None:
    people = User.people.filter(authority=provider.authority, is_active=True, invitations__isnull=False).exclude(
        identities__provider=provider
    )
    if provider.claim == "email":
        if not address_belongs(known_as, provider.domains):
            return None
        found = list(people.filter(email__iexact=known_as).select_related("authority").distinct()[:2])
    else:
        found = list(people.filter(username=known_as).select_related("authority").distinct()[:2])
    return found[0] if known_as and len(found) == 1 else None
