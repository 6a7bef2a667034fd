"""What a certificate and a verdict sheet say on paper, in the reader's language."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.labels import REGIMES
from accounts.roles import Principal
from accounts.templatetags.words import VERDICTS, long_day, short_day
from denials.exports.dossier import Dossier, Fact, Section
from screening.labels import DISMISSALS, LEVELS, STANDINGS, TRIGGERS, change_texts, sentence
from screening.law.dispositions import Reason
from screening.models import Screening, StandingHit
from screening.templatetags.verdicts import headline, laid_out, left_out

ARTICLES = (
    "Reg. (EU) 2021/821 Art. 16(5); CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2019/125 Art. 23(2)"  # what is examined under
)


def certificate_of(screening: Screening, reader: Principal, *, now: datetime) -> Dossier:
    """Return a screening as proof: what it saw, by which rules, what it found; also where it found nothing."""
    standing = screening.standing_hits()
    found = [one for one in standing if one.hit.level != "information"]
    facts = list(_examined(screening, found))
    sections = [Section(_("Certificate of screening"), facts)]
    if found:
        sections.append(Section(_("Denials found"), [_found(one) for one in found]))
    return Dossier(
        reference=_reference(screening),
        marking=_("Stays inside the authority"),
        title=_("Certificate of screening"),
        subtitle=headline(screening, standing),
        printed=_printed(reader, screening, now),
        at=now,
        sections=sections,
    )


def verdict_of(screening: Screening, one: StandingHit, reader: Principal, *, now: datetime) -> Dossier:
    """Return the verdict sheet of one hit: each legal element, both values, what differs, the grounds."""
    hit = one.hit
    reference = _("Denial %(reference)s") % {"reference": hit.denial.reference}
    said = [Fact(_("Verdict"), sentence(hit.level, hit.rule, hit.ground)), Fact(_("Rules"), hit.rule_version)]
    said += [Fact(_("Where it stands"), str(STANDINGS[one.standing]))]
    if one.last and one.last.reason_code:
        words = DISMISSALS[Reason(one.last.reason_code)]
        said.append(Fact(_("Reason"), " – ".join(filter(None, (str(words), one.last.reason)))))
    sections = [Section(_("Verdict"), said), Section(_("Element by element"), list(_elements(hit.elements)))]
    if changes := change_texts(hit.changes):
        sections.append(Section(_("What would change this verdict"), [Fact("", f"– {change}") for change in changes]))
    sections.append(Section(_("Certificate of screening"), list(_examined(screening, None))))
    return Dossier(
        reference=_reference(screening),
        marking=_("Stays inside the authority"),
        title=f"{LEVELS[hit.level]}: {reference}",
        subtitle=headline(screening, screening.standing_hits()),
        printed=_printed(reader, screening, now),
        at=now,
        sections=sections,
    )


def _examined(screening: Screening, found: list[StandingHit] | None) -> Iterator[Fact]:
    yield Fact(_("Authority"), screening.authority.name)
    kept = _("screened without filing; nothing of its content is kept")
    yield Fact(_("Application"), screening.application.reference if screening.application else kept)
    yield Fact(_("Screened"), f"{_moment(screening.screened_at, screening)} · {TRIGGERS[screening.trigger]}")
    regime = REGIMES.get(screening.regime, screening.regime)
    yield Fact(_("Regime and day"), f"{regime}, {long_day(screening.judged_on)}")
    yield Fact(_("Denials in force compared"), str(screening.compared))
    seen = _("change %(sequence)s: every change up to this number was seen") % {"sequence": screening.register_sequence}
    yield Fact(_("Register state"), seen)
    yield Fact(_("Rules"), screening.ruleset_version)
    yield Fact(_("Digest of what was asked"), screening.content_digest)
    yield Fact(_("Examined under"), ARTICLES)
    yield Fact(_("Record"), str(screening.pk))
    if screening.left_out:
        yield Fact(_("Not compared"), left_out(screening))
    if screening.application and screening.application.screening_failed_at:
        yield Fact(_("Since then"), _("A later screening failed: this one proves nothing of the register since."))
    if found is not None:
        yield Fact(_("Result"), _result(screening, len(found)))


def _result(screening: Screening, count: int) -> str:
    if not screening.screenable_by_party:
        return _("Not screenable by party: nobody is named as end-user or consignee.")
    return _("%(count)s hits") % {"count": count}


def _found(one: StandingHit) -> Fact:
    hit = one.hit
    lines = [sentence(hit.level, hit.rule, hit.ground), str(STANDINGS[one.standing])]
    return Fact(hit.denial.reference or "", "\n".join(lines))


def _elements(rows: Iterable[dict[str, Any]]) -> Iterator[Fact]:
    marks = False
    for row in map(laid_out, rows):
        sign, words = VERDICTS[row["verdict"]]
        sides = [_marked(row[side], row[f"{side}_spans"]) or _("not stated") for side in ("left", "right")]
        marks |= bool(row["left_spans"] or row["right_spans"])
        lines = [f"{_('asked')}: {sides[0]}", f"{_('denied')}: {sides[1]}", f"{sign} {words} ({row['reason']})"]
        yield Fact(str(row["label"]), "\n".join(lines))
    if marks:
        yield Fact("", _("‹ › marks the characters that differ."))


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Put the stretches that differ between marks."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}‹{text[start:end]}›{text[end:]}"
    return text


def _reference(screening: Screening) -> str:
    return screening.application.reference if screening.application else str(screening.pk)


def _printed(reader: Principal, screening: Screening, now: datetime) -> str:
    who = ", ".join(filter(None, (reader.authority_code, reader.name)))
    return _("Printed by %(who)s, %(at)s") % {"who": who, "at": _moment(now, screening)}


def _moment(at: datetime, screening: Screening) -> str:
    local = at.astimezone(screening.authority.zone_info())
    return f"{short_day(local.date())}, {date_format(local, 'H:i')}"
