"""Secrets that were keyed on a telephone: what they are about counts, since keys are heard without mistakes.

A number that was keyed while a card, its date or code or a social security number was spoken of belongs to it, whatever
its length; a lone key is a choice in a menu, unless a secret was asked for outright.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from voxport.language.numbers import NumberRun
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.candidate_options import CandidateOptions
from voxport.redaction.detectors.candidates import Candidate, read_candidates
from voxport.redaction.detectors.card_numbers import SHORTEST, sure_windows
from voxport.redaction.detectors.matches import Match, match_of
from voxport.redaction.detectors.subjects import Subject
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.word_lists import common_words

_ASKED_OUTRIGHT = frozenset({Subject.CARD, Subject.EXPIRY, Subject.CODE, Subject.SOCIAL})
_IN_PASSING = frozenset({Subject.CARD_NAMED, Subject.ASKED, Subject.PAYMENT})
_LEAST_IN_PASSING = 3
"""Digits keyed where paying was only spoken of: a code has three, a choice in a menu one or two."""
_MENU_MS = 20_000
"""ms before a lone key in which its number is read out as a choice. A judgement."""
_LEAST_UNKNOWN = 9
"""Digits that nothing announced: so many are keyed for a social security number, an account or a card."""
PAYMENT_SUBJECTS = frozenset(Subject) - {Subject.SOCIAL}
"""What a detector of payment cards takes of what is keyed: all but what another detector is named after."""


def keyed_secrets(
    dialogue: Dialogue, candidates: Iterable[Candidate], subjects: Collection[Subject] = frozenset(Subject)
) -> list[Match]:
    """The secrets among the keyed candidates that are about `subjects`, in order of time."""
    return [
        match_of(dialogue.lines[candidate.channel], run.groups)
        for candidate in candidates
        if dialogue.lines[candidate.channel].is_keyed and candidate.subject in subjects and _is_secret(candidate)
        for run in candidate.runs
        if not _is_choice(dialogue, candidate, run)
    ]


def with_all_keyed(dialogue: Dialogue, found: Sequence[list[Match]], reading: CandidateOptions) -> list[list[Match]]:
    """What each detector has found, and for the first of them what was keyed of a kind that nobody asked for: with any
    detector the keys of a secret are covered."""
    if not found or not any(line.is_keyed for line in dialogue.lines.values()):
        return list(found)
    known = {(match.channel, index) for matches in found for match in matches for index in match.words}
    secrets = keyed_secrets(dialogue, read_candidates(dialogue, reading))
    missing = [secret for secret in secrets if (secret.channel, secret.words[0]) not in known]
    first = sorted((*found[0], *missing), key=lambda match: match.span.start_ms)
    return [first, *found[1:]]


def _is_secret(candidate: Candidate) -> bool:
    digits = len(candidate.value)
    if candidate.subject in _ASKED_OUTRIGHT:
        return True
    if candidate.subject in _IN_PASSING:
        return digits >= _LEAST_IN_PASSING
    if candidate.subject is Subject.ORDINARY:
        return digits >= SHORTEST and any(True for _ in sure_windows(candidate.groups))
    return digits >= _LEAST_UNKNOWN


def _is_choice(dialogue: Dialogue, candidate: Candidate, run: NumberRun) -> bool:
    """Whether a lone key is one that was read out just before, and nothing was asked for since: "for a receipt, press
    one"."""
    if len(run.value) > 1:
        return False
    begin_ms = run.span.start_ms
    since_ms = max(begin_ms - _MENU_MS, candidate.cue.end_ms if candidate.cue is not None else 0)
    return any(_reads_out(line, run.value, since_ms, begin_ms) for line in dialogue.lines.values() if not line.is_keyed)


def _reads_out(line: Line, key: str, begin_ms: int, end_ms: int) -> bool:
    """Whether a line names a key as a choice in [begin_ms, end_ms)."""
    first, end = (bisect_left(line.words, at_ms, key=lambda word: word.start_ms) for at_ms in (begin_ms, end_ms))
    press, digits = common_words().press_words, lexicon_of(line.language).digits
    return any(
        before in press and digits.get(word, word) == key
        for before, word in pairwise(line.plain_words[first : min(end + 1, len(line.words))])
    )
