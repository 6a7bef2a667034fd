"""The door of the web server: gunicorn config.wsgi."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from config.checks import refuse_misconfiguration  # noqa: E402 - needs the applications loaded

refuse_misconfiguration()
