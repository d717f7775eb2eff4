"""Bodies of PUT below `/v3/definition` (docs/contract/v3-endpoints.md section 5)."""

from __future__ import annotations

from pydantic import Field

from voxport.wire.reading.shapes import Many, Shape, Whole
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


class CategoryTrial(Shape):
    """A category that is tried on the newest calls: by its name, or by a statement."""

    category_name: str | None = None
    """Name of a saved category; excludes query."""
    query: str | None = None
    """A whole statement (VBQL); excludes categoryName."""
    calls: Whole | None = None
    """How many calls are looked at, 1 to 10000; left out: 1000."""
    limit: Whole | None = None
    """How many of those that are in it are shown, 0 to 100; left out: 20."""


class CategoryApplication(Shape):
    """A category that is to be looked for in past calls."""

    category_name: str | None = None
    """Name of a saved category; needed."""


class SavedPreset(Shape):
    """A configuration to begin with; what a GET shows beside it may be sent back."""

    preset_name: str | None = None
    """Left out, or the name in the path."""
    preset_description: str | None = None
    """When it is the right one; at most 4000 characters."""
    configuration: object = None
    """What a recording could be sent with; needed."""
    date_created: str | None = None
    """Not looked at."""
    date_modified: str | None = None
    """Not looked at."""
    links: object = Field(default=None, alias="_links")
    """What a GET shows; a PUT may send it back, it is not looked at."""


class SavedCategory(Shape):
    """A category of calls; what a GET shows beside it may be sent back."""

    category_name: str | None = None
    """Left out, or the name in the path."""
    category_description: str | None = None
    """What the category is for."""
    tags: Many[str] = ()
    """At most 32 of at most 64 characters."""
    query: str | None = None
    """A whole statement (VBQL); needed."""
    version: str | None = None
    """Shown with each result; left out: the server counts, and gives no number to two queries."""
    notes: str | None = None
    """At most 4000 characters."""
    date_created: str | None = None
    """Not looked at."""
    date_modified: str | None = None
    """Not looked at."""
    links: object = Field(default=None, alias="_links")
    """What a GET shows; a PUT may send it back, it is not looked at."""
