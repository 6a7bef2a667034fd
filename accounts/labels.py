"""Translated labels of codes kept in accounts' rows."""

from django.utils.translation import gettext_lazy as _

from accounts.law.errors import RuleBroken

ROLES = {
    "officer": _("Licensing officer"),
    "supervisor": _("Supervisor"),
    "read_only": _("Reader"),
    "administrator": _("Authority administrator"),
    "auditor": _("Auditor"),
    "secretariat": _("Secretariat"),
}

REGIMES = {
    "arms": _("Arms"),
    "dual_use": _("Dual-use items"),
    "torture": _("Anti-torture goods"),
    "sanctions": _("EU sanctions: restrictions on exports"),
}

SETTINGS = {
    "four_eyes.denials": _("A second officer releases a denial"),
    "reports.denials_by_state": _("Denials and consultations of this state in the public report"),
}
SETTING_HELP = {
    "four_eyes.denials": _(
        "An officer submits the draft, another releases it or returns it with a reason. Nobody releases their own."
    ),
    "reports.denials_by_state": _(
        "The public edition of the annual report shows them by state only if each competent authority of the state "
        "consents. Undercuts and lapses are never shown by state."
    ),
}
SETTING_VALUES = {
    "off": _("no: whoever may notify does so directly"),
    "on": _("yes: a second officer is needed"),
    "withheld": _("no: held back in the public edition"),
    "public": _("yes: shown, small numbers excepted"),
}

NOTICES = {
    "denial.notified": _("A denial was notified"),
    "denial.amended": _("A denial was amended"),
    "denial.renewed": _("A denial was reviewed and maintained"),
    "denial.revoked": _("A denial was revoked"),
    "denial.withdrawn": _("A denial notified in error was withdrawn"),
    "denial.person_erased": _("A person was erased from a denial; blank your copies"),
    "denial.lifted": _("A suspension was lifted by its final assessment"),
    "denial.confirmed": _("A suspension was confirmed by its final assessment"),
    "denial.court": _("A court has to do with a denial"),
    "denial.recalled": _("A denial was recalled: a person is exonerated"),
    "denial.recall_acknowledged": _("A recall was acknowledged"),
    "denial.recall_unanswered": _("A recall awaits your acknowledgement"),
    "denial.review_ahead": _("A denial is due for review in half a year"),
    "denial.review_due": _("The review of a denial is due"),
    "denial.review_overdue": _("The review of a denial is overdue"),
    "denial.assessment_due": _("A suspension has ended: its final assessment is owed"),
    "edition.frozen": _("An edition of the annual report was signed off"),
    "return.signed": _("An annual return was signed off"),
    "return.due_ahead": _("An annual return is due in a month"),
    "return.due": _("An annual return is due today"),
    "return.overdue": _("An annual return is overdue"),
    "search.new_results": _("A saved search finds denials that are new or have changed"),
    "screening.new_hits": _("A new denial concerns a pending application"),
    "consultation.opened": _("A consultation was opened with you"),
    "consultation.answered": _("A consultation was answered"),
    "consultation.information_requested": _("Information was requested in a consultation"),
    "consultation.information_given": _("Information was given in a consultation"),
    "consultation.extension_proposed": _("An extension was proposed"),
    "consultation.extension_agreed": _("An extension was agreed"),
    "consultation.extension_refused": _("An extension was refused"),
    "consultation.lapsed": _("A consultation lapsed without an answer"),
    "consultation.late_answer": _("A late answer was received"),
    "consultation.withdrawn": _("A consultation was withdrawn"),
    "consultation.outcome": _("The outcome of a consultation is known"),
    "grant.notified": _("A grant in spite of a denial was notified"),
}

