"""Detection in a call of several languages: what was said in another one is read by the rules of that one too.

A card number that is said in Spanish in an English call is a card number. Redaction knows English and Spanish.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voxport.core.detectors import DETECTORS, find_detector
from voxport.core.language_code import LanguageCode
from voxport.core.plan import DetectorPlan
from voxport.core.spans import overlaps
from voxport.core.transcript import Transcript
from voxport.redaction.carry_over import joined
from voxport.redaction.covers import Detections
from voxport.redaction.detection import detect


def detect_in_each(transcript: Transcript, detectors: Sequence[DetectorPlan], duration_ms: int) -> Detections:
    """As `detect`, with covers for what the same detectors find in passages of other languages.

    Whole lines are read, so that a question in one language is known beside its answer in another; what is found
    outside the passages is left to the rules of the language that was asked for.
    """
    found = detect(transcript, detectors, duration_ms)
    asked = LanguageCode.parse(transcript.language).language
    languages = {LanguageCode.parse(passage.language).language for passage in transcript.passages} - {asked}
    for language in sorted(languages):
        plans = [other for one in detectors if (other := _in_language(one, language)) is not None]
        spans = [one.span for one in transcript.passages if LanguageCode.parse(one.language).language == language]
        heard = detect(replace(transcript, language=language), plans, duration_ms)
        within = Detections(
            covers=tuple(cover for cover in heard.covers if overlaps(cover.span, spans)),
            secrets=tuple(secret for secret in heard.secrets if overlaps(secret.span, spans)),
        )
        found = joined(found, within, ())
    return found


def _in_language(plan: DetectorPlan, language: str) -> DetectorPlan | None:
    """The detector of the same kind for a language; None where redaction does not know it."""
    own = find_detector(plan.name)
    alike = (one for one in DETECTORS if own is not None and one.label == own.label and one.knows(language))
    return next((replace(plan, name=one.name) for one in alike), None)
