"""The words of a verdict sheet: elements, reasons, rules, and what would change a verdict."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

ELEMENTS = {
    "end_user": _("End-user"),
    "consignee": _("Consignee"),
    "party_roles": _("Same party in another role"),
    "item": _("Control-list entry"),
    "description": _("Description"),
    "parameters": _("Parameters"),
    "quantity": _("Quantity"),
    "destination": _("Destination"),
    "end_use": _("End use"),
    "activity": _("Activity"),
    "window": _("Counts on the day"),
}

REASONS = {
    # names
    "identical": _("identical"),
    "words_same": _("the same words"),
    "case_or_accents": _("capitals or accents"),
    "script": _("another script"),
    "transliteration": _("another romanisation"),
    "joined_words": _("words written together"),
    "word_form": _("word form"),
    "spelling": _("spelling"),
    "word_order": _("word order"),
    "other_words": _("other words on both sides"),
    "part_of_name": _("one name is part of the other"),
    "legal_form": _("legal form"),
    "acronym": _("acronym"),
    "alias": _("alias"),
    "brackets": _("name in brackets"),
    "branch": _("branch or office of it"),
    "no_name": _("no name to compare"),
    "not_named": _("not named on a side"),
    "placeholder": _("nobody in particular is named"),
    "too_long": _("too long to compare"),
    # addresses and identifiers
    "no_address": _("no address"),
    "same_address": _("the same address"),
    "same_box": _("the same post box"),
    "same_place": _("the same place"),
    "same_street": _("the same street"),
    "other_place": _("another place"),
    "no_shared_kind": _("no identifier of one kind on both sides"),
    # entries
    "same": _("the same entry"),
    "covered": _("below the denied entry"),
    "covers": _("above the denied entry"),
    "sibling": _("beside it under one entry"),
    "same_head": _("under one entry"),
    "same_category": _("of one category"),
    "same_regime": _("of one regime only"),
    "counterpart": _("its counterpart on another list"),
    "unrelated": _("of another list"),
    "entry_missing": _("entry not stated on a side"),
    "entry_not_known": _("entry of no list known here"),
    "no_entry": _("on no list on both sides"),
    # goods
    "same_words": _("the same words"),
    "similar_words": _("similar words"),
    "same_term": _("the same goods by name"),
    "shared_term": _("goods in common by name"),
    "wider_term": _("one name is wider"),
    "same_family": _("goods of one family"),
    "no_common_term": _("no goods in common"),
    "other_goods": _("other goods"),
    "other_guise": _("parts, software or technology of the goods on one side"),
    "same_model": _("the same model"),
    "other_model": _("another model"),
    "same_cas": _("the same CAS number"),
    "other_cas": _("another CAS number"),
    "same_cn": _("the same subheading of the Combined Nomenclature"),
    "other_cn": _("another heading of the Combined Nomenclature"),
    "not_described": _("not described on a side"),
    "too_general": _("too general to compare"),
    "no_items": _("no items on a side"),
    # parameters and quantities
    "not_stated": _("not stated on a side"),
    "same_value": _("the same value"),
    "same_in_units": _("the same in other units"),
    "near_value": _("near in value"),
    "other_value": _("another value"),
    "part_of_value": _("one value is part of the other"),
    "same_range": _("the same range"),
    "within_range": _("within the range"),
    "ranges_overlap": _("ranges overlap"),
    "other_range": _("another range"),
    "unit_missing": _("unit not stated on a side"),
    "other_units": _("units that cannot be compared"),
    "no_value": _("no value"),
    "not_comparable": _("values that cannot be compared"),
    "no_shared_parameter": _("no parameter stated on both sides"),
    "only_amounts": _("only amounts stated"),
    "stated_in_description": _("stated in the description"),
    "contradictory": _("a side contradicts itself"),
    "same_quantity": _("the same quantity"),
    "near_quantity": _("near in quantity"),
    "other_quantity": _("another quantity"),
    "not_positive": _("no quantity that can be meant"),
    # places, activity, window
    "same_country": _("the same country"),
    "shared_country": _("a country in common"),
    "other_country": _("another country: it never decides"),
    "no_single_country": _("no single country on a side"),
    "same_activity": _("the same activity"),
    "other_activity": _("another activity"),
    "valid": _("valid until revoked"),
    "in_window": _("counts to %(until)s"),
    "outside_window": _("counted to %(until)s only"),
    "date_unknown": _("day of decision unknown: counts, so that nothing is missed"),
    "not_yet_decided": _("decided later"),
    "former_member": _("issuer no longer takes part: information only"),
}

#: Kinds of numbers in words; those known by their letters are said by them.
NUMBERS = {
    "phone": _("telephone"),
    "domain": _("mail or web domain"),
    "registration": _("registration number"),
    "tax": _("tax number"),
    "vat": _("VAT number"),
    "passport": _("number of a passport or of a person"),
}

GROUNDS = {
    "test_met": _("same end-user or consignee, and essentially identical items on the face of it"),
    "same_party_goods_to_examine": _("same end-user or consignee; the items are to be examined"),
    "other_quantity_or_end_use": _("same end-user or consignee and items, but another quantity or end use"),
    "party_in_other_role": _("the same party in another role, and like items"),
    "near_party": _("a party of a near name, and like items"),
    "party_as_intermediary": _("the same party as intermediary, and like items"),
    "same_party_other_goods": _("the same party, other items"),
    "near_party_goods_to_examine": _("a party of a near name; the items are to be examined"),
    "same_goods_no_party_named": _("like items; nobody is named to compare"),
    "same_goods_other_party": _("like items, another party"),
}

CHANGES = {
    "entry_stated": _("the control-list entry stated on both sides"),
    "parameters_stated": _("the parameters stated on both sides"),
    "goods_described": _("the items described on both sides"),
    "party_shown_other": _("proof that the party is another"),
    "goods_shown_other": _("proof that the items or their parameters are others"),
    "goods_shown_same": _("proof that the items are the same"),
    "same_goods": _("the same items"),
    "same_quantity": _("the same quantity"),
    "same_end_use": _("the same end use"),
    "same_role": _("the party as end-user or consignee on both sides"),
    "party_identified": _("an address, a number or another name that identifies the party"),
    "party_named": _("an end-user or consignee named on both sides"),
    "same_party": _("the same end-user or consignee"),
    "same_regime": _("items under the regime of the denial"),
    "outside_window": _("a decision within the look-back window"),
    "not_yet_decided": _("a later day"),
    "former_member": _("an issuer that takes part in the regime"),
}

ARTICLES = {
    "arms.4(1)": "CP 2008/944/CFSP Art. 4(1)",
    "dual_use.13(5)": "Reg. (EC) 428/2009 Art. 13(5)",
    "dual_use.16(5)": "Reg. (EU) 2021/821 Art. 2(22), 16(5)",
    "torture.23(2)": "Reg. (EU) 2019/125 Art. 23(2)",
}


def reason_text(reason: str, params: Mapping[str, Any]) -> str:
    """
    Return the words for the reason of a row.

    What decided comes first (a number, an address), then the reasons of a name beside each other, then the rest told.
    """
    several = params.get("reasons")
    reasons = [str(one) for one in several] if isinstance(several, list) and several else [reason]
    decided = [] if reason in reasons else [_words(reason, params)]
    said = [*decided, ", ".join(_words(one, params) for one in reasons), *_words_told(params)]
    return "; ".join([*said, *_told_beside(reason, params)])


def _told_beside(reason: str, params: Mapping[str, Any]) -> Iterator[str]:
    """What else is told of two parties: numbers in common, the address, the country."""
    for kind, value in params.get("numbers") or ():
        if reason != f"same_{kind}":
            yield _of_number("same", kind, value)
    if (address := params.get("address")) in _ADDRESSES:
        yield str(REASONS[address])
    if (country := params.get("country")) in {"same", "different"}:
        yield str(REASONS["same_country" if country == "same" else "other_country"])


_ADDRESSES = frozenset(("same_place", "same_box", "same_street", "other_place"))


def _of_number(how: str, kind: str, value: str) -> str:
    """Say that a number is the same, with the number, or that it is another."""
    words = _("the same %(kind)s") if how == "same" else _("another %(kind)s")
    return f"{words % {'kind': NUMBERS.get(kind) or kind.replace('_', ' ').upper()}} {value}".strip()


def _words_told(params: Mapping[str, Any]) -> Iterator[str]:
    """Which words of two names agree and which do not, and whether the register's names spoke for the party."""
    pairs = [f"{one} / {other}" for one, other in params.get("otherwise") or ()]
    if (agreeing := params.get("agreeing")) and (pairs or params.get("left_over") or params.get("right_over")):
        yield str(_("agreeing: %(words)s") % {"words": ", ".join(agreeing)})
    if pairs:
        yield str(_("in another form or spelling: %(words)s") % {"words": ", ".join(pairs)})
    if over := params.get("left_over"):
        yield str(_("in the application only: %(words)s") % {"words": ", ".join(over)})
    if over := params.get("right_over"):
        yield str(_("in the denial only: %(words)s") % {"words": ", ".join(over)})
    yield from _each_parameter(params)
    if "homoglyphs" in (params.get("flags") or ()):
        yield str(_("letters that look like those of another script, read as meant"))
    if "evidence" in params:
        yield str(_("few names of the register hold these words: that speaks for one party"))


