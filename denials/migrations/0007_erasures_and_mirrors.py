"""Erasures may blank what is recorded, and nothing else may; what a mirror keeps of its source."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.models.text

GUARD = """
CREATE FUNCTION denials_number_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.transaction_number := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE TRIGGER denials_erasure_numbered BEFORE INSERT ON denials_erasure
    FOR EACH ROW EXECUTE FUNCTION denials_number_erasure();
CREATE TRIGGER denials_erasure_written_once BEFORE UPDATE OR DELETE ON denials_erasure
    FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
REVOKE UPDATE, DELETE ON denials_erasure, denials_erasuresalt FROM exchange_web, exchange_worker;

-- A text is another with stretches of it put out of sight, or the same.
CREATE FUNCTION denials_is_blanked(before text, after text) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog AS $$
    SELECT before = after OR position('[erased]' IN after) > 0 AND before LIKE
        replace(replace(replace(replace(after, E'\\\\', E'\\\\\\\\'), '%', E'\\\\%'), '_', E'\\\\_'), '[erased]', '%')
$$;

-- The one change of a recorded version that is let through: personal fields blanked, nothing else touched, by a
-- transaction that has written down what it blanks.
CREATE FUNCTION denials_is_erasure(part text, of_version uuid, before jsonb, after jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    personal text[] := CASE part
        WHEN 'denials_denialparty' THEN ARRAY['name', 'address', 'aliases', 'identifiers']
        WHEN 'denials_denialitem' THEN ARRAY['description', 'description_en']
        WHEN 'denials_denialversion'
            THEN ARRAY['end_use', 'explanation', 'remarks', 'scope_note', 'change_reason', 'search_text']
    END;
    blank jsonb := '{"name": "[erased]", "address": "", "aliases": [], "identifiers": {}}';
    field text;
BEGIN
    IF personal IS NULL OR before - personal <> after - personal THEN
        RETURN false;
    END IF;
    FOREACH field IN ARRAY personal LOOP
        CONTINUE WHEN before -> field IS NOT DISTINCT FROM after -> field OR field = 'search_text';
        IF part = 'denials_denialparty' AND after -> field <> blank -> field
        OR part <> 'denials_denialparty' AND NOT public.denials_is_blanked(before ->> field, after ->> field) THEN
            RETURN false;
        END IF;
    END LOOP;
    RETURN EXISTS (
        SELECT 1 FROM public.denials_erasure
        WHERE version_id = of_version AND transaction_number = pg_current_xact_id()::text::bigint
    );
END $$;

CREATE OR REPLACE FUNCTION denials_refuse_sealed_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.denials_registerchange WHERE version_id = OLD.id)
    AND NOT (TG_OP = 'UPDATE' AND public.denials_is_erasure(TG_TABLE_NAME, OLD.id, to_jsonb(OLD), to_jsonb(NEW)))
    THEN
        RAISE EXCEPTION 'version % is recorded and never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE OR REPLACE FUNCTION denials_refuse_part_of_sealed_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND public.denials_is_erasure(TG_TABLE_NAME, OLD.version_id, to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM public.denials_registerchange WHERE version_id = OLD.version_id)
    OR TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM public.denials_registerchange WHERE version_id = NEW.version_id)
    THEN
        RAISE EXCEPTION 'a part of a recorded version never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- What a denial is known by never changes once others know it, and a serial is never given twice.
CREATE FUNCTION denials_refuse_other_identity() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    fixed text[] := ARRAY['id', 'reference', 'regime', 'authority_id', 'state_of_issue_id', 'is_historic', 'created_at',
        'created_by_id'];
    field text;
BEGIN
    IF OLD.reference IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'denial % is in the register and stays there', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    FOREACH field IN ARRAY fixed LOOP
        IF to_jsonb(OLD) -> field IS DISTINCT FROM to_jsonb(NEW) -> field THEN
            RAISE EXCEPTION '% of denial % never changes', field, OLD.id USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER denials_denial_identity BEFORE UPDATE OR DELETE ON denials_denial
    FOR EACH ROW EXECUTE FUNCTION denials_refuse_other_identity();

