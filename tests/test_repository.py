"""Rules of the whole: what no single room can hold for itself."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.conf import settings
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import CheckConstraint, Model
from django.urls import URLPattern, URLResolver, get_resolver

BASE = Path(__file__).resolve().parent.parent
ROOMS = ("accounts", "denials", "screening", "consultations", "reports")
DOORS = ("admin", "api", "views", "tasks", "management", "templatetags", "middleware", "forms", "imports")
# Loads published lists: no legal act, so no verb.
REFERENCE_DATA = {"accounts/imports.py"}
WRITING = {"save", "create", "bulk_create", "get_or_create", "update_or_create"}
RULES = ("law", "engine")
LONGEST_FUNCTION = 40
# Open to anybody: whether the exchange lives, its static files, the way in, the language switch.
OPEN = re.compile(r"^(healthz|readyz|static/|sign-in/|language/|i18n/|first-day/)")
REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)(\[[^\]]*\])?==", re.MULTILINE)


def modules(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        for file in sorted((BASE / room).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file


def floor(file: Path) -> str:
    """The module of a room a file belongs to: `views` for denials/views/list.py and for denials/views.py."""
    return file.relative_to(BASE).parts[1].removesuffix(".py")


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def models() -> list[type[Model]]:
    return [model for room in ROOMS for model in apps.get_app_config(room).get_models()]


class TestDoors:
    def test_no_door_writes_a_record(self):
        """A door calls one verb; `save` and `create` belong to actions and below."""
        written = [
            f"{file.relative_to(BASE)}:{node.lineno} .{node.func.attr}("
            for file in modules(*ROOMS)
            if floor(file) in DOORS and file.relative_to(BASE).as_posix() not in REFERENCE_DATA
            for node in ast.walk(tree(file))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING
            if ast.unparse(node.func.value) != "self"  # a method of the door itself
        ]
        assert written == []

    def test_no_rule_hides_in_a_signal(self):
        listening = [
            str(file.relative_to(BASE))
            for file in modules(*ROOMS)
            for node in ast.walk(tree(file))
            if isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith(("django.db.models.signals", "django.dispatch"))
        ]
        assert listening == []

    def test_the_environment_is_read_in_one_place(self):
        """manage.py and the embedded services prepare it; only config/env.py gives it to the product."""
        allowed = {f"config/{name}.py" for name in ("env", "services", "binaries", "demo", "wsgi", "asgi", "celery")}
        reading = {
            str(file.relative_to(BASE))
            for file in modules("config", *ROOMS)
            if re.search(r"\bos\.(environ|getenv)", file.read_text(encoding="utf-8"))
        }
        assert reading <= allowed


class TestRecords:
    @pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
    def test_who_and_when_go_together(self, model):
        """Each pair `x_at` and `x_by` that may be empty is constrained to be empty or filled together."""
        fields = {field.name: field for field in model._meta.concrete_fields}
        constraints = [str(c.condition) for c in model._meta.constraints if isinstance(c, CheckConstraint)]
        for name, field in fields.items():
            partner = f"{name.removesuffix('_at')}_by"
            if name.endswith("_at") and field.null and partner in fields and fields[partner].null:
                assert any(name in text and partner in text for text in constraints), f"{name} and {partner}"

    @pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
    def test_an_invariant_has_a_name_of_its_own(self, model):
        for constraint in model._meta.constraints:
            assert "%(" not in constraint.name
            assert not re.search(r"_[0-9a-f]{8}(_\w+)?$", constraint.name), constraint.name

    @pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
    def test_a_record_says_what_it_is(self, model):
        assert model.__doc__
        assert not model.__doc__.startswith(f"{model.__name__}(")


class TestMigrations:
    def test_none_is_missing(self):
        loader = MigrationLoader(None, ignore_no_migrations=True)
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        changes = {label: found for label, found in detector.changes(graph=loader.graph).items() if label in ROOMS}
        assert changes == {}

    def test_each_has_a_name_that_says_what_it_does(self):
        for file in BASE.glob("*/migrations/[0-9]*.py"):
            assert not re.search(r"_auto_|_\d{8}|_and_more", file.stem), file


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def example(route: str) -> str:
    """A route with its parameters filled in."""
    filled = re.sub(r"<uuid:\w+>", "00000000-0000-4000-8000-000000000000", route)
    filled = re.sub(r"<int:\w+>", "1", filled)
    filled = re.sub(r"<(\w+:)?\w+>", "x", filled)
    filled = re.sub(r"\(\?P<\w+>[^)]*\)", "x", filled)
    return re.sub(r"[\^$\\]|\?(?!P)|\.\+", "", filled)


class TestAddresses:
    def test_nothing_is_served_to_who_has_not_signed_in(self, client, db):
        """A page sends a visitor to the sign-in, the API answers 401; neither shows anything or breaks."""
        served = []
        for route in addresses(get_resolver()):
            if OPEN.match(route):
                continue
            for method in (client.get, client.post):
                status = method("/" + example(route), headers={"accept": "*/*"}).status_code
                if status not in {302, 400, 401, 403, 404, 405}:
                    served.append((route, method.__name__, status))
        assert served == []


class TestSchedule:
    def test_each_sweep_exists_and_survives_its_worker(self):
        """A task cut short is handed out again: it is acknowledged when done, and leaves nothing on the broker."""
        from config.celery import SCHEDULE, app

        app.loader.import_default_modules()
        for entry in SCHEDULE.values():
            task = app.tasks[entry["task"]]
            assert (task.acks_late, task.reject_on_worker_lost, task.ignore_result) == (True, True, True), task.name

    def test_a_task_runs_in_a_transaction_unless_it_opens_its_own(self):
        from config.celery import TransactionTask, app

        app.loader.import_default_modules()
        for name, task in app.tasks.items():
            if name.startswith(ROOMS) and not isinstance(task, TransactionTask):
                module = BASE / (name.rpartition(".")[0].replace(".", "/") + ".py")
                assert "transaction.atomic()" in module.read_text(encoding="utf-8"), name

    def test_nothing_legal_hangs_on_the_broker(self):
        """No `eta` or `countdown`: a deadline is a column."""
        for file in modules("config", *ROOMS):
            for node in ast.walk(tree(file)):
                if isinstance(node, ast.Call):
                    assert not {"eta", "countdown"} & {word.arg for word in node.keywords}, f"{file}:{node.lineno}"


class TestCode:
    @pytest.mark.parametrize("room", ["config", *ROOMS])
    def test_functions_stay_short(self, room):
        """About ten lines; there has to be a reason to go on, and forty is where it ends."""
        long = [
            f"{file.relative_to(BASE)}:{node.lineno} {node.name} {body_lines(node)}"
            for file in modules(room)
            for node in ast.walk(tree(file))
            if isinstance(node, ast.FunctionDef) and body_lines(node) > LONGEST_FUNCTION
        ]
        assert long == []

    @pytest.mark.parametrize("room", ROOMS)
    def test_the_law_explains_itself(self, room):
        silent = [
            f"{file.relative_to(BASE)}:{node.lineno} {node.name}"
            for file in modules(room)
            if floor(file) in RULES
            for node in tree(file).body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
        ]
        assert silent == []

    @pytest.mark.parametrize("room", ROOMS)
    def test_a_verb_takes_keywords_only(self, room):
        """A verb is what opens a transaction in `actions`."""
        loose = [
            f"{file.relative_to(BASE)}:{node.lineno} {node.name}"
            for file in modules(room)
            if floor(file) == "actions"
            for node in tree(file).body
            if isinstance(node, ast.FunctionDef)
            and any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)
            and (node.args.args or node.args.posonlyargs or not ast.get_docstring(node))
        ]
        assert loose == []

    def test_nothing_is_left_for_later(self):
        later = [
            f"{file.relative_to(BASE)}:{number}"
            for file in [*modules("config", *ROOMS), *(BASE / "templates").rglob("*.html")]
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
            if re.search(r"\b(TODO|FIXME|XXX)\b", line)
        ]
        assert later == []


def body_lines(node: ast.FunctionDef) -> int:
    """The lines of a function without its signature and its docstring."""
    first = node.body[bool(ast.get_docstring(node)) and len(node.body) > 1]
    return (node.end_lineno or 0) - first.lineno + 1


class TestStart:
    def test_no_process_loads_what_writes_a_pdf_before_it_writes_one(self):
        """Web, worker and beat processes alike load the addresses as they start, and most of them write none."""
        start = "import sys, django; django.setup(); import config.urls; sys.exit('fpdf' in sys.modules)"
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
        done = subprocess.run([sys.executable, "-c", start], cwd=BASE, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


class TestSupply:
    @pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
    def test_each_direct_dependency_is_pinned_by_hash_with_its_reason(self, name):
        pinned = (BASE / f"{name}.txt").read_text()
        wanted = [line for line in (BASE / f"{name}.in").read_text().splitlines() if line and line[0].isalpha()]
        for line in wanted:
            requirement, _, reason = line.partition("  # ")
            project = re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower()
            assert reason, line
            assert re.search(rf"(?m)^# {re.escape(reason)}\n{re.escape(project)}(\[[^\]]*\])?==", pinned), line
        assert pinned.count("--hash=sha256:") >= len(REQUIREMENT.findall(pinned)) > 0

    def test_no_tracked_file_holds_a_secret(self):
        done = subprocess.run([".venv/bin/python", "tools/secrets_scan.py"], cwd=BASE, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout

    def test_each_decision_is_dated_and_has_consequences(self):
        for file in sorted((BASE / "docs" / "adr").glob("*.md")):
            text = file.read_text(encoding="utf-8")
            assert re.match(rf"# 0*{int(file.name[:4])}\b", text), file.name
            for part in ("Date: 20", "Status:", "Context", "Decision", "Consequences"):
                assert part in text, f"{file.name}: {part}"

    def test_no_two_decisions_have_one_number(self):
        numbers = [file.name[:4] for file in (BASE / "docs" / "adr").glob("*.md")]
        assert sorted(set(numbers)) == sorted(numbers)

    def test_the_licence_is_the_public_licence_of_the_union(self):
        assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (BASE / "LICENCE").read_text(encoding="utf-8")


class TestComposition:
    @pytest.fixture
    def services(self):
        return yaml.safe_load((BASE / "docker-compose.yml").read_text())["services"]

    def test_each_process_is_a_service(self, services):
        assert set(services) == {"postgres", "valkey", "migrate", "web", "worker", "beat", "sweep", "proxy"}
        assert services["postgres"]["image"] == "postgres:18"
        assert services["valkey"]["image"].startswith("valkey/valkey:9")

    def test_only_the_migration_knows_the_owner(self, services):
        knowing = {name for name, service in services.items() if "owner_url" in service.get("secrets", [])}
        assert knowing == {"migrate"}

    def test_no_secret_is_written_down(self, services):
        for name, service in services.items():
            for variable in service.get("environment", {}):
                if re.search(r"PASSWORD|SECRET|DATABASE|REDIS", variable):
                    assert variable.endswith("_FILE"), f"{name}: {variable}"

    def test_each_service_is_given_the_secrets_it_is_told_to_read(self, services):
        """A file that is named and not there ends the process as it starts."""
        for name, service in services.items():
            told = (str(value) for value in service.get("environment", {}).values())
            read = {value.removeprefix("/run/secrets/") for value in told if value.startswith("/run/secrets/")}
            assert read <= set(service.get("secrets", [])), name

    def test_only_the_proxy_is_reached_from_outside(self, services):
        assert {name for name, service in services.items() if "ports" in service} == {"proxy"}


class TestSettings:
    def test_pages_run_no_script_but_our_own(self):
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        assert not any("unsafe" in str(source) for sources in policy.values() for source in sources)
        assert policy["default-src"] == ["'none'"]

    @pytest.mark.parametrize(
        "pattern", [r"\sstyle=", r"\son[a-z]+=[\"']", r"<script(?![^>]*\ssrc=)", r"javascript:", r"<style"]
    )
    def test_templates_hold_nothing_the_policy_would_stop(self, pattern):
        found = [
            str(file.relative_to(BASE))
            for file in (BASE / "templates").rglob("*.html")
            if re.search(pattern, file.read_text(encoding="utf-8"))
        ]
        assert found == []
