"""The authority of a transaction is gone with it, so that a pooled connection carries nothing over."""

from django.db import transaction

from accounts import tenant
from accounts.models import Authority
from accounts.roles import Principal


class TestTenant:
    def test_dies_with_the_transaction(self, committed_db):
        authority = Authority.objects.get(code="NL")
        with transaction.atomic():
            tenant.enter(Principal(kind="user", authority_id=authority.pk))
            assert tenant.current_authority() == str(authority.pk)
        assert tenant.current_authority() == ""
