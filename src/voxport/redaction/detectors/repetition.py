"""Secrets said once more: read back by the other side, repeated for a check, quoted much later."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voxport.language.numbers import Group, NumberRun
from voxport.redaction.detectors.candidates import Candidate
from voxport.redaction.detectors.matches import Match, longest_shared, match_of, match_of_words
from voxport.redaction.detectors.subjects import Subject
from voxport.redaction.dialogue.lines import Dialogue

_CODE = 3
"""Digits of the shortest code."""
_MOST_GROUPS = 8
"""Groups of digits in which a secret is said again among others."""


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
    mended_ms: int = 8_000
    """ms after a short secret in which it is said with another digit, or two turned round: "338 or 388?", "no, 484". A
    judgement, as for any answer."""
    longest_mended: int = 4
    """Digits of the longest secret of which that is believed."""


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
            half = secret.digits[: len(secret.digits) // 2]
            if len(half) >= _CODE and half * 2 == secret.digits:
                # A code that was said twice: "737. Yes, 737."
                ends_ms.setdefault(half, []).append(secret.span.end_ms)
        return cls("|".join(ends_ms), ends_ms)

    def ends_near(self, digits: str, at_ms: int, within_ms: int) -> bool:
        """Whether a secret of these digits ends within `within_ms` of a time."""
        ends_ms = self.ends_ms.get(digits, [])
        place = bisect_left(ends_ms, at_ms - within_ms)
        return place < len(ends_ms) and ends_ms[place] <= at_ms + within_ms

    def is_mended(self, digits: str, at_ms: int, within_ms: int) -> bool:
        """Whether a secret that ended no more than `within_ms` before a time differs by a slip."""
        return any(
            place > 0 and at_ms - ends_ms[place - 1] <= within_ms
            for one, ends_ms in self.ends_ms.items()
            if _is_slip(one, digits)
            for place in [bisect_left(ends_ms, at_ms)]
        )


def repetitions(
    dialogue: Dialogue, candidates: Sequence[Candidate], secrets: Sequence[Match], options: RepetitionOptions
) -> list[Match]:
    """The candidates that say (a part of) a secret again and are not among the secrets already."""
    known = {(secret.channel, index) for secret in secrets for index in secret.words}
    given = _Given.of(secrets)
    found: list[Match] = []
    for candidate in candidates:
        line = dialogue.lines[candidate.channel]
        for run in candidate.runs:
            if (run.channel, run.words[0]) in known:
                continue
            if _repeats(run, candidate.subject, given, options):
                found.append(match_of(line, run.groups))
            else:
                found.extend(match_of(line, groups) for groups in _said_together(run, given, options))
    return found


def _said_together(run: NumberRun, given: _Given, options: RepetitionOptions) -> Iterator[tuple[Group, ...]]:
    """The groups of a number that are a secret each, as they were given, said with others: "1973, 4 28"."""
    first = 0
    while first < len(run.groups):
        for end in range(min(len(run.groups), first + _MOST_GROUPS), first, -1):
            groups = run.groups[first:end]
            value = "".join(group.text for group in groups)
            if len(value) >= options.least_short_digits and given.ends_near(value, run.span.start_ms, options.short_ms):
                yield groups
                first = end - 1
                break
        first += 1


def _repeats(run: NumberRun, subject: Subject, given: _Given, options: RepetitionOptions) -> bool:
    ordinary = subject is Subject.ORDINARY
    shared = longest_shared(run.value, given.digits)
    least = options.least_digits_ordinary if ordinary else options.least_digits
    if shared >= least and shared >= options.least_share * len(run.value):
        return True
    if ordinary or len(run.value) < options.least_short_digits:
        return False
    begin_ms = run.span.start_ms
    half = run.value[: len(run.value) // 2]
    twice = len(half) >= options.least_short_digits and half * 2 == run.value
    if given.ends_near(half if twice else run.value, begin_ms, options.short_ms):
        return True
    return len(run.value) <= options.longest_mended and given.is_mended(run.value, begin_ms, options.mended_ms)


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


def _is_slip(one: str, other: str) -> bool:
    """Whether two numbers of one length differ in one digit, or by digits that changed places."""
    if len(one) != len(other):
        return False
    return sorted(one) == sorted(other) or sum(mine != theirs for mine, theirs in zip(one, other, strict=True)) == 1
