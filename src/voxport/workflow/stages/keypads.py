"""What is keyed on the telephones of a call, on all of its channels."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from voxport.audio.keyed_tones import find_keyed_tones
from voxport.core.errors import StageInterrupted
from voxport.core.transcript import KeyedSign
from voxport.speech.transcription import SpeechChannel


def keyed_signs(channels: Sequence[SpeechChannel], interrupted: Callable[[], bool]) -> tuple[KeyedSign, ...]:
    """The keys that were pressed, by channel and time; raises StageInterrupted soon after `interrupted()` is true."""

    def check() -> None:
        if interrupted():
            raise StageInterrupted("listening for keys was asked to stop")

    return tuple(
        KeyedSign(channel.decoded.index, key.sign, key.span.start_ms, key.span.end_ms)
        for channel in channels
        for key in find_keyed_tones(channel.source, check)
    )
