"""Row-level security: what is not notified, files and kept searches are their authority's own."""

from django.db import migrations

from accounts.tenant import EVERYWHERE, HERE, unwalled, walled

OWN = f"authority_id = {HERE}"
NOTIFIED = f"{OWN} OR ({HERE} IS NOT NULL AND status NOT IN ('draft', 'ready', 'discarded'))"


def within(parent: str, key: str) -> str:
    return f"EXISTS (SELECT 1 FROM {parent} AS parent WHERE parent.id = {key})"  # nosec B608 - constants


def of_the_issuer(key: str) -> str:
    return f"EXISTS (SELECT 1 FROM denials_denial AS parent WHERE parent.id = {key} AND parent.{OWN})"  # nosec B608 - constants


#: A version that is not recorded is in preparation: only the issuer works on it.
VERSION = f"{of_the_issuer('denial_id')} OR (recorded_at IS NOT NULL AND {within('denials_denial', 'denial_id')})"
#: Whom it told of its denial its issuer reads, too.
NOTICES = f"recipient_id = {HERE}"
NOTICES_OF_DENIALS = f"{NOTICES} OR (subject_type = 'denials.denial' AND {of_the_issuer('subject_id')})"


def readable(condition: str) -> str:
    return f"ALTER POLICY accounts_notice_web ON accounts_notice USING ({EVERYWHERE} OR {condition})"


WALLS = {
    "denials_denial": NOTIFIED,
    "denials_denialversion": VERSION,
    "denials_denialitem": within("denials_denialversion", "version_id"),
    "denials_denialparty": within("denials_denialversion", "version_id"),
    "denials_denialdestination": within("denials_denialversion", "version_id"),
    "denials_denialcriterion": within("denials_denialversion", "version_id"),
    "denials_releasestep": of_the_issuer("denial_id"),
    "denials_proposedact": of_the_issuer("denial_id"),
    "denials_importjob": OWN,
    "denials_importline": within("denials_importjob", "job_id"),
    "denials_importedfile": OWN,
    "denials_importedrow": OWN,
    "denials_columnmapping": OWN,
    "denials_savedsearch": OWN,
}


class Migration(migrations.Migration):
    dependencies = [("denials", "0019_rows_in_numbers"), ("accounts", "0014_rows_of_their_authority")]

    operations = [
        *(migrations.RunSQL(walled(table, rule), unwalled(table)) for table, rule in WALLS.items()),
        migrations.RunSQL(readable(NOTICES_OF_DENIALS), readable(NOTICES)),
    ]
