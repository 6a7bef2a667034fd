"""What the dossier of a denial says, in the reader's language: the words of the detail page, for paper."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.labels import NOTICES
from accounts.models import Notice
from accounts.roles import Principal
from accounts.templatetags.parts import STATUSES as TAGS
from accounts.templatetags.words import destination as place_words
from accounts.templatetags.words import long_day, place_of, state_name
from denials import history
from denials.exports.dossier import Dossier, Fact, Section
from denials.exports.register import register_state
from denials.law.content import DenialContent, StatedItem, StatedParty
from denials.law.regimes import RegimeRules, last_rules
from denials.models import Denial, DenialVersion
from denials.standing import Standing, today_of
from denials.templatetags.differences import sentence
from denials.templatetags.register import criteria_words, entry, quantity, words

MOST_TOLD = 200


def dossier_of(denial: Denial, reader: Principal, *, now: datetime) -> Dossier:
    """Return the dossier of a denial as a reader may see it."""
    version = denial.current
    if version is None:
        raise ValueError("a denial has a version")
    version.denial = denial
    content = history.shown(version, reader)
    today = today_of(denial, now)
    who = ", ".join(filter(None, (reader.authority_code, reader.name)))
    facts = {"who": who, "at": _moment(now, denial), "number": register_state()}
    return Dossier(
        reference=denial.reference or _("draft"),
        marking=words(content.marking, "marking"),
        title=denial.reference or _("draft"),
        subtitle=f"{words(denial.regime, 'regime')} · {state_name(denial.state_of_issue_id)} · {denial.authority.name}",
        printed=_("Printed by %(who)s, %(at)s; register state %(number)s") % facts,
        at=now,
        sections=[one for one in _sections(denial, version, content, reader, today) if one.facts],
    )


def _sections(
    denial: Denial, version: DenialVersion, content: DenialContent, reader: Principal, today: date
) -> Iterator[Section]:
    rules = last_rules(denial.regime, today)
    yield Section(_("State"), list(_state(denial, version, today)))
    yield Section(_("What was refused"), list(_stated(content)))
    yield Section(_("Items"), list(_items(content.items)))
    yield Section(_("Parties"), list(_parties(content.parties)))
    yield Section(_("Criteria or grounds"), list(_grounds(content, rules)))
    yield Section(_("Reasons"), list(_reasons(content)))
    yield Section(_("History"), list(_history(denial, reader)))
    if denial.authority_id == reader.authority_id:
        yield Section(_("Told"), list(_told(denial)))


def _state(denial: Denial, version: DenialVersion, today: date) -> Iterator[Fact]:
    standing = Standing()
    worth = standing.of(denial, today)
    yield Fact(_("State of the denial"), words(denial.status, "status"))
    yield Fact(_("Worth"), words(worth.reason, "counts"))
    if worth.until:
        yield Fact(_("Counts until"), long_day(worth.until))
    for overlay in standing.overlays(denial, today):
        yield Fact(_("To know"), str(TAGS[overlay][0]) if overlay in TAGS else str(overlay).replace("_", " "))
    recalled = denial.recalls.order_by("-recalled_at").first()
    if recalled is not None:
        said = _("recalled, a person is exonerated: %(moment)s") % {"moment": _moment(recalled.recalled_at, denial)}
        yield Fact(_("To know"), said)
    notified = long_day(version.notified_on)
    if not notified:
        unknown = _("Decided before the exchange held it; not known when.")
        notified = unknown if denial.is_historic else _("not notified")
    yield Fact(_("Notified"), notified)
    if version.review_due_on:
        yield Fact(_("Review due"), long_day(version.review_due_on))
    yield Fact(_("Rules"), last_rules(denial.regime, today).source)


def _stated(content: DenialContent) -> Iterator[Fact]:
    yield Fact(_("Act"), words(content.act, "act") or _("not stated"))
    coded = {"scope": _("Extent"), "legal_basis": _("Legal basis"), "activity": _("Activity"), "origin": _("Origin")}
    coded |= {"authorisation_type": _("Type of authorisation")}
    for name, label in coded.items():
        if value := getattr(content, name):
            yield Fact(label, words(value, name))
    yield from _texts(content, {"scope_note": _("Which part"), "authorisation_reference": _("Authorisation")})
    yield Fact(_("Date of decision"), long_day(content.decided_on) or _("not stated"))
    if content.suspended_until:
        yield Fact(_("Suspended until"), long_day(content.suspended_until))
    places = "\n".join(place_words(one) for one in content.destinations)
    yield Fact(_("Destinations"), places or _("not stated"))
    yield from _texts(content, {"end_use": _("Stated end use"), "source_reference": _("Own number")})


def _texts(content: DenialContent, labels: dict[str, str]) -> Iterator[Fact]:
    for name, label in labels.items():
        if text := getattr(content, name):
            yield Fact(label, text)


def _items(items: tuple[StatedItem, ...]) -> Iterator[Fact]:
    for number, item in enumerate(items, start=1):
        lines = [item.description, item.description_en, f"{_('Entry')} {entry(item)}"]
        if said := quantity(item):
            lines.append(f"{_('Quantity')} {said}")
        lines += [" ".join(filter(None, (f"{one.name}:", one.value, one.unit))) for one in item.parameters]
        lines += [" ".join(filter(None, (item.manufacturer, item.model)))]
        lines += [f"{label} {value}" for label, value in (("CAS", item.cas), ("CN", item.cn)) if value]
        if item.value is not None:
            lines.append(f"{_('Value')} {item.value.normalize():f} {item.currency}".strip())
        yield Fact(_("Item %(number)s") % {"number": number}, "\n".join(filter(None, lines)))


def _parties(parties: tuple[StatedParty, ...]) -> Iterator[Fact]:
    for party in parties:
        lines = [party.name, party.address, state_name(party.country)]
        lines += [f"{_('also')} {', '.join(party.aliases)}"] if party.aliases else []
        lines += [f"{kind.upper()} {value}" for kind, value in party.identifiers]
        lines += [_("names nobody")] if party.is_placeholder else []
        yield Fact(words(party.role, "role"), "\n".join(filter(None, lines)))


def _grounds(content: DenialContent, rules: RegimeRules) -> Iterator[Fact]:
    cited = criteria_words(content.criteria)
    if cited or not content.grounds:
        yield Fact(_("Criteria"), cited or (_("not stated") if not content.criteria_stated else "–"))
    articles = {ground.code: ground.article for ground in rules.grounds}
    for code in content.grounds:
        yield Fact(articles.get(code, ""), words(code, "ground"))


def _reasons(content: DenialContent) -> Iterator[Fact]:
    yield Fact("", content.explanation or _("not stated"))
    if content.remarks:
        yield Fact(_("Remarks"), content.remarks)


def _history(denial: Denial, reader: Principal) -> Iterator[Fact]:
    """The recorded versions, the first first, each with what it changed."""
    before: DenialVersion | None = None
    for version in history.recorded(denial):
        what = {"number": version.number, "act": words(version.kind, "kind"), "day": long_day(version.valid_from)}
        lines = [_("Version %(number)s: %(act)s, from %(day)s") % what]
        lines += [version.change_reason] if version.change_reason else []
        lines += [sentence(one) for one in history.between(before, version, reader)] if before else []
        yield Fact(_moment(version.recorded_at, denial), "\n".join(lines))
        before = version


def _told(denial: Denial) -> Iterator[Fact]:
    sent = Notice.objects.filter(subject_id=denial.pk, subject_type="denials.denial").select_related("recipient")
    by_act: dict[tuple[Any, str], list[str]] = {}
    for notice in sent.order_by("created_at", "recipient__code")[:MOST_TOLD]:
        by_act.setdefault((notice.created_at, notice.kind), []).append(notice.recipient.code)
    for (at, kind), codes in by_act.items():
        yield Fact(_moment(at, denial), f"{NOTICES.get(kind, kind)}: {', '.join(codes)}")
    if not by_act:
        yield Fact("", _("Nobody was told of it here: it was brought in as a denial of the past."))


def _moment(at: datetime | None, denial: Denial) -> str:
    """Write an instant by the clock at the issuer's seat."""
    if at is None:
        return ""
    zone = denial.state_of_issue.zone_info()
    return f"{date_format(at.astimezone(zone), 'j M Y H:i')} ({place_of(zone)})"
