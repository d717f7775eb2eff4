"""The configuration document of v2-beta: every property path of docs/contract/v2-beta.md section 2."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from voxport.wire.reading.diarization import Diarization
from voxport.wire.reading.shapes import Many, ReadLater, Shape
from voxport.wire.v2beta.shapes.callbacks import Callback
from voxport.wire.v2beta.shapes.lenient import LenientFlag, LenientNumber, LenientWhole


class Template(Shape):
    """A named set of settings; there is one."""

    name: str | None = None
    """default."""


def _by_name(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


class Speaker(Shape):
    """Who is heard on a channel."""

    speaker: str | None = None
    """The speaker's name."""


class Channels(Shape):
    """Both channels of a file of two; both are needed."""

    left: Speaker | None = None
    """The first channel."""
    right: Speaker | None = None
    """The second channel."""


class Ingest(Shape):
    """How channels become speakers."""

    channels: Channels | None = None
    """Speakers of a file of two channels."""
    diarization: Diarization | None = None
    """How the people on one channel are told apart."""


class Vocabulary(Shape, kept_empty=True, kept_lists=("terms",)):
    """A saved vocabulary by its name, or terms for this recording alone; an empty list asks for nothing."""

    name: str | None = None
    """Name of a saved vocabulary; excludes terms."""
    terms: Many[str] = ()
    """Terms, each with its sounds and weight behind semicolons: `term;like1,like2;weight`."""


class Transcripts(Shape):
    """What is made of the words."""

    engine: str | None = None
    """standard or premium; the same engine serves both."""
    format_numbers: Annotated[object, ReadLater(bool | str | list[str])] = None
    """Whether numbers are written in digits, or a list of ways: digits, dashed; the texts true and false
    will do. Left out: they stay words."""
    swear_filter: LenientFlag | None = None
    """Whether profanity becomes three dots; English alone."""
    voice_features: Annotated[object, ReadLater(bool | str)] = None
    """Whether each word has frequencies and volume; the texts true and false will do."""
    vocabularies: Annotated[object, ReadLater(list[str | Vocabulary])] = None
    """Words that the recogniser should know; names of saved vocabularies may stand alone."""


class Keywords(Shape):
    """Keywords that are found, and phrases to listen for."""

    semantic: LenientFlag | None = None
    """Whether keywords are found; the same as in topics. Left out: they are."""
    groups: Many[str] = ()
    """Names of saved groups of phrases."""


class Topics(Shape):
    """Topics that are found."""

    semantic: LenientFlag | None = None
    """Whether topics are found; the same as in keywords. Left out: they are."""


class RedactedAudio(Shape, kept_empty=True):
    """What is heard in place of what was found."""

    tone: LenientWhole | None = None
    """Frequency in hertz, from 20 to 3400; needed."""
    gain: LenientNumber | None = None
    """Amplitude from 0, silence, to 1, full scale; needed."""


class Redact(Shape, kept_empty=True):
    """Where redaction takes place; an empty one asks for redaction all the same and is refused (50007)."""

    transcripts: str | None = None
    """What stands in the text: one word without digits and spaces."""
    audio: RedactedAudio | None = None
    """Redaction of the sound."""


class Detection(Shape, kept_empty=True):
    """A detector, and what becomes of what it finds."""

    model: str | None = None
    """The name of a detector (PCI, SSN, Number, PII, IBAN and others), or its id."""
    redact: Redact | None = None
    """Left out: what is found is reported and stays as it is."""


class Publish(Shape):
    """Where results go."""

    callbacks: Annotated[object, ReadLater(list[str | Callback])] = None
    """Deliveries of results; one that is a text is an address alone, in which `{mediaId}` stands for the id."""


class Configuration(Shape):
    """All that can be asked for with a recording."""

    executor: str | None = None
    """v2."""
    template: Annotated[Template, BeforeValidator(_by_name)] | None = None
    """A named set of settings; its name alone will do."""
    language: str | None = None
    """Code of the language with its locale, `en-US`."""
    allowed_languages: Many[str] = ()
    """Codes of further languages that may be spoken; each passage is written in the one that was heard."""
    priority: str | None = None
    """low, normal or high; left out: normal."""
    ingest: Ingest | None = None
    """How channels become speakers."""
    transcripts: Transcripts | None = None
    """What is made of the words."""
    keywords: Keywords | None = None
    """Keywords, and phrases to listen for."""
    topics: Topics | None = None
    """Topics."""
    predictions: object = None
    """Refused: classifiers are asked for over v3."""
    detections: Many[Detection] = ()
    """Card numbers, social security numbers and other numbers, found and redacted."""
    publish: Publish | None = None
    """Where results go."""


class ConfigurationPart(Shape, kept_empty=True):
    """The wrapper around a configuration."""

    configuration: Configuration | None = None
    """Left out: all that is asked for by default."""
