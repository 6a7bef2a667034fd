"""What the authority has chosen for itself: read by all its people, changed by its supervisors and administrators."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.generic import TemplateView

from accounts import principals
from accounts.actions import change_setting
from accounts.forms import SettingForm
from accounts.labels import SETTING_HELP
from accounts.labels import SETTINGS as LABELS
from accounts.law.errors import RuleBroken
from accounts.law.settings import SETTINGS, Setting
from accounts.models import AuthoritySetting
from accounts.views.page import ExchangeView


class Settings(ExchangeView, TemplateView):
    """Each setting: what holds today, what was chosen when and by whom, and the form to choose anew."""

    permission_needed = {"GET": "setting.read", "POST": "setting.manage"}
    template_name = "accounts/settings.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        setting = next((one for one in SETTINGS if one.name == request.POST.get("name")), None)
        if setting is None:
            raise Http404
        form = SettingForm(request.POST, setting=setting)
        if form.is_valid():
            try:
                authority = principals.authority_of(self.principal)
                change_setting(authority=authority, by=self.principal, now=self.now, **form.cleaned_data)
            except RuleBroken as refusal:
                self.add_refusal(form, refusal)
            else:
                return HttpResponseRedirect(reverse("settings"))
        return self.render_to_response(self.get_context_data(bound=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = AuthoritySetting.objects.visible_to(self.principal).select_related("set_by")
        chosen = list(rows.order_by("-since", "-pk"))
        shown = [self._row(one, chosen, kwargs.get("bound")) for one in SETTINGS]
        return super().get_context_data(settings=shown, may_change=self.principal.may("setting.manage"), **kwargs)

    def _row(self, setting: Setting, chosen: list[AuthoritySetting], bound: SettingForm | None) -> dict[str, Any]:
        today, mine = self.now.date(), [one for one in chosen if one.name == setting.name]
        value = next((one.value for one in mine if one.since <= today), setting.usual)
        form = bound if bound is not None and bound.data.get("name") == setting.name else None
        return {
            "label": LABELS[setting.name],
            "help": SETTING_HELP[setting.name],
            "value": value,
            "history": mine,
            "form": form
            or SettingForm(setting=setting, initial={"name": setting.name, "value": value, "since": today}),
        }
