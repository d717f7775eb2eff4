"""Digits are recognised once: the step in which further runs recognised them again is gone (decision 0042).

A job that waits for it goes on with the step behind it.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import inspect

revision = "v0025"
down_revision = "v0024"
branch_labels = None
depends_on = None

_GO_ON = """
    UPDATE procrastinate_jobs AS job
    SET task_name = following.name, queue_name = 'analysis',
        lock = replace(job.lock, job.task_name, following.name),
        queueing_lock = replace(job.queueing_lock, job.task_name, following.name)
    FROM (
        SELECT waiting.id, CASE WHEN aligned.step IS NULL THEN 'media.text' ELSE 'media.align' END AS name
        FROM procrastinate_jobs AS waiting
        LEFT JOIN media_steps AS aligned
            ON aligned.media_id = CAST(waiting.args ->> 'subject' AS uuid) AND aligned.step = 'align'
        WHERE waiting.task_name = 'media.hear_again' AND waiting.status IN ('todo', 'doing')
    ) AS following
    WHERE job.id = following.id
"""


def upgrade() -> None:
    op.execute("DELETE FROM media_steps WHERE step = 'hear_again'")
    if inspect(op.get_bind()).has_table("procrastinate_jobs"):
        op.execute(_GO_ON)


def downgrade() -> None:
    """An older version reads what is left."""
