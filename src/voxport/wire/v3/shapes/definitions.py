"""Bodies of PUT below `/v3/definition` (docs/contract/v3-endpoints.md section 5)."""

from __future__ import annotations

from pydantic import Field

from voxport.wire.reading.shapes import Many, Shape
from voxport.wire.v3.shapes.speech import Term


class SavedGroup(Shape):
    """A group of phrases to listen for."""

    group_name: str | None = None
    """Name of the group; the same as in the path."""
    keywords: Many[str] = ()
    """The phrases; at least one."""
    links: object = Field(default=None, alias="_links")
    """What a GET shows; a PUT may send it back, it is not looked at."""


class SavedScript(Shape, kept_empty=True):
    """A text that is close to what is said."""

    script: str | None = None
    """The text, without markup."""


class SavedVocabulary(Shape):
    """Terms or scripts, not both."""

    vocabulary_name: str | None = None
    """Name of the vocabulary; the same as in the path."""
    vocabulary_type: str | None = None
    """terms or scripts; left out: what there is tells it."""
    terms: Many[Term] = ()
    """Words and phrases, at most 1000."""
    scripts: Many[SavedScript] = ()
    """Texts, at most 100."""
    links: object = Field(default=None, alias="_links")
    """What a GET shows; a PUT may send it back, it is not looked at."""
