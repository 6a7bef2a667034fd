"""The operator's commands of the house."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts import audit, clock
from accounts.models import Client, Ledger
from accounts.principals import of_token
from accounts.roles import SYSTEM

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().strip()


class TestIssueToken:
    def test_connects_a_national_system(self):
        token = run("issue_token", "--authority=NL", "--client=CDIU", "--scope=application.screen")
        principal = of_token(token)
        assert (principal.authority_code, principal.permissions) == ("NL", {"application.screen"})

    def test_withdraws(self):
        token = run("issue_token", "--authority=NL", "--client=CDIU")
        run("issue_token", "--authority=NL", "--client=CDIU", "--withdraw")
        assert not of_token(token).is_known

    @pytest.mark.parametrize(("arguments", "named"), [(["--authority=ZZ"], "--authority"), (["--days=0"], "--days")])
    def test_names_what_is_wrong_and_makes_nothing(self, arguments, named):
        before = Client.objects.count()
        with pytest.raises(CommandError, match=named):
            run("issue_token", *{"--authority=NL": 1, "--client=CDIU": 1, **dict.fromkeys(arguments)})
        assert Client.objects.count() == before


class TestVerifyAudit:
    def test_a_sound_chain(self, consulted_officer):
        audit.record("test.act", subject=consulted_officer.user, by=SYSTEM, at=clock.now())
        result = json.loads(run("verify_audit", "--json"))
        assert result["sound"]
        assert result["head"] == Ledger.objects.get(id=1).audit_hash

    def test_a_cut_off_tail_is_found(self, consulted_officer):
        audit.record("test.act", subject=consulted_officer.user, by=SYSTEM, at=clock.now())
        Ledger.objects.update(audit_sequence=99, audit_hash="f" * 64)
        with pytest.raises(SystemExit) as stopped:
            run("verify_audit")
        assert stopped.value.code == 1

    def test_a_tail_replaced_by_another_of_the_same_length_is_found(self, consulted_officer):
        audit.record("test.act", subject=consulted_officer.user, by=SYSTEM, at=clock.now())
        Ledger.objects.update(audit_hash="f" * 64)
        with pytest.raises(SystemExit):
            run("verify_audit")
