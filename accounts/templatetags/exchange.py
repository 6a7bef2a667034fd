"""Everything a page needs in one `{% load exchange %}`: words, components, charts, navigation."""

from django import template

from accounts.templatetags import charts, navigation, parts, terms, words

register = template.Library()
for library in (words, terms, charts, parts, navigation):
    register.tags.update(library.register.tags)
    register.filters.update(library.register.filters)
