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
    "operator": _("Operator"),
}

REGIMES = {
    "arms": _("Arms"),
    "dual_use": _("Dual-use items"),
    "torture": _("Anti-torture goods"),
    "sanctions": _("EU sanctions: restrictions on exports"),
}

#: What a national system's client may be given; `accounts/roles.py: SCOPES`.
SCOPES_IN_WORDS = {
    "denial.read": _("Read the register of denials"),
    "denial.draft": _("Keep drafts of denials"),
    "denial.notify": _("Notify denials"),
    "denial.amend": _("Amend and renew denials"),
    "denial.revoke": _("Revoke, withdraw and recall denials"),
    "denial.acknowledge": _("Acknowledge recalls"),
    "denial.import": _("Take in files of denials"),
    "application.read": _("Read applications and their screenings"),
    "application.file": _("File applications"),
    "application.screen": _("Screen transactions"),
    "application.dispose": _("Dismiss hits with a reason"),
    "consultation.read": _("Read consultations"),
    "consultation.open": _("Open consultations"),
    "consultation.answer": _("Answer consultations"),
    "consultation.extend": _("Propose and agree extensions"),
    "consultation.withdraw": _("Withdraw, conclude and close consultations"),
    "decision.record": _("Record decisions"),
    "report.read": _("Read the annual tables"),
}

SETTINGS = {
    "four_eyes.denials": _("A second officer releases denials, changes of them and files"),
    "four_eyes.dispositions": _("A second officer confirms the dismissal of a hit"),
    "four_eyes.consultations": _("A second officer sends what is said in a consultation"),
    "screening.information": _("Denials for information are listed with the hits"),
    "reports.denials_by_state": _("Denials and consultations of this state in the public report"),
    "restricted.named_only": _("Restricted cases are closed to supervisors, too"),
}
SETTING_HELP = {
    "four_eyes.denials": _(
        "An officer submits the draft, the amendment, revocation, withdrawal or final assessment, or the file; another "
        "releases it as submitted or returns it with a reason. Nobody releases their own."
    ),
    "four_eyes.dispositions": _(
        "An officer dismisses a hit with the reason, another confirms or returns it. Until then it stands in the way "
        "of a decision. Nobody confirms their own."
    ),
    "screening.information": _(
        "Denials of the same goods to somebody else, or of other goods to the same party: no duty follows from them. "
        "They can be called up on each screening in any case."
    ),
    "restricted.named_only": _(
        "A case can be kept to named officers. Supervisors see it nevertheless, to oversee the work, unless this is "
        "chosen: then only those named do."
    ),
    "four_eyes.consultations": _(
        "An officer prepares the act, another sends it or gives it back. Until it is sent nobody outside sees it, "
        "and no period stops."
    ),
    "reports.denials_by_state": _(
        "The public edition of the annual report shows them by state only if each competent authority of the state "
        "consents. Undercuts and lapses are never shown by state."
    ),
}
RECORD_KINDS = {
    "application": _("Application"),
    "consultation": _("Consultation"),
    "denial": _("Denial that has ended"),
}
SETTING_VALUES = {
    "off": _("no"),
    "on": _("yes"),
    "withheld": _("no: held back in the public edition"),
    "public": _("yes: shown, small numbers excepted"),
}

