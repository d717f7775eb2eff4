"""Calls as they are searched, categories of past calls; what a tenant may find stands in a view (decision 0032)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "v0016"
down_revision = "v0015"
branch_labels = None
depends_on = None

_ROLE = "voxport_tenant"
_MINE = "organization_id = nullif(current_setting('voxport.organization', true), '')::uuid"
_TIME = sa.DateTime(timezone=True)

_TERMS = r"""
CREATE FUNCTION voxport_terms(
    organization_id uuid, title text, description text, fields jsonb, lines text[], stemmer text
) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
DECLARE
    words text[] := string_to_array(btrim(array_to_string(lines, '')), ' ');
    stems text[] := tsvector_to_array(
        CASE WHEN lines IS NULL THEN '' ELSE to_tsvector(stemmer::regconfig, array_to_string(words, ' ')) END);
BEGIN
    RETURN array_to_tsvector(
        ARRAY['#' || organization_id, '%' || coalesce(stemmer, '')]
        || ARRAY(SELECT '=' || word FROM unnest(words) AS w(word) WHERE word <> '')
        || ARRAY(SELECT '~' || stemmer || '.' || stem
            FROM (SELECT unnest(stems) EXCEPT SELECT unnest(words)) AS s(stem))
        || ARRAY(SELECT '@' || word FROM unnest(string_to_array(title || description, ' ')) AS w(word) WHERE word <> '')
        || ARRAY(SELECT '^' || word FROM unnest(string_to_array(title, ' ')) AS w(word) WHERE word <> '')
        || ARRAY(SELECT '$' || f.key || '=' || v.one FROM jsonb_each(fields) AS f(key, list),
            jsonb_array_elements_text(f.list) AS v(one) WHERE f.key NOT IN ('title', 'description'))
    );
END $$
"""
# The forms of a word in each language, as `voxport_terms` has them; an empty query where a language has no stem for it.
_STEMS = r"""
CREATE FUNCTION voxport_stems(word text, stemmers text[]) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    stemmer text;
    stem text;
    one tsquery;
    found tsquery := '';
BEGIN
    FOREACH stemmer IN ARRAY stemmers LOOP
        one := '';
        FOREACH stem IN ARRAY tsvector_to_array(to_tsvector(stemmer::regconfig, word)) LOOP
            stem := replace(replace(stem, '\', '\\'), '''', '''''');
            one := one && format('''~%1$s.%2$s'' | ''=%2$s'' & ''%%%1$s''', stemmer, stem)::tsquery;
        END LOOP;
        found := found || one;
    END LOOP;
    RETURN found;
END $$
"""
_FOLLOW = """
CREATE FUNCTION voxport_follow_media() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.deleted_at IS NOT NULL THEN
        DELETE FROM call_index WHERE media_id = NEW.id;
        DELETE FROM category_results WHERE media_id = NEW.id;
    ELSE
        UPDATE call_index SET expires = NEW.expires WHERE media_id = NEW.id;
    END IF;
    RETURN NULL;
END $$
"""
_TRIGGER = """
CREATE TRIGGER voxport_follow_media AFTER UPDATE OF deleted_at, expires ON media FOR EACH ROW
WHEN (OLD.deleted_at IS DISTINCT FROM NEW.deleted_at OR OLD.expires IS DISTINCT FROM NEW.expires)
EXECUTE FUNCTION voxport_follow_media()
"""
_LIVING = "expires IS NULL OR expires > now()"
_VIEW = f"CREATE VIEW searched_calls AS SELECT * FROM call_index WHERE {_MINE} AND ({_LIVING})"  # noqa: S608


def upgrade() -> None:
    _make_index()
    _make_categories()
    for table in ("call_index", "category_results", "category_applications"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} TO {_ROLE} USING ({_MINE}) WITH CHECK ({_MINE})")
        op.execute(f"GRANT SELECT ON {table} TO {_ROLE}")
    op.execute(f"GRANT UPDATE (title, description, fields) ON call_index TO {_ROLE}")
    op.execute(_VIEW)
    op.execute(f"GRANT SELECT ON searched_calls TO {_ROLE}")
    for statement in (_STEMS, _FOLLOW, _TRIGGER):
        op.execute(statement)


def _make_index() -> None:
    op.execute(_TERMS)
    op.create_table(
        "call_index",
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("expires", _TIME, nullable=True),
        sa.Column("analytic", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("description", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("fields", JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("stemmer", sa.Text(), nullable=True),
        sa.Column("lines", ARRAY(sa.Text()), nullable=True),
        sa.Column("names", ARRAY(sa.Text()), nullable=True),
        sa.Column("spellings", ARRAY(sa.Text()), nullable=True),
        sa.Column("speakers", ARRAY(sa.SmallInteger()), nullable=True),
        sa.Column("firsts", ARRAY(sa.Integer()), nullable=True),
        sa.Column("starts", ARRAY(sa.Integer()), nullable=True),
        sa.Column("durations", sa.LargeBinary(), nullable=True),
        sa.Column("word_count", sa.Integer(), nullable=True),
        sa.Column("transitions", sa.Integer(), nullable=True),
        sa.Column("duration_ms", sa.BigInteger(), nullable=True),
        sa.Column("metrics", JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name="fk_call_index_media_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name="fk_call_index_organization_id"),
        sa.PrimaryKeyConstraint("media_id", name="pk_call_index"),
    )
    op.create_index("ix_call_index_created", "call_index", ["organization_id", "created", "media_id"])
    op.execute(
        "CREATE INDEX ix_call_index_terms ON call_index USING gin "
        "(voxport_terms(organization_id, title, description, fields, lines, stemmer)) WITH (fastupdate = off)"
    )


def _make_categories() -> None:
    op.create_table(
        "category_results",
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("matched", sa.Boolean(), nullable=False),
        sa.Column("places", JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name="fk_category_results_media_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name="fk_category_results_organization_id"),
        sa.PrimaryKeyConstraint("media_id", "category", name="pk_category_results"),
    )
    op.create_table(
        "category_applications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("created", _TIME, server_default=sa.text("now()"), nullable=False),
        sa.Column("ended", _TIME, nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("calls", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("matched", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("place_created", _TIME, nullable=True),
        sa.Column("place_media_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name="fk_category_applications_organization_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_category_applications"),
    )
    op.create_index("ix_category_applications_listed", "category_applications", ["organization_id", "created"])


def downgrade() -> None:
    op.execute("DROP TRIGGER voxport_follow_media ON media")
    op.execute("DROP VIEW searched_calls")
    for table in ("category_applications", "category_results", "call_index"):
        op.drop_table(table)
    op.execute("DROP FUNCTION voxport_follow_media()")
    op.execute("DROP FUNCTION voxport_stems(text, text[])")
    op.execute("DROP FUNCTION voxport_terms(uuid, text, text, jsonb, text[], text)")
