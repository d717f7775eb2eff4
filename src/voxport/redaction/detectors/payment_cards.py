"""Payment cards: numbers, parts of them that are repeated, expiry dates and security codes.

A number is a card when it was announced as one, or when it looks like one and was not announced as something else.
Announced digits need no check digit: recognisers lose and repeat digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from voxport.core.transcript import Span
from voxport.language.numbers import Group
from voxport.redaction.detectors import card_numbers
from voxport.redaction.detectors.candidates import Candidate, Subject, is_payment_spoken_of, read_candidates
from voxport.redaction.detectors.grouping import spoken_pattern
from voxport.redaction.detectors.matches import Match, match_of
from voxport.redaction.detectors.repetition import repetitions
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.phrases import MONTHS

_LEAST_ANNOUNCED = 3
_LEAST_NAMED = 3
_WHOLE = 15
"""From so many digits on a card number has been given; what follows much later is about something else."""
_STILL_MS = 20_000
_LONGEST_AFTERWARDS = 4
"""Once the card number has been given, an expiry date or a code may come unasked; five digits are a zip code."""
_RIGHT_BEHIND = 4
_ANSWER_MS = 45_000
_LONGEST_EXPIRY = 8
_LONGEST_CODE = 8
_WHOLE_CODE = 3
_AGAIN_MS = 4000
_MONTH_WITHIN_MS = 1500


def find_payment(dialogue: Dialogue) -> list[Match]:
    """All stretches of the call that belong to a payment card, in order of time."""
    candidates = read_candidates(dialogue)
    spoken_of = is_payment_spoken_of(dialogue)
    secrets: list[Match] = []
    for candidate in candidates:
        line = dialogue.lines[candidate.channel]
        secrets.extend(_by_subject(candidate, line, spoken_of, secrets))
    return sorted((*secrets, *repetitions(dialogue, candidates, secrets)), key=lambda secret: secret.span.start_ms)


def _by_subject(candidate: Candidate, line: Line, spoken_of: bool, secrets: Sequence[Match]) -> Iterable[Match]:
    match candidate.subject:
        case Subject.CARD:
            wanted = _is_card_part(candidate, secrets, _LEAST_ANNOUNCED)
        case Subject.CARD_NAMED | Subject.ASKED:
            wanted = _is_card_part(candidate, secrets, _LEAST_NAMED)
        case Subject.EXPIRY:
            return _expiry(candidate, line)
        case Subject.CODE:
            return _code(candidate, line)
        case Subject.UNKNOWN:
            wanted = _stands_out(candidate)
        case _:
            wanted = False
    if wanted:
        return [match_of(line, candidate.groups, _months(candidate.groups, line) if spoken_of else ())]
    hidden = _hidden(candidate, line)
    if candidate.subject is Subject.ORDINARY and not spoken_of:
        return [one for one in hidden if _is_whole(one, candidate)]
    return hidden


def _is_card_part(candidate: Candidate, secrets: Sequence[Match], least: int) -> bool:
    if len(candidate.value) < least:
        return False
    whole = [secret for secret in secrets if len(secret.digits) >= _WHOLE]
    if not whole or len(candidate.value) >= card_numbers.SHORTEST:
        return True
    if (
        candidate.cue is not None
        and candidate.cue.start_ms > whole[-1].span.start_ms
        and not _is_answered(candidate, secrets)
    ):
        return True
    soon = candidate.span.start_ms - secrets[-1].span.end_ms <= _STILL_MS
    return soon and len(candidate.value) <= _LONGEST_AFTERWARDS


def _is_answered(candidate: Candidate, secrets: Sequence[Match]) -> bool:
    """Whether the announcement has had its digits: "the card ending in 1111, correct?" asks for no more."""
    cue = candidate.cue
    return cue is not None and any(
        secret.channel == cue.channel and 0 <= secret.words[0] - cue.last <= _RIGHT_BEHIND for secret in secrets
    )


def _stands_out(candidate: Candidate) -> bool:
    """Whether digits that nothing announced are a card by themselves."""
    return any(
        card_numbers.is_likely(value)
        for value in (candidate.value, *(v for r in candidate.runs for v in (r.value, r.corrected)))
    ) or any(len(run.groups) > 1 and set(spoken_pattern(run)) == {4} for run in candidate.runs)


def _is_whole(secret: Match, candidate: Candidate) -> bool:
    """Whether a card number is all that was said in one go, rather than a stretch of a longer number."""
    return len(secret.digits) >= _WHOLE and any(run.value == secret.digits for run in candidate.runs)


def _hidden(candidate: Candidate, line: Line) -> list[Match]:
    """A whole card number among other digits."""
    groups = candidate.groups
    for first, end in card_numbers.sure_windows(groups):
        return [match_of(line, groups[first:end])]
    return []


def _expiry(candidate: Candidate, line: Line) -> list[Match]:
    """The first answer to the question; a long one is a card number that was given late."""
    cue_end_ms = candidate.cue.end_ms if candidate.cue else candidate.span.start_ms
    secrets = []
    for run in candidate.runs:
        near = run.span.start_ms - cue_end_ms <= _ANSWER_MS
        months = _months(run.groups, line)
        fits = len(run.value) <= _LONGEST_EXPIRY or len(run.value) >= card_numbers.SHORTEST - 2
        if near and fits:
            secrets.append(match_of(line, run.groups, months))
    return secrets


def _code(candidate: Candidate, line: Line) -> list[Match]:
    """Digits until the code is whole; what comes later than a moment after it is something else."""
    cue_end_ms = candidate.cue.end_ms if candidate.cue else candidate.span.start_ms
    secrets: list[Match] = []
    given = 0
    for run in candidate.runs:
        late = run.span.start_ms - (
            secrets[-1].span.end_ms + _AGAIN_MS if given >= _WHOLE_CODE else cue_end_ms + _ANSWER_MS
        )
        if late <= 0 and (len(run.value) <= _LONGEST_CODE or len(run.value) >= card_numbers.SHORTEST - 2):
            secrets.append(match_of(line, run.groups))
            given += len(run.value)
    return secrets


def _months(groups: Sequence[Group], line: Line) -> tuple[int, ...]:
    """The names of months right beside the digits: "September of twenty seven", "March 2027"."""
    names = MONTHS.get(line.language, frozenset())
    first, last = groups[0].words[0], groups[-1].words[1]
    beside = (
        *range(max(0, first - 3), first),
        *range(first, last + 1),
        *range(last + 1, min(len(line.words), last + 3)),
    )
    digits = Span(line.words[first].start_ms, line.words[last].end_ms)
    return tuple(
        index
        for index in beside
        if line.plain_words[index] in names
        and line.words[index].start_ms - digits.end_ms <= _MONTH_WITHIN_MS
        and digits.start_ms - line.words[index].end_ms <= _MONTH_WITHIN_MS
    )
