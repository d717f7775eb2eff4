"""The configuration document as published: every property path of docs/contract/v3-configuration.md section 1.

The union of the machine specification and the guides newer than it (docs/contract/open-questions.md 33); all else is
refused.
"""

from __future__ import annotations

from voxport.wire.reading.shapes import Many, Shape, Whole
from voxport.wire.v3.shapes.ingest import Ingest
from voxport.wire.v3.shapes.prediction import Prediction
from voxport.wire.v3.shapes.publish import Publish
from voxport.wire.v3.shapes.speech import SpeechModel, Vocabulary


class MetricGroup(Shape):
    """A group of metrics of the conversation."""

    metric_group_name: str | None = None
    """Name of the group, in any letter case."""


class SpottingGroup(Shape):
    """A group of phrases to listen for."""

    group_name: str | None = None
    """Name of a saved group."""


class Spotting(Shape):
    """Phrases to listen for."""

    groups: Many[SpottingGroup] = ()
    """At most 100 groups, each once."""


class Knowledge(Shape):
    """Keywords and topics."""

    enable_discovery: bool | None = None
    """Whether keywords and topics are found."""
    enable_external_data_sources: bool | None = None
    """Has no effect: nothing outside is asked."""


class Formatting(Shape):
    """How the transcript is written."""

    enable_number_formatting: bool | None = None
    """Whether numbers are written in digits; left out: they are."""


class ContentFiltering(Shape):
    """What the transcript leaves out."""

    enable_profanity_filtering: bool | None = None
    """Whether profanity becomes three dots; English alone."""


class TranscriptSection(Shape):
    """What is made of the words."""

    formatting: Formatting | None = None
    """How numbers are written."""
    content_filtering: ContentFiltering | None = None
    """What is left out."""


class Category(Shape):
    """A category, or all of them."""

    all_categories: bool | None = None
    """Whether all are looked for that the organisation has; excludes categoryName."""
    category_name: str | None = None
    """Name of a saved category; excludes allCategories."""


class Searchability(Shape):
    """Whether lists of media show the recording."""

    searchable: bool | None = None
    """Left out: they do."""


class Encryption(Shape):
    """Everything that the recording leaves is encrypted with a public key of the client (OpenPGP)."""

    public_key_id: str | None = None
    """Id of a key that was uploaded to /v3/security/public-keys; needed."""


class Conversation(Shape):
    """What is said about what."""

    verb_noun_pairs_enabled: bool | None = None
    """Whether pairs of verb and noun are found."""


class Entity(Shape):
    """Names, dates, amounts and the like."""

    enable_entity_extraction: bool | None = None
    """Whether entities are found."""


class Configuration(Shape, kept_empty=True):
    """All that can be asked for with a recording."""

    speech_model: SpeechModel | None = None
    """Language and engine."""
    additional_speech_models: Many[SpeechModel] = ()
    """Refused: a recording has one language (10604)."""
    priority: str | None = None
    """low, normal or high; left out: normal."""
    ingest: Ingest | None = None
    """How channels become speakers."""
    prediction: Prediction | None = None
    """What is looked for in the words and redacted."""
    metrics: Many[MetricGroup] = ()
    """Metrics of the conversation."""
    spotting: Spotting | None = None
    """Phrases to listen for."""
    knowledge: Knowledge | None = None
    """Keywords and topics."""
    transcript: TranscriptSection | None = None
    """What is made of the words."""
    vocabularies: Many[Vocabulary] = ()
    """Words that the recogniser should know."""
    categories: Many[Category] = ()
    """Categories: whether the call is in each of them."""
    publish: Publish | None = None
    """Where results go."""
    searchability: Searchability | None = None
    """Whether lists show the recording."""
    encryption: Encryption | None = None
    """A key with which results, deliveries and sound are encrypted; nothing clear is kept."""
    time_to_live_in_seconds: Whole | None = None
    """Seconds after which everything of the recording is erased; left out: as the server's settings say."""
    speaker_sentiments: bool | None = None
    """Whether the mood of each turn is judged."""
    conversation: Conversation | None = None
    """Pairs of verb and noun."""
    entity: Entity | None = None
    """Names, dates, amounts and the like."""
    testability: object = None
    """Refused (10501)."""
