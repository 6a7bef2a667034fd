"""Third bodies invited to read sections of a thread; and what follows from a case kept to named officers is kept too."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.models.text
from accounts.tenant import HERE, unwalled, walled

INVITED = (
    f"authority_id = {HERE} OR "  # nosec B608 - constants
    "EXISTS (SELECT 1 FROM consultations_consultation AS thread WHERE thread.id = consultation_id)"
)
#: What follows from a case kept to named officers: its threads, its decision, the notice of its grant. Written as the
#: owner, since the act of one side must not see whom the other side names.
KEPT = """
CREATE FUNCTION exchange_keep_thread() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO accounts_restrictedrecord (restriction_id, subject_id)
        SELECT kept.restriction_id, NEW.id FROM accounts_restrictedrecord AS kept WHERE kept.subject_id = NEW.application_id
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION exchange_keep_notice() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO accounts_restrictedrecord (restriction_id, subject_id)
        SELECT DISTINCT kept.restriction_id, NEW.id FROM accounts_restrictedrecord AS kept
            JOIN consultations_decision AS decision ON decision.id = NEW.decision_id
            LEFT JOIN consultations_consultation AS thread ON thread.application_id = decision.application_id
            WHERE kept.subject_id IN (decision.application_id, thread.id)
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION exchange_case_gone() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM accounts_restrictionuserpermission WHERE content_object_id IN
        (SELECT id FROM accounts_restriction WHERE case_id = OLD.id);
    DELETE FROM accounts_restrictedrecord WHERE subject_id = OLD.id OR restriction_id IN
        (SELECT id FROM accounts_restriction WHERE case_id = OLD.id);
    DELETE FROM accounts_restriction WHERE case_id = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER kept_with_its_case AFTER INSERT ON consultations_consultation
    FOR EACH ROW WHEN (NEW.application_id IS NOT NULL) EXECUTE FUNCTION exchange_keep_thread();
CREATE TRIGGER kept_with_its_case AFTER INSERT ON consultations_decision
    FOR EACH ROW EXECUTE FUNCTION exchange_keep_thread();
CREATE TRIGGER kept_with_its_case AFTER INSERT ON consultations_grantnotice
    FOR EACH ROW EXECUTE FUNCTION exchange_keep_notice();
CREATE TRIGGER no_longer_kept AFTER DELETE ON consultations_consultation
    FOR EACH ROW EXECUTE FUNCTION exchange_case_gone();
CREATE TRIGGER no_longer_kept AFTER DELETE ON screening_application
    FOR EACH ROW EXECUTE FUNCTION exchange_case_gone();
"""
NOT_KEPT = """
DROP TRIGGER no_longer_kept ON screening_application;
DROP TRIGGER no_longer_kept ON consultations_consultation;
DROP TRIGGER kept_with_its_case ON consultations_grantnotice;
DROP TRIGGER kept_with_its_case ON consultations_decision;
DROP TRIGGER kept_with_its_case ON consultations_consultation;
DROP FUNCTION exchange_case_gone();
DROP FUNCTION exchange_keep_notice();
DROP FUNCTION exchange_keep_thread();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0015_cases_kept_to_named_officers"),
        ("consultations", "0011_rows_of_their_parties"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "sections",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        help_text="See consultations/law/inviting.py.",
                        size=None,
                    ),
                ),
                ("reason", accounts.models.text.ProseField()),
                ("invited_at", models.DateTimeField()),
                ("until", models.DateTimeField(help_text="First instant after it.")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        help_text="Who is invited.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.authority",
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "ended_by_authority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.authority",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invited_by_authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.authority"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("invited_at"))), name="invitation_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by_authority__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by_authority__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(walled("consultations_invitation", INVITED), unwalled("consultations_invitation")),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
