"""The error tree.

VoxportError
├── RequestRefused     what the caller sent is wrong; nothing was accepted (4xx, documented codes)
├── MediaFailed        an accepted media cannot be processed; final, kept with the media
├── StageInterrupted   the stage was asked to stop (media deleted, worker draining); not a failure
├── TransientFault     the surroundings failed (database, object store); worth another try
└── Misconfigured      the operator must act before the program can run; one clear sentence

Codes, HTTP statuses and sentences stand in `core/codes.py` (docs/contract/errors.md).
"""

from __future__ import annotations

import errno
import re
from collections.abc import Sequence
from dataclasses import dataclass

from voxport.core.codes import Code


@dataclass(frozen=True, slots=True)
class Problem:
    """One documented problem: its code and its sentence, ready for the wire."""

    code: Code
    message: str
    """The sentence a customer reads."""

    @classmethod
    def of(cls, code: Code, **parameters: object) -> Problem:
        """Fills the sentence of `code`; raises KeyError for a missing parameter."""
        return cls(code, code.sentence.format(**parameters))


class VoxportError(Exception):
    """Root of everything this program raises on purpose."""


class RequestRefused(VoxportError):
    """The request is refused with one or more documented problems; nothing was accepted."""

    def __init__(self, problems: Problem | Sequence[Problem], *, status: int | None = None) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        if not self.problems:
            raise ValueError("a refusal needs at least one problem")
        self.status = status or self.problems[0].code.status
        super().__init__("; ".join(f"{p.code}: {p.message}" for p in self.problems))


class MediaFailed(VoxportError):
    """An accepted media cannot be processed, now or later; the problem is stored with the media."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.code}: {problem.message}")


class StageInterrupted(VoxportError):
    """The stage looked up from its work and was asked to stop; the caller keeps or erases its artefacts so far."""


class PutOff(VoxportError):
    """There is no room for the stage beside what is worked on; it comes again soon, and nothing is at fault."""


class TransientFault(VoxportError):
    """Something around us failed (database, object store, disk); the same call may succeed later."""


class Misconfigured(VoxportError):
    """A setting, model or folder is wrong; the message says which and what to do."""


_PASSING = (errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO, errno.ESTALE)
"""Errors of the system that an operator can mend while a program is started again and again."""
_NUMBER = re.compile(r"\(os error (\d{1,4})\)")


def system_errno(error: BaseException) -> int | None:
    """The number of the system's error, also where a library keeps it in its message only; None without one."""
    found = _NUMBER.search(str(error))
    number = int(found.group(1)) if found else getattr(error, "errno", None)
    return number if isinstance(number, int) else None


def start_fault(error: Exception, sentence: str) -> Misconfigured | TransientFault:
    """What a start that met `error` ends with: the disk may have room again, a folder without rights stays so."""
    return TransientFault(sentence) if system_errno(error) in _PASSING else Misconfigured(sentence)
