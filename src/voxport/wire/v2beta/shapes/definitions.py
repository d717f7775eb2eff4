"""Bodies of PUT below `/v2-beta/definitions` (docs/contract/v2-beta.md section 1), without their wrappers."""

from __future__ import annotations

from pydantic import Field

from voxport.wire.reading.shapes import Many, Shape


class SavedGroup(Shape):
    """A group of phrases to listen for."""

    name: str | None = None
    """Name of the group; the same as in the path."""
    keywords: Many[str] = ()
    """The phrases; at least one."""
    revision: object = None
    """What a GET shows; a PUT may send it back, it is not looked at."""
    links: object = Field(default=None, alias="_links")
    """What a GET shows; a PUT may send it back, it is not looked at."""


class SavedVocabulary(Shape):
    """Terms or scripts, not both."""

    name: str | None = None
    """Name of the vocabulary; the same as in the path."""
    terms: Many[str] = ()
    """Terms, each with its sounds and weight behind semicolons: `term;like1,like2;weight`."""
    scripts: Many[str] = ()
    """Texts that are close to what is said."""
    revision: object = None
    """What a GET shows; a PUT may send it back, it is not looked at."""
    links: object = Field(default=None, alias="_links")
    """What a GET shows; a PUT may send it back, it is not looked at."""