RULES = {
    "amending_not_permitted": _("Rows of the file change denials of the register: you may not amend denials."),
    "change_unreadable": _("The change cannot be read: %(field)s."),
    "day_not_held": _("The register says nothing of this day: it lies ahead, or before any denial."),
    "mirror_only": _("This exchange mirrors %(source)s: what it holds is changed there."),
    "not_a_mirror": _("This exchange has a register of its own, or mirrors another source."),
    "out_of_step": _("The change %(sequence)s does not follow from what is held (%(why)s)."),
    "reference_data_missing": _("The change %(sequence)s names a %(kind)s that is not held: %(value)s."),
    "not_an_erasure": _("More than personal fields would change: %(field)s."),
    "person_not_found": _("No version of the denial names this person."),
    "scope_changed": _("What may be seen has changed since; begin again with the first change."),
    "court_fact_out_of_turn": _("This cannot follow upon what is recorded of the court, or lies outside its days."),
    "nothing_to_acknowledge": _("There is no recall of this denial that awaits your acknowledgement."),
    "own_submission": _("Whoever submitted a draft does not release it: a second officer does."),
    "second_officer_needed": _("Your authority has chosen that a second officer releases a denial: submit it first."),
    "file_without_second_officer": _(
        "Your authority has chosen that a second officer releases a denial: no file is taken in while this holds."
    ),
    "setting_ends_too_soon": _("What your authority has chosen ends tomorrow at the earliest."),
    "setting_in_the_past": _("A setting holds from today at the earliest."),
    "setting_unknown": _("There is no such setting, or it does not take this value."),
    "already_answered": _("This consultation has already been answered."),
    "answer_not_foreseen": _("The rule does not know this answer."),
    "consultations_open": _("A consultation is still open: %(count)s."),
    "earlier_screening": _("A later screening has replaced this one; judge its hits."),
    "extension_not_foreseen": _("The rule knows no extension here."),
    "extension_too_long": _("The extension is longer than the rule allows: asked %(asked)s, left %(left)s."),
    "field_missing": _("The rule requires this field: %(field)s."),
    "hits_open": _("Hits are neither dismissed with a reason nor taken into a consultation: %(count)s."),
    "holidays_unknown": _("The public holidays of %(state)s for %(year)s are not held."),
    "not_competent": _("The authority is not competent for this act."),
    "not_countable": _("This period or moment cannot be counted: %(field)s."),
    "not_foreseen": _("The regime does not know this value in %(field)s: %(value)s."),
    "content_refused": _("Some of the values cannot be accepted."),
    "nothing_to_take_in": _("Rows of the file could not be read, or nothing of it is to be taken in."),
    "name_taken": _("A saved search of yours has this name already."),
    "too_many_searches": _("No more than %(most)s searches are kept."),
    "nothing_changed": _("The amendment says what the denial says already."),
    "no_contact_point": _("%(state)s has no contact point for this regime."),
    "not_consulted_on": _("Nobody is consulted on the denial %(denial)s: %(reason)s."),
    "not_notifiable": _("A refusal on this ground is not a denial to be notified."),
    "not_yet_due": _("The period has not ended."),
    "objection_binds": _("A consulted Member State objected, and the objection binds."),
    "others_must_be_told": _("A state was consulted: record the withdrawal as the decision, so that it is told."),
    "period_ended": _("The period has ended; what comes now comes late."),
    "reason_missing": _("The act needs its reasons."),
    "regime_unknown": _("No rule is held for this regime on this day: %(regime)s."),
    "return_refused": _("Rows of the return cannot be read, or it holds none: put the files right."),
    "return_unexplained": _("The checks found what needs a word before sign-off: %(warnings)s."),
    "method_unknown": _("The method card does not take this answer: %(field)s."),
    "year_not_over": _("A return tells of a year that has ended and that the regime reports on."),
    "edition_stale": _("The records have changed since the draft: draft the tables anew."),
    "edition_disagrees": _("Tables and register do not agree (%(checks)s): nothing is frozen."),
    "edition_unchanged": _("Edition %(number)s says the same."),
    "rule_broken": _("A rule refuses this act."),
    "rule_unknown": _("No terms are held under this name: %(rule)s."),
    "screening_stale": _("The register has changed since the last screening; screen again."),
    "still_incomplete": _("Required and still missing: %(fields)s."),
    "term_not_settable": _("This term cannot be set to this value."),
    "transition_refused": _("The state of the record (%(state)s) does not allow this."),
    "unfit_text": _("The character %(character)s is not accepted in text."),
}


def rule_text(error: RuleBroken) -> str:
    """Return the words for a refusal, in the language of the request."""
    words = RULES.get(error.code, RULES["rule_broken"])
    try:
        return str(words) % error.params
    except KeyError:
        return str(words)
