# `make` lists the commands. Everything runs inside .venv, which `make setup` makes.
PYTHON ?= python3
PY := .venv/bin/python
MANAGE := $(PY) manage.py
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/django.po)
# A production environment with a key nobody keeps, for `check --deploy`.
DEPLOYED := EXCHANGE_SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	EXCHANGE_AUDIT_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(48))') \
	EXCHANGE_HOSTS=exchange.example EXCHANGE_ADDRESS=https://exchange.example EXCHANGE_BEHIND_PROXY=1 \
	EXCHANGE_EMAIL_URL=smtp://mail.example:587?tls=1 EXCHANGE_DEMO=0 EXCHANGE_TEST_MODE=0

# Compiled modules are kept: else every process compiles Django and the exchange anew, some seconds each.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup lock run demo test test-law lint format types contracts messages migrate check soak bench \
	bench-register bench-screening bench-reports bench-audit check-format check-templates check-migrations check-messages \
	check-compose check-openapi check-security check-deploy openapi

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' \
		| while IFS='|' read -r name text; do printf '  make %-16s %s\n' "$$name" "$$text"; done

setup: ## make .venv from the hash-pinned sets and compile the message files
	@$(PYTHON) tools/setup.py
	@$(PY) tools/messages.py compile

lock: ## resolve requirements*.in to hash-pinned requirements*.txt
	$(PY) tools/lock.py

run: setup ## serve this checkout with reloading, on the embedded services (demo people included)
	@EXCHANGE_DEMO=1 exec $(MANAGE) runserver $(or $(PORT),8000)

demo: setup ## the whole exchange with its demo federation, in the foreground; PORT=8000
	@exec $(PY) -m config.demo

test: setup ## the whole suite, in two halves beside each other
	@exec $(PY) tools/run_tests.py

test-law: setup ## the law alone: no database, about a second
	@exec $(PY) -m pytest -q tests/law

lint: setup ## ruff, templates
	$(PY) -m ruff check .
	@$(MAKE) --no-print-directory check-templates

format: setup ## format the code
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix --exit-zero --quiet .

types: setup ## mypy: strict on law and actions
	$(PY) -m mypy config accounts denials screening consultations reports

contracts: setup ## import-linter: rooms and floors
	.venv/bin/lint-imports

messages: setup ## extract the messages into locale/ and compile them
	$(PY) tools/messages.py update
	$(PY) tools/messages.py compile

migrate: setup ## migrate and load the reference data
	$(MANAGE) prepare

openapi: setup ## write docs/openapi.yaml anew
	$(MANAGE) spectacular --validate --fail-on-warn --file docs/openapi.yaml

check: setup ## everything that has to be green: format, lint, types, contracts, migrations, messages, security, tests
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target check-format lint types contracts check-migrations \
		check-messages check-compose check-openapi check-security check-deploy
	@$(MAKE) --no-print-directory test

check-format:
	$(PY) -m ruff format --check .

check-templates:
	$(PY) -m djlint templates --lint --quiet

check-migrations:
	$(MANAGE) makemigrations --check --dry-run
	$(PY) tools/lint_migrations.py

check-messages:
	$(PY) tools/messages.py check

check-compose:
	$(PY) -m check_jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

check-openapi:
	$(PY) tools/openapi.py

check-security:
	$(PY) -m bandit --quiet --recursive --severity-level medium --configfile pyproject.toml config accounts denials screening consultations reports
	$(PY) tools/secrets_scan.py

check-deploy:
	@echo "manage.py check --deploy --fail-level WARNING"
	@$(DEPLOYED) $(MANAGE) check --deploy --database default --fail-level WARNING

soak: setup ## the batteries in full: walls, pages, tests/soak
	@$(PY) tools/run_all.py soak

bench: setup ## all measurements under tools/bench
	@$(PY) tools/run_all.py bench

bench-audit: setup ## verify a chain of 200,000 events (EVENTS=1000000 for the whole)
	@$(PY) tools/bench/audit.py $(or $(EVENTS),200000)

bench-register: setup ## measure the register
	@$(PY) tools/run_all.py bench register

bench-screening: setup ## measure screening
	@$(PY) tools/run_all.py bench screening

bench-reports: setup ## measure the tables
	@$(PY) tools/run_all.py bench reports
