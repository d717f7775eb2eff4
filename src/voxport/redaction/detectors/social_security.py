"""Social security numbers: nine digits announced as one or said as three, two, four; and the last four of one."""

from __future__ import annotations

from collections.abc import Sequence

from voxport.language.numbers import NumberRun
from voxport.redaction.detectors.candidates import Candidate, Subject, read_candidates
from voxport.redaction.detectors.grouping import spoken_pattern
from voxport.redaction.detectors.matches import Match, match_of
from voxport.redaction.detectors.repetition import repetitions
from voxport.redaction.dialogue.lines import Dialogue

_LEAST = 2
_WHOLE = 9
_STILL_MS = 20_000
_PATTERN = (3, 2, 4)


def find_social_security(dialogue: Dialogue) -> list[Match]:
    """All stretches of the call that belong to a social security number, in order of time."""
    candidates = read_candidates(dialogue)
    asked = any(candidate.subject is Subject.SOCIAL for candidate in candidates)
    secrets: list[Match] = []
    for candidate in candidates:
        line = dialogue.lines[candidate.channel]
        if candidate.subject in (Subject.SOCIAL, Subject.ASKED):
            if _is_given(candidate, secrets):
                secrets.append(match_of(line, candidate.groups))
        else:
            runs = (run for run in candidate.runs if _stands_out(run, candidate.subject, asked))
            secrets.extend(match_of(line, run.groups) for run in runs)
    return sorted((*secrets, *repetitions(dialogue, candidates, secrets)), key=lambda secret: secret.span.start_ms)


def _is_given(candidate: Candidate, secrets: Sequence[Match]) -> bool:
    if len(candidate.value) < _LEAST:
        return False
    whole = [secret for secret in secrets if len(secret.digits) >= _WHOLE]
    if not whole or (candidate.cue is not None and candidate.cue.start_ms > whole[-1].span.start_ms):
        return True
    return candidate.span.start_ms - secrets[-1].span.end_ms <= _STILL_MS


def _stands_out(run: NumberRun, subject: Subject, asked: bool) -> bool:
    """Nine digits that nothing announced, said as three, two, four; of any grouping where some secret was asked for."""
    if len(run.value) != _WHOLE or subject is Subject.ORDINARY:
        return False
    alone = subject is not Subject.UNKNOWN
    return asked or alone or spoken_pattern(run) == _PATTERN
