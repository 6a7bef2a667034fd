"""
Row-level security: a thread is its parties', a decision that of who took it, what one side prepares its own.

Whose denial a thread is about is a party too. That is asked as the owner, once in a statement and only where a thread
is neither's: the rows that tell it are behind the wall themselves.
"""

from django.db import migrations

from accounts.tenant import HERE, unwalled, walled

ISSUED = """
CREATE FUNCTION exchange_threads_as_issuer() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT thread.id), '{}') FROM denials_denial AS denial
        JOIN consultations_consultationdenial AS about ON about.denial_id = denial.id
        JOIN consultations_consultation AS thread ON thread.id = about.consultation_id
        WHERE denial.authority_id = exchange_tenant()
            AND thread.consulting_authority_id <> exchange_tenant()
            AND thread.consulted_authority_id <> exchange_tenant()
$$;
"""
OWN = f"authority_id = {HERE}"
PARTY = (
    f"consulting_authority_id = {HERE} OR consulted_authority_id = {HERE} "
    "OR id = ANY ((SELECT exchange_threads_as_issuer())::uuid[])"
)
THREAD = "EXISTS (SELECT 1 FROM consultations_consultation AS thread WHERE thread.id = consultation_id)"
DOCUMENT = "EXISTS (SELECT 1 FROM consultations_document AS document WHERE document.id = document_id)"
#: The consulted read that and when it was decided, since it is they who are owed the explanation.
DECISION = (
    f"{OWN} OR EXISTS (SELECT 1 FROM consultations_consultation AS thread "  # nosec B608 - constants
    "WHERE thread.application_id = consultations_decision.application_id)"
)
NOTICE = (
    f"{OWN} OR EXISTS (SELECT 1 FROM consultations_grantnotice_recipients AS told "  # nosec B608 - constants
    f"WHERE told.grantnotice_id = consultations_grantnotice.id AND told.authority_id = {HERE})"
)
WALLS = {
    "consultations_consultation": PARTY,
    "consultations_consultationdenial": THREAD,
    "consultations_consultationevent": THREAD,
    "consultations_answer": THREAD,
    "consultations_extension": THREAD,
    "consultations_deadlineproposal": THREAD,
    "consultations_answerelsewhere": THREAD,
    "consultations_threadreminder": THREAD,
    "consultations_internalnote": OWN,
    "consultations_preparedact": OWN,
    "consultations_document": f"{OWN} OR (sent_at IS NOT NULL AND {THREAD})",
    "consultations_documentcontent": DOCUMENT,
    "consultations_decision": DECISION,
    "consultations_grantnotice": NOTICE,
}


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0010_prepared_openings"),
        ("screening", "0016_rows_of_their_authority"),
        ("denials", "0020_rows_of_their_authority"),
        ("accounts", "0014_rows_of_their_authority"),
    ]

    operations = [
        migrations.RunSQL(ISSUED, "DROP FUNCTION exchange_threads_as_issuer()"),
        *(migrations.RunSQL(walled(table, rule), unwalled(table)) for table, rule in WALLS.items()),
    ]
