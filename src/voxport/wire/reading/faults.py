"""Gathering what is wrong with one document, so that a client hears all of it in one answer."""

from __future__ import annotations

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused

_MOST_REPORTED = 20


class Faults:
    """Problems found so far, in the order of the document, and warnings, which refuse nothing."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def add(self, code: Code, **parameters: object) -> None:
        """Note the documented problem `code`."""
        self.problems.append(Problem.of(code, **parameters))

    def refuse(self, code: Code, message: str) -> None:
        """Note a problem of the kind of `code` in words of its own."""
        self.problems.append(Problem(code, message))

    def unreadable(self, path: str, wanted: str) -> None:
        """Note that the value at `path` is not what the contract allows there and no code of its own exists (10007)."""
        self.add(Code.CONFIGURATION_INVALID, reason=f"{path} must be {wanted}")

    def not_built(self, what: str) -> None:
        """Note that `what` is legal but this server cannot do it yet; nothing is accepted and then ignored."""
        self.refuse(Code.PROPERTY_UNKNOWN, f"{what} is not built into this server yet.")

    def warn(self, code: Code, message: str) -> None:
        """Note something the client should know although the request is accepted."""
        self.warnings.append(Problem(code, message))

    def refuse_if_any(self) -> None:
        """Raises RequestRefused with the first problems noted, if there are any."""
        if self.problems:
            raise RequestRefused(self.problems[:_MOST_REPORTED])
