"""The choices of a list drawn in one go say what Django's own templates say."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from config.renderer import Renderer

CHOICES = [("", "—"), ("NL", "Nether & lands"), (3, '"Three"'), ("Else", [("<b>", "Bold <b>"), ("x", "x'y")])]


class Marked(forms.Select):
    """Options with attributes of their own, as where a choice brings another list."""

    def create_option(self, *args, **kwargs):
        return {
            **super().create_option(*args, **kwargs),
            "attrs": {"data-kind": 'a"b', "disabled": True, "hidden": False},
        }


@pytest.mark.parametrize("value", [None, "", "NL", 3, "<b>", ["NL", "x"]])
@pytest.mark.parametrize("kind", [forms.Select, forms.SelectMultiple, Marked])
def test_the_same_as_by_template(kind, value):
    widget = kind(choices=CHOICES)
    attrs = {"class": "form-select", "required": True, "data-x": "<&>"}
    drawn = [widget.render("it", value, attrs, renderer) for renderer in (Renderer(), DjangoTemplates())]
    assert parse_html(drawn[0]) == parse_html(drawn[1])
    assert "<select" in drawn[0]
