"""Every address of the exchange, as the URLconf has it."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

Named = tuple[str, tuple[str, ...], dict[str, str]]


def named(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[Named]:
    """Yield name, parameters and, for REST, the actions by method."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern, prefix + (f"{pattern.namespace}:" if pattern.namespace else ""))
        else:
            assert isinstance(pattern, URLPattern)
            parameters = tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex)
            yield prefix + (pattern.name or "?"), parameters, getattr(pattern.callback, "actions", None) or {}
