"""The phrases that announce digits, found in plain text.

Plain text is lower case without accents; hyphens are spaces, a sentence mark is ` . `, commas are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from voxport.redaction.dialogue.word_lists import Topic, topic_patterns


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that was found, at the characters [start, end) of the plain text."""

    topic: Topic
    start: int
    """Index of its first character."""
    end: int
    """Index behind its last character."""


def find_phrases(text: str, language: str) -> list[Phrase]:
    """The phrases in plain text in order; of two that overlap the one higher in its table, which is the more definite.

    "gift card number" is no card number, "three digit code" no part of one.
    """
    found: list[Phrase] = []
    taken = bytearray(len(text) + 1)
    for row in topic_patterns(language):
        for match in row.pattern.finditer(text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
                if row.topic is not Topic.NONE:
                    found.append(Phrase(row.topic, match.start(), match.end()))
    return sorted(found, key=lambda phrase: phrase.start)
