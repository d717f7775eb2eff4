"""What stands in place of what a detector finds, in the text and in the sound (50007-50010)."""

from __future__ import annotations

from dataclasses import dataclass

from voxport.core.codes import Code
from voxport.core.plan import AudioRedactor
from voxport.core.transcript import Word
from voxport.language.number_formatting import format_numbers
from voxport.wire.reading.languages import Language
from voxport.wire.reading.names import Name, Path
from voxport.wire.reading.refusals import Refusals

_LEAST_TONE_HZ, _MOST_TONE_HZ = 20, 3400
"""What can be heard, and what a telephone carries."""
_MOST_REPLACEMENT_CHARS = 64


@dataclass(frozen=True, slots=True)
class AskedTextRedactor:
    """What a request says of redaction of the text."""

    replacement: str | None
    """None: missing, which is refused."""


@dataclass(frozen=True, slots=True)
class AskedAudioRedactor:
    """What a request says of redaction of the sound; None in a field: missing, which is refused."""

    tone_hz: int | None
    gain: float | None
    """Amplitude, from 0.0 to 1.0."""


@dataclass(frozen=True, slots=True)
class AskedRedactor:
    """What a request says of redaction; without both parts it asks for redaction all the same and is refused."""

    text: AskedTextRedactor | None = None
    """None: the text stays as it is."""
    audio: AskedAudioRedactor | None = None
    """None: the sound stays as it is."""


def check_redactor(redactor: AskedRedactor, language: Language, refusals: Refusals) -> None:
    """Notes a redactor that is empty or lacks something, and one in a language without redaction."""
    text, audio = redactor.text, redactor.audio
    if text is None and audio is None:
        refusals.add(Code.REDACTOR_EMPTY)
    if text is not None:
        if text.replacement is None:
            refusals.add(Code.REDACTOR_INCOMPLETE, missing="replacement", section="transcript")
        if not language.text_functions:
            refusals.add(Code.TRANSCRIPT_REDACTION_UNSUPPORTED, language=language.code)
    if audio is not None:
        for name, value in (("tone", audio.tone_hz), ("gain", audio.gain)):
            if value is None:
                refusals.add(Code.REDACTOR_INCOMPLETE, missing=name, section="audio")
        if not language.text_functions:
            refusals.add(Code.AUDIO_REDACTION_UNSUPPORTED, language=language.code)


def text_replacement(redactor: AskedRedactor, path: Path, language: Language, refusals: Refusals) -> str | None:
    """One token without spaces, since it stands in the place of one word; None where the text is not redacted.

    Neither digits nor the word for a number: they would be read as found, and rewritten by number formatting.
    """
    written = redactor.text.replacement if redactor.text is not None else None
    if written is None:
        return None
    place, token = (*path, Name.TEXT_REPLACEMENT), written.strip()
    if not token or any(sign.isspace() or sign.isdigit() for sign in token) or len(written) > _MOST_REPLACEMENT_CHARS:
        refusals.unreadable(place, f"a word of at most {_MOST_REPLACEMENT_CHARS} characters without spaces and digits")
        return None
    word = Word(token, 0, 1, 1.0)
    if any(one.text != word.text for one in format_numbers((word,) * 4, language.code)):
        refusals.unreadable(place, "a word that does not say a number")
        return None
    return word.text


def audio_redactor(redactor: AskedRedactor, path: Path, refusals: Refusals) -> AudioRedactor | None:
    """What is heard; None where the sound is not redacted."""
    audio = redactor.audio
    if audio is None or audio.tone_hz is None or audio.gain is None:
        return None
    if not _LEAST_TONE_HZ <= audio.tone_hz <= _MOST_TONE_HZ:
        refusals.unreadable(
            (*path, "audio", "tone"), f"a whole number of hertz from {_LEAST_TONE_HZ} to {_MOST_TONE_HZ}"
        )
    if not 0 <= audio.gain <= 1:
        refusals.unreadable((*path, "audio", "gain"), "a number from 0 (silence) to 1 (full scale)")
    return AudioRedactor(audio.tone_hz, audio.gain)