NOTICES = {
    "denial.notified": _("A denial was notified"),
    "denial.own_grant": _("Your state has granted a similar transaction since: review your denial"),
    "denial.amended": _("A denial was amended"),
    "denial.renewed": _("A denial was reviewed and maintained"),
    "denial.revoked": _("A denial was revoked"),
    "denial.withdrawn": _("A denial notified in error was withdrawn"),
    "denial.person_erased": _("A person was erased from a denial; blank your copies"),
    "denial.lifted": _("A suspension was lifted by its final assessment"),
    "denial.confirmed": _("A suspension was confirmed by its final assessment"),
    "denial.court": _("A court has to do with a denial"),
    "denial.court_appeal": _("An appeal was lodged against a denial"),
    "denial.court_upheld": _("A court upheld a denial"),
    "denial.court_annulled": _("A court annulled a denial: it obliges nobody any more"),
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
    "screening.licence_alert": _("A new denial concerns a licence in use: for information"),
    "screening.enumeration": _("Screening without filing was used unusually often"),
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
    "consultation.deadline_held": _("The exchange was unavailable: the end of a period is held"),
    "consultation.deadline_released": _("The end of a period is no longer held"),
    "consultation.deadline_moved": _("The end of a period was moved"),
    "consultation.correction_proposed": _("A corrected calendar proposes another end of a period"),
    "consultation.correction_declined": _("A correction of the end of a period was declined"),
    "consultation.answer_registered": _("An answer given elsewhere awaits your confirmation"),
    "consultation.answer_confirmed": _("An answer given elsewhere was confirmed"),
    "consultation.answer_disputed": _("An answer given elsewhere was disputed"),
    "consultation.concluded": _("The conclusion of a consultation is known"),
    "query.concluded": _("Another authority concluded a consultation of which all are told"),
    "consultation.reminder_half": _("Half of the period to answer has passed"),
    "consultation.reminder_two_days": _("Two working days are left to answer"),
    "consultation.reminder_last_day": _("Today is the last day to answer"),
    "consultation.reminder_unopened": _("Nobody has opened a consultation; please acknowledge it"),
    "consultation.invited": _("You are invited to read sections of a consultation of others"),
    "consultation.reader_invited": _("A third authority was invited to read sections of a consultation"),
    "consultation.invitation_ended": _("An invitation to read sections of a consultation was ended"),
    "consultation.acknowledged": _("The consulted authority has your consultation"),
    "consultation.assigned": _("A consultation was given to you"),
    "consultation.document_sent": _("A document was sent in a consultation"),
    "consultation.act_prepared": _("A colleague prepared an act for you to send"),
    "consultation.reminded": _("Your answer to a consultation is awaited"),
    "consultation.closed_unanswered": _("A consultation was closed without an answer"),
    "decision.flagged": _("A decision was recorded with a flag"),
    "consultation.outcome": _("The outcome of a consultation is known"),
    "cases.handed_over": _("Open cases of a colleague were handed over to you"),
    "checkpoint.daily": _("Number and head of the audit chain; keep this message as a witness"),
    "person.invited": _("You are invited to the Denial Exchange: set a password"),
    "person.factor_changed": _("A second factor or recovery code of yours was added, used up or removed"),
    "person.password_changed": _("Your password was changed"),
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
    "own_roles": _("Nobody changes their own roles or removes themselves: a colleague does."),
    "last_administrator": _("An authority keeps an administrator: name another first."),
    "role_unknown": _("Choose one role at least, of those your authority knows."),
    "log_in_taken": _("Another person signs in under this name."),
    "still_holds": _("This person looks after open cases (%(count)s): say who takes them over."),
    "person_gone": _("This person was removed."),
    "hold_not_foreseen": _("A hold ends within five years, and not before today."),
    "own_proposal": _("Whoever proposed to dismiss a hit does not confirm it: a second officer does."),
    "own_submission": _("Whoever submitted something does not release it: a second officer does."),
    "proposal_waits": _("An act upon this denial waits for a second officer: it is released or returned first."),
    "proposal_overtaken": _("This waits no more, or the denial has changed since: look again, and submit it anew."),
    "second_officer_needed": _("Your authority has chosen that a second officer releases this: submit it first."),
    "file_without_second_officer": _(
        "Your authority has chosen that a second officer releases a file: upload it as a job, and submit it."
    ),
    "setting_ends_too_soon": _("What your authority has chosen ends tomorrow at the earliest."),
    "setting_in_the_past": _("A setting holds from today at the earliest."),
    "setting_unknown": _("There is no such setting, or it does not take this value."),
    "address_refused": _("The exchange does not go to this address: %(reason)s."),
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
    "edition_altered": _("%(file)s does not come out as it was signed and is not handed out."),
    "edition_unchanged": _("Edition %(number)s says the same."),
    "reminder_missing": _("Remind the consulted authority before you close the consultation unanswered."),
    "calendar_unchanged": _("The list of public holidays says what the version held says already."),
    "still_unavailable": _("Record first when the exchange was available again."),
    "moves_into_the_past": _("The proposed end has passed; nothing lapses backwards."),
    "document_refused": _("The document cannot be attached: %(reason)s."),
    "same_person": _("Another person sends what you prepared."),
    "rule_broken": _("A rule refuses this act."),
    "rule_unknown": _("No terms are held under this name: %(rule)s."),
    "job_refused": _("This is no list of applications that can be worked on (%(field)s: %(value)s)."),
    "key_taken": _("Another application was filed under this key before: %(value)s."),
    "own_change": _("Whoever proposed a change of rules does not switch it on: a second person does."),
    "shadow_missing": _("The run over past applications is not done yet: wait for it before switching on."),
    "profile_refused": _("This is no change an authority can make to its rules: %(value)s."),
    "screening_incomplete": _("The last screening failed or left something out; screen again."),
    "screening_stale": _("The register has changed since the last screening; screen again."),
    "still_incomplete": _("Required and still missing: %(fields)s."),
    "term_not_settable": _("This term cannot be set to this value."),
    "transition_refused": _("The state of the record (%(state)s) does not allow this."),
    "unwitnessed": _(
        "The audit chain has had no checkpoint since %(since)s: what follows from silence is held until it has one."
    ),
    "last_factor": _("This is your only second factor: add another before you remove it."),
    "factor_refused": _("This is not right. Look at the app, or touch the key, and try again."),
    "invitation_over": _("This link has expired or was used. Ask your administrator for a new one."),
    "already_invited": _("This body is invited already, until %(until)s: end that invitation first."),
    "key_refused": _(
        "This key cannot be registered (%(reason)s). Give a public key (Ed25519, P-256, or RSA of 3072 bits and more) "
        "as PEM or JWK, or a certificate as PEM."
    ),
    "provider_failed": _("Your authority’s identity provider could not confirm who you are (%(reason)s)."),
    "too_many_keys": _("Two keys are good at once: end one before you add another."),
    "unfit_text": _("The character %(character)s is not accepted in text."),
}


def rule_text(error: RuleBroken) -> str:
    """Return the words for a refusal, in the language of the request."""
    words = RULES.get(error.code, RULES["rule_broken"])
    try:
        return str(words) % error.params
    except KeyError:
        return str(words)
