"""Rows of the index say by which analysis they were made; a shadow run is claimed; an erasure waits for no screening."""

from django.db import migrations, models

FORGET = """
-- A row that a screening is just making is left to it: what it makes is made anew, from what is left, by the next to
-- come, since the erasure is numbered later. To wait for it would be to wait for who may wait for the ledger.
CREATE OR REPLACE FUNCTION screening_forget_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    DELETE FROM public.screening_denialindex WHERE denial_id IN (
        SELECT denial_id FROM public.screening_denialindex WHERE denial_id = NEW.denial_id FOR UPDATE SKIP LOCKED);
    RETURN NULL;
END $$;
"""

WAIT = """
CREATE OR REPLACE FUNCTION screening_forget_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    DELETE FROM public.screening_denialindex WHERE denial_id = NEW.denial_id;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("screening", "0013_forget_erased")]

    operations = [
        migrations.AddField(
            model_name="denialindex",
            name="analysis",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="By which keys, names and lines were made.",
                max_length=40,
            ),
        ),
        migrations.AddField(
            model_name="rulechange",
            name="shadow_begun_at",
            field=models.DateTimeField(blank=True, help_text="When a worker took the run on.", null=True),
        ),
        migrations.RunSQL(FORGET, WAIT),
    ]
