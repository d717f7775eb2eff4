"""What was said stands by speakers, in the row and as it is, with less for times: a call is looked at much quicker.

Words in the form before are left out, and come back as those of versions without an index do, from the results.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "v0021"
down_revision = "v0020"
branch_labels = None
depends_on = None

_ROLE = "voxport_tenant"
_MINE = "CAST(organization_id AS text) = current_setting('voxport.organization', true)"
_LIVING = "expires IS NULL OR expires > now()"
_VIEW = f"CREATE VIEW searched_calls AS SELECT * FROM call_index WHERE {_MINE} AND ({_LIVING})"  # noqa: S608
_TIME = """
CREATE FUNCTION voxport_time(ms bigint, width integer) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT decode(lpad(
        to_hex(least(greatest(ms, 0), (1::bigint << 8 * (width - 1)) - 1)), 2 * (width - 1), '0'), 'hex')
$$
"""
_WORDS_BEFORE = """
CREATE FUNCTION voxport_words_before(times bytea, width integer, ms bigint) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    low integer := 0;
    high integer := octet_length(times) / width;
    middle integer;
    bound bytea := voxport_time(ms, width);
BEGIN
    WHILE low < high LOOP
        middle := (low + high) / 2;
        IF substr(times, middle * width + 1, width - 1) < bound THEN
            low := middle + 1;
        ELSE
            high := middle;
        END IF;
    END LOOP;
    RETURN low;
END $$
"""
_FORGET_WORDS = """
    UPDATE call_index SET lines = NULL, stemmer = NULL, language = NULL, names = NULL, spellings = NULL, firsts = NULL,
        word_count = NULL, transitions = NULL, duration_ms = NULL, metrics = '{}'
    WHERE lines IS NOT NULL
"""
_BEGIN_AGAIN = """
    INSERT INTO index_backfill (calls) SELECT count(*) FROM media AS m
    WHERE m.status = 'finished' AND m.deleted_at IS NULL
        AND NOT EXISTS (SELECT FROM call_index AS c WHERE c.media_id = m.id AND c.lines IS NOT NULL)
    HAVING count(*) > 0
    ON CONFLICT (single) DO UPDATE
    SET calls = excluded.calls, done = 0, place = NULL, claimed_until = NULL, ended = NULL
"""


def upgrade() -> None:
    op.execute("DROP VIEW searched_calls")
    op.execute(_FORGET_WORDS)
    for column in ("speakers", "starts", "durations"):
        op.drop_column("call_index", column)
    op.add_column("call_index", sa.Column("begins", ARRAY(sa.Integer()), nullable=True))
    op.add_column("call_index", sa.Column("numbers", ARRAY(sa.Integer()), nullable=True))
    op.add_column("call_index", sa.Column("times", sa.LargeBinary(), nullable=True))
    # So that two rows fit on a page; longer ones have their times beside them, and still longer ones are compressed.
    op.execute("ALTER TABLE call_index SET (toast_tuple_target = 4080)")
    op.execute("ALTER TABLE call_index ALTER lines SET STORAGE MAIN, ALTER times SET STORAGE EXTERNAL")
    for statement in (_TIME, _WORDS_BEFORE, _VIEW, _BEGIN_AGAIN):
        op.execute(statement)
    op.execute(f"GRANT SELECT ON searched_calls TO {_ROLE}")


def downgrade() -> None:
    op.execute("DROP VIEW searched_calls")
    op.execute("DROP FUNCTION voxport_words_before(bytea, integer, bigint)")
    op.execute("DROP FUNCTION voxport_time(bigint, integer)")
    op.execute(_FORGET_WORDS)
    op.execute("ALTER TABLE call_index ALTER lines SET STORAGE EXTENDED")
    op.execute("ALTER TABLE call_index RESET (toast_tuple_target)")
    for column in ("begins", "numbers", "times"):
        op.drop_column("call_index", column)
    op.add_column("call_index", sa.Column("speakers", ARRAY(sa.SmallInteger()), nullable=True))
    op.add_column("call_index", sa.Column("starts", ARRAY(sa.Integer()), nullable=True))
    op.add_column("call_index", sa.Column("durations", sa.LargeBinary(), nullable=True))
    op.execute(_VIEW)
    op.execute(f"GRANT SELECT ON searched_calls TO {_ROLE}")
    op.execute(_BEGIN_AGAIN)
