"""Plain words, ranked: the newest recordings that meet them are weighed, and a piece is cut out of each.

What is said counts once, what stands in the description twice, the title five times, as often as it is there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.statement import All, Condition, Described, Either, Phrase, Said, Stemmed
from voxport.storage.search.lines import NUMBERED_LINES

MOST_WEIGHED = 300
"""So many of the newest are weighed; older ones come in none of the answers."""
_SHOWN_CHARS = 100_000
_QUERY = (
    "CAST(replace(CAST(plainto_tsquery(CAST(coalesce(c.stemmer, 'simple') AS regconfig), :words) AS text), '&', '|') "
    "AS tsquery)"
)
_IN_ORDER = f"(SELECT string_agg(l.line, ' ' ORDER BY l.turn) FROM {NUMBERED_LINES})"  # noqa: S608 - our own words
_RANKED = text(
    f"""
    SELECT c.media_id, ts_rank(
        CAST('{{0, 0.2, 0.4, 1.0}}' AS float4[]),
        setweight(to_tsvector(CAST(coalesce(c.stemmer, 'simple') AS regconfig), c.title), 'A')
            || setweight(to_tsvector(CAST(coalesce(c.stemmer, 'simple') AS regconfig), c.description), 'B')
            || setweight(to_tsvector(CAST(coalesce(c.stemmer, 'simple') AS regconfig),
                left(array_to_string(c.lines, ' '), {_SHOWN_CHARS})), 'C'),
        {_QUERY}) AS rank
    FROM call_index AS c WHERE c.media_id = ANY(:ids) ORDER BY rank DESC, c.created DESC LIMIT :most
    """  # noqa: S608 - our own words
)
_SNIPPETS = text(
    f"""
    SELECT c.media_id, ts_headline(
        CAST(coalesce(c.stemmer, 'simple') AS regconfig),
        left(coalesce({_IN_ORDER}, c.description), {_SHOWN_CHARS}),
        {_QUERY},
        'MaxWords=24, MinWords=12, MaxFragments=2, FragmentDelimiter=" ... ", StartSel=**, StopSel=**') AS snippet
    FROM call_index AS c WHERE c.media_id = ANY(:ids)
    """  # noqa: S608 - our own words
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """How well a recording fits."""

    rank: float
    """Greater is better."""
    snippet: str
    """What is said around the words, which stand between `**`."""


async def ranked(
    connection: AsyncConnection,
    found: Select[tuple[UUID]],
    condition: Condition,
    most: int,
    shorten: Callable[[], Awaitable[None]],
) -> dict[UUID, Ranked]:
    """The best of the recordings that `found` selects, best first; `shorten` is that of `limited`."""
    ids = list((await connection.execute(found.limit(MOST_WEIGHED))).scalars())
    words = " ".join(words_asked(condition))
    await shorten()
    rows = (await connection.execute(_RANKED, {"ids": ids, "words": words, "most": most})).all()
    await shorten()
    shown = {"ids": [row.media_id for row in rows], "words": words}
    snippets = {row.media_id: row.snippet for row in await connection.execute(_SNIPPETS, shown)}
    return {row.media_id: Ranked(row.rank, " ".join(snippets[row.media_id].split())) for row in rows}


def words_asked(condition: Condition) -> Sequence[str]:
    """The words that a condition asks for."""
    match condition:
        case All(items=items) | Either(items=items):
            return [word for item in items for word in words_asked(item)]
        case Stemmed(word=word):
            return [word]
        case Described(words=words):
            return words
        case Said(utterance=Phrase(words=patterns)):
            return [pattern.text for pattern in patterns]
        case _:
            return []
