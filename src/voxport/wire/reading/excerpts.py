"""What a client wrote, made fit to stand in a sentence that it reads."""

from __future__ import annotations

_SHOWN_CHARS = 80


def clip(text: str) -> str:
    """`text` fit for a sentence: one line, no control characters, at most 80 characters, in quotes if it is blank."""
    if len(text) <= _SHOWN_CHARS and text.isprintable() and text.strip():
        return text
    shown = "".join(character if character.isprintable() else "?" for character in text[: _SHOWN_CHARS + 1])
    if not shown.strip():
        return f'"{shown[:_SHOWN_CHARS]}"'
    return shown if len(shown) <= _SHOWN_CHARS else shown[:_SHOWN_CHARS] + "…"
