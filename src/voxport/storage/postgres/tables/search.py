"""Calls as they are searched, and the categories that were found in past ones."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from voxport.storage.postgres.names import TENANT_SETTING
from voxport.storage.postgres.tables.common import Time, metadata, organization

TERMS = "voxport_terms(organization_id, title, description, fields, lines, stemmer)"
"""What a call can be found by, a tsvector; `storage/search/terms.py` says what its lexemes are."""

call_index = Table(
    # A row a recording that may be found, from its acceptance on; what was said in it, once it is finished. It goes
    # with the recording, at once. The lines stay in the row, and as they are as long as two rows fit on a page: to look
    # at a call takes a quarter of the time. (Set by the migration: `toast_tuple_target`, and storage of two columns.)
    "call_index",
    metadata,
    Column("media_id", Uuid, ForeignKey("media.id", ondelete="CASCADE"), primary_key=True),
    organization(),
    Column("created", Time, nullable=False),
    # As in `media`, kept so by a trigger: who searches must not read the long rows of recordings.
    Column("expires", Time),
    # Whether VBQL sees it.
    Column("analytic", Boolean, nullable=False),
    # What the metadata says (`search.call_text.Description`).
    Column("title", Text, nullable=False, server_default=text("''")),
    Column("description", Text, nullable=False, server_default=text("''")),
    Column("fields", JSONB, nullable=False, server_default=text("'{}'")),
    # What was said (`search.call_text.CallText`); null until it is finished, and where nothing is to be found.
    Column("language", Text),
    Column("stemmer", Text),
    # The speakers, folded, and as they are spelt; the place of the first line of each, from 1, and one behind the last.
    Column("names", ARRAY(Text)),
    Column("spellings", ARRAY(Text)),
    Column("begins", ARRAY(Integer)),
    # What each speaker says, all lines in one text; of each line which turn of the call it is, from 0.
    Column("lines", ARRAY(Text)),
    Column("numbers", ARRAY(Integer)),
    # The place of the first word of each line among all of them, from 1, and one behind the last.
    Column("firsts", ARRAY(Integer)),
    # Of each word, as `search.call_text.written_times` has them.
    Column("times", LargeBinary),
    Column("word_count", Integer),
    Column("transitions", Integer),
    Column("duration_ms", BigInteger),
    Column("metrics", JSONB, nullable=False, server_default=text("'{}'")),
)
Index("ix_call_index_created", call_index.c.organization_id, call_index.c.created, call_index.c.media_id)
Index(
    "ix_call_index_terms",
    text(TERMS),
    postgresql_using="gin",
    postgresql_with={"fastupdate": "off"},
    _table=call_index,
)

category_results = Table(
    # Which categories a call that can be found is in, and which it is not in, by the version that was asked last.
    "category_results",
    metadata,
    Column("media_id", Uuid, ForeignKey("media.id", ondelete="CASCADE"), primary_key=True),
    Column("category", Text, primary_key=True),
    organization(),
    Column("version", Text, nullable=False),
    Column("matched", Boolean, nullable=False),
    # Where, as `core.findings.Mention`.
    Column("places", JSONB, nullable=False, server_default=text("'[]'")),
    # When it was found out of a past call; null where it came with the call.
    Column("applied", Time),
)
Index(
    "ix_category_results_found",
    *(category_results.c[name] for name in ("organization_id", "category", "matched", "media_id")),
)
Index(
    "ix_category_results_applied",
    category_results.c.media_id,
    category_results.c.applied,
    postgresql_where=category_results.c.applied.is_not(None),
)

category_applications = Table(
    # A category that is looked for in past calls, the newest first: how far that is.
    "category_applications",
    metadata,
    Column("id", Uuid, primary_key=True),
    organization(),
    Column("category", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("statement", Text, nullable=False),
    Column("created", Time, nullable=False, server_default=text("now()")),
    # Null until the first calls were looked at, and while it is under way.
    Column("started", Time),
    Column("ended", Time),
    # Whether somebody ended it, and what did else.
    Column("cancelled", Boolean, nullable=False, server_default=text("false")),
    Column("problem", Text),
    # Calls there were when it began (0 until then), those looked at, those of them that matched, and those that took
    # too long.
    Column("calls", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False, server_default=text("0")),
    Column("matched", BigInteger, nullable=False, server_default=text("0")),
    Column("failures", BigInteger, nullable=False, server_default=text("0")),
    # The call that was looked at last.
    Column("place_created", Time),
    Column("place_media_id", Uuid),
    # When calls were looked at last; null until then, and of those that versions before looked at.
    Column("advanced", Time),
)
Index("ix_category_applications_listed", category_applications.c.organization_id, category_applications.c.created)
Index(
    "ix_category_applications_unended",
    category_applications.c.organization_id,
    postgresql_where=category_applications.c.ended.is_(None),
)
Index(
    "ix_category_applications_failed",
    category_applications.c.ended,
    postgresql_where=category_applications.c.problem.is_not(None),
)

index_backfill = Table(
    # How far recordings are brought into `call_index` that a version without it has finished; at most one row, and none
    # where that version left nothing.
    "index_backfill",
    metadata,
    Column("single", Boolean, primary_key=True, server_default=text("true")),
    # Recordings that were in no index when it began, and those of them that were looked at.
    Column("calls", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False, server_default=text("0")),
    # The recording that was looked at last; they are looked at in the order of their ids.
    Column("place", Uuid),
    # So long one worker has the next ones.
    Column("claimed_until", Time),
    # Null while it is under way.
    Column("ended", Time),
    CheckConstraint("single", name="single"),
)

_LIVING = "expires IS NULL OR expires > now()"
# As text, so that no index but that of terms can be taken: it holds the organisation too.
_MINE = f"CAST(organization_id AS text) = current_setting('{TENANT_SETTING}', true)"
SEARCHED_CALLS = f"CREATE VIEW searched_calls AS SELECT * FROM call_index WHERE {_MINE} AND ({_LIVING})"  # noqa: S608
"""The calls of the tenant, as `call_index` under its policy shows them, with the index of terms.

Under row-level security PostgreSQL uses an index only with operators that it knows to be leakproof, and those of
full-text search are not. A view is read with the rights of its owner, so the condition stands in the view.
"""
TERMS_FUNCTION = """
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
event.listen(metadata, "before_create", DDL(TERMS_FUNCTION.replace("%", "%%")))  # type: ignore[no-untyped-call]
event.listen(metadata, "after_create", DDL(SEARCHED_CALLS))  # type: ignore[no-untyped-call]
