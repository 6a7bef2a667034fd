#!/usr/bin/env python
"""The shell of the exchange. Without DATABASE_URL it uses the embedded services, migrated and with reference data."""

import os
import sys

OWNER = {"migrate", "prepare", "load_refdata", "sqlmigrate", "lintmigrations"}
WITHOUT_DATABASE = {"", "help", "version", "makemigrations", "collectstatic", "diffsettings", "spectacular"}
UNPREPARED = OWNER | {"showmigrations"}


def command_of(arguments: list[str]) -> str:
    if {"--help", "-h", "--version"} & set(arguments):
        return "help"
    return arguments[0] if arguments else ""


def use_embedded_services(command: str) -> None:
    from config import services

    embedded = services.Services()
    if command in WITHOUT_DATABASE:
        os.environ.setdefault("EXCHANGE_SECRET_KEY", embedded.secret("secret_key"))
        os.environ.setdefault("EXCHANGE_HOSTS", "localhost")
        return
    embedded.join()
    for name, value in embedded.environment().items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("EXCHANGE_HOSTS", "localhost")
    os.environ.setdefault("EXCHANGE_EMAIL_URL", f"file://{embedded.home / 'mail'}")
    if command not in UNPREPARED:
        services.prepare(embedded)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = command_of(sys.argv[1:])
    if not (os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE")):
        use_embedded_services(command)
    if command in OWNER:
        os.environ.setdefault("EXCHANGE_ROLE", "owner")
    if command != "runserver":
        os.environ.setdefault("PGOPTIONS", "-c exchange.principal=system")  # the shell acts for the exchange itself
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
