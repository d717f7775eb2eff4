"""A statement as typed values: what `search/parsing.py` reads and `storage/search/` compiles.

Selection(columns, condition, order, limit, offset)      SELECT ... FROM media WHERE ...
Declaration(fields)                                      ALTER TABLE media DEFINE ...

Condition  = All | Either | Otherwise | Everything | Said | Described | Stemmed | Comparison
Utterance  = Phrase | AllSaid | EitherSaid | Unsaid      what one turn holds
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class WordPattern:
    """One word of a phrase."""

    text: str
    """As `search.words.words_of` gives it."""
    prefix: bool = False
    """Whether any word will do that begins so."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other in one turn."""

    words: tuple[WordPattern, ...]
    """At least one."""
    slop: int = 0
    """How many other words may stand among them, all together."""


@dataclass(frozen=True, slots=True)
class AllSaid:
    """All of these in one turn (`&&`)."""

    items: tuple[Utterance, ...]


@dataclass(frozen=True, slots=True)
class EitherSaid:
    """One of these in one turn (`||`)."""

    items: tuple[Utterance, ...]


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Not in that turn (`!`)."""

    item: Utterance


Utterance = Phrase | AllSaid | EitherSaid | Unsaid


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the call in which something begins to be said, in milliseconds; below 0: counted from its end."""

    from_ms: int | None = None
    """None: from the beginning."""
    until_ms: int | None = None
    """None: until the end. Inclusive."""


@dataclass(frozen=True, slots=True)
class Said:
    """A speaker has a turn that holds this."""

    speaker: str | None
    """Without regard to letter case, folded; None: any speaker."""
    utterance: Utterance
    source: str = ""
    """As it was written, for results."""
    window: Window | None = None
    """None: anywhere in the call."""


@dataclass(frozen=True, slots=True)
class Described:
    """The title of the recording, or its description, has the words of the phrase side by side."""

    words: tuple[str, ...]
    within: str | None = None
    """`title` or `description`; None: either will do."""


@dataclass(frozen=True, slots=True)
class Stemmed:
    """A word that is said in any of its forms, by the language of the call, or stands in title or description."""

    word: str


@dataclass(frozen=True, slots=True)
class Everything:
    """Any call."""


@dataclass(frozen=True, slots=True)
class All:
    """All of these hold (`AND`)."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these holds (`OR`)."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """This does not hold (`NOT`)."""

    item: Condition


class Attribute(StrEnum):
    """What every call has; the values are the names in a statement."""

    MEDIA_ID = "mediaId"
    CREATED = "dateCreated"
    WORD_COUNT = "wordCount"
    LENGTH = "length"
    """In milliseconds."""
    TRANSITIONS = "transitions"
    """How often another speaker takes over."""
    INTERACTION = "interactionType"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class MetadataField:
    """A field of the metadata by its whole path (`extended.customerId`)."""

    path: str
    type: FieldType | None = None
    """As it was declared; None: it was not."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A conversation metric, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class CategoryField:
    """Whether a call is in a category: 1 or 0, and nothing where it was not looked whether it is."""

    category: str
    """Its name."""


class FieldType(StrEnum):
    """What the values of a metadata field are compared as."""

    TEXT = "varchar"
    INTEGER = "integer"
    NUMBER = "double"
    DATE = "date"


Field = Attribute | MetadataField | Metric | CategoryField


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as it was written: a day, a second, or a part of one."""

    first: datetime
    """Its first microsecond."""
    last: datetime
    """Its last microsecond."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field against a value."""

    field: Field
    operator: str
    """`=`, `!=`, `<`, `<=`, `>` or `>=`."""
    value: str | float | Moment
    """A text, a number, or a time where the field is one."""


Condition = All | Either | Otherwise | Everything | Said | Described | Stemmed | Comparison


@dataclass(frozen=True, slots=True)
class Column:
    """A field that results show, under the name by which it was asked for."""

    name: str
    field: Field


@dataclass(frozen=True, slots=True)
class Order:
    """By which field results come; calls without it come last."""

    field: Field
    descending: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """Which calls, and what of them."""

    condition: Condition
    columns: tuple[Column, ...] = ()
    """Empty: the usual ones (`SELECT *`)."""
    shows_hits: bool = False
    """Whether each call comes with the places that meet the statement."""
    order: Order | None = None
    """None: the newest first."""
    limit: int = 10
    offset: int = 0


@dataclass(frozen=True, slots=True)
class DeclaredField:
    """A field of the metadata, and what its values are compared as."""

    path: str
    """`extended.score`."""
    type: FieldType | None = None
    """None: as numbers beside a number, else as text."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """Fields to declare beside those that are."""

    fields: tuple[DeclaredField, ...]


Statement = Selection | Declaration


def said_in(condition: Condition) -> tuple[Said, ...]:
    """What a call that meets the condition may be shown to say: every `Said` that no NOT stands before."""
    if isinstance(condition, Said):
        return (condition,)
    if isinstance(condition, All | Either):
        return tuple(said for item in condition.items for said in said_in(item))
    return ()


def comparisons_in(condition: Condition) -> tuple[Comparison, ...]:
    """Every comparison of the condition."""
    if isinstance(condition, Comparison):
        return (condition,)
    if isinstance(condition, All | Either):
        return tuple(one for item in condition.items for one in comparisons_in(item))
    return comparisons_in(condition.item) if isinstance(condition, Otherwise) else ()


def phrases_in(utterance: Utterance) -> tuple[Phrase, ...]:
    """The phrases that a turn may hold that meets it: every one that no `!` stands before."""
    if isinstance(utterance, Phrase):
        return (utterance,)
    if isinstance(utterance, Unsaid):
        return ()
    return tuple(phrase for item in utterance.items for phrase in phrases_in(item))
