"""Statements that would cost much, or get out of their quotes: none may take a second or change another's values."""

from __future__ import annotations

_FROM = "SELECT * FROM media WHERE "
QUOTES = (
    "'; DROP TABLE media; --", "' OR '1'='1", "\\'; SELECT pg_sleep(10); --", "%' AND 1=1 --", "x') OR true --",
    "$$; SELECT 1; $$", ":v0", "%(v0)s", "{v0}", "' | 'a", "a & b | !c", "a <-> b", "\\", "\\\\", "''", "a':*",
    "!!a", "(a|b", "=a", "#", "~english.a", "\u2588", "a\u0000b",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
)  # fmt: skip

HOSTILE: tuple[str, ...] = (
    *(f'{_FROM}* SAYS "{text}"' for text in QUOTES),
    *(f'{_FROM}metadata.customerId = "{text}"' for text in QUOTES[:12]),
    *(f'{_FROM}"{text}" SAYS "the"' for text in QUOTES[:6]),
    _FROM + "(" * 5_000,
    _FROM + "(" * 19 + "*" + ")" * 19,
    _FROM + "NOT " * 1_900 + "*",
    _FROM + '* SAYS "' + "a " * 3_900 + '"',
    _FROM + '* SAYS "' + "a" * 7_900 + '"',
    _FROM + '* SAYS "' + "the* " * 20 + '"',
    _FROM + '* SAYS "the you to and"/10',
    _FROM + '* SAYS "the you to and it that"/5',
    _FROM + " OR ".join(f'* SAYS "th* {one}*"' for one in ("yo", "an", "to", "it", "be")),
    _FROM + " AND ".join(['NOT * SAYS "zzz"'] * 100),
    _FROM + '"Agent" SAYS (' + " && ".join(['!"zz"'] * 100) + ")",
    _FROM + " OR ".join(["metadata.customerId != '1'"] * 100),
    _FROM + "length > 1 OR " * 190 + "length > 1",
    '"' * 7_999,
    "'\"" * 3_900,
    "SELECT " + "mediaId, " * 800 + "mediaId FROM media",
    "ALTER TABLE media DEFINE " + ", ".join(f"metadata:f{one} integer" for one in range(250)),
    "SELECT * FROM media LIMIT 999999999999",
    "SELECT * FROM media LIMIT 1000 OFFSET 99999",
)
"""At least 50."""
