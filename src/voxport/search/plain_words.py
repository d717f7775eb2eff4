"""What a person types: words, quoted phrases, OR, and the field forms `title:` and `description:`.

Source: docs/contract/v3-endpoints.md section 4, docs/contract/open-questions.md 36.
"""

from __future__ import annotations

import re

from voxport.core.statement import All, Condition, Described, Either, Phrase, Said, Stemmed, WordPattern
from voxport.search.limits import StatementInvalid
from voxport.search.words import words_of

MAX_CHARS = 1_000
MAX_TERMS = 40
_PART = re.compile(r'(?:(title|description):)?(?:"([^"]*)"|(\S+))', re.IGNORECASE)


def read_plain_words(text: str) -> Condition:
    """All of the words, in any of their forms, said or in the title or description; OR between two takes either.

    Raises StatementInvalid for what holds no word, and for too much.
    """
    if len(text) > MAX_CHARS:
        raise StatementInvalid(f"it has {len(text)} characters; the limit is {MAX_CHARS}")
    groups: list[list[Condition]] = []
    joins = False
    parts = 0
    for found in _PART.finditer(text):
        field, quoted, bare = found.groups()
        if bare == "OR" and field is None:
            joins = bool(groups)
            continue
        conditions = _conditions(field, quoted, bare)
        parts += len(conditions)
        if parts > MAX_TERMS:
            raise StatementInvalid(f"it has more than {MAX_TERMS} words and phrases")
        if not conditions:
            continue
        one = conditions[0] if len(conditions) == 1 else All(tuple(conditions))
        if joins:
            groups[-1].append(one)
        else:
            groups.append([one])
        joins = False
    if not groups:
        raise StatementInvalid("it holds no word")
    every = tuple(group[0] if len(group) == 1 else Either(tuple(group)) for group in groups)
    return every[0] if len(every) == 1 else All(every)


def _conditions(field: str | None, quoted: str | None, bare: str | None) -> list[Condition]:
    words = words_of(quoted if quoted is not None else bare or "")
    if not words:
        return []
    if field is not None:
        return [Described(tuple(words), field.lower())]
    if quoted is None:
        return [Stemmed(word) for word in words]
    said = Said(None, Phrase(tuple(WordPattern(word) for word in words)), f'"{quoted}"')
    return [Either((said, Described(tuple(words))))]
