"""What is wrong with one document, gathered so that a client learns all of it from one answer.

A refusal holds a code, a path and parameters. Its sentence is written last, in the words of the client's dialect.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.documents import DocumentKind
from voxport.wire.reading.names import Name, Path, Wording

MOST_REPORTED = 20
"""So many problems stand in one answer, and so many warnings; how many more there are is said in one sentence."""
_NOT_BUILT = "{what} is not built into this server yet."


def not_built(what: str) -> RequestRefused:
    """The refusal (10008) of a request that asks for `what` alone, which is legal but cannot be done here."""
    return RequestRefused(Problem(Code.PROPERTY_UNKNOWN, _NOT_BUILT.format(what=what)))


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that is wrong, or worth a warning."""

    code: Code
    parameters: Mapping[str, object] = field(default_factory=dict)
    """What stands in the sentence. A `Path` or a `Name` is put into the words of the dialect."""
    sentence: str | None = None
    """A template for the parameters; None: the sentence of the code."""


class Refusals:
    """What was found so far in one document, in the order in which it was found.

    The first `MOST_REPORTED` are kept and the others are counted: a document of megabytes can be wrong everywhere.
    """

    def __init__(self, wording: Wording, kind: DocumentKind) -> None:
        self.problems: list[Refusal] = []
        """What the document is refused for; the first of `noted`."""
        self.noted = 0
        """How many problems were found."""
        self.warnings: list[Refusal] = []
        """What refuses nothing and is shown in the answer; the first of them."""
        self._warned = 0
        self._wording, self._kind = wording, kind

    def add(self, code: Code, **parameters: object) -> None:
        """Note the documented problem `code`."""
        self._note(code, parameters)

    def refuse(self, code: Code, sentence: str, **parameters: object) -> None:
        """Note a problem of the kind of `code` in a sentence of its own, a template for `parameters`."""
        self._note(code, parameters, sentence)

    def unreadable(self, path: Path, wanted: str, **parameters: object) -> None:
        """Note that the value at `path` is not what the contract allows there and no code of its own exists.

        `wanted` is a template for `parameters`.
        """
        sentence = self._kind.unreadable_sentence.replace("{reason}", f"{{path}} must be {wanted}")
        self._note(self._kind.unreadable, {**parameters, "path": path}, sentence)

    def unknown(self, name: str, section: Path) -> None:
        """Note a property that its section does not have."""
        self._note(Code.PROPERTY_UNKNOWN, {"property": name, "section": section})

    def not_built(self, what: str) -> None:
        """Note that `what` is legal but this server cannot do it yet; nothing is accepted and then ignored."""
        self.refuse(Code.PROPERTY_UNKNOWN, _NOT_BUILT, what=what)

    def count_more(self, problems: int) -> None:
        """Count problems that were found and are not described, since there are `MOST_REPORTED` before them."""
        self.noted += problems

    def warn(self, code: Code, sentence: str, **parameters: object) -> None:
        """Note something the client should know although the request is accepted."""
        self._warned += 1
        if self._warned <= MOST_REPORTED:
            self.warnings.append(Refusal(code, parameters, sentence))

    def rendered_problems(self) -> tuple[Problem, ...]:
        """The problems with their sentences, in the words of the dialect."""
        more = self.noted - len(self.problems)
        return self._rendered(self.problems, f"at least {more} more things are wrong" if more else None)

    def rendered_warnings(self) -> tuple[Problem, ...]:
        """The warnings with their sentences, in the words of the dialect."""
        more = self._warned - len(self.warnings)
        return self._rendered(self.warnings, f"there are {more} more warnings of these kinds" if more else None)

    def refuse_if_any(self) -> None:
        """Raises RequestRefused with the first problems noted, if there are any."""
        if self.noted:
            raise RequestRefused(self.rendered_problems())

    def render(self, refusal: Refusal) -> Problem:
        """The problem with its sentence, in the words of the dialect."""
        template = refusal.sentence or self._wording.sentences.get(refusal.code) or refusal.code.sentence
        parameters = {name: self._worded(value) for name, value in refusal.parameters.items()}
        return Problem(refusal.code, template.format_map(parameters))

    def _note(self, code: Code, parameters: Mapping[str, object], sentence: str | None = None) -> None:
        self.noted += 1
        if self.noted <= MOST_REPORTED:
            self.problems.append(Refusal(code, parameters, sentence))

    def _rendered(self, shown: Sequence[Refusal], more: str | None) -> tuple[Problem, ...]:
        told = tuple(map(self.render, shown))
        return told if more is None else (*told, Problem(self._kind.unreadable, f"In the {self._kind.name} {more}."))

    def _worded(self, value: object) -> object:
        if isinstance(value, str):
            return value
        if isinstance(value, tuple):
            return self._wording.path(value) or self._kind.name
        return self._wording.names[value] if isinstance(value, Name) else value