CREATE FUNCTION denials_refuse_lower_serial() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.last < OLD.last
    OR (NEW.state_id, NEW.regime, NEW.year) IS DISTINCT FROM (OLD.state_id, OLD.regime, OLD.year) THEN
        RAISE EXCEPTION 'a serial is never given twice' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER denials_referencecounter_grows BEFORE UPDATE OR DELETE ON denials_referencecounter
    FOR EACH ROW EXECUTE FUNCTION denials_refuse_lower_serial();
"""

UNGUARD = """
DROP TRIGGER denials_referencecounter_grows ON denials_referencecounter;
DROP FUNCTION denials_refuse_lower_serial();
DROP TRIGGER denials_denial_identity ON denials_denial;
DROP FUNCTION denials_refuse_other_identity();

CREATE OR REPLACE FUNCTION denials_refuse_sealed_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.denials_registerchange WHERE version_id = OLD.id) THEN
        RAISE EXCEPTION 'version % is recorded and never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE FUNCTION denials_refuse_part_of_sealed_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM public.denials_registerchange WHERE version_id = OLD.version_id)
    OR TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM public.denials_registerchange WHERE version_id = NEW.version_id)
    THEN
        RAISE EXCEPTION 'a part of a recorded version never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
DROP FUNCTION denials_is_erasure(text, uuid, jsonb, jsonb);
DROP FUNCTION denials_is_blanked(text, text);
GRANT UPDATE, DELETE ON denials_erasure, denials_erasuresalt TO exchange_web, exchange_worker;
DROP TRIGGER denials_erasure_written_once ON denials_erasure;
DROP TRIGGER denials_erasure_numbered ON denials_erasure;
DROP FUNCTION denials_number_erasure();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("denials", "0006_places_origins_and_release"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "path",
                    models.CharField(
                        help_text="Where in the version it stood, such as parties[0].name.", max_length=80
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "basis",
                    accounts.models.text.ProseField(
                        help_text="Why: the article, the decision or the request it rests on. No personal data."
                    ),
                ),
                ("at", models.DateTimeField()),
                ("transaction_number", models.BigIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="erasures", to="denials.denialversion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OutOfSight",
            fields=[
                (
                    "denial",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="out_of_sight",
                        serialize=False,
                        to="denials.denial",
                    ),
                ),
                ("since", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "out of sight",
            },
        ),
        migrations.CreateModel(
            name="ErasureSalt",
            fields=[
                (
                    "erasure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="salt",
                        serialize=False,
                        to="denials.erasure",
                    ),
                ),
                ("value", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="MirroredChange",
            fields=[
                (
                    "sequence",
                    models.BigIntegerField(help_text="Its number at the source.", primary_key=True, serialize=False),
                ),
                ("denial", models.UUIDField(help_text="The denial's id, at the source and here.")),
                ("kind", models.CharField(max_length=16)),
                ("recorded_at", models.DateTimeField(help_text="When the source recorded it.")),
                ("taken_in_at", models.DateTimeField()),
                (
                    "change",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mirrored",
                        to="denials.registerchange",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MirrorState",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=300)),
                ("scope", models.CharField(blank=True, max_length=64)),
                ("cursor", models.BigIntegerField(default=0)),
                ("begun_at", models.DateTimeField()),
                (
                    "reached_at",
                    models.DateTimeField(blank=True, help_text="When the source last had nothing more.", null=True),
                ),
                (
                    "proven_at",
                    models.DateTimeField(blank=True, help_text="When both digests were last found equal.", null=True),
                ),
                ("proven_up_to", models.BigIntegerField(blank=True, null=True)),
                ("proven_digest", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="mirror_state_is_one_row")],
            },
        ),
        migrations.AddIndex(
            model_name="erasure",
            index=models.Index(fields=["version", "path"], name="erasure_by_version"),
        ),
        migrations.AddIndex(
            model_name="mirroredchange",
            index=models.Index(fields=["denial"], name="mirrored_change_by_denial"),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
