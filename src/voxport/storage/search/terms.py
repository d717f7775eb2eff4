"""What the index of terms can tell of a condition: a query of full-text search that no call meets which it excludes.

The lexemes are those of the function `voxport_terms`: `#` and the organisation, `%` and the language, `=` and a word
that is said, `~`, the language and a stem that no word of the call is, `@` and a word of title or description, `^` and
one of the title, `$`, a field, `=` and its value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voxport.core.statement import (
    All,
    AllSaid,
    Comparison,
    Condition,
    Described,
    Either,
    EitherSaid,
    Everything,
    FieldType,
    MetadataField,
    Otherwise,
    Phrase,
    Said,
    Stemmed,
    Utterance,
)
from voxport.search.call_text import MAX_VALUE_CHARS, STEMMERS
from voxport.storage.search.parameters import Parameters

INDEXED = "voxport_terms(c.organization_id, c.title, c.description, c.fields, c.lines, c.stemmer)"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the index tells."""

    sql: str | None
    """The query; None: every call may meet the condition."""
    exact: bool
    """Whether every call meets it that the query finds."""


def terms_of(condition: Condition, parameters: Parameters) -> Terms:
    """What the index tells of a condition."""
    match condition:
        case Everything():
            return Terms(None, exact=True)
        case Otherwise(item=item):
            inner = terms_of(item, parameters)
            return Terms(f"!!({inner.sql})", exact=True) if inner.exact and inner.sql else Terms(None, exact=False)
        case All(items=items):
            return _both([terms_of(one, parameters) for one in items])
        case Either(items=items):
            return _either([terms_of(one, parameters) for one in items])
        case Stemmed(word=word):
            forms = f"voxport_stems({parameters.text(word)}, {parameters.add(list(STEMMERS), 'text[]')})"
            spoken = _lexemes((f"={word}", f"@{word}"), " | ", parameters)
            return Terms(f"({forms} || {spoken})", exact=True)
        case Described(words=words, within=within):
            sign = "^" if within == "title" else "@"
            exact = len(words) == 1 and within != "description"
            return Terms(_lexemes([sign + word for word in words], " & ", parameters), exact=exact)
        case Said(speaker=speaker, utterance=utterance, window=window):
            sql = _said(utterance, parameters)
            plain = isinstance(utterance, Phrase) and len(utterance.words) == 1
            return Terms(sql, exact=plain and speaker is None and window is None and sql is not None)
        case Comparison():
            return _compared(condition, parameters)


def _both(items: list[Terms]) -> Terms:
    known = [one.sql for one in items if one.sql is not None]
    return Terms(" && ".join(f"({one})" for one in known) or None, exact=all(one.exact for one in items))


def _either(items: list[Terms]) -> Terms:
    known = [one.sql for one in items if one.sql is not None]
    if len(known) < len(items):
        return Terms(None, exact=any(one.sql is None and one.exact for one in items))
    return Terms(" || ".join(f"({one})" for one in known), exact=all(one.exact for one in items))


def _said(utterance: Utterance, parameters: Parameters) -> str | None:
    if isinstance(utterance, Phrase):
        words = dict.fromkeys(utterance.words)
        quoted = [_quoted(f"={word.text}") + (":*" if word.prefix else "") for word in words]
        return parameters.add(" & ".join(quoted), "tsquery")
    if isinstance(utterance, AllSaid):
        return _both([Terms(_said(one, parameters), exact=False) for one in utterance.items]).sql
    if isinstance(utterance, EitherSaid):
        return _either([Terms(_said(one, parameters), exact=False) for one in utterance.items]).sql
    return None


def _compared(comparison: Comparison, parameters: Parameters) -> Terms:
    field, value = comparison.field, comparison.value
    as_text = (
        isinstance(field, MetadataField)
        and field.type in (None, FieldType.TEXT)
        and field.path not in ("title", "description")  # long, and found by their words
    )
    if comparison.operator != "=" or not as_text or not isinstance(value, str):
        return Terms(None, exact=False)
    assert isinstance(field, MetadataField)  # noqa: S101 - as_text says so
    return Terms(_lexemes((f"${field.path}={value[:MAX_VALUE_CHARS]}",), "", parameters), exact=True)


def _lexemes(lexemes: Sequence[str], sign: str, parameters: Parameters) -> str:
    return parameters.add(sign.join(map(_quoted, lexemes)), "tsquery")


def _quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def organization_term(organization_id: str, parameters: Parameters) -> str:
    """The query that every call of the organisation meets."""
    return _lexemes((f"#{organization_id}",), "", parameters)
