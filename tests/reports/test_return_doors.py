"""Returns by page, REST and command: the same dry run; who may deliver, sign, follow."""

import base64
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from reports.models import AnnualReturn
from tests.factories import MARCH
from tests.reports.given import RETURN, deliver

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march(clock: Any) -> None:
    clock.set(MARCH)


def body(text: str = RETURN, **changes: Any) -> dict[str, Any]:
    file = {"name": "return.csv", "content": base64.b64encode(text.encode()).decode()}
    return {"regime": "arms", "year": 2024, "files": [file], **changes}


class TestThePage:
    def test_from_upload_to_sign_off(self, supervisor: Any, eeas: Any) -> None:
        file = SimpleUploadedFile("return.csv", RETURN.replace("GN", "Congo").encode())
        given = {"regime": "arms", "year": 2024, "documents": [file], "method_renewals": "excluded"}
        answer = supervisor.web.post("/reports/returns/", given)
        assert answer.status_code == 302, answer.context["form"].errors
        shown = supervisor.web.get(answer["Location"]).content.decode()
        assert "“Congo” does not say which country is meant" in shown
        for said in ("", "too long " * 500):
            refused = supervisor.web.post(f"{answer['Location']}sign/", {"explanation": said})
            assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["explanation"])
            assert AnnualReturn.objects.get().state == "checked"
        assert supervisor.web.post(f"{answer['Location']}sign/", {"explanation": "As printed."}).status_code == 302
        assert "As printed." in supervisor.web.get(answer["Location"]).content.decode()
        progress = eeas.web.get("/reports/arms/2024/returns/").content.decode()
        assert "1 delivered" in progress
        assert answer["Location"] in progress

    @pytest.mark.parametrize(
        ("name", "content"), [("x.csv", b"a,b\n1,2\n"), ("x.xlsx", b"PK\x03\x04junk"), ("x.csv", b"")]
    )
    def test_a_file_that_cannot_be_read_is_said_beside_the_field(
        self, supervisor: Any, name: str, content: bytes
    ) -> None:
        given = {"regime": "arms", "year": 2024, "documents": [SimpleUploadedFile(name, content)]}
        answer = supervisor.web.post("/reports/returns/", given)
        assert answer.status_code == 422
        assert answer.context["form"].errors["documents"]
        assert not AnnualReturn.objects.exists()

    def test_lines_of_one_row_say_what_tells_them_apart(self, supervisor: Any) -> None:
        kept = deliver(supervisor, "destination,ml,licences,denials,e2\nIL,ML1,1,1,1\nIL,Total,1,1,1\n")
        shown = supervisor.web.get(f"/reports/returns/{kept.pk}/").content.decode()
        for said in ("Refusals reported<", "Refusals reported · Crit. 2<", "Refusals reported · Crit. 2 · in all<"):
            assert f">{said}" in shown

    def test_an_officer_delivers_and_does_not_sign(self, consulted_officer: Any, supervisor: Any) -> None:
        kept = deliver(consulted_officer)
        assert consulted_officer.web.post(f"/reports/returns/{kept.pk}/sign/", {}).status_code == 403
        assert supervisor.web.post(f"/reports/returns/{kept.pk}/sign/", {}).status_code == 302

    def test_a_dry_run_is_the_authoritys_own(self, supervisor: Any, stranger: Any, eeas: Any) -> None:
        kept = deliver(supervisor)
        for other in (stranger, eeas):
            assert other.web.get(f"/reports/returns/{kept.pk}/").status_code == 404


class TestREST:
    def test_a_national_system_delivers_and_a_supervisor_signs(self, client_nl: Any, supervisor: Any) -> None:
        answer = client_nl.api.post("/api/v1/returns/", body(method={"renewals": "included"}), key="one")
        assert answer.status_code == 201, answer.content
        assert (answer.json()["state"], answer.json()["lines"]) == ("checked", 2)
        again = client_nl.api.post("/api/v1/returns/", body(method={"renewals": "included"}), key="one")
        assert again.json()["id"] == answer.json()["id"]
        path = answer["Location"]
        assert client_nl.api.post(f"{path}sign/", {}).status_code == 403
        signed = supervisor.web.post(f"{path}sign/", {}, content_type="application/json")
        assert (signed.status_code, signed.json()["version"]) == (200, 1)
        lines = client_nl.api.get(f"{path}lines/").json()["results"]
        assert [(one["destination"], one["number"], one["value_licensed"]) for one in lines] == [
            ("IL", 2, 1000),
            ("GN", 1, 50),
        ]

    @pytest.mark.parametrize(
        ("changes", "status"),
        [
            ({"year": 2026}, 422),
            ({"year": "next"}, 400),
            ({"regime": "spices"}, 400),
            ({"files": []}, 400),
            ({"files": [{"name": "x", "content": "§"}]}, 400),
            ({"method": {"renewals": "perhaps"}}, 422),
            ({"colour": "red"}, 400),
        ],
    )
    def test_what_is_not_accepted_leaves_nothing(self, client_nl: Any, changes: Any, status: int) -> None:
        answer = client_nl.api.post("/api/v1/returns/", body(**changes))
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
        assert not AnnualReturn.objects.exists()

    def test_the_secretariat_reads_who_has_delivered(self, supervisor: Any, eeas: Any, stranger: Any) -> None:
        deliver(supervisor, sign=True)
        path = "/api/v1/reports/arms/2024/returns/"
        rows = {one["authority"]: one["state"] for one in eeas.web.get(path).json()}
        assert (rows["NL"], rows["SE"]) == ("signed", "missing")
        assert stranger.web.get(path).status_code == 403
        assert eeas.web.get("/api/v1/reports/dual_use/2024/returns/").status_code == 404


class TestTheCommand:
    def test_it_says_what_the_checks_found(self, tmp_path: Path) -> None:
        file = tmp_path / "return.csv"
        file.write_text(RETURN.replace("GN", "Congo"))
        said = io.StringIO()
        call_command("deliver_return", file, authority="NL", regime="arms", year=2024, stdout=said)
        assert "warning: : “Congo” does not say which country is meant" in said.getvalue()
        assert AnnualReturn.objects.get().state == "checked"

    def test_it_refuses_what_it_cannot_read(self, tmp_path: Path) -> None:
        for given in ({"authority": "XX"}, {"files": [tmp_path / "none.csv"]}, {"method": "{"}, {"year": 2026}):
            file = tmp_path / "return.csv"
            file.write_text(RETURN)
            options = {"files": [file], "authority": "NL", "year": 2024, **given}
            with pytest.raises(CommandError):
                call_command("deliver_return", *options.pop("files"), regime="arms", **options)
