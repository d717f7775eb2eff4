"""Secrets said once more: read back by the other side, repeated for a check, quoted much later."""

from __future__ import annotations

from collections.abc import Sequence

from voxport.redaction.detectors.candidates import Candidate, Subject
from voxport.redaction.detectors.matches import Match, match_of
from voxport.redaction.dialogue.lines import Dialogue

_LEAST = 4
_LEAST_IN_ORDINARY = 6
_SHARE = 0.6
_SHORT_MS = 60_000
"""A short secret (a security code) is known again only soon after: three digits meet by chance."""


def repetitions(dialogue: Dialogue, candidates: Sequence[Candidate], secrets: Sequence[Match]) -> list[Match]:
    """The candidates that say (a part of) a secret again and are not among the secrets already."""
    known = {(secret.channel, index) for secret in secrets for index in secret.words}
    echoes = []
    for candidate in candidates:
        for run in candidate.runs:
            if (run.channel, run.words[0]) in known:
                continue
            if any(_repeats(run.value, run.span.start_ms, candidate.subject, secret) for secret in secrets):
                echoes.append(match_of(dialogue.lines[candidate.channel], run.groups))
    return echoes


def _repeats(value: str, start_ms: int, subject: Subject, secret: Match) -> bool:
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
