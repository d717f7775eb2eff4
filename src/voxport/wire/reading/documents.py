"""Request documents: what each kind of them is called, and its JSON read within its limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.json_reader import JsonLimits, NameTwice, NotJson, PartTooLarge, read_json


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """How one kind of document is refused where no code is made for what is wrong."""

    name: str
    """What a sentence calls the whole document."""
    unreadable: Code
    """Of what is no JSON, and of a value of the wrong type."""
    unreadable_sentence: str
    """A template for `reason`, the second half of the sentence."""
    repeated: Code
    """Of a name that an object has twice."""
    repeated_sentence: str
    """A template for `name`."""
    keeps_digits: bool = False
    """Whether its numbers are kept as they are written (`core.json_text`)."""


CONFIGURATION = DocumentKind(
    name="configuration",
    unreadable=Code.CONFIGURATION_INVALID,
    unreadable_sentence=Code.CONFIGURATION_INVALID.sentence,
    repeated=Code.PROPERTY_REPEATED,
    repeated_sentence=Code.PROPERTY_REPEATED.sentence.replace("{property}", "{name}"),
)
METADATA = DocumentKind(
    name="metadata",
    unreadable=Code.METADATA_INVALID,
    unreadable_sentence=Code.METADATA_INVALID.sentence,
    repeated=Code.METADATA_FIELD_REPEATED,
    repeated_sentence=Code.METADATA_FIELD_REPEATED.sentence.replace("{field}", "{name}"),
    keeps_digits=True,
)


def body_kind(name: str, unreadable: Code) -> DocumentKind:
    """The kind of a body that has one code for all that is wrong with it as a whole."""
    return DocumentKind(
        name=name,
        unreadable=unreadable,
        unreadable_sentence=f"The {name} could not be understood: {{reason}}.",
        repeated=Code.PROPERTY_REPEATED,
        repeated_sentence=f"The property {{name}} stands more than once in the {name}.",
    )


def read_document(text: str | bytes | None, kind: DocumentKind, limits: JsonLimits) -> Any:
    """The JSON value of a document, None where there is none.

    Raises RequestRefused with the codes of `kind`, and 10800 for what is larger than its limit.
    """
    if text is None:
        return None
    try:
        return read_json(text, limits, keep_digits=kind.keeps_digits)
    except NotJson as error:
        sentence = kind.unreadable_sentence.format(reason=error)
        raise RequestRefused(Problem(kind.unreadable, sentence)) from error
    except NameTwice as error:
        raise RequestRefused(Problem(kind.repeated, kind.repeated_sentence.format(name=error.name))) from error
    except PartTooLarge as error:
        raise RequestRefused(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=error.limit_bytes)) from error
