"""The door of an asynchronous web server, should one be used."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_asgi_application()

from config.checks import refuse_misconfiguration  # noqa: E402 - needs the applications loaded

refuse_misconfiguration()
