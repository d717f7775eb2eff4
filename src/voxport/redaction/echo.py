"""Secrets said once more: read back by the other side, repeated for a check, quoted much later."""

from __future__ import annotations

from collections.abc import Sequence

from voxport.redaction.dialogue import Dialogue
from voxport.redaction.found import Found, found
from voxport.redaction.governing import Giving, Subject

_LEAST = 4
_LEAST_IN_ORDINARY = 6
_SHARE = 0.6
_SHORT_MS = 60_000
"""A short secret (a security code) is known again only soon after: three digits meet by chance."""


def repeated(dialogue: Dialogue, givings: Sequence[Giving], secrets: Sequence[Found]) -> list[Found]:
    """The givings that say (a part of) a secret again and are not among the secrets already."""
    known = {(secret.channel, index) for secret in secrets for index in secret.words}
    echoes = []
    for giving in givings:
        for run in giving.runs:
            if (run.channel, run.words[0]) in known:
                continue
            if any(_repeats(run.value, run.span.start_ms, giving.subject, secret) for secret in secrets):
                echoes.append(found(dialogue.lines[giving.channel], run.groups))
    return echoes


def _repeats(value: str, start_ms: int, subject: Subject, secret: Found) -> bool:
    ordinary = subject is Subject.ORDINARY
    shared = longest_shared(value, secret.digits)
    if shared >= (_LEAST_IN_ORDINARY if ordinary else _LEAST) and shared >= _SHARE * len(value):
        return True
    soon = abs(start_ms - secret.span.end_ms) <= _SHORT_MS
    return not ordinary and soon and len(value) >= 3 and value == secret.digits


def longest_shared(one: str, other: str) -> int:
    """The length of the longest string of digits that stands in both."""
    best = 0
    for start in range(len(one)):
        while start + best < len(one) and one[start : start + best + 1] in other:
            best += 1
    return best
