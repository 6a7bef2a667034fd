"""What screening reads of a denial is thrown away in the transaction that erases a person from it."""

from django.db import migrations

FORGET = """
-- The row is made anew, from what is left, before anything is screened next: the index is behind by this change.
CREATE FUNCTION screening_forget_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    DELETE FROM public.screening_denialindex WHERE denial_id = NEW.denial_id;
    RETURN NULL;
END $$;
CREATE TRIGGER screening_forget_erased AFTER INSERT ON denials_registerchange
    FOR EACH ROW WHEN (NEW.kind = 'erase') EXECUTE FUNCTION screening_forget_erased();
"""

KEEP = """
DROP TRIGGER screening_forget_erased ON denials_registerchange;
DROP FUNCTION screening_forget_erased();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0012_names_taken_apart"),
        ("denials", "0016_erasure_reaches_every_text"),
    ]

    operations = [migrations.RunSQL(FORGET, KEEP)]
