"""Time in which nobody was understood: within the phases of a secret, and wherever there is a voice without words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voxport.core.spans import merge, pad, touching
from voxport.core.transcript import Span, Word, WordKind
from voxport.redaction.dialogue.lines import Dialogue
from voxport.redaction.missed_speech.options import MissedSpeechOptions
from voxport.redaction.missed_speech.phases import ASKED_ELSE

_EVER_MS = 10**9
"""Later than any recording ends."""
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")


def wordless_spans(
    dialogue: Dialogue, phases: Sequence[Span], kept: Sequence[Span], options: MissedSpeechOptions
) -> list[Span]:
    """The wordless time that may hide a secret: within the phases all of it, a long silence only at its ends; elsewhere
    in a call with such secrets only where there is a voice, unless something else was asked for just before.

    `kept` are the numbers that stay.
    """
    if not phases:
        return []
    heard = (*dialogue.voices.values(), dialogue.unclaimed)
    voices = merge((span for spans in heard for span in spans), options.voice_gap_ms)
    apart = merge(span for spans in heard for span in spans)
    found: list[Span] = []
    for gap in _gaps(dialogue, kept, options):
        for phase in touching(gap, phases):
            part = Span(max(gap.start_ms, phase.start_ms), min(gap.end_ms, phase.end_ms))
            if part.end_ms - part.start_ms >= options.shortest_ms:
                voiced = touching(part, voices)
                found += [_with_word_before(part, apart, options)] if voiced else _ends_of_silence(part, options)
        if not _is_ordinary_answer(dialogue, gap, options):
            found += _lost_sentence(gap, phases, options)
            found += _voices_in(gap, voices, options)
    return found


def _with_word_before(part: Span, voices: Sequence[Span], options: MissedSpeechOptions) -> Span:
    """The wordless time, with the end of the word before where one voice says both: "my visa for" and digits lost."""
    begin_ms = part.start_ms - options.word_margin_ms
    goes_on = touching(Span(begin_ms, begin_ms + 1), touching(Span(part.start_ms, part.start_ms + 1), voices))
    return pad(part, options.voiced_before_ms, 0) if goes_on else part


def _lost_sentence(gap: Span, phases: Sequence[Span], options: MissedSpeechOptions) -> list[Span]:
    """The gap, where it is near a phase and as long as a sentence."""
    if not options.lost_least_ms <= gap.end_ms - gap.start_ms <= options.lost_most_ms:
        return []
    return [gap] if touching(pad(gap, options.nearby_ms, options.nearby_ms), phases) else []


def _voices_in(gap: Span, voices: Sequence[Span], options: MissedSpeechOptions) -> list[Span]:
    """The stretches of voice in a gap, with their margins."""
    return [
        Span(
            max(gap.start_ms, voice.start_ms - options.voice_margin_ms),
            min(gap.end_ms, voice.end_ms + options.voice_margin_ms),
        )
        for voice in touching(gap, voices)
        if min(gap.end_ms, voice.end_ms) - max(gap.start_ms, voice.start_ms) >= options.shortest_ms
    ]


def _gaps(dialogue: Dialogue, kept: Sequence[Span], options: MissedSpeechOptions) -> Iterator[Span]:
    """The time between words of all channels, and not right around the numbers that stay."""
    margin_ms = options.word_margin_ms
    words = [
        Span(max(0, word.start_ms - margin_ms), believed_end_ms(word, options) + margin_ms)
        for line in dialogue.lines.values()
        for word in line.words
        if word.kind is WordKind.WORD and not _is_loop(word, options) and not _is_stretched(word, options)
    ]
    numbers = [pad(span, options.number_before_ms, options.number_after_ms) for span in kept]
    spoken = merge([*words, *numbers])
    for before, after in zip((Span(0, 0), *spoken), (*spoken, Span(_EVER_MS, _EVER_MS)), strict=True):
        if after.start_ms - before.end_ms >= options.shortest_ms:
            yield Span(before.end_ms, after.start_ms)


def _is_loop(word: Word, options: MissedSpeechOptions) -> bool:
    """Letters said over and over, `X-X-X-X`, are what models write for speech that they do not know."""
    parts = word.text.lower().split("-")
    letter = len(word.text) == 1 and word.text.lower() in _CONSONANTS
    return letter or (len(parts) >= options.looped_parts and len(set(parts[1:])) == 1 and not parts[-1].isdecimal())


def _is_stretched(word: Word, options: MissedSpeechOptions) -> bool:
    """Whether a word lasts so long that it may be all that was written of what was said in its time."""
    return word.end_ms - believed_end_ms(word, options) >= options.shortest_ms


def believed_end_ms(word: Word, options: MissedSpeechOptions) -> int:
    """A short word that lasts for seconds hides what was said after it; figures take long to say."""
    if any(sign.isdecimal() for sign in word.text):
        return word.end_ms
    return min(word.end_ms, word.start_ms + options.word_ms + options.letter_ms * len(word.text))


def _is_ordinary_answer(dialogue: Dialogue, gap: Span, options: MissedSpeechOptions) -> bool:
    """Whether the last thing asked for before was no secret."""
    before = dialogue.last_before(gap.start_ms)
    if before is None or before.topic not in ASKED_ELSE:
        return False
    return gap.start_ms - before.end_ms < options.answer_within_ms


def _ends_of_silence(gap: Span, options: MissedSpeechOptions) -> list[Span]:
    end_ms = options.silence_end_ms
    if gap.end_ms - gap.start_ms <= 2 * end_ms:
        return [gap]
    return [Span(gap.start_ms, gap.start_ms + end_ms), Span(gap.end_ms - end_ms, gap.end_ms)]
