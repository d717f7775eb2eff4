"""`speechModel` and `vocabularies`: what the recogniser is asked for (docs/contract/v3-configuration.md, 3 and 4)."""

from __future__ import annotations

from voxport.wire.reading.shapes import Many, Shape


class SpeechModel(Shape):
    """Which language is spoken, and how it is recognised."""

    language: str | None = None
    """Code of the language with its locale, `en-US`."""
    allowed_languages: Many[str] = ()
    """Codes of further languages that may be spoken; each passage is written in the one that was heard."""
    model: str | None = None
    """Name of the engine: Titan, Europa or Proteus."""
    features: Many[str] = ()
    """What is asked of recognition besides words: advancedPunctuation, voiceFeatures."""
    extensions: Many[str] = ()
    """What the engine is asked to find besides speech: voicemail."""


class Term(Shape, kept_empty=True):
    """A word or phrase that the recogniser should know."""

    term: str | None = None
    """The word or phrase, at most 64 characters."""
    sounds_like: Many[str] = ()
    """How the word is said, spelt as it sounds; at most 100 forms."""
    weight: object = None
    """How likely the term is, a whole number from 0 to 5; another value has a refusal of its own (20015)."""


class Script(Shape):
    """A text that is close to what is said."""

    script: str | None = None
    """The text, without markup."""


class Vocabulary(Shape, kept_empty=True, kept_lists=("terms", "scripts")):
    """A saved vocabulary by its name, or terms and scripts for this recording alone; an empty list asks for nothing."""

    vocabulary_name: str | None = None
    """Name of a saved vocabulary; excludes terms."""
    vocabulary_type: str | None = None
    """terms or scripts; left out: what there is tells it."""
    terms: Many[Term] = ()
    """Words and phrases; at most 1000 in all vocabularies together."""
    scripts: Many[Script] = ()
    """Texts; at most 100 in all vocabularies together."""
