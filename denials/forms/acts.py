"""The reason of an act; a file of denials decided in the past."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms import offer
from accounts.labels import REGIMES
from denials import labels
from denials.forms.rows import LONGEST_LIST, optional
from denials.imports.columns import MEANINGS, key_of
from denials.models import ImportJob

LARGEST_UPLOAD = 20 * 1024 * 1024


class ReasonForm(forms.Form):
    """The reason of an act; whether it must be given, the rule says."""

    reason = optional(LONGEST_LIST, _("Reason"), rows=4)


class ReasonNeededForm(ReasonForm):
    """Why something submitted is given back: that must be said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True


class UploadForm(forms.Form):
    """A file of denials decided in the past."""

    file = forms.FileField(label=_("File"), help_text=_("CSV or XLSX, at most 20 MB."))
    regime = forms.ChoiceField(
        label=_("Regime"), required=False, help_text=_("Only where neither the file nor its codes and criteria tell.")
    )

    def __init__(self, *args: Any, regimes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = frozenset(regimes)
        offered = [row for row in REGIMES.items() if row[0] in held]
        offer(self, "regime", [("", _("as the file tells")), *offered])

    def clean_file(self) -> Any:
        """Refuse what is larger than is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise ValidationError(labels.problem_text("file_too_large"), code="file_too_large")
        return file


class ColumnsForm(forms.Form):
    """What each column of a file means: one choice per heading."""

    def __init__(self, *args: Any, job: ImportJob, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = {f"column_{at}": key_of(str(heading)) for at, heading in enumerate(job.headings)}
        for at, heading in enumerate(job.headings):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=str(heading),
                required=False,
                choices=_meanings(),
                initial=job.mapping.get(key_of(str(heading)), ""),
            )

    def mapping(self) -> dict[str, str]:
        """Return folded heading to field, "" for a column that is not used."""
        return {key: self.cleaned_data.get(name, "") for name, key in self.keys.items()}


def _meanings() -> list[tuple[str, str]]:
    """The fields a column may fill, in the reader's words where there are any."""
    named = [(name, str(labels.COLUMNS.get(name, name.replace("_", " ")))) for name in MEANINGS]
    return [("", gettext("– not used –")), *sorted(named, key=lambda pair: pair[1].casefold())]
