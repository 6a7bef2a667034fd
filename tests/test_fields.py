"""Every field of every form and REST call stands in the table of fields, and no text comes in that is not cleaned."""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django import forms
from rest_framework import serializers

from accounts.api.fields import TextField
from consultations.law.disclosure import of_shape, rows

ROOMS = ("denials", "screening", "consultations", "reports", "accounts")
#: The house's own: people, post, settings, the record. No field of a case.
HOUSE_SHAPES = ("accounts.",)
#: Questions of the auditors, kept with their answers.
QUESTIONS = ("reports.forms.desk",)


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def shapes(base: type) -> list[Any]:
    """Every serializer or form of the product that is declared by itself; formset and test classes are none."""
    for room in ROOMS:
        for part in ("api", "forms", "views"):
            try:
                package = importlib.import_module(f"{room}.{part}")
            except ModuleNotFoundError:
                continue
            for module in pkgutil.iter_modules(getattr(package, "__path__", [])):
                importlib.import_module(f"{room}.{part}.{module.name}")
    found = {one for one in _below(base) if one.__module__.split(".")[0] in ROOMS}
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


def fields_of(shape: Any) -> dict[str, Any]:
    return shape._declared_fields if issubclass(shape, serializers.Serializer) else shape.base_fields


def of_a_case(shape: Any) -> bool:
    return not shape.__module__.startswith((*HOUSE_SHAPES, *QUESTIONS)) and bool(fields_of(shape))


CASE_SHAPES = [one for one in [*shapes(serializers.Serializer), *shapes(forms.BaseForm)] if of_a_case(one)]


def test_every_field_stands_in_one_row() -> None:
    wrong = []
    for shape in CASE_SHAPES:
        told = of_shape(shape.__name__)
        if any(row.fields is None for row in told) and len(told) > 1:
            wrong.append(f"{shape.__name__}: all its fields, and more rows")
        listed = Counter(name for row in told for name in (row.fields or tuple(fields_of(shape))))
        wrong += [f"{shape.__name__}.{name}" for name in set(listed) ^ set(fields_of(shape))]
        wrong += [f"{shape.__name__}.{name} twice" for name, times in listed.items() if times > 1]
    assert sorted(wrong) == []


def test_every_row_speaks_of_a_shape_there_is() -> None:
    known = {one.__name__ for one in [*shapes(serializers.Serializer), *shapes(forms.BaseForm)]}
    assert {shape for row in rows() for shape in row.shapes} <= known
    assert all(row.readers and row.writers and row.state for row in rows())


def test_what_comes_in_is_read_by_nobody_from_there() -> None:
    for row in rows():
        if all(shape.endswith(("In", "Form")) for shape in row.shapes):
            assert row.readers == "-", row.shapes


#: Files sent as text: decoded, and their bytes read by what reads files; and what a system proves itself with.
AS_SENT = {
    "accounts.api.tokens.TokenIn.client_assertion",
    "accounts.api.tokens.TokenIn.client_id",
    "accounts.api.tokens.TokenIn.scope",
    "reports.api.returns.ReturnFileIn.content",
    "consultations.api.serializers.DocumentIn.content",
    "denials.api.imports.ImportIn.content",
    "denials.api.serializers.FileIn.content",
}


def bare_texts(shape: Any, name: str, field: Any) -> Iterator[str]:
    """Texts of what comes in that pass the text field by; children of lists and mappings too."""
    if isinstance(field, serializers.ListField | serializers.DictField):
        yield from bare_texts(shape, f"{name}[]", field.child)
    elif type(field) is serializers.CharField:
        yield f"{shape.__module__}.{shape.__name__}.{name}"


def test_no_serializer_takes_a_text_that_is_not_cleaned() -> None:
    incoming = [one for one in shapes(serializers.Serializer) if one.__name__.endswith("In")]
    assert len(incoming) > 60
    found = [
        bare for one in incoming for name, field in fields_of(one).items() for bare in bare_texts(one, name, field)
    ]
    assert set(found) == AS_SENT
    assert issubclass(TextField, serializers.CharField)


#: What somebody proves themselves with is compared as it was typed, and kept nowhere.
PROOFS = {"answer", "again", "code", "password", "username"}


def test_no_form_takes_a_text_that_is_not_cleaned() -> None:
    bare = (forms.CharField, forms.URLField, forms.EmailField, forms.SlugField, forms.JSONField)
    found = [
        f"{one.__module__}.{one.__name__}.{name}"
        for one in shapes(forms.BaseForm)
        for name, field in fields_of(one).items()
        if type(field) in bare and name not in PROOFS
    ]
    assert found == []
