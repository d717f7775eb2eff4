"""What both dialects know and each calls by a name of its own, so that a sentence speaks the client's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from voxport.core.codes import Code


class Name(Enum):
    """Something in a configuration that the shared rules speak of."""

    DETECTORS = auto()
    """The list of detectors that are asked for."""
    DETECTOR_NAME = auto()
    """The field of a detector that says which one it is."""
    DETECTOR_BY_ID = auto()
    """How that field, or another, names a detector by its id; stands in the sentence `or ... of one of them`."""
    REDACTOR = auto()
    """The section of a detector that says what stands in place of what it finds."""
    TEXT_REPLACEMENT = auto()
    """The word that stands for redacted words, seen from the redactor."""
    SPEECH_ENGINE = auto()
    """Which engine transcribes."""
    ALLOWED_LANGUAGES = auto()
    """Further languages that may be spoken."""
    VOCABULARIES = auto()
    """The list of vocabularies."""
    SPOTTING_GROUPS = auto()
    """The list of groups of phrases to listen for."""
    EXTERNAL_ID = auto()
    """The id that a client gives a recording in its metadata."""


Path = tuple[str | int | Name, ...]
"""Where something stands in a document, from its root: names and indexes. `Name` where the dialects differ."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How one dialect speaks."""

    names: Mapping[Name, str]
    """Its word for each name; one that leads through several objects is written with dots."""
    sentences: Mapping[Code, str] = field(default_factory=dict)
    """Sentences of its own, for codes whose sentence uses a name of the other dialect."""
    wrapper: str | None = None
    """The name under which a whole configuration stands; paths leave it out. None: it stands alone."""

    def path(self, path: Path) -> str:
        """The path as clients of this dialect write it: `a.b[0].c`."""
        written = ""
        for step in path[1:] if path[:1] == (self.wrapper,) else path:
            if isinstance(step, str):
                written += f".{step}" if written else step
            elif isinstance(step, int):
                written += f"[{step}]"
            else:
                written += f".{self.names[step]}" if written else self.names[step]
        return written
