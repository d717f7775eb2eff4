"""Secrets said once more: read back by the other side, repeated for a check, quoted much later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voxport.language.numbers import NumberRun
from voxport.redaction.detectors.candidates import Candidate
from voxport.redaction.detectors.matches import Match, match_of
from voxport.redaction.detectors.subjects import Subject
from voxport.redaction.dialogue.lines import Dialogue


@dataclass(frozen=True, slots=True)
class RepetitionOptions:
    """When digits are a secret that is said again."""

    least_digits: int = 4
    """Digits in a row shared with a secret: what "ends in 1111" repeats; three meet by chance."""
    least_digits_ordinary: int = 6
    """The same where something else was announced: phone and order numbers share a few digits with a card by chance."""
    least_share: float = 0.6
    """Part of the digits said, 0 to 1, that is shared: a longer number is another one. A judgement."""
    short_ms: int = 60_000
    """ms after a short secret (a security code) in which it is known again: later, three digits meet by chance."""
    least_short_digits: int = 3
    """Digits of the shortest secret known again as a whole: security codes have three."""


def repetitions(
    dialogue: Dialogue, candidates: Sequence[Candidate], secrets: Sequence[Match], options: RepetitionOptions
) -> list[Match]:
    """The candidates that say (a part of) a secret again and are not among the secrets already."""
    known = {(secret.channel, index) for secret in secrets for index in secret.words}
    found = []
    for candidate in candidates:
        for run in candidate.runs:
            if (run.channel, run.words[0]) in known:
                continue
            if any(_repeats(run, candidate.subject, secret, options) for secret in secrets):
                found.append(match_of(dialogue.lines[candidate.channel], run.groups))
    return found


def _repeats(run: NumberRun, subject: Subject, secret: Match, options: RepetitionOptions) -> bool:
    ordinary = subject is Subject.ORDINARY
    shared = longest_shared(run.value, secret.digits)
    least = options.least_digits_ordinary if ordinary else options.least_digits
    if shared >= least and shared >= options.least_share * len(run.value):
        return True
    soon = abs(run.span.start_ms - secret.span.end_ms) <= options.short_ms
    return not ordinary and soon and len(run.value) >= options.least_short_digits and run.value == secret.digits


def longest_shared(one: str, other: str) -> int:
    """The length of the longest string of digits that stands in both."""
    best = 0
    for start in range(len(one)):
        while start + best < len(one) and one[start : start + best + 1] in other:
            best += 1
    return best
