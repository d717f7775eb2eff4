"""Secrets said once more: read back by the other side, repeated for a check, quoted much later."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from voxport.language.numbers import NumberRun
from voxport.redaction.detectors.candidates import Candidate
from voxport.redaction.detectors.matches import Match, match_of, match_of_words
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


@dataclass(frozen=True)
class _Given:
    """The digits of secrets, as they are looked for again."""

    digits: str
    """Those of each secret once, a bar between."""
    ends_ms: dict[str, list[int]]
    """By their digits: when secrets end, in order."""

    @classmethod
    def of(cls, secrets: Sequence[Match]) -> _Given:
        ends_ms: dict[str, list[int]] = {}
        for secret in sorted(secrets, key=lambda one: one.span.end_ms):
            ends_ms.setdefault(secret.digits, []).append(secret.span.end_ms)
        return cls("|".join(ends_ms), ends_ms)

    def ends_near(self, digits: str, at_ms: int, within_ms: int) -> bool:
        """Whether a secret of these digits ends within `within_ms` of a time."""
        ends_ms = self.ends_ms.get(digits, [])
        place = bisect_left(ends_ms, at_ms - within_ms)
        return place < len(ends_ms) and ends_ms[place] <= at_ms + within_ms


def repetitions(
    dialogue: Dialogue, candidates: Sequence[Candidate], secrets: Sequence[Match], options: RepetitionOptions
) -> list[Match]:
    """The candidates that say (a part of) a secret again and are not among the secrets already."""
    known = {(secret.channel, index) for secret in secrets for index in secret.words}
    given = _Given.of(secrets)
    return [
        match_of(dialogue.lines[candidate.channel], run.groups)
        for candidate in candidates
        for run in candidate.runs
        if (run.channel, run.words[0]) not in known and _repeats(run, candidate.subject, given, options)
    ]


def _repeats(run: NumberRun, subject: Subject, given: _Given, options: RepetitionOptions) -> bool:
    ordinary = subject is Subject.ORDINARY
    shared = longest_shared(run.value, given.digits)
    least = options.least_digits_ordinary if ordinary else options.least_digits
    if shared >= least and shared >= options.least_share * len(run.value):
        return True
    soon = given.ends_near(run.value, run.span.start_ms, options.short_ms)
    return not ordinary and soon and len(run.value) >= options.least_short_digits


def said_elsewhere(dialogue: Dialogue, secrets: Sequence[Match], least_digits: int) -> list[Match]:
    """The stretches of digits, of whatever they are said, in which so many digits of a secret stand in a row and which
    are no part of one yet. They are covered, and no secrets by which further ones are known."""
    known = {(secret.channel, index) for secret in secrets for index in secret.words}
    given = "|".join(dict.fromkeys(secret.digits for secret in secrets if len(secret.digits) >= least_digits))
    found = []
    for run in dialogue.runs() if given else ():
        line = dialogue.lines[run.channel]
        left = [group for group in run.groups if (run.channel, group.words[0]) not in known]
        if left and longest_shared("".join(group.text for group in left), given) >= least_digits:
            words = {index for group in left for index in range(group.words[0], group.words[1] + 1)}
            found.append(match_of_words(line, sorted(words), ""))
    return found


def longest_shared(one: str, other: str) -> int:
    """The length of the longest string of digits that stands in both."""
    best = 0
    for start in range(len(one)):
        while start + best < len(one) and one[start : start + best + 1] in other:
            best += 1
    return best
