"""`prediction`: classifiers and detectors (docs/contract/v3-configuration.md section 6)."""

from __future__ import annotations

from voxport.wire.reading.shapes import Many, Shape, Whole


class Parameter(Shape):
    """A setting of a classifier or detector."""

    parameter: str | None = None
    """Name of the setting: detectionLevel."""
    value: object = None
    """Its value: entireRegion, probableNumbers or numbersOnly."""


class TextRedactor(Shape, kept_empty=True):
    """What stands in the text in place of what was found."""

    replacement: str | None = None
    """One word without digits and spaces, at most 64 characters; needed."""


class AudioRedactor(Shape, kept_empty=True):
    """What is heard in place of what was found."""

    tone: Whole | None = None
    """Frequency in hertz, from 20 to 3400; needed."""
    gain: float | None = None
    """Amplitude from 0, silence, to 1, full scale; needed."""


class Redactor(Shape, kept_empty=True):
    """Where redaction takes place; an empty one asks for redaction all the same and is refused (50007).

    Taking it as absent would let card numbers through.
    """

    transcript: TextRedactor | None = None
    """Redaction of the text."""
    audio: AudioRedactor | None = None
    """Redaction of the sound."""


class Classifier(Shape, kept_empty=True):
    """A classifier of the organisation by its id or name (GET /v3/definition/prediction/classifiers)."""

    classifier_id: str | None = None
    """A UUID."""
    classifier_name: str | None = None
    """Its name."""
    version: str | None = None
    """A version such as 1.0.0 or 1.0+, or latest."""
    parameters: Many[Parameter] = ()
    """None has any."""


class Detector(Shape, kept_empty=True):
    """A detector by its id or name, and what becomes of what it finds."""

    detector_id: str | None = None
    """A UUID; counts before the name."""
    detector_name: str | None = None
    """The name of one of `core.detectors.DETECTORS`, in any letter case."""
    version: str | None = None
    """A version such as 1.0.0 or 1.0+, or latest."""
    parameters: Many[Parameter] = ()
    """Its settings."""
    redactor: Redactor | None = None
    """Left out: what is found is reported and stays as it is."""


class Prediction(Shape):
    """What is looked for in the words."""

    classifiers: Many[Classifier] = ()
    """What the call is sorted by: classifiers that the organisation has trained."""
    detectors: Many[Detector] = ()
    """Card numbers, social security numbers and other numbers, found and redacted."""
