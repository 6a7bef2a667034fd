"""A browser without scripts and a national system, both over a real connection: what the journeys walk with."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import Cookie, CookieJar
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

Fields = list[tuple[str, str]]


@dataclass
class Form:
    """A form as a page shows it: where it goes and what it would send unchanged."""

    action: str
    fields: Fields = field(default_factory=list)

    def has(self, name: str) -> bool:
        return any(name == one for one, _ in self.fields) or name in self.offered

    offered: set[str] = field(default_factory=set)


class Forms(HTMLParser):
    """Reads the POST forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.form: Form | None = None
        self.text: str | None = None
        self.select: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.form = Form(given.get("action", ""))
            if given.get("method", "").lower() == "post":
                self.found.append(self.form)
        if self.form is None:
            return
        name = given.get("name", "")
        if name:
            self.form.offered.add(name)
        if tag == "input" and name and given.get("type") not in ("submit", "button", "file"):
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.form.fields.append((name, given.get("value", "on" if given.get("type") == "checkbox" else "")))
        elif tag == "textarea":
            self.text = name
            self.form.fields.append((name, ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.form.fields.append((self.select, given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self.text is not None and self.form is not None:
            name, before = self.form.fields.pop()
            self.form.fields.append((name, before + data.removeprefix("\n")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.text = None
        elif tag == "select":
            self.select = None


@dataclass
class Answer:
    """What came back."""

    status: int
    address: str
    body: str

    @property
    def path(self) -> str:
        return urlsplit(self.address).path

    @property
    def data(self) -> Any:
        return json.loads(self.body)


class Browser:
    """One person's browser."""

    def __init__(self, server: str, session_name: str, session: str) -> None:
        self.server = server
        jar = CookieJar()
        jar.set_cookie(session_cookie(urlsplit(server).hostname or "", session_name, session))
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(urljoin(self.server, path)))  # noqa: S310 - the served exchange

    def send(self, page: Answer, wanted: str, **changes: Any) -> Answer:
        """Fill in the form of a page that has a field `wanted`, and send it with its token."""
        form = next(form for form in Forms(page.body).found if form.has(wanted))
        kept = [(name, value) for name, value in form.fields if name not in changes]
        for name, value in changes.items():
            kept += [(name, str(one)) for one in (value if isinstance(value, list) else [value])]
        address = urljoin(page.address, form.action or page.address)
        request = urllib.request.Request(address, urlencode(kept).encode(), {"Referer": page.address})  # noqa: S310
        return self._ask(request)

    def act(self, path: str, wanted: str, **changes: Any) -> Answer:
        """Fill in a form, read its preview, confirm it; return the receipt."""
        preview = self.send(self.get(path), wanted, **changes)
        assert 'name="confirm"' in preview.body, preview.body
        receipt = self.send(preview, "once", confirm="1")
        assert receipt.status == 200, receipt.body
        return receipt

    def _ask(self, request: urllib.request.Request) -> Answer:
        return answered(self.opener, request)


def session_cookie(host: str, name: str, value: str) -> Cookie:
    """The cookie of someone who has signed in."""
    domain = host if "." in host else f"{host}.local"  # as the standard library writes such hosts
    plain: dict[str, Any] = {"version": 0, "port": None, "port_specified": False, "path": "/", "path_specified": True}
    rest: dict[str, Any] = {"secure": False, "expires": None, "discard": True, "comment": None, "comment_url": None}
    where: dict[str, Any] = {"domain": domain, "domain_specified": False, "domain_initial_dot": False}
    return Cookie(name=name, value=value, rest={}, **plain, **where, **rest)


class System:
    """A national system with its token."""

    def __init__(self, server: str, token: str) -> None:
        self.server, self.token = server, token
        self.opener = urllib.request.build_opener()

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, "")

    def post(self, path: str, content: dict[str, Any], key: str = "") -> Answer:
        return self._ask("POST", path, json.dumps(content).encode(), key)

    def _ask(self, method: str, path: str, body: bytes | None, key: str) -> Answer:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        request = urllib.request.Request(urljoin(self.server, path), body, headers, method=method)  # noqa: S310
        return answered(self.opener, request)


def answered(opener: urllib.request.OpenerDirector, request: urllib.request.Request) -> Answer:
    """Send a request; a refusal is an answer too."""
    try:
        with opener.open(request, timeout=60) as response:
            return Answer(response.status, response.url, response.read().decode())
    except urllib.error.HTTPError as refusal:
        return Answer(refusal.code, refusal.url, refusal.read().decode())
