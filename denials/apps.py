from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DenialsConfig(AppConfig):
    name = "denials"
    verbose_name = _("Denials")