def _each_parameter(params: Mapping[str, Any]) -> Iterator[str]:
    """Every parameter by its name, also one that could not be compared or that a side does not state."""
    rows, alone = params.get("rows") or (), [params.get(side) or () for side in ("only_left", "only_right")]
    if len(rows) + sum(map(len, alone)) < 2:
        return
    for name, verdict, reason, *_values in rows:
        said = [str(_("unknown"))] if verdict == "unknown" else []
        yield f"{_name(name)}: {', '.join([*said, _words(str(reason), {})])}"
    for names, sentence_of in zip(alone, ALONE, strict=True):
        if names:
            yield str(sentence_of % {"words": ", ".join(map(_name, names))})


def _name(parameter: str) -> str:
    return str(parameter).replace("_", " ")


ALONE = (_("in the application only: %(words)s"), _("in the denial only: %(words)s"))


def change_texts(changes: Iterable[str]) -> list[str]:
    """Return what would change a verdict, in words."""
    return [str(CHANGES.get(change, change.replace("_", " "))) for change in changes]


def rule_words(rule: str, ground: str) -> str:
    """Return the rule of a hit with its article."""
    article = ARTICLES.get(rule, rule)
    return f"{article}: {ground_text(ground)}"


SENTENCES = {
    "strong": _("The legal test of %(article)s is met: %(ground)s."),
    "possible": _("An officer must look, under %(article)s: %(ground)s."),
    "information": _("No duty follows under %(article)s: %(ground)s."),
}


def ground_text(ground: str) -> str:
    """Return the rule of the level that fitted, in words."""
    return str(GROUNDS.get(ground, ground.replace("_", " ")))


def sentence(level: str, rule: str, ground: str) -> str:
    """Say a verdict in one sentence: what it means, by which article, on what ground."""
    return str(SENTENCES[level]) % {"article": ARTICLES.get(rule, rule), "ground": ground_text(ground)}


def _words(reason: str, params: Mapping[str, Any]) -> str:
    words = REASONS.get(reason)
    how, _mark, kind = reason.partition("_")
    if words is None and how in {"same", "other"} and kind:
        held = {str(one): str(value) for one, value in params.get("numbers") or ()}
        return _of_number(how, kind, held.get(kind, ""))
    if words is None:
        return reason.replace("_", " ")
    try:
        return str(words) % params
    except KeyError:
        return str(words)
