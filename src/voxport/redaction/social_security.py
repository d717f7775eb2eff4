"""Social security numbers: nine digits announced as one or said as three, two, four; and the last four of one."""

from __future__ import annotations

from collections.abc import Sequence

from voxport.language.numbers import NumberRun
from voxport.redaction.dialogue import Dialogue
from voxport.redaction.echo import repeated
from voxport.redaction.found import Found, found
from voxport.redaction.governing import Giving, Subject, read_givings
from voxport.redaction.patterns import spoken_pattern

_LEAST = 2
_WHOLE = 9
_STILL_MS = 20_000
_PATTERN = (3, 2, 4)


def find_social_security(dialogue: Dialogue) -> list[Found]:
    """All stretches of the call that belong to a social security number, in order of time."""
    givings = read_givings(dialogue)
    asked = any(giving.subject is Subject.SOCIAL for giving in givings)
    secrets: list[Found] = []
    for giving in givings:
        line = dialogue.lines[giving.channel]
        if giving.subject in (Subject.SOCIAL, Subject.ASKED):
            if _is_given(giving, secrets):
                secrets.append(found(line, giving.groups))
        else:
            runs = (run for run in giving.runs if _stands_out(run, giving.subject, asked))
            secrets.extend(found(line, run.groups) for run in runs)
    return sorted((*secrets, *repeated(dialogue, givings, secrets)), key=lambda secret: secret.span.start_ms)


def _is_given(giving: Giving, secrets: Sequence[Found]) -> bool:
    if len(giving.value) < _LEAST:
        return False
    whole = [secret for secret in secrets if len(secret.digits) >= _WHOLE]
    if not whole or (giving.cue is not None and giving.cue.start_ms > whole[-1].span.start_ms):
        return True
    return giving.span.start_ms - secrets[-1].span.end_ms <= _STILL_MS


def _stands_out(run: NumberRun, subject: Subject, asked: bool) -> bool:
    """Nine digits that nothing announced, said as three, two, four; of any grouping where some secret was asked for."""
    if len(run.value) != _WHOLE or subject is Subject.ORDINARY:
        return False
    alone = subject is not Subject.UNKNOWN
    return asked or alone or spoken_pattern(run) == _PATTERN
