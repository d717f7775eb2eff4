"""Words as a recogniser hands them over, made from a line of text, each 300 ms long."""

from __future__ import annotations

from voxport.core.transcript import Word, WordKind

_WORD_MS, _PAUSE_MS = 300, 20


def words_of(text: str, start_ms: int = 0) -> tuple[Word, ...]:
    """`It's 4111, 1111.` is three words and two marks; `$45.99` and `p.m.` followed by a word stay whole."""
    words: list[Word] = []
    at_ms = start_ms
    for token in _tokens(text):
        if token in (",", ".", "?"):
            words.append(Word(token, at_ms, at_ms, 0.0, WordKind.PUNCTUATION))
        else:
            words.append(Word(token, at_ms + _PAUSE_MS, at_ms + _WORD_MS + _PAUSE_MS, 0.9))
            at_ms += _WORD_MS + _PAUSE_MS
    return tuple(words)


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for chunk in text.split():
        body = chunk.rstrip(",?")
        marks = chunk[len(body) :]
        if body.endswith(".") and body.count(".") == 1:
            body, marks = body[:-1], "." + marks
        tokens += ([body] if body else []) + list(marks)
    return tokens
